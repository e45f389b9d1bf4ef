"""What runs on GitHub: valid files, pinned actions, few permissions, scripts that parse, real targets."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(set((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) - {GITHUB / "ISSUE_TEMPLATE" / "config.yml"})
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "custom.github-workflows-require-timeout": WORKFLOWS,
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}
# What may be written, and by whom; everything else only reads the repository.
WRITERS = {
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
    ("publish", "notebooks"): {"actions": "read", "contents": "write"},
    ("weekly", "report"): {"issues": "write"},
}
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def load(path):
    """A workflow with every value as it is written: `on` and 3.10 stay text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def jobs():
    return [(path.stem, name, job) for path in WORKFLOWS for name, job in load(path)["jobs"].items()]


def steps():
    return [(f"{stem}-{name}-{k}", s) for stem, name, job in jobs() for k, s in enumerate(job["steps"])]


def scripts():
    return [pytest.param(step["run"], id=name) for name, step in steps() if "run" in step]


def uses():
    lines = (line.strip() for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines())
    return sorted({match[1] for line in lines if (match := re.match(r"(?:- )?uses: *(.+)", line))})


def targets():
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_there_are_the_three_workflows():
    assert {path.stem for path in WORKFLOWS} == {"test", "publish", "weekly"}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_follow_their_schema(schema):
    arguments = ["--builtin-schema", schema, *map(str, SCHEMAS[schema])]
    result = CliRunner().invoke(check_jsonschema.main, arguments)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("action", uses())
def test_every_action_is_pinned_by_commit_and_names_its_version(action):
    assert PINNED.fullmatch(action)


def test_an_action_has_one_pin_in_all_workflows():
    names = [action.split("@")[0] for action in uses()]
    assert len(names) == len(set(names)), names


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read(path):
    assert load(path)["permissions"] == {"contents": "read"}


def test_only_the_deploying_and_the_reporting_job_may_write():
    granted = {(stem, name): job["permissions"] for stem, name, job in jobs() if "permissions" in job}
    assert granted == WRITERS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_pull_request_never_runs_with_the_rights_of_the_repository(path):
    assert not {"pull_request_target", "workflow_run"} & set(load(path)["on"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_knows_what_to_do_with_a_second_run(path):
    assert load(path)["concurrency"]["group"]


def test_no_checkout_leaves_its_token_behind():
    for name, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step.get("with", {}).get("persist-credentials") == "false", name


@pytest.mark.parametrize("script", scripts())
def test_a_script_parses(script):
    result = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("script", scripts())
def test_a_script_takes_outside_text_from_the_environment_alone(script):
    assert "${{" not in script


@pytest.mark.parametrize("script", scripts())
def test_every_make_target_called_exists(script):
    assert set(re.findall(r"\bmake ([a-z-]+)", script)) <= targets()


def test_an_audit_that_could_look_up_nothing_fails():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--strict" in re.search(r"pip-audit@\d+\.\d+\.\d+ .*", makefile)[0]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", ".ci/run"])
def test_every_make_target_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^|=\S+ )make ([a-z-]+)", text, re.M)) <= targets()


def test_the_three_workflows_call_what_they_are_for():
    called = {
        path.stem: " ".join(s["run"] for n, s in steps() if n.startswith(path.stem) and "run" in s)
        for path in WORKFLOWS
    }
    assert "bash .ci/run" in called["test"]
    assert "make book" in called["publish"]
    assert {"make book", "make test", "make lock"} <= set(re.findall(r"make \w+", called["weekly"]))
    assert {"make test-all", "make audit"} <= set(re.findall(r"make [\w-]+", called["weekly"]))


def test_the_matrix_is_the_supported_pythons():
    matrix = load(GITHUB / "workflows" / "test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    supported = SpecifierSet(PROJECT["requires-python"])
    assert all(f"{version}.0" in supported for version in matrix)
    minors = [int(version.removeprefix("3.")) for version in matrix]
    assert minors == list(range(minors[0], minors[-1] + 1))
    assert f"3.{minors[0] - 1}.99" not in supported, "the oldest supported Python is not tested"


def test_other_workflows_use_a_tested_python():
    matrix = load(GITHUB / "workflows" / "test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    versions = {s["with"]["python-version"] for _, s in steps() if "setup-python" in s.get("uses", "")}
    assert versions - {"${{ matrix.python }}"} <= set(matrix)


def test_the_weekly_run_starts_from_nothing():
    text = (GITHUB / "workflows" / "weekly.yml").read_text(encoding="utf-8")
    assert "actions/cache@" not in text
    assert not re.search(r"^\s+cache:", text, re.M)


def test_the_cache_is_keyed_by_the_lock():
    caches = [step["with"]["key"] for _, step in steps() if "actions/cache@" in step.get("uses", "")]
    assert caches
    assert all("hashFiles('requirements/lock.txt')" in key for key in caches)


def test_the_citation_names_the_version_of_the_package():
    citation = load(ROOT / "CITATION.cff")
    assert citation["version"] == PROJECT["version"]
    assert [author["name"] for author in citation["authors"]] == [a["name"] for a in PROJECT["authors"]]


@pytest.fixture
def report(tmp_path):
    """Run the weekly report with a `gh` that only notes what it is asked; returns those notes."""
    script = load(GITHUB / "workflows" / "weekly.yml")["jobs"]["report"]["steps"][0]["run"]
    notes = tmp_path / "notes"
    gh = tmp_path / "gh"
    gh.write_text('#!/bin/sh\n[ "$2" = list ] && printf %s "$OPEN" || echo "$1 $2 $3 $4" >> "$NOTES"\n')
    gh.chmod(0o755)

    def run(locked, upgraded, open_issue="", audit="success", versions="success"):
        environment = {
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "NOTES": str(notes),
            "OPEN": open_issue,
            "RUN": "https://example.org/run",
            "LOCKED": locked,
            "AUDIT": audit,
            "VERSIONS": versions,
            "UPGRADED": upgraded,
        }
        subprocess.run(["bash", "-e", "-c", script], env=environment, check=True)
        return notes.read_text().splitlines() if notes.exists() else []

    return run


def test_a_failing_week_opens_an_issue_for_each_cause(report):
    assert report("failure", "failure") == [
        "issue create --title The weekly build from nothing fails",
        "issue create --title The newest packages break the book",
    ]


def test_a_hole_and_a_version_that_breaks_the_package_are_reported(report):
    assert report("success", "success", audit="failure", versions="failure") == [
        "issue create --title A locked package has a known hole",
        "issue create --title The package fails on the newest or on coming versions",
    ]


def test_an_open_issue_gets_a_comment_and_no_twin(report):
    assert report("success", "failure", open_issue="7") == ["issue comment 7 --body"]


def test_a_good_week_is_silent(report):
    assert report("success", "success") == []
