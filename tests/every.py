"""One test for all rows of a table, where a test for each would cost more than what it proves.

pytest takes some milliseconds for a test that does nothing: with thousands of rows, minutes of every day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

Check = Callable[..., None]


def every(rows: Iterable[Any], by: Callable[[Any], str] | None = None) -> Callable[[Check], Check]:
    """A check of one row becomes the test of all rows, or one of each group `by` a key; it names all that fail."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(by(row) if by else "", []).append(row)
    assert groups, "there are no rows to look at"

    def decorated(check: Check) -> Check:
        def all_rows() -> None:
            _run(check, groups[""])

        def group_of_rows(group: str) -> None:
            _run(check, groups[group])

        test: Check = group_of_rows if by else all_rows
        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            setattr(test, name, getattr(check, name))
        return pytest.mark.parametrize("group", list(groups))(test) if by else test

    return decorated


def _run(check: Check, rows: list[Any]) -> None:
    wrong = []
    for row in rows:
        try:
            check(*(row if isinstance(row, list | tuple) else [row]))
        except Exception as error:  # noqa: BLE001  what else a row may raise is as wrong
            wrong.append(f"{row!r:.200}: {error!r}")
    assert not wrong, "\n".join([f"{len(wrong)} of {len(rows)} rows:", *wrong])
