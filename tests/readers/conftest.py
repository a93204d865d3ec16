"""Files made by real programs, once a session: LibreOffice converts, Chromium prints."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

Convert = Callable[[Path, str], bytes]
Print = Callable[..., bytes]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Converts a file by LibreOffice to the format of an ending, `docx`."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def run(source: Path, suffix: str) -> bytes:
        folder = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        if source.suffix == ".txt":
            command.append("--infilter=Text (encoded):UTF8")
        command += ["--convert-to", suffix, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / f"{source.stem}.{suffix}").read_bytes()

    return run


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Print]:
    """Prints a web page by Chromium to a PDF."""
    folder = tmp_path_factory.mktemp("pages")
    page = chromium.new_page()

    def run(markup: str, **options: object) -> bytes:
        source = folder / "page.html"
        source.write_text(markup, encoding="utf-8")
        page.goto(source.as_uri())
        paper = {"format": "A4", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "2cm")}
        return page.pdf(**(paper | options))

    yield run
    page.close()
