"""What the notice's own days say of those that are printed beside a status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.notice import PartialDate, Passage, Status
from generator.parser.clauses import clauses_of
from generator.parser.deadlines import labelled
from generator.parser.items import is_blanket
from generator.parser.rules import status


class Days(NamedTuple):
    """What the notice's own days say of others."""

    after: PartialDate | None
    """A year that is left out is that of the first such day after it."""
    published: PartialDate | None

    def is_to_come(self, date: PartialDate) -> bool:
        """Whether a day lies behind that of the notice."""
        return self.published is not None and date.first_day > self.published.last_day

    def is_behind_the_month(self, date: PartialDate) -> bool:
        """Whether a day lies behind the month of the notice: one of 20 December may well say 截至12月底."""
        return self.published is not None and (date.year, date.month) > (self.published.year, self.published.month)

    def holds(self, words: str) -> bool:
        """Whether words that say 完成 can be true: 2024年底完成 is a plan unless the notice is younger, or says 已."""
        if _ALREADY.search(words):
            return True
        due = labelled(words, self.after, is_label=True)
        day = due.date if due else next((PartialDate(int(year)) for year in _YEAR.findall(words)), None)
        return day is None or not (self.published is None or self.is_to_come(day))


_ALREADY = re.compile("已|业经")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_SINCE_THEN = re.compile(
    r"[，,](?!下一?步|今后|后续|接下来|年底|由|经)[^，。；未不尚待拟将应需后如要]{0,8}(?:已经?|均|全部|全额|悉数)[^，。；未不]{0,4}(?:上缴|退[回还缴]|收回|追回|到位|办结|清退|拆除|缴清)[。]?$"
)
"""Behind a day that is past, what was reached: 于7月31日前完成，资金全部上缴."""


def said_of_the_past(words: str, days: Days) -> Status | None:
    """What 该问题于7月31日前完成 says where that day is past, and no word makes it a plan; None where it is none such.

    It may tell what was, and it may be what the plan asked for: only what it tells behind it makes it sure.
    """
    clauses = [clause for clause in clauses_of(words) if clause.claims is not None]
    is_such = len(clauses) == 1 and clauses[0].act == "done" and clauses[0].kinds <= _OF_A_DAY and clauses[0].is_whole
    if not is_such or "before" not in clauses[0].kinds or clauses[0].is_negative:
        return None
    due = labelled(words, days.after, is_label=False)
    if due is None or days.published is None or days.is_to_come(due.date):
        return None
    return "done" if _SINCE_THEN.search(words) else "unstated"


_OF_A_DAY = frozenset({"this", "above", "thing", "rectify", "at", "date", "before", "done", "all", "count", "manner"})
_AS_OF = re.compile(r"截[至止](?P<day>[^，。；）)]{2,12})[）)]?[。；]?$")
"""Behind what it says of: …均已整改到位，截止2024年6月; a day to come may be the one by which it is asked for."""


def unsettled(body: Sequence[Passage], days: Days) -> frozenset[int]:
    """The sentences with a day to come, and those that end with a time limit: 均已整改到位，整改期限：3个月.

    What they call finished may be what is to be done by then.
    """
    return frozenset(_unsettled(body, days))


def _unsettled(body: Sequence[Passage], days: Days) -> Iterator[int]:
    for index, passage in enumerate(body):
        if passage.role != "status" and not is_blanket(passage):
            continue
        behind = body[index + 1] if index + 1 < len(body) else None
        goes_on = passage.words.rstrip()[-1:] not in tuple(status.STOPS) and not passage.label
        if behind is not None and behind.role == "deadline" and behind.run_on and goes_on:
            due = labelled(behind.words, days.after, is_label=True)
            if due is None or days.is_to_come(due.date):
                yield index
        elif (as_of := _AS_OF.search(passage.words)) is not None:
            day = labelled(as_of["day"], days.after, is_label=True)
            if day is not None and days.is_behind_the_month(day.date):
                yield index
