"""What a release must know of one notice: its review, its anomalies, personal data in all of it, its decisions."""

from __future__ import annotations

import dataclasses
import functools
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from generator.base.diagnostics import Diagnostic, Severity
from generator.content.config import Config
from generator.content.current_anomalies import current_anomalies
from generator.content.errata import WordChange, unproved
from generator.content.masks import Masker, idle_masks, masker_of, texts_of
from generator.content.notice_file import editable, passage_lines
from generator.content.phrases import Phrases
from generator.content.publication import holds_more
from generator.content.review import faults
from generator.editorial.severities import HINTS, SEVERITIES
from generator.model.field_names import VALUE_NAMES
from generator.model.notice import Anomaly, Notice
from generator.model.personal import personal_data
from generator.model.personal_rules import PRIVATE_MAIL
from generator.parser.notice_anomalies import limited
from generator.readers.characters import unseen_in


def inspect(notice: Notice, lines: list[str], file: str, config: Config, phrases: Phrases) -> Iterator[Diagnostic]:
    """All that is to be looked at in a notice; `lines` are those of its content file.

    Of a withdrawn notice, of which only the title is shown, that title.
    """
    for code, message, hint in faults(notice, config.review_steps):
        yield Diagnostic(code=code, file=file, message=message, hint=hint, line=_key_line(lines, "review"))
    masker = masker_of(notice)
    yield from _beside_the_words(notice, masker, lines, file)
    yield from _unseen(notice, lines, file)
    if notice.withdrawn:
        return
    rows = passage_lines("\n".join(lines))
    seen = (
        a for a in current_anomalies(notice) if not (a.code.startswith("personal-") and _is_hidden(a.quote, masker))
    )
    if notice.gathered:  # its own site answers for all but what this one must not show
        personal = [anomaly for anomaly in seen if anomaly.code.startswith("personal-")]
        yield from (_diagnostic(anomaly, notice, lines, rows, file) for anomaly in limited(personal))
        return
    for anomaly in limited(seen):
        yield _diagnostic(anomaly, notice, lines, rows, file)
    for span, message in phrases.faults(notice.text):
        anomaly = Anomaly(code="phrase", line=0, quote=span.of(notice.text), message=message, span=span)
        yield _diagnostic(anomaly, notice, lines, rows, file)
    yield from _contact(notice, lines, file)
    yield from _withheld(notice, lines, file, config)
    yield from _decisions(notice, lines, file)


def _is_hidden(quote: str, masker: Masker) -> bool:
    return masker.hide(quote) != quote


def _diagnostic(anomaly: Anomaly, notice: Notice, lines: list[str], rows: list[int], file: str) -> Diagnostic:
    line, column = _place(anomaly, notice, lines, rows)
    quote = f"“{anomaly.quote}” " if anomaly.quote else ""
    return Diagnostic(
        code=anomaly.code,
        severity=SEVERITIES.get(anomaly.code, Severity.WARNING),
        file=file,
        line=line,
        column=column,
        message=quote + anomaly.message,
        hint=HINTS.get(anomaly.code, ""),
        quote=anomaly.quote,
        span=anomaly.span,
    )


def _place(anomaly: Anomaly, notice: Notice, lines: list[str], rows: list[int]) -> tuple[int, int]:
    """Line and column of the anomaly in the content file, whose line of each passage is in `rows`.

    No column where the words are cut by a mark there, or have a backslash in them.
    """
    index = bisect_right(notice.starts, anomaly.span.start) - 1 if anomaly.span else -1
    if anomaly.span is None or not 0 <= index < len(rows):
        return 0, 0
    line, start = lines[rows[index] - 1], notice.starts[index]
    needle = anomaly.quote.split("\n")[0]  # what runs over a line's end is looked for by its beginning
    column = -1
    for _ in range(notice.body[index].text.count(needle, 0, anomaly.span.start - start) + 1):
        column = line.find(needle, column + 1)
        if column < 0:
            break
    return rows[index], column + 1


def _key_line(lines: list[str], key: str) -> int:
    """The line of a key of the front matter; 0: it is not there."""
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 0)


def _beside_the_words(notice: Notice, masker: Masker, lines: list[str], file: str) -> Iterator[Diagnostic]:
    """Personal data in what is published beside the words: title, metadata, and what import set aside."""
    texts = [("title", notice.title)]
    if not notice.withdrawn:
        texts += [("metadata", value) for _, value in notice.metadata]
        texts += [("edits", edit.before) for edit in notice.edits]
        texts += [("errata", text) for one in notice.errata for text in (one.before, one.after, one.why)]
        texts += [("corrections", text) for one in notice.corrections for text in (one.what, one.why, one.before or "")]
    said: set[tuple[str, str]] = set()
    for key, text in texts:
        for row, span in personal_data(text):
            quote = span.of(text)
            if (
                _is_hidden(quote, masker)
                or (row.code, quote) in said
                or (quote in notice.text and not notice.withdrawn)
            ):
                continue
            said.add((row.code, quote))
            yield Diagnostic(
                code=row.code,
                severity=SEVERITIES.get(row.code, Severity.WARNING),
                file=file,
                line=next((n for n, line in enumerate(lines, 1) if quote.split("\n")[0] in line), 0),
                message=f"“{quote}” 疑为{row.name}（{key}），这一部分也会公开，公开前须核对。",
                hint=HINTS.get(row.code, ""),
                quote=quote,
            )


