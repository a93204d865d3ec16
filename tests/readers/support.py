"""What the tests of the readers share: checks that hold for every Document, and builders of small files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from generator.readers import Document

FIXTURES = Path(__file__).parent.parent / "fixtures" / "readers"
NOTICE = (FIXTURES / "notice.txt").read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    """The characters of `text` without white space."""
    return "".join(text.split())


def words(document: Document) -> list[str]:
    """The text of the blocks."""
    return [document.text[block.start : block.end] for block in document.blocks]


def kept(document: Document) -> list[str]:
    """The text of the blocks that are no chrome."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind != "chrome"]


def check_promises(document: Document) -> None:
    """What every reader promises: blocks in order, one line each, not blank, and only white space between them."""
    at = 0
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert not document.text[at : block.start].strip()
        assert text
        assert text == text.strip()
        assert "\n" not in text
        at = block.end
    assert not document.text[at:].strip()
    for edit in document.edits:
        assert edit.start is None or document.text.startswith(edit.before, edit.start)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARTS = {"header1": "header", "footer1": "footer"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"header1": "hdr", "footer1": "ftr"}
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file whose body, and further parts by their names, hold the given XML."""
    kinds = {"document": "document.main", **{name: _PARTS.get(name, name) for name in parts}}
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    links = [(_PARTS.get(name, name), f"{name}.xml") for name in parts]
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": _relationships([("officeDocument", "word/document.xml")]),
            "word/document.xml": f"<w:document {W} {_MORE}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relationships(links),
            **{
                f"word/{name}.xml": f"<w:{_ROOTS.get(name, name)} {W}>{xml}</w:{_ROOTS.get(name, name)}>"
                for name, xml in parts.items()
            },
        }
    )


def _relationships(links: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def paragraph(*runs: str, properties: str = "") -> str:
    """XML of a paragraph; a run that is no XML becomes one."""
    inner = "".join(run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, *, level: int = 0, list_id: int = 1) -> str:
    """XML of a paragraph with an automatic number."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbering(*levels: tuple[str, str], more: str = "", num: str = "") -> str:
    """XML of a numbering part with one list; a level is its format and its text."""
    rows = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/>'
        f"{more}</w:lvl>"
        for index, (fmt, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{rows}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{num}'
    )
