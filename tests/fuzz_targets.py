"""What `make fuzz` mutates: every reader, the YAML decoder, each file that the program keeps for people to write."""

from __future__ import annotations

import functools
import importlib.util
import json
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import read_manifest
from generator.base.shipped import shipped
from generator.base.structure import Decoder
from generator.base.workers import in_processes
from generator.content.config import read_config
from generator.content.notice_file import read_notice, write_notice
from generator.content.phrases import read_phrases
from generator.content.topics import read_topics
from generator.readers import Document, ReadError, read_document
from generator.readers.archive import members
from generator.readers.limits import LIMITS
from generator.readers.pdf.reader import document_of, why_recognise
from generator.readers.word import docx, office
from tests.payloads import hostile
from tests.readers.support import check_promises, packed
from tests.readers.test_hostile import FILES
from tests.readers.test_pdf_seen import FORM, drawing, hex_of, in_layer, page, with_note
from tests.samples import SITE_YML, notice


class Target(NamedTuple):
    """What is fuzzed."""

    seeds: Callable[[], Sequence[bytes]]
    """Inputs that it accepts."""
    take: Callable[[Sequence[bytes]], Iterable[bool]]
    """Of each input, in order, whether it was accepted; raises what is no error of ours."""


def _each(take: Callable[[bytes], object], *seeds: bytes) -> Target:
    def accepted(data: bytes) -> bool:
        try:
            return take(data) is not None
        except DiscloseError:
            return False

    return Target(lambda: seeds, lambda some: map(accepted, some))


def _whole(document: Document) -> Document:
    check_promises(document)
    return document


def _reader(kind: str) -> Target:
    return _each(lambda data: _whole(read_document(data, f"x.{kind}")), FILES[kind]())


def _text(read: Callable[[str], object], *seeds: str) -> Target:
    return _each(lambda data: read(data.decode("utf-8", "replace")), *(seed.encode() for seed in seeds))


# ------------------------------------------------------------------------------------------------------- packed formats


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _word(part: str) -> Target:
    """A part of a Word file, mutated before it is packed, so that it is not the check sum that refuses it."""
    whole = _parts(FILES["docx"]())
    return _each(lambda data: _whole(docx.read(packed(whole | {part: data}, method=0))), whole[part])


def _archive(data: bytes) -> object:
    found = list(members(data))
    assert all(isinstance(content, ReadError) for name, content in found if name.startswith("/"))
    return found


# ------------------------------------------------------------------------------------------------------------------ PDF