def _unseen(notice: Notice, lines: list[str], file: str) -> Iterator[Diagnostic]:
    """Characters that nobody sees: import takes them out of a source, so that somebody wrote them into the file."""
    rows = editable("\n".join(lines)).split("\n")
    found = [(number, _unseen_in(row)) for number, row in enumerate(rows, 1)]
    if not any(chars for _, chars in found) and any("\\" in row for row in rows[: _front_end(rows)]):
        texts = texts_of(dataclasses.replace(notice, edits=(), anomalies=(), evidence=(), grounds=(), masks=()))
        found = [(0, unseen_in(text)) for text in texts]  # YAML may write them as it likes
    for number, chars in found:
        if chars:
            yield Diagnostic(
                code="unseen-character",
                file=file,
                line=number,
                message=f"holds characters that nobody sees: {_code_points(chars)}",
                hint="Write the line anew: such characters hide words, or turn their order.",
            )


_unseen_in = functools.lru_cache(maxsize=4096)(unseen_in)
"""The desk looks at a notice again after each act, of which most lines are what they were."""


def _code_points(chars: Sequence[str]) -> str:
    return ", ".join(sorted({f"U+{ord(one):04X}" for one in chars}))


def _front_end(rows: list[str]) -> int:
    return next((number for number, row in enumerate(rows[1:], 1) if row == "---"), 0)


def _withheld(notice: Notice, lines: list[str], file: str, config: Config) -> Iterator[Diagnostic]:
    """A note where the site publishes sources, and not this one: it holds more than the notice shows."""
    if config.publish_sources and not notice.withdrawn and holds_more(notice, config):
        yield Diagnostic(
            code="source-withheld",
            severity=Severity.NOTE,
            file=file,
            line=_key_line(lines, "source"),
            message="its source is not published: it holds words that are masked, hidden, struck out or replaced here",
            hint="Nothing is to be done; put a clean copy of the file elsewhere if people are to have one.",
        )


def _contact(notice: Notice, lines: list[str], file: str) -> Iterator[Diagnostic]:
    """A contact is wanted; an office has a mailbox and a telephone of its own."""
    mobiles = [p for p in notice.contact.phones if any(row.kind == "mobile" for row, _ in personal_data(p))]
    private = [mail for mail in notice.contact.emails if mail.strip().lower().rpartition("@")[2] in PRIVATE_MAIL]
    for code, quotes, said, hint in (
        (
            "contact-mobile",
            mobiles,
            "联系方式是手机号码，请确认是公务电话。",
            "Ask the unit for an office's number, or accept the finding.",
        ),
        ("contact-mail", private, "不是政务邮箱。", "Suggest an official mailbox to the unit."),
    ):
        for quote in quotes:
            yield Diagnostic(
                code=code,
                severity=Severity.WARNING,
                file=file,
                line=_key_line(lines, "contact"),
                message=f"“{quote}” {said}",
                hint=hint,
                quote=quote,
            )


def _decisions(notice: Notice, lines: list[str], file: str) -> Iterator[Diagnostic]:
    """Masks that hide nothing, and corrections that cannot be proved."""
    kinds = VALUE_NAMES["masks.kind"]
    for mask in idle_masks(notice):
        yield Diagnostic(
            code="mask-idle",
            file=file,
            line=_key_line(lines, "masks"),
            message=f"a mask ({kinds[mask.kind]}) hides nothing: no form of its value stands in the notice",
            hint="Compare it with the notice: what it was meant for may still be shown. Or take it out.",
        )
    for change in unproved(notice.text, [WordChange(one.before, one.after) for one in notice.errata]):
        yield Diagnostic(
            code="correction-unproved",
            file=file,
            line=_key_line(lines, "errata"),
            message=f"erratum: “{change.after}” does not stand in the notice exactly once",
            hint="Quote it as it stands, with enough of its neighbours; or take the erratum out.",
            quote=change.after,
        )
    for one in notice.corrections:
        if one.after is not None and (count := notice.text.count(one.after)) != 1:
            yield Diagnostic(
                code="correction-unproved",
                file=file,
                line=_key_line(lines, "corrections"),
                message=f"correction of {one.date.iso}: “{one.after}” stands in the notice {count} times",
                hint="Change the words in the body, and quote enough of them to stand there once.",
                quote=one.after,
            )
