"""Version control of a site: Git, where it is there. What a command changed is a commit; nothing depends on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.base.diagnostics import Diagnostic

_SECONDS = 60
_CONTENT = ("content", "site.yml")
"""What a command of ours may change."""
_UNKNOWN = "disclose"
_ADDRESS = "disclose@localhost"
WITHOUT: dict[str, str] = {
    "Restore it from version control, or delete the whole ```json block.": "Delete the whole ```json block.",
    "Restore it from version control, or delete all of it. Of the notice's own line: write \\` or \\{.": (
        "Delete all of it. Of the notice's own line: write \\` or \\{."
    ),
    "Restore the ```json block from version control, or import the file again.": "Import the file again.",
}
"""What is to be done where there is version control → where there is none."""


def is_kept(path: Path) -> bool:
    """Whether a file or folder lies in a Git repository."""
    absolute = path.absolute()
    return any((folder / ".git").exists() for folder in (absolute, *absolute.parents))


def fitting(found: Sequence[Diagnostic], path: Path) -> list[Diagnostic]:
    """What is wrong with a file, with what can be done about it: nothing is restored where nothing was kept."""
    if not any(one.hint in WITHOUT for one in found) or is_kept(path):
        return list(found)
    return [replace(one, hint=WITHOUT.get(one.hint, one.hint)) for one in found]


def begin(site: Path) -> bool:
    """Make the site a repository of its own, with all of it as the first commit; False where there is no Git."""
    if shutil.which("git") is None or not _git(site, "init", "--quiet"):
        return False
    return _git(site, "add", "--all") and _commit(site, "site: Begin", "")


def record(site: Path, message: str, author: str = "") -> bool:
    """Commit what changed in the content of a site that is a repository; False when it is none, or nothing changed.

    What others prepared for a commit of theirs is left as it is.
    """
    if not (site / ".git").exists() or shutil.which("git") is None:
        return False
    there = [name for name in _CONTENT if (site / name).exists()]
    return _git(site, "add", "--all", "--", *there) and _commit(site, message, author, *there)


def _commit(site: Path, message: str, author: str, *paths: str) -> bool:
    name = author.translate({ord(sign): " " for sign in "<>\n"}).strip()
    by = ["--author", f"{name} <{_ADDRESS}>"] if name else []
    return _git(site, "commit", "--quiet", "--no-verify", *by, "--message", message, "--", *paths)


def _git(site: Path, *words: str) -> bool:
    """Whether Git did it. Its hooks and pagers are left out; who commits is named where Git does not know him."""
    known = dict(os.environ, GIT_TERMINAL_PROMPT="0", LC_ALL="C")
    unknown = {
        "GIT_COMMITTER_NAME": known.get("GIT_COMMITTER_NAME", _UNKNOWN),
        "GIT_COMMITTER_EMAIL": known.get("GIT_COMMITTER_EMAIL", _ADDRESS),
        "GIT_AUTHOR_NAME": known.get("GIT_AUTHOR_NAME", _UNKNOWN),
        "GIT_AUTHOR_EMAIL": known.get("GIT_AUTHOR_EMAIL", _ADDRESS),
    }
    try:
        has_name = _run(site, known, "config", "user.name") == 0
        return _run(site, known if has_name else known | unknown, *words) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(site: Path, environment: dict[str, str], *words: str) -> int:
    command = ["git", "-C", str(site), "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", *words]
    return subprocess.run(  # noqa: S603 (no shell)
        command, check=False, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS
    ).returncode
