"""The desk is there within seconds: what the board does not need is loaded when somebody needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pypinyin", "docx", "pypdfium2", "paramiko")
"""Libraries that take a tenth of a second or more to load, and that only an import or a release needs."""


def loaded_by(module):
    """The modules that are there once `module` is."""
    script = f"import {module}, sys; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout.split()
    )


@pytest.mark.parametrize("module", ["generator.desk.app", "generator.desk.summary"])
def test_no_library_is_loaded_that_the_board_does_not_need(module):
    assert sorted(loaded_by(module) & set(HEAVY)) == []


def test_the_command_loads_nothing_of_notices_before_its_processes_have_begun_to():
    rooms = {name.split(".")[1] for name in loaded_by("generator.commands.desk") if name.startswith("generator.")}
    assert rooms <= {"base", "commands", "desk", "cli"}


def test_what_every_file_needs_is_loaded_once_and_not_for_each(tmp_path):
    script = """
import sys
from generator.editorial.importing import read_ready
from generator.editorial.source_files import SourceFile
read_ready(SourceFile(name="a.txt", data=b"x"))
from generator.model.personal import _foldable
print(*sys.modules, _foldable.cache_info().currsize)
"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout.split()
    assert "pypinyin" in found
    assert found[-1] == "1"
