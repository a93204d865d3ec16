"""Whether a notice has the same words on its page, in notice.txt, in notice.json and in the source it came from."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import cast

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import notice_files, read_text
from generator.content.fidelity import wording_difference
from generator.content.journal import versions
from generator.content.masks import address_of
from generator.content.notice_file import may_mask, read_notice
from generator.content.origin import OriginError, origin_of
from generator.model.notice import Notice
from generator.model.proof import difference, hash_of_words
from generator.sitelint.built import BuiltPage

_VERBATIM = "//*[contains(concat(' ', normalize-space(@class), ' '), ' verbatim ')]"


def words_of_page(page: BuiltPage | None) -> str:
    """The words of the notice on its page, in order, white space as it comes; none on a page without an element."""
    found = page.all(_VERBATIM) if page else []
    return "".join(cast("str", text) for element in found for text in element.itertext())


def text_of_record(data: bytes) -> tuple[str, str] | None:
    """Text and id in a notice.json; None when its words are not shown: it was withdrawn.

    Raises DiscloseError for what is no record.
    """
    try:
        record = json.loads(data)
        return None if record.get("withdrawn") else (str(record["text"]), str(record["id"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DiscloseError("this is no record of a notice") from error


def faults_of_copies(right: str, page: BuiltPage | None, text: bytes) -> Iterator[tuple[str, str]]:
    """Which of the files of a notice has other words than its record has, `right`: name of the file, what differs."""
    for name, wrong in (("index.html", words_of_page(page)), ("notice.txt", text.decode("utf-8", "replace"))):
        if lost := difference(right, (), wrong):
            at, line = lost.offset + 1, _line(right, lost.offset)
            differ = (
                f"the words differ at character {at} (line {line}): notice.json goes on with “{lost.expected}”, this "
                f"file with “{lost.found}”"
            )
            yield name, differ
    shown = page.all("//*[@data-words]") if page else []
    if shown and shown[0].get("data-words") != hash_of_words(right):
        yield "index.html", "the SHA-256 that the page shows is not that of the words in notice.json"


def _line(text: str, offset: int) -> int:
    """The 1-based line of the character at an offset in the text without white space."""
    ends = accumulate(len("".join(line.split())) for line in text.split("\n"))
    return next((number for number, end in enumerate(ends, 1) if end > offset), text.count("\n") + 1)


class Origins:
    """The content files and sources of a site folder, by the id of the notice."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._files = {path.stem: path for path in notice_files(site)} if site.is_dir() else {}

    def fault(self, id_: str, text: str) -> tuple[str, str] | None:
        """What is wrong with published words, compared with their source: code and message; None: nothing.

        Raises DiscloseError when it cannot be said: content file or source are not here, or cannot be read.
        """
        path = self._files.get(id_) or self._masked.get(id_)
        if path is None:
            raise DiscloseError("its content file is not here")
        try:
            notice, _ = read_notice(read_text(path, str(path)), str(path))
        except ContentError:
            notice = None
        if notice is None:
            raise DiscloseError(f"{path} cannot be read: disclose check")
        fault = self._fault(notice, text)
        return None if fault and self._was_approved(id_, text) else fault

    def _was_approved(self, id_: str, text: str) -> bool:
        """Whether these are the words of a version that was signed: it stays public until its change is approved."""
        for _, kept in versions(self._site, id_):
            with contextlib.suppress(DiscloseError):
                if not self._fault(kept, text):
                    return True
        return False

    def _fault(self, notice: Notice, text: str) -> tuple[str, str] | None:
        try:
            origin = origin_of(self._site, notice)
            lost = wording_difference(notice, origin, text)
        except OriginError as error:
            if error.code == "source-unproved":
                raise
            return error.code, str(error)
        except ValueError as error:
            return "source-differs", str(error)
        if lost is None:
            return None
        return "source-differs", (
            f"the words differ from {notice.source.file}: with all that is on record it has “{lost.expected}”, what is "
            f"published “{lost.found}”"
        )

    @functools.cached_property
    def _masked(self) -> dict[str, Path]:
        """The content files of notices whose address leaves out what their masks hide."""
        found = {}
        for path in self._files.values():
            with contextlib.suppress(ContentError):
                text = read_text(path, str(path))
                notice = read_notice(text, str(path))[0] if may_mask(text) else None
                if notice and address_of(notice) != notice.id:
                    found[address_of(notice)] = path
        return found
