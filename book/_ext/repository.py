"""Find out which GitHub repository this copy of the book belongs to, so that a fork's links are its own."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
ADDRESS = re.compile(r"(?:https://(?:[^@/]*@)?github\.com/|ssh://git@github\.com/|git@github\.com:)(.+)")
BRANCH = re.compile(r"(?!.*\.\.)(?!/)[A-Za-z0-9._/#+@-]+(?<!/)")


@dataclass(frozen=True)
class Repository:
    """A branch of a repository on GitHub."""

    owner: str
    name: str
    branch: str = "main"
    notebooks_branch: str = "main"

    @property
    def url(self):
        """Its page."""
        return f"https://github.com/{self.owner}/{self.name}"


def find(root):
    """The repository that the environment names, else the one that `git` fetches from, else None."""
    for variable in ("BOOK_REPOSITORY", "GITHUB_REPOSITORY"):
        if os.environ.get(variable):
            return read(os.environ[variable], variable)
    address = origin(root)
    return read(address, "origin") if ADDRESS.match(address) else None


def read(text, source):
    """A repository from `owner/name` or its address; refuses what could not be one."""
    address = ADDRESS.fullmatch(text.strip())
    slug = (address[1] if address else text.strip()).rstrip("/").removesuffix(".git")
    if not SLUG.fullmatch(slug):
        raise ValueError(f"Expected owner/name or https://github.com/owner/name. Received: {source}={text!r}")
    owner, name = slug.split("/")
    here = branch("BOOK_BRANCH", "GITHUB_REF_NAME") or "main"
    return Repository(owner, name, here, branch("BOOK_NOTEBOOKS_BRANCH") or here)


def branch(*variables):
    """The branch that the first of these variables names, or an empty string."""
    name = next((os.environ[variable] for variable in variables if os.environ.get(variable)), "")
    if name and not BRANCH.fullmatch(name):
        raise ValueError(f"Expected the name of a branch, such as main. Received: branch={name!r}")
    return name


def origin(root):
    """The address of the git remote `origin` of this very folder, not of one around it; or nothing."""
    try:
        top = git(root, "rev-parse", "--show-toplevel")
        return git(root, "remote", "get-url", "origin") if top and Path(root).samefile(top) else ""
    except FileNotFoundError:
        return ""


def git(root, *words):
    """What git prints, or nothing."""
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
