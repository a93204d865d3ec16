"""What of a content file is not what its source says, as diagnostics: the first thing that a release must know."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.base.diagnostics import Diagnostic, DiscloseError, Severity
from generator.content.fact_fidelity import FactFault, FaultKind, fact_faults
from generator.content.fidelity import Altered, Comparison
from generator.content.in_words import place_of, value_of
from generator.content.notice_file import fact_lines, passage_lines
from generator.content.origin import Origin, OriginError, origin_of
from generator.editorial.acceptance import settle
from generator.model.decisions import Acceptance, Erratum
from generator.model.notice import Notice, PartialDate

_MOST = 20
"""Differences of the words that are told; who has more has another text."""
_RECORD = "Write the source's words again; or record who fixed them: disclose correct {id} --who NAME --why WHY."
_FACT = "Write what the source says; or record who answers for it: disclose correct {id} --who NAME --why WHY."


_STOPS = tuple("。！？；：.!?;:")


class _Wording(NamedTuple):
    code: str
    severity: Severity
    message: str
    hint: str


_SAID: dict[FaultKind, _Wording] = {
    "differs": _Wording(
        "source-differs", Severity.ERROR, "{path}: the source says “{source}”, the file “{value}”", _FACT
    ),
    "reread": _Wording(
        "fact-reread",
        Severity.WARNING,
        "{path}: “{value}” stands where the import found it; the program reads “{source}” today",
        "Compare both with the original.",
    ),
    "contradicts": _Wording("fact-contradicts", Severity.ERROR, "{path}: “{value}” is not what the words say", _FACT),
    "unproved": _Wording(
        "fact-unproved", Severity.WARNING, "{path}: “{value}” stands nowhere in the words", "Look whether it is right."
    ),
    "elsewhere": _Wording(
        "fact-unproved",
        Severity.WARNING,
        "{path}: “{value}” stands in the notice, but not in the words of this item",
        "Look whether it is right.",
    ),
    "missing": _Wording(
        "fact-missing", Severity.WARNING, "{path}: the source says “{source}”, the file nothing", "Write it, if right."
    ),
    "better": _Wording(
        "status-better",
        Severity.ERROR,
        "{path}: “{value}” says more than the words, which say “{source}”",
        "Mark the words that say so with {.status}; or take the status back.",
    ),
}


def against_source(notice: Notice, lines: Sequence[str], file: str, site: Path) -> Iterator[Diagnostic]:
    """Words and facts that differ from the source of the notice in `site`; of a withdrawn notice nothing."""
    if notice.withdrawn:
        return
    if notice.gathered:
        yield from _gathered(notice, _ContentLines(notice, lines, file), site)
        return
    origin: Origin | None = None
    try:
        origin = origin_of(site, notice)
    except OriginError as error:
        content = _ContentLines(notice, lines, file)
        is_lost = error.code == "source-unproved"
        hint = "Put the file that was imported back into content/sources." if is_lost else _CHANGED
        yield content.diagnostic(error.code, str(error), hint, content.fact("source"), _lost(is_lost=is_lost))
    yield from against(notice, lines, file, origin)


_DECIDED_HERE = ("id", "review", "accepted", "masks", "gathered", "source")


def _gathered(notice: Notice, content: _ContentLines, site: Path) -> Iterator[Diagnostic]:
    """A notice that another site published is what its record says, in every word and fact."""
    try:
        theirs = origin_of(site, notice).notice
        message = "" if _as_here(theirs, notice) == notice else "is not what its own site published"
    except OriginError as error:
        message = str(error)
    if message:
        hint = "Delete the file and gather the site again: disclose gather SITE. What is wrong must be mended there."
        yield content.diagnostic("gathered-differs", message, hint, content.fact("source"))


def _as_here(theirs: Notice, notice: Notice) -> Notice:
    """The notice of a record, with what is decided here."""
    return theirs.replace(**{name: getattr(notice, name) for name in _DECIDED_HERE})


def against(notice: Notice, lines: Sequence[str], file: str, origin: Origin | None) -> Iterator[Diagnostic]:
    """The same, compared with an origin; None: with the words alone."""
    content = _ContentLines(notice, lines, file)
    compared: Comparison | None = None
    try:
        compared = Comparison(notice, origin) if origin else None
    except ValueError as error:
        hint = "Restore the ```json block from version control, or import the file again."
        yield content.diagnostic("source-differs", str(error), hint, content.record)
    if compared is not None:
        yield from _words(notice, compared.altered(), content)
    for fault in fact_faults(notice, compared):
        yield _fact(notice, fault, content)


class RecordedAnswers(NamedTuple):
    """What is to be recorded so that differences from the source are answered for."""

    errata: tuple[Erratum, ...]
    accepted: tuple[Acceptance, ...]
    told: tuple[str, ...]
    """What the errata and the acceptances are about, a sentence each."""


def answers_for(notice: Notice, site: Path, *, who: str, why: str, when: PartialDate) -> RecordedAnswers:
    """What records all differences of words, and all errors about facts, that nobody answers for yet.

    Raises DiscloseError when there is no source to compare with.
    """
    try:
        compared = Comparison(notice, origin_of(site, notice))
    except ValueError as error:
        raise DiscloseError(f"{notice.id}: {error}") from error
    faults = (_fact(notice, fault, _ContentLines(notice, (), "")) for fault in fact_faults(notice, compared))
    open_ones = settle([one for one in faults if one.severity is Severity.ERROR], notice.accepted, "")
    found = [one.diagnostic for one in open_ones if one.blocks]
    errata = compared.errata(who=who, when=when, why=why)
    return RecordedAnswers(
        errata,
        tuple(Acceptance(code=one.code, quote=one.quote, who=who, when=when, why=why) for one in found),
        (*(_differing(one.before, one.after) for one in errata), *(one.message for one in found)),
    )


def _differing(before: str, after: str) -> str:
    return f"the source has “{before}”, the file “{after}”"


_CHANGED = "Put the file back that was imported, or import the new one: disclose import FILE --update."


def _lost(*, is_lost: bool) -> Severity:
    """A source that is not here proves nothing either way; another one than was imported is a fault."""
    return Severity.WARNING if is_lost else Severity.ERROR


def _words(notice: Notice, found: Sequence[Altered], content: _ContentLines) -> Iterator[Diagnostic]:
    is_anonymous = any(one.after and not one.who for one in notice.corrections)
    hint = "A correction counts when it says who answers for it: add “who” to it." if is_anonymous else _RECORD
    for number, one in enumerate(found[:_MOST], 1):
        message = _differing(one.before, one.after)
        if number == _MOST < len(found):
            message += f"; and {len(found) - _MOST} more differences"
        yield content.diagnostic(
            "source-differs", message, hint.replace("{id}", notice.id), content.word(one), quote=one.quote
        )


def _fact(notice: Notice, fault: FactFault, content: _ContentLines) -> Diagnostic:
    code, severity, message, hint = _SAID[fault.kind]
    place = place_of(fault.path, content.notice)
    value, source = (value_of(fault.path, said) for said in (fault.value, fault.source))
    if not (value.is_own and source.is_own):
        message = message.replace("“", "").replace("”", "")
    words = message.format(path=place, value=value.text, source=source.text)
    quote = f"{fault.path} {fault.value or fault.source}"
    return content.diagnostic(code, words, hint.replace("{id}", notice.id), content.fact(fault.path), severity, quote)


class _ContentLines:
    """Where in its content file a word or a fact of a notice stands."""

    def __init__(self, notice: Notice, lines: Sequence[str], file: str) -> None:
        self.notice, self._lines, self._file = notice, lines, file
        source = "\n".join(lines)
        self._passages = passage_lines(source)
        self._facts = fact_lines(source)
        self._anchors = {p.anchor: n for p, n in zip(notice.body, self._passages, strict=False) if p.anchor}
        self.record = (next((n for n, line in enumerate(lines, 1) if line == "```json"), 0), 0)

    def diagnostic(
        self,
        code: str,
        message: str,
        hint: str,
        place: tuple[int, int],
        severity: Severity = Severity.ERROR,
        quote: str = "",
    ) -> Diagnostic:
        """A diagnostic at a place."""
        line, column = place
        return Diagnostic(
            code=code, file=self._file, line=line, column=column, message=message, hint=hint, severity=severity,
            quote=quote,
        )  # fmt: skip

    def word(self, one: Altered) -> tuple[int, int]:
        """Line and column of altered words; column 0 when it cannot be told."""
        place = one.span.start
        index = max(0, bisect_right(self.notice.starts, place) - 1)
        index -= one.span.start == one.span.end and self._lost_its_end(index, place)
        line = self._passages[index] if index < len(self._passages) else 0
        own = one.after if one.after in self.notice.body[index].text else self.notice.text[max(0, place - 4) : place]
        at = self._lines[line - 1].find(own) if line and own else -1
        return line, at + 1 + (0 if own is one.after else len(own)) if at >= 0 else 0

    def _lost_its_end(self, index: int, place: int) -> bool:
        """Whether what is missing where a run begins was the end of the run before: that ends without a full stop."""
        is_between = index > 0 and place == self.notice.starts[index] and self.notice.body[index].run_on
        return is_between and not self.notice.body[index - 1].text.endswith(_STOPS)

    def fact(self, path: str) -> tuple[int, int]:
        """The line of a fact: of its key, or of the heading that it stands at."""
        parts = path.removeprefix("#").split(".")
        if path.startswith("#") or parts[0] in ("issues", "followups"):
            return self._anchors.get(parts[0] if path.startswith("#") else parts[1], 0), 0
        while parts and ".".join(parts) not in self._facts:
            parts.pop()
        return self._facts.get(".".join(parts), 0), 0
