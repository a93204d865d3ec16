"""Who was inspected, where, by whom and how: by all that a notice and its page say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Contact, Ground, Passage
from generator.parser import grounds
from generator.parser.closing import signed_name
from generator.parser.front import Front
from generator.parser.opening import Opening, fuller, fullest, inspectors_in, kind_in_name, kind_in_title, round_in
from generator.parser.place_hints import places_before, places_inspected_from, sites_of
from generator.parser.region import Hint, RegionFound, region_of
from generator.parser.text import squeezed
from generator.parser.unit import (
    UnitName,
    are_one,
    core_of,
    object_name,
    plan_titles,
    self_in,
    unit_in_group,
    unit_in_line,
    unit_in_plan,
    unit_in_title,
    unit_of,
)

FIRST_PASSAGES = 40
"""In which the notice names its own plan."""
_FIRST_SIZE = 20_000
_SITE_LINE = 200
"""Characters of a page's line in which its site is named."""
_SEAL = re.compile(r"(?<!\s)\s*+[（(](?:印章|盖章|公章|章|代章|加盖公章)[）)]\s*+$")


class Who(NamedTuple):
    """Who was inspected, where, by whom and how, with what there is to weigh."""

    unit: str | None
    region: RegionFound
    inspector: str | None
    kind: str | None
    round: str | None
    grounds: tuple[Ground, ...]


def who_of(title: str, body: Sequence[Passage], front: Front, contact: Contact, opening: Opening, text: str) -> Who:
    """Who was inspected, as the title, the body, the page's front and the `opening` in `text` say."""
    named, other_names = _named(title, body, front, opening, text)
    in_title = inspectors_in(title)
    inspector = fuller(words_at(opening.inspector, text), words_at(fullest(title, in_title), title))
    region = region_of(
        named.name if named else "",
        address=contact.address,
        postcode=contact.postcode,
        phones=contact.phones,
        index_number=dict(front.metadata).get("索引号"),
        others=tuple(_places(front, title, inspector, text, named, _signed(body))),
    )
    kinds = (
        ("opening", words_at(opening.kind, text)),
        ("inspector", kind_in_name(inspector or "")),
        ("title", kind_in_title(title)),
        ("plan", next(filter(None, map(kind_in_title, plan_titles(_top(body)))), None)),
    )
    kind = next((kind for _, kind in kinds if kind), None)
    ways = (
        *grounds.of_title(title, front.other_titles),
        *grounds.of_unit(named, other_names),
        *grounds.of_region(region),
        *grounds.of_inspector(inspector, _inspectors(text, opening.inspectors, title, in_title)),
        *grounds.of_kind(kind, kinds),
    )
    named_round = _longest(words_at(opening.round, text), words_at(round_in(title), title))
    return Who(named.name if named else None, region, inspector, kind, named_round, ways)


def _inspectors(opening: str, in_opening: Sequence[Span], title: str, in_title: Sequence[Span]) -> list[UnitName]:
    told = [UnitName("opening", span.of(opening)) for span in in_opening]
    return told + [UnitName("title", span.of(title)) for span in in_title]


def _top(body: Sequence[Passage]) -> str:
    """The words in which the notice names its own plan and group."""
    return " ".join(p.text for p in body[:FIRST_PASSAGES])[:_FIRST_SIZE]


def _named(
    title: str, body: Sequence[Passage], front: Front, opening: Opening, text: str
) -> tuple[UnitName | None, list[UnitName]]:
    """The unit's name, and the names that speak of another one."""
    below = next(filter(None, (unit_in_line(paragraph.text) for paragraph in front.rest)), None)
    own = (("title", unit_in_title(title)), ("signature", _signed(body)), ("line", below))
    told = [UnitName("opening", name) for name in (_unit_in_opening(opening, text),) if name]
    sure = [UnitName(source, squeezed(name)) for source, name in own if name]
    top = _top(body)
    organ = dict(front.metadata).get("发布机构") or front.page_source or ""
    ways = (("plan", unit_in_plan(top)), ("group", unit_in_group(top)), ("page", object_name(organ)))
    best, rivals = unit_of(sure or told, [UnitName(source, name) for source, name in ways if name], self_in(text))
    rivals += [named for named in told if best and named != best and not are_one(best, named)]
    return best, rivals


def _places(
    front: Front, title: str, inspector: str | None, opening: str, unit: UnitName | None, signed: str | None
) -> Iterator[Hint]:
    """What else may say where the unit is: the surest first."""
    if unit and signed and are_one(unit, UnitName("signature", signed)):
        yield Hint("signature", signed)  # 株洲市第三中学 of 市第三中学党委
    yield Hint("inspector", inspector or "")
    yield Hint("title", title)
    if core := core_of(unit.name if unit else ""):
        yield from places_before(core, opening)
    for paragraph in front.addressee:
        yield from places_inspected_from(paragraph.text[:_SITE_LINE])
    yield from places_inspected_from(opening)
    yield Hint("metadata", dict(front.metadata).get("发布机构", ""))
    yield Hint("page", front.page_source or "")
    for kind, paragraph in front.aside:
        if kind == "chrome-removed":
            yield from sites_of(paragraph.text[:_SITE_LINE])


def _signed(body: Sequence[Passage]) -> str | None:
    return next((signed_name(_SEAL.sub("", passage.words)) for passage in body if passage.role == "signature"), None)


def _unit_in_opening(opening: Opening, text: str) -> str | None:
    return object_name(opening.object.of(text)) if opening.object else None


def words_at(span: Span | None, text: str) -> str | None:
    """The words at a place that was found."""
    return span.of(text) if span else None


def _longest(*names: str | None) -> str | None:
    return max((name for name in names if name), key=len, default=None)
