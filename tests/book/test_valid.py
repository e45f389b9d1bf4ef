"""Every page is valid HTML, says the Nu checker of the W3C; it needs Java and `npm ci --prefix tests/npm`."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

JAR = Path(__file__).parents[1] / "npm" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# What it advises and we don't follow.
ADVICE = (
    "The “main” role is unnecessary",  # Sphinx's search looks for it
    "Consider using the “h1” element as a top-level heading only",  # one h1 a page, inside its <section>
    "Article lacks heading",  # it has one, inside its <section>
    "Trailing slash on void elements",  # docutils writes them
)


def faults(folder):
    """What the checker finds in the pages under a folder."""
    if not (JAR.exists() and shutil.which("java")):
        pytest.skip("Expected Java and the Nu checker, from `npm ci --prefix tests/npm`. Received: no jar")
    command = ["java", "-jar", str(JAR), "--format", "json", "--skip-non-html", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300)
    messages = json.loads(found.stderr)["messages"]
    lines = (f"{m['url'].rsplit('/', 1)[-1]}:{m.get('lastLine')} {m['message']}" for m in messages)
    return [line for line in lines if not any(known in line for known in ADVICE)]


def test_every_page_is_valid(site):
    assert faults(site) == []


def test_a_fault_would_be_found(site, tmp_path):
    page = (site / "book" / "cite.html").read_text(encoding="utf-8")
    (tmp_path / "bad.html").write_text(page.replace("</main>", "<p id=main>A<h7></main>"), encoding="utf-8")
    assert len(faults(tmp_path)) >= 2
