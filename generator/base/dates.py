"""A date as notices print it: to the day, the month or the year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known: to the day, the month or the year. Never padded."""

    year: int
    month: int = 0
    """1–12; 0 when only the year is known."""
    day: int = 0
    """1–31; 0 when only the month is known."""

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """A day of the calendar."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, iso: str) -> Self:
        """The date written `2025-01-06`, `2025-01` or `2025`. Raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso, re.ASCII)
        if not found:
            raise ValueError(f"“{iso}” is no date; write 2025-01-06, or 2025-01 when the day is not known")
        year, month, day = (int(part or 0) for part in found.groups())
        if not 0 < year < dt.MAXYEAR:
            raise ValueError(f"“{iso}” is no date: a year from 1 to {dt.MAXYEAR - 1}")
        try:
            dt.date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"“{iso}” is no date of the calendar; look into the source for the right one") from None
        if (found[2] and not month) or (found[3] and not day):
            raise ValueError(f"“{iso}” is no date: month and day count from 1")
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """`2025-01-06`, `2025-01` or `2025`."""
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def chinese(self) -> str:
        """`2025年1月6日`, `2025年1月` or `2025年`, without zero padding (GB/T 9704)."""
        return f"{self.year}年" + (f"{self.month}月" if self.month else "") + (f"{self.day}日" if self.day else "")

    @property
    def first_day(self) -> dt.date:
        """The first day that the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day that the date can mean."""
        if self.day:
            return dt.date(self.year, self.month, self.day)
        if self.month:
            return dt.date(self.year + self.month // 12, self.month % 12 + 1, 1) - dt.timedelta(days=1)
        return dt.date(self.year, 12, 31)
