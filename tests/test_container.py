"""The recipe of the container: what a linter says, and that what it copies and installs is there and is pinned."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RECIPE = ROOT / "Containerfile"


def steps():
    """The recipe's instructions, each with its words: ("COPY", ["templates", "templates"])."""
    lines = [line for line in RECIPE.read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [(line.split()[0], shlex.split(line)[1:]) for line in whole.splitlines() if line.strip()]


def test_a_linter_finds_nothing():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, "--no-color", RECIPE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_copies_what_is_there_and_is_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = [words[:-1] for kind, words in steps() if kind == "COPY" and not words[0].startswith("--")]
    assert {path for paths in copied for path in paths} == let_in
    assert all((ROOT / path).exists() for path in let_in)


def test_every_package_of_python_is_pinned():
    installs = [words for kind, words in steps() if kind == "RUN" and "/opt/disclose/bin/pip" in words]
    assert [("--require-hashes" in words, "--no-deps" in words) for words in installs] == [(True, False), (False, True)]


def test_nobody_is_root_in_it():
    after = [kind for kind, _ in steps()][[kind for kind, _ in steps()].index("USER") :]
    assert [words for kind, words in steps() if kind == "USER"] == [["1000"]]
    assert not {"RUN", "COPY", "ADD", "FROM"} & set(after)
