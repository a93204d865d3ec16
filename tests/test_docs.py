"""The documents are true: every code that the program can print has its row, every command its place in README."""

import doctest
import importlib
import re
from pathlib import Path

import generator
from generator.base.language import read_po
from generator.cli import COMMANDS
from tests.every import every
from tests.messages import messages, unnamed

ROOT = Path(__file__).parent.parent
CODE = re.compile(
    r"code=\"([a-z0-9-]+)\"|\b(?:at|nowhere|flag)\(\s*\"([a-z-]+)\"|(?<![a-z_])(?:_problem|problem_at|problem)\([^\"]*?\"([a-z]+(?:-[a-z]+)*)\","
)


def codes():
    found = set()
    for path in (ROOT / "generator").rglob("*.py"):
        if path.name != "kinds.py":  # those name kinds of pages
            found |= {next(filter(None, groups)) for groups in CODE.findall(path.read_text("utf-8"))}
    return sorted(found - {"status"})  # the name of a label, not a code


@every(codes())
def test_every_code_is_documented(code):
    assert f"| `{code}` |" in (ROOT / "docs" / "diagnostics.md").read_text("utf-8")


def with_examples():
    """The modules whose docstrings have examples: to look through the others takes ten times as long."""
    found = [path for path in sorted((ROOT / "generator").rglob("*.py")) if ">>> " in path.read_text("utf-8")]
    assert len(found) > 30
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found]


def named_commands():
    """Which README names which command; the Chinese one leaves `parse`, an engineers' command, to the English one."""
    for name, _, _ in COMMANDS:
        yield "README.md", name
        if name != "parse":
            yield "README.zh.md", name


def test_every_message_has_its_chinese():
    known = {unnamed(english) for english, _ in read_po((ROOT / "generator/base/zh.po").read_text("utf-8"))}
    missing = {template: place for template, place in messages().items() if unnamed(template) not in known}
    assert missing == {}, "add them to generator/base/zh.po: python -m tests.messages prints the rows"


@every(named_commands())
def test_every_command_is_in_the_readme(readme, command):
    assert f"disclose {command}" in (ROOT / readme).read_text("utf-8")


@every(with_examples(), by=lambda name: name.split(".")[1])
def test_examples_in_docstrings_are_true(module):
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_the_newest_release_is_this_one():
    heads = re.findall(r"^## (\S+) \(\d{4}-\d\d-\d\d\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    wheels = re.findall(r"disclose-(\S+?)-py3-none-any", (ROOT / "docs/install.md").read_text("utf-8"))
    assert heads[0] == generator.__version__
    assert set(wheels) == {generator.__version__}
