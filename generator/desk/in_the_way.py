"""What stands in the way of a release, and where each is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic
from generator.base.layout import SITE_FILE
from generator.desk.doubt_cards import OF_MASKS
from generator.desk.summary import OF_REVIEW
from generator.editorial.gate import Prepared

_LEADS = {"mask": "去遮盖", "review": "去三审", "proof": "去校对"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """Something that stands in the way of a release, or goes with it."""

    notice: str
    """Id; empty: it is of the site."""
    message: str
    hint: str
    page: str = ""
    """Where it is mended, from the address of the desk on; empty: not at the desk."""
    name: str = ""
    """What the link there says."""
    files: tuple[str, ...] = ()
    """Public files that show what must be hidden."""


def blocking(prepared: Prepared, output: Path, only: str) -> Iterator[InTheWay]:
    """What blocks the site that was built in `output`, and what the notice `only` (empty: none) waits for."""
    leaks: dict[str, list[Diagnostic]] = {}
    for one in prepared.blocking:
        if one.code == "masked-value":
            leaks.setdefault(one.message, []).append(one)
        else:
            yield in_the_way(one)
    ids = {choice.address: choice.id for choice in prepared.choices}
    yield from (_leak(some, output, ids) for some in leaks.values())
    for choice in prepared.choices:
        if choice.id == only and not choice.is_present:
            yield from (in_the_way(one, choice.id) for one in choice.blocked_by)


def in_the_way(one: Diagnostic, notice: str = "") -> InTheWay:
    """What a finding says, and the page on which it is settled."""
    notice = notice or (Path(one.file).stem if one.file.endswith(".md") else "")
    page, name = ("settings", "去设置") if one.file == SITE_FILE else ("", "")
    if notice:
        step = "mask" if one.code.startswith(OF_MASKS) else "review" if one.code in OF_REVIEW else "proof"
        page, name = f"n/{notice}/{step}", _LEADS[step]
    return InTheWay(notice=notice, message=one.message, hint=one.hint, page=page, name=name)


def _leak(some: Sequence[Diagnostic], output: Path, ids: Mapping[str, str]) -> InTheWay:
    """A value that is masked and shown all the same, once for all files that show it.

    It is mended in the notice whose record has it; where none has, in a page of the site's own if these alone show it,
    else in the settings.
    """
    files = tuple(sorted(Path(one.file).relative_to(output).as_posix() for one in some))
    parts = [file.split("/") for file in files]
    owners = [ids[one[1]] for one in parts if (one[0], one[-1]) == ("notices", "notice.json") and one[1] in ids]
    pages = sorted({one[1] for one in parts if one[0] == "pages"})
    page, name, hint = "settings", "去设置", some[0].hint
    if owners:
        page, name = f"n/{owners[0]}/mask", _LEADS["mask"]
    elif len(pages) == len(files):
        page, name = "", ""
        hint = f"It stands in {', '.join(f'content/pages/{one}.md' for one in pages)}: take it out there."
    return InTheWay(notice="", message=some[0].message, hint=hint, page=page, name=name, files=files)