@functools.cache
def _worker() -> Any:
    """The program that reads PDF files, as a module."""
    path = Path(office.__file__).parents[1] / "pdf/worker.py"
    spec = importlib.util.spec_from_file_location("pdf_worker", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_ENDED = "ended"
_SECONDS = 12
"""Of computing for one PDF: as the reader allows."""


def _read_pdf(data: bytes) -> bool:
    """In a process that may die of it, as the program's own does: a death is a refusal there, too."""
    worker = _worker()
    worker.pdfium.FPDF_InitLibrary()
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    pages = list(worker.pages_of(data, LIMITS["pages"].most, LIMITS["pdf-characters"].most))
    signal.setitimer(signal.ITIMER_PROF, 0)
    try:
        if why_recognise(json.loads(json.dumps(pages))):
            return False
        check_promises(document_of(pages))
    except ReadError:
        return False
    return True


def _read_pdfs(some: Sequence[bytes]) -> Iterator[bool]:
    _worker()  # loaded before the processes are forked
    return in_processes(_read_pdf, some, jobs=2, life=20.0, lost=lambda _: False)


def _pdfs() -> Sequence[bytes]:
    box = f"/Subtype/Widget/FT/Tx/T(a)/F 4/DA(/F 12 Tf)/V<{hex_of('追缴3.1万元。')}>"
    note = with_note("/Subtype/FreeText/AP<</N 9 0 R>>/Contents<00>", drawing("追缴3.1万元。"))
    return (FILES["pdf"](), page("60 700 400 1 re f"), in_layer("ON"), note, with_note(box, more=FORM))


# ---------------------------------------------------------------------------------------------------------- LibreOffice


def _office(kind: str) -> Target:
    suffix, reading = office._FILTERS[kind]

    @functools.cache
    def seeds() -> Sequence[bytes]:
        target = {"rtf": "rtf", "ole": "doc:MS Word 97", "zip": "odt"}[kind]
        return _converted([FILES["docx"]()], ".docx", "MS Word 2007 XML", target)  # type: ignore[return-value]

    def take(some: Sequence[bytes]) -> Iterator[bool]:
        for data, converted in zip(some, _converted(some, suffix, reading, "docx:MS Word 2007 XML"), strict=True):
            yield _accepts_office(data, kind, converted)

    return Target(seeds, take)


def _accepts_office(data: bytes, kind: str, converted: bytes | None) -> bool:
    try:
        office._check_compound(data, kind)
        if converted is None:
            return False
        check_promises(docx.read(converted))
    except ReadError:
        return False
    return True


_PATIENCE = 300
"""Seconds for one LibreOffice."""


def _converted(some: Sequence[bytes], suffix: str, reading: str, to: str) -> list[bytes | None]:
    """Files that one LibreOffice converts one after the other; None where it makes none.

    Where it dies or hangs, another one goes on behind the file at which it did.
    """
    results: list[bytes | None] = []
    with tempfile.TemporaryDirectory(prefix="disclose-fuzz-") as name:
        folder = Path(name)
        office._write_profile(folder / "profile")
        for number, data in enumerate(some):
            (folder / f"{number}{suffix}").write_bytes(data)
        while len(results) < len(some):
            sources = [f"{number}{suffix}" for number in range(len(results), len(some))]
            is_whole = _convert(folder, sources, reading, to)
            made = [folder / "out" / f"{Path(source).stem}.{to.partition(':')[0]}" for source in sources]
            done = (
                len(made) if is_whole else max((at for at, path in enumerate(made) if path.is_file()), default=-1) + 2
            )
            results += [path.read_bytes() if path.is_file() else None for path in made[:done]]
    return results


def _convert(folder: Path, sources: Sequence[str], reading: str, to: str) -> bool:
    """Whether LibreOffice came to its end by itself."""
    program = shutil.which("soffice") or "libreoffice"
    command = [*office._alone(), program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--norestore", f"--infilter={reading}", "--convert-to", to, "--outdir", "out", *sources]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        office._end(process)


# --------------------------------------------------------------------------------------------------------------- all


_LISTED = json.dumps({"files": {f"a/{n}.html": {"sha256": f"{n:064x}", "size": n} for n in range(9)}}).encode()
_RECORDS = write_notice(hostile(1, "甲乙丙"))

TARGETS = {
    **{f"reader-{kind}": _reader(kind) for kind in FILES if kind != "pdf"},
    "reader-pdf": Target(_pdfs, _read_pdfs),
    **{f"word-{Path(part).stem}": _word(part) for part in ("word/document.xml", "word/numbering.xml")},
    "zip": _each(_archive, packed({"甲/一.txt": b"x" * 99, "b.docx": FILES["docx"]()})),
    "yaml": _text(lambda text: Decoder("x.yml").compose(text), SITE_YML, _RECORDS.split("---\n")[1]),
    "notice": _text(lambda text: read_notice(text)[0], write_notice(notice()), _RECORDS),
    "site-yml": _text(read_config, SITE_YML),
    "topics": _text(read_topics, shipped("content/topics.yml").read_text("utf-8")),
    "phrases": _text(read_phrases, shipped("content/phrases.yml").read_text("utf-8")),
    "manifest": _each(lambda data: read_manifest(data, "manifest.json"), _LISTED),
}
OFFICE = {
    f"office-{suffix.strip('.')}": _office(kind) for kind, suffix in (("rtf", "rtf"), ("ole", "doc"), ("zip", "odt"))
}
"""Where LibreOffice is installed. A thousand inputs take it minutes."""
