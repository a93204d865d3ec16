"""The icon on the desktop that opens the desk of a site."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from generator.base.files import unwritable, write_text

_NAME = "编辑台"


def write_shortcut(site: Path) -> Path:
    """Put it on the desktop; gives where it is. Raises DiscloseError."""
    command = [shutil.which("disclose") or sys.argv[0], "--site", str(site), "desk"]
    make = _windows if sys.platform == "win32" else _mac if sys.platform == "darwin" else _linux
    name, text = make(command)
    path = _desktop() / name
    try:
        write_text(path, text)
        path.chmod(0o755)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _desktop() -> Path:
    """The folder of the desktop, whatever it is called in the person's language."""
    if program := shutil.which("xdg-user-dir"):
        found = subprocess.run([program, "DESKTOP"], check=False, capture_output=True, text=True, timeout=10)  # noqa: S603
        folder = Path(found.stdout.strip())
        if found.stdout.strip() and folder.is_dir() and folder != Path.home():
            return folder
    named = (Path.home() / name for name in ("Desktop", "桌面"))
    return next((folder for folder in named if folder.is_dir()), Path.home())


def _linux(command: list[str]) -> tuple[str, str]:
    words = " ".join(_quoted(word) for word in command)
    return f"{_NAME}.desktop", (
        f"[Desktop Entry]\nType=Application\nVersion=1.0\nName={_NAME}\nName[zh_CN]={_NAME}\n"
        f"Comment=巡察整改通报\nExec={words}\nIcon=text-editor\nTerminal=false\nCategories=Office;\n"
    )


def _quoted(word: str) -> str:
    r"""A word of Exec=, as the Desktop Entry Specification has it: quoted, and its reserved signs escaped twice.

    >>> print(_quoted("a b$c%"))
    "a b\\$c%%"
    """
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word).replace("%", "%%")
    return '"' + escaped.replace("\\", "\\\\") + '"'


def _mac(command: list[str]) -> tuple[str, str]:
    return f"{_NAME}.command", f"#!/bin/sh\nexec {shlex.join(command)}\n"


def _windows(command: list[str]) -> tuple[str, str]:
    words = " ".join(f'"{word}"'.replace("%", "%%") for word in command)
    return f"{_NAME}.cmd", f"@echo off\r\nchcp 65001 >nul\r\n{words}\r\n"
