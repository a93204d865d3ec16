"""Files of old Word and of WPS (.doc, .wps, .rtf, .odt): converted to .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from generator.readers import limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.signatures import signature_of
from generator.readers.word import docx

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 60
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_MEMORY = 400 << 20
_FILTERS = {
    "ole": (".doc", "MS Word 97"),
    "rtf": (".rtf", "Rich Text Format"),
    "wordml": (".xml", "MS Word 2003 XML"),
    "zip": (".odt", "writer8"),
}
"""Kind of file → its ending and the filter that must read it, lest LibreOffice take what is damaged for plain text."""


def read(data: bytes) -> Document:
    """The text of the file, by way of .docx. Raises ReadError where LibreOffice is missing or cannot read the file."""
    kind = signature_of(data)
    if kind not in _FILTERS:
        raise ReadError("it is no Word or WPS file. Open it in its program and save it as .docx.")
    limits.check("office-bytes", len(data))
    _check_compound(data, kind)
    converted = _converted(data, *_FILTERS[kind], _DOCX)
    return replace(docx.read(converted), format="doc")


def as_pdf(data: bytes, suffix: str) -> bytes:
    """A file of Word or WPS, named by its ending, as the pages that it prints. Raises ReadError."""
    reading = _READING.get(suffix.lower())
    if reading is None:
        raise ReadError("it is no Word or WPS file. Open it in its program and save it as .docx.")
    limits.check("office-bytes", len(data))
    return _converted(data, suffix, reading, _PDF)


_DOCX = ("docx", "MS Word 2007 XML")
_PDF = ("pdf", "writer_pdf_Export")
_READING = {
    ".docx": "MS Word 2007 XML",
    ".doc": "MS Word 97",
    ".wps": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
}


def _converted(data: bytes, suffix: str, reading: str, target: tuple[str, str]) -> bytes:
    """Raises ReadError where LibreOffice is missing or cannot read the file."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ReadError(
            "reading it needs LibreOffice, which is not installed. Save it as .docx, or install LibreOffice."
        )
    with tempfile.TemporaryDirectory(prefix="disclose-") as folder:
        return _convert(program, data, Path(folder), suffix, reading, target)


def _check_compound(data: bytes, kind: str) -> None:
    """Refuses what LibreOffice would ask a password for, or would open as something that is no text."""
    if kind != "ole":
        return
    if _ENCRYPTED in data:
        raise ReadError("it is protected by a password. Save it without one.")
    at = data.find(_WORD)
    if at < 0:
        raise ReadError("it is an old Office file, but no Word document. Save it as .docx.")
    if len(data) > 0x20C and _is_encrypted_word(data):
        raise ReadError("it is protected by a password. Save it without one.")


def _is_encrypted_word(data: bytes) -> bool:
    """The flag fEncrypted in the first bytes of the document (MS-DOC 2.5.2), which mostly follow the file's header."""
    return data[0x200:0x202] == b"\xec\xa5" and bool(data[0x20B] & 0x01)


def _convert(program: str, data: bytes, folder: Path, suffix: str, reading: str, target: tuple[str, str]) -> bytes:
    """The file as another (ending and filter). LibreOffice gets a profile of its own, to run beside an open one."""
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    _write_profile(folder / "profile")
    command = [
        *_alone(),
        *_bounded(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += [
        f"--infilter={reading}",
        "--convert-to",
        ":".join(target),
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise ReadError(f"LibreOffice took more than {_SECONDS} seconds for it. Save it as .docx.") from None
    finally:
        _end(process)
    result = folder / "out" / f"source.{target[0]}"
    if not result.is_file():
        raise ReadError(
            "LibreOffice cannot open it; it is damaged or cut off. Open it in its program and save it as .docx."
        )
    return result.read_bytes()


_SETTINGS = (
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Writer/Content/Update", "Link", "0"),
)
"""What a document names elsewhere is not fetched, what it holds does not run: path, name, value."""
_PROXY = {
    "ooInetProxyType": "2",
    "ooInetHTTPProxyName": "127.0.0.1",
    "ooInetHTTPProxyPort": "9",
    "ooInetHTTPSProxyName": "127.0.0.1",
    "ooInetHTTPSProxyPort": "9",
}
"""Nobody listens there: should something ask for the web all the same, it gets no answer."""


def _write_profile(profile: Path) -> None:
    """A profile of LibreOffice that fetches nothing."""
    rows = [(f"org.openoffice.Office.{path}", name, value) for path, name, value in _SETTINGS]
    rows += [("org.openoffice.Inet/Settings", name, value) for name, value in _PROXY.items()]
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in rows
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}'
        "</oor:items>",
        encoding="utf-8",
    )


@functools.cache
def _alone() -> tuple[str, ...]:
    """The start of a command that runs without a network; empty where the system does not allow that."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "--map-root-user", "--net")
    try:
        done = subprocess.run((*command, "true"), capture_output=True, timeout=5, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()


def _bounded() -> list[str]:
    """The start of a command whose memory is bounded; empty where the system has no prlimit."""
    bound = shutil.which("prlimit")
    return [bound, f"--data={_MEMORY}"] if bound else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice and the programs that it started."""
    if process.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603, S607
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _claims(data: bytes) -> bool:
    kind = signature_of(data)
    return kind in ("ole", "rtf", "wordml") or (kind == "zip" and b"mimetypeapplication/vnd.oasis" in data[:100])


READER = Reader(format="doc", suffixes=(".doc", ".wps", ".dot", ".rtf", ".odt"), claims=_claims, read=read)
