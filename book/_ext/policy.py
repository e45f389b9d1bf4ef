"""Pages that a strict content-security policy allows: no script, style or style attribute inside them.

What the outputs of cells bring along goes into files of its own. The policy itself lies in the site's root
as `_headers`, which some hosts send by themselves; with BOOK_POLICY set it stands in each page, too, for
hosts that send no headers of ours.
"""

import hashlib
import os
from pathlib import Path

from sphinx.errors import SphinxError

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",  # the search page reads the pages it found
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
IGNORED_IN_PAGES = ("frame-ancestors",)  # browsers obey it in a header only
# What Temml writes into style attributes, and the class in book.css that says the same.
CLASSES = {
    "display:block math": "",  # .tml-display says so already
    "math-depth:0": "tml-depth-0",
    "padding-left:0em": "tml-left-0",
    "padding-left:1em": "tml-left-1em",
    "padding-left:5.9776pt": "tml-left-6pt",
    "padding-right:0em": "tml-right-0",
    "padding-right:1em": "tml-right-1em",
    "padding-right:5.9776pt": "tml-right-6pt",
}


def policy(leave_out=()):
    """The policy as a browser reads it."""
    return "; ".join(f"{name} {value}" for name, value in POLICY.items() if name not in leave_out)


def headers():
    """What a host should send with every page, in the form that Netlify and Cloudflare Pages read."""
    lines = {"Content-Security-Policy": policy()} | HEADERS
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())


def drop_styles(body, _page):
    """Style attributes become sizes of images, or classes."""
    for part in body.find_all(style=True):
        style = [
            declaration.strip() for declaration in part.attrs.pop("style").split(";") if declaration.strip()
        ]
        if part.name == "img":
            part.attrs |= sizes(style)
        elif unknown := [declaration for declaration in style if declaration not in CLASSES]:
            raise SphinxError(f"Expected styles with a class in policy.CLASSES. Received: style={unknown}")
        elif classes := list(filter(None, map(CLASSES.get, style))):
            part["class"] = [*part.get("class", []), *classes]


def sizes(style):
    """{"width": "651", …} of ["width: 651px", "height: 331px"]."""
    pairs = (declaration.split(":") for declaration in style)
    return {name.strip(): value.strip().removesuffix("px") for name, value in pairs}


def move_out(body, app):
    """Take styles and scripts out of a page's body; the addresses of their files, each once, for its head."""
    styles = [file_with(part.extract().get_text(), ".css", app) for part in body.find_all("style")]
    modules = [file_with(alone(part.extract().get_text()), ".js", app) for part in body.select(MODULES)]
    return list(dict.fromkeys(styles)), list(dict.fromkeys(modules))


MODULES = "script[type=module]"


def alone(module):
    """A module without imports as a plain script: from a disk browsers load no module."""
    return f'(() => {{\n"use strict";\n{module.strip()}\n}})();\n'


def file_with(text, suffix, app):
    """The address, from the root of the site, of a file with this text."""
    name = f"_static/outputs/{hashlib.sha256(text.encode()).hexdigest()[:12]}{suffix}"
    path = Path(app.outdir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def add_policy(_app, _pagename, _template, context, _doctree):
    """Hand the frame the policy, where pages have to bring it along."""
    context["policy"] = policy(IGNORED_IN_PAGES) if os.environ.get("BOOK_POLICY") else ""


def write_headers(app, exception):
    """Put the headers beside the pages."""
    if not exception and app.builder.format == "html":
        Path(app.outdir, "_headers").write_text(headers(), encoding="utf-8")


def setup(app):
    """Connect the steps."""
    app.connect("html-page-context", add_policy)
    app.connect("build-finished", write_headers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
