"""门户稿: the files of a notice for a platform, and the proof that each holds its words, character for character.

<id>.html      the words as HTML, to paste into the editor's source view
table.html     逐项对账 as a table, to put below them or not; missing when there are no issues
<id>.docx      the words as an official document (GB/T 9704)
<id>.pdf       the same, printed by an office; missing where none is installed
<id>.txt       the words
fields.txt     what to fill in beside them
index.html     how to put it up, with all of this to copy
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.base.diagnostics import ContentError, Diagnostic
from generator.base.files import write_bytes
from generator.content.config import Config
from generator.editorial.paper import print_pdf
from generator.model.notice import Notice
from generator.model.proof import Difference, difference, hash_of_words
from generator.model.vocabulary import figures_in_words
from generator.portal.fragment import fragment_of, table_of
from generator.portal.lines import SheetLine, lines_of
from generator.portal.manuscript import manuscript_of
from generator.readers import ReadError, read_document
from generator.sitelint.leaks import Search, Secret, leak_of

ASKED = "〔请按平台要求填写〕"
"""What only the editor or the platform knows."""


def write_pack(
    notice: Notice, config: Config, folder: Path, secrets: Sequence[Secret], *, has_title: bool, is_draft: bool
) -> Path | None:
    """Write the files into `folder`; gives the PDF, or None where nothing here can make one.

    `secrets` are what the site masks today: a version that was approved before may show it. Raises ContentError, and
    writes nothing, when a file does not read back as the words of the notice, or holds a secret.
    """
    files = dict(_files(notice, has_title=has_title))
    for name, data in files.items():
        _prove(notice, name, data, has_title=has_title or not name.endswith(".html"))
    if table := table_of(notice):
        files["table.html"] = table.encode()
    fields = dict(fields_of(notice, config))
    files["fields.txt"] = "".join(f"{name}：{value}\n" for name, value in fields.items()).encode()
    files["index.html"] = _guide(notice, fields, files, is_draft=is_draft).encode()
    _hold_no_secret(files, folder, secrets)
    for name, data in files.items():
        write_bytes(folder / name, data)
    return _pdf(notice, folder)


def _files(notice: Notice, *, has_title: bool) -> Iterator[tuple[str, bytes]]:
    yield f"{notice.id}.html", fragment_of(notice, has_title=has_title).encode()
    try:
        yield f"{notice.id}.docx", manuscript_of(notice)
    except ValueError as error:  # a control character, which no XML can hold
        raise _unlike(f"{notice.id}.docx", str(error)) from error
    yield f"{notice.id}.txt", f"{notice.text}\n".encode()


def fields_of(notice: Notice, config: Config) -> Iterator[tuple[str, str]]:
    """What a platform asks for beside the words, by its usual names; what we do not know is left for the editor."""
    yield "标题", notice.title
    yield "发布机构", notice.unit.name
    yield "来源", notice.unit.name
    yield "成文日期", notice.published.chinese if notice.published else ASKED
    yield "发布日期", ASKED
    yield "栏目", ASKED
    yield "索引号", next((value for name, value in notice.metadata if "索引号" in name), ASKED)
    yield "关键词", " ".join(dict.fromkeys(("巡察整改", notice.unit.name, *config.keywords)))
    yield "摘要", f"{notice.unit.name}巡察整改情况。{_figures(notice)}"
    yield "监督电话", "、".join(notice.contact.phones) or "通报未载明"
    yield "原文地址", f"{config.base_url}notices/{notice.id}/"
    yield "正文校验", hash_of_words(notice.text)


def _figures(notice: Notice) -> str:
    counts = Counter(issue.status for issue in notice.issues)
    return f"{figures_in_words(counts)}。" if counts else ""


def _prove(notice: Notice, name: str, data: bytes, *, has_title: bool) -> None:
    """Read a file as any import would, and compare. Raises ContentError when it does not say what the notice says."""
    text = notice.text if has_title else "\n".join(_text(line) for line in lines_of(notice) if line.place != "title")
    try:
        found = difference(text, (), read_document(data, name).text)
    except ReadError as error:
        raise _unlike(name, str(error)) from error
    if found is not None:
        raise _unlike(name, _parting(found))


def _hold_no_secret(files: Mapping[str, bytes], folder: Path, secrets: Sequence[Secret]) -> None:
    if not secrets:
        return
    search = Search(secrets)
    hits = [leak_of(folder / name, secret) for name, data in files.items() for secret in search.file(name, data)[0]]
    if hits:
        raise ContentError(hits)


def _text(line: SheetLine) -> str:
    return "".join(run.text for run in line.runs)


def _parting(found: Difference) -> str:
    return f"“{found.expected}” reads back as “{found.found}”"


def _unlike(name: str, why: str) -> ContentError:
    fault = f"it would not hold the words of the notice: {why}"
    hint = "Nothing was written. Look at that place in the content file: a sign stands there that a file cannot keep."
    return ContentError([Diagnostic(code="portal-words", file=name, message=fault, hint=hint)])


def _guide(notice: Notice, fields: Mapping[str, str], files: Mapping[str, bytes], *, is_draft: bool) -> str:
    source = (resources.files("generator.portal") / "guide.html").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
    fragment = files[f"{notice.id}.html"].decode()
    table = files.get("table.html", b"").decode()
    return template.render(
        id=notice.id,
        title=notice.title,
        is_draft=is_draft,
        fields=fields,
        asked=ASKED,
        fragment=fragment,
        table=table,
        shown=Markup(fragment + table),  # noqa: S704 - made above of escaped words
    )


def _pdf(notice: Notice, folder: Path) -> Path | None:
    """The document printed by an office, if it kept every sign of the words."""
    made = print_pdf(folder / f"{notice.id}.docx", folder / f"{notice.id}.pdf")
    if made is None:
        return None
    try:
        _prove(notice, made.name, made.read_bytes(), has_title=True)
    except ContentError:
        made.unlink()
        raise
    return made
