"""What a return to an earlier release would show again, although it was withdrawn or masked since."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Hashes
from generator.release.destination import Destination
from generator.release.live import SHOWN, ids_shown
from generator.release.releases import Release

_RECORD = re.compile(r"notices/([^/]+)/notice\.json")
OPTION = "--allow-withdrawn"


def refuse_to_bring_back(destination: Destination, release: Release, live: Release | None, files: Hashes) -> None:
    """Raise DiscloseError when `release` shows what the live one, with the files in `files`, hides by decision."""
    if live is None or live == release:
        return
    try:
        faults = list(_brought_back(destination, _shown(destination, live), _shown(destination, release), files))
    except (DiscloseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DiscloseError(
            f"{release.name}: cannot be compared with what is live, and may show what was withdrawn since ({error}); "
            f"publish instead, or return with {OPTION}"
        ) from error
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise DiscloseError(
            f"{release.name}: would show again what was taken from the public since:\n{lines}\n"
            f"Nothing was switched. Publish the site without the change that you want undone, or, when these may be "
            f"public again, return with {OPTION}."
        )


def _brought_back(destination: Destination, now: _Shown, then: _Shown, files: Hashes) -> Iterator[str]:
    addresses = {found[1] for path in files if (found := _RECORD.fullmatch(path))}
    for id_ in sorted(then.masked):
        if id_ in addresses and id_ not in now.masked:
            yield f"notices/{id_}/: was withdrawn (撤下)"
        elif now.masked.get(id_, 0) and (
            more := _unmasked(*(_record(destination, one.release, id_) for one in (now, then)))
        ):
            yield f"notices/{id_}/: {more} places were masked (遮蔽)"


class _Shown(NamedTuple):
    """What a release shows."""

    release: Release
    masked: dict[str, int]
    """Id of each notice → in how many places it is masked."""


def _shown(destination: Destination, release: Release) -> _Shown:
    rows = ids_shown(destination.read(release, SHOWN))
    return _Shown(release, {id_: int(row.get("masked") or 0) for id_, row in rows.items()})


def _record(destination: Destination, release: Release, id_: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(destination.read(release, f"notices/{id_}/notice.json"))
    return record


def _unmasked(now: dict[str, Any], then: dict[str, Any]) -> int:
    """How many places that a record masks another one does not: not counted, but looked for one by one."""
    shown = str(then["text"])
    places = list(_masked_places(now))
    wanted = Counter(side for place in places for side in place)
    known = {side for side, count in wanted.items() if shown.count(side) >= count}
    bare = sum(not known.intersection(place) for place in places)
    hidden, hid = (_beside_the_words(one) for one in (now, then))
    return bare + sum(max(0, count - hid[kind]) for kind, count in hidden.items())


def _masked_places(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is in each masked place of a record, with the words before it, and with those behind it."""
    text = str(record["text"])
    for mask in record["masks"]:
        for start, end in mask["places"]:
            yield text[max(0, start - _AROUND) : end], text[start : end + _AROUND]


_AROUND = 6
"""Characters beside a masked place by which it is known again, whatever was changed on its other side."""


def _beside_the_words(record: dict[str, Any]) -> Counter[str]:
    """How often each kind is masked in what is published beside the words."""
    counts = Counter[str]()
    for mask in record["masks"]:
        counts[str(mask["kind"])] += int(mask["count"]) - len(mask["places"])
    return counts
