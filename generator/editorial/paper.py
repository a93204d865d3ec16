"""A page of ours as a PDF, by a browser or an office that is here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_SECONDS = 60
_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
_OFFICES = ("soffice", "libreoffice", "C:/Program Files/LibreOffice/program/soffice.exe")


def print_pdf(page: Path, pdf: Path) -> Path | None:
    """The page, or the Word file, printed to `pdf`; None when nothing here can print it."""
    with tempfile.TemporaryDirectory(prefix="disclose-print-") as folder:
        for command, made in _ways(page, Path(folder)):
            if _ran(command) and made.is_file() and made.read_bytes().startswith(b"%PDF"):
                shutil.copyfile(made, pdf)
                return pdf
    return None


def _ways(page: Path, folder: Path) -> Iterator[tuple[Sequence[str], Path]]:
    """The commands that may print it, and what each makes."""
    made = folder / f"{page.stem}.pdf"
    for name in _BROWSERS if page.suffix == ".html" else ():
        if program := shutil.which(name):
            yield [program, *_options(folder), f"--print-to-pdf={made}", page.absolute().as_uri()], made
    for name in _OFFICES:
        if program := shutil.which(name):
            profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
            yield [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(page)], made


def _options(folder: Path) -> Iterator[str]:
    yield from ("--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--disable-extensions")
    yield from ("--disable-background-networking", "--disable-component-update", "--disable-sync")
    yield f"--user-data-dir={folder / 'browser'}"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "--no-sandbox"  # a browser refuses its sandbox to root; it opens one page of ours, without a script


def _ran(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)  # noqa: S603 (no shell)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
