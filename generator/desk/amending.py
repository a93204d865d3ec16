"""更正、撤下: what was published is changed in the open: forms to acts, and what the public will read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.dates import PartialDate
from generator.content.errata import stands_once
from generator.desk.acts import Act, AddNews, Batch, Correct, Reinstate, SetStatus, Withdraw
from generator.desk.comparison import DiffPart
from generator.desk.places import GuardedPlace, RefusedAct, place
from generator.model.differing import hunks
from generator.model.notice import STATUSES, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is about to be done, to be looked at first."""

    act: Act
    parts: tuple[DiffPart, ...]
    """The words before and after, with a little around them; empty: no word is changed."""


def amended(notice: Notice, fields: Mapping[str, str]) -> Amendment:
    """What a form asks for: `how` is words, news, withdraw or reinstate. Raises RefusedAct.

    Words that are neither named nor given: a fact is to be changed, and no word.
    """
    how = fields.get("how", "")
    why, day = fields.get("why", "").strip(), _day(fields.get("date", ""))
    if how == "reinstate":
        return Amendment(act=Reinstate(), parts=())
    if how == "withdraw":
        if not why:
            raise RefusedAct("no-reason")
        return Amendment(act=Withdraw(why, day), parts=())
    what = fields.get("what", "").strip()
    if not what or not why:
        raise RefusedAct("no-reason")
    after = fields.get("after", "").strip().replace("\r\n", "\n")
    if how == "news":
        return _news(notice, fields, Correct(what, why, None, after, day))
    before = fields.get("before", "").strip().replace("\r\n", "\n")
    if not before and not after:
        return Amendment(act=Correct(what, why, date=day), parts=())
    at = _only(notice, before)
    if after == at.words:
        raise RefusedAct("same-words", after)
    return Amendment(act=Correct(what, why, at, after, day), parts=_parts(notice, at, after))


def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text.strip()) if text.strip() else None
    except ValueError as error:
        raise RefusedAct("date", text) from error


def _only(notice: Notice, words: str) -> GuardedPlace:
    """Where words stand. Raises RefusedAct unless that is one place."""
    if not words or words not in notice.text:
        raise RefusedAct("not-there", words)
    if not stands_once(words, notice.text):
        raise RefusedAct("not-once", words)
    start = notice.text.index(words)
    return place(notice, start, start + len(words))


def _news(notice: Notice, fields: Mapping[str, str], one: Correct) -> Amendment:
    """The words of an issue's status become those of the letter; where it has none, these stand behind its answer.

    Its status becomes what the letter says.
    """
    issue = next((issue for issue in notice.issues if issue.id == fields.get("issue")), None)
    status = next((status for status in STATUSES if status == fields.get("status")), None)
    if issue is None or status is None:
        raise RefusedAct("form", "issue")
    below = list(_below(notice, issue.at))
    if not below:
        raise RefusedAct("no-answer", issue.title)
    run = next((index for index in reversed(below) if notice.body[index].role == "status"), None)
    at = _words_of(notice, below[-1] if run is None else run)
    if not one.after or one.after == at.words:
        raise RefusedAct("same-words", one.after)
    if run is None:
        last = _last_sentence(notice, at)
        news = AddNews(issue.id, status, last, one.after, one.what, one.why, one.date)
        return Amendment(act=news, parts=_parts(notice, last, last.words + one.after))
    acts = (Correct(one.what, one.why, at, one.after, one.date), SetStatus(issue.id, status))
    kept = acts[:1] if issue.status == status else acts
    return Amendment(act=Batch(kept), parts=_parts(notice, at, one.after))


def _below(notice: Notice, heading: int) -> Iterator[int]:
    """The passages of an issue below its heading."""
    for index in range(heading + 1, len(notice.body)):
        if notice.body[index].role == "heading":
            return
        yield index


def _words_of(notice: Notice, index: int) -> GuardedPlace:
    start = notice.starts[index] + len(notice.body[index].label)
    return place(notice, start, start + len(notice.body[index].words))


def _last_sentence(notice: Notice, at: GuardedPlace) -> GuardedPlace:
    """The last sentence of a place: what a correction quotes."""
    return place(notice, at.start + at.words.rstrip("。").rfind("。") + 1, at.end)


_AROUND = 20


def _parts(notice: Notice, at: GuardedPlace, after: str) -> tuple[DiffPart, ...]:
    text = notice.text
    first = max(text.rfind("\n", 0, at.start) + 1, at.start - _AROUND)
    line = text.find("\n", at.end)
    last = min(line if line >= 0 else len(text), at.end + _AROUND)
    parts, done = [DiffPart("same", text[first : at.start])], 0
    for hunk in hunks(at.words, after):
        parts.append(DiffPart("same", at.words[done : hunk.start]))
        parts.append(DiffPart("del", at.words[hunk.start : hunk.end]))
        parts.append(DiffPart("ins", after[hunk.other : hunk.other_end]))
        done = hunk.end
    parts += [DiffPart("same", at.words[done:]), DiffPart("same", text[at.end : last])]
    return tuple(part for part in parts if part.words)
