"""What a return to an earlier release would show again, although it was withdrawn or masked since."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Hashes
from generator.release.releases import Release
from generator.release.target import Target

_SHOWN = "data/notices.ndjson"
"""Has a row for each notice that is shown, and none for one that was withdrawn."""
_RECORD = re.compile(r"notices/([^/]+)/notice\.json")
OPTION = "--allow-withdrawn"


def refuse_to_bring_back(target: Target, release: Release, live: Release | None, files: Hashes) -> None:
    """Raise DiscloseError when `release` shows what the live one, with the files in `files`, hides by decision."""
    if live is None or live == release:
        return
    try:
        now, then = (_shown(target.read(one, _SHOWN)) for one in (live, release))
    except (DiscloseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DiscloseError(
            f"{release.name}: cannot be compared with what is live, and may show what was withdrawn since ({error}); "
            f"publish instead, or return with {OPTION}"
        ) from error
    faults = list(_brought_back(now, then, files))
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise DiscloseError(
            f"{release.name}: would show again what was taken from the public since:\n{lines}\n"
            f"Nothing was switched. Publish the site without the change that you want undone, or, when these may be "
            f"public again, return with {OPTION}."
        )


def _brought_back(now: dict[str, int], then: dict[str, int], files: Hashes) -> Iterator[str]:
    addresses = {found[1] for path in files if (found := _RECORD.fullmatch(path))}
    for id_, masked in sorted(then.items()):
        if id_ in addresses and id_ not in now:
            yield f"notices/{id_}/: was withdrawn (撤下)"
        elif masked < now.get(id_, 0):
            yield f"notices/{id_}/: {now[id_] - masked} places were masked (遮蔽)"


def _shown(data: bytes) -> dict[str, int]:
    """Id of each notice that a release shows → in how many places it is masked."""
    rows = (json.loads(line) for line in data.splitlines())
    return {str(row["id"]): int(row.get("masked") or 0) for row in rows}
