"""Which issues a sentence about many means: by where it stands, and by the names and numbers in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.listed import number_named
from generator.model.notice import Passage, Status, title_of
from generator.model.numbering import label_at, number
from generator.parser.blankets import Blanket
from generator.parser.items import BodyItem
from generator.parser.ordinals import is_group, is_ordinal, meant_by, parted
from generator.parser.title_names import core

_SHORTEST_NAME = 4
OF_ALL_FED_BACK = re.compile("(?:以上|上述)(?:巡[察视])?反馈")
"""以上反馈问题: all that were fed back, and not the group."""


def meant_outside(blanket: Blanket, index: int, under: int, issues: Sequence[BodyItem]) -> Sequence[BodyItem]:
    """The issues that a sentence outside of them speaks of, which stands at `index` below the heading at `under`."""
    if blanket.reach == "above":
        above = [item for item in issues if item.at < index]
        is_of_all = not above and (blanket.total == len(issues) or OF_ALL_FED_BACK.search(blanket.words) is not None)
        return issues if is_of_all else above
    inside = [item for item in issues if item.at > index and under in item.above]
    if blanket.reach in ("below", "part") or (inside and blanket.total == len(inside)):
        return inside or [item for item in issues if item.at > index and blanket.reach == "below"]
    return issues


def meant_behind(
    blanket: Blanket,
    passage: Passage,
    so_far: Sequence[BodyItem],
    group: Sequence[BodyItem],
    body: Sequence[Passage],
    *,
    is_last: bool,
) -> Sequence[BodyItem]:
    """The issues that a sentence at the end of the last one of a group speaks of: the group, all so far, or that one.

    以上问题 at the end of every issue means each of them. Where it stands at the end of a group alone, on a line of its
    own, it means the group.
    """
    if blanket.reach == "all" and not (blanket.status or blanket.named):
        return so_far if is_last else group[-1:] if passage.run_on else group
    if blanket.total > 1:
        is_of_more = is_last and blanket.total > len(so_far)  # 以上10个问题: some stand below one title
        rest = so_far if is_of_more else group[-1:]
        return next((whole for whole in (group, so_far) if len(whole) == blanket.total), rest)
    is_told_above = any(below.role == "status" for item in so_far[: -len(group)] for below in item.below)
    if blanket.ordinals:
        of_all_first = _first_running_on([_value(item.head.label) for item in group]) and not is_told_above
        wholes = (so_far, group) if of_all_first else (group, so_far)
        total, names = blanket.total, blanket.ordinals
        return next((whole for whole in wholes if all(_named_by(n, whole, total, body) for n in names)), group[-1:])
    if blanket.reach == "part":
        return group
    if blanket.reach != "above" or blanket.excepted or blanket.groups:  # 以上问题除1个外: of several
        is_of_group = not passage.run_on and bool(blanket.named) and (is_told_above or not is_last)
        is_of_group = is_of_group and all(_named_by(name, group, 0, body) for name, _ in blanket.named)
        return group if is_of_group else so_far if is_last else group[-1:]
    if is_last and OF_ALL_FED_BACK.search(blanket.words):
        return so_far
    has_own = any(below.role == "status" for item in group[:-1] for below in item.below)
    return group[-1:] if has_own or passage.run_on else group


def named_in(blanket: Blanket, targets: Sequence[BodyItem], body: Sequence[Passage]) -> tuple[dict[int, Status], bool]:
    """What a sentence says of the issues that it names, by the index of their headings; and whether all are found.

    The name of a group means all below its heading, where as many are counted: “主体责任压得不实”方面的2个问题.
    """
    names: dict[int, Status] = {}
    in_groups: set[int] = set()
    below: set[int] = set()
    all_found, of_groups = True, False
    for name, said in blanket.named:
        meant = _named_by(name, targets, blanket.total, body)
        if not meant and is_ordinal(name) and parted(name).sign:
            continue  # a sign that is explained, and that no title bears
        if not meant and (meant := _below_named(name, targets, body)):
            below |= {item.at for item in meant}
        elif said == "done" and not is_ordinal(name):  # 公车管理不严问题相关科室已整改完成: of less than the problem
            meant = [item for item in meant if core(name) in item.name]
        all_found, of_groups = all_found and bool(meant), of_groups or is_group(name)
        in_groups |= {item.at for item in meant if name in blanket.groups}
        for item in meant:
            names[item.at] = said if names.get(item.at, said) == said else "ongoing"
    is_found = all_found and len(names) - len(in_groups) == blanket.excepted
    if is_found:
        return names, True
    # 第二方面1个问题: which one?
    return {} if of_groups else {at: said for at, said in names.items() if at not in below}, False


def may_name(words: str, names: Sequence[str]) -> bool:
    """Whether a name or a number in a sentence may be that of one of the issues, whose names are given."""
    name = core(words)
    return is_ordinal(words) or (len(name) >= _SHORTEST_NAME and any(name in other or other in name for other in names))


def meant_by_name(name: str, issues: Sequence[BodyItem], body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues that a number or a quoted name means, wherever it stands: 第3项, “公车管理不严”."""
    return _named_by(name.strip('“”‘’"'), issues, 0, body)


def _named_by(name: str, targets: Sequence[BodyItem], total: int, body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues that a name or a number in a sentence about `total` issues means: 第3项, 第二方面, “公车管理不严”.

    A number is sure where the sentence counts all that it speaks of, or where they are numbered so.
    """
    if not is_ordinal(name):
        item = _by_name(core(name), targets)
        return [item] if item else []
    ordinal = parted(name)
    if ordinal.sign:
        return [item for item in targets if ordinal.sign in item.head.label + item.head.words]
    if ordinal.groups:
        inside = [_of_group(group, ordinal.unit, targets, body) for group in ordinal.groups]
        if not ordinal.numbers:
            return [item for group in inside for item in group] if all(inside) else []
        return _numbered(ordinal.numbers, inside[0], is_counted=False, is_group=True) if len(inside) == 1 else []
    return _numbered(name, targets, is_counted=total == len(targets))


def _below_named(name: str, targets: Sequence[BodyItem], body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues below the one heading that a name means: “监督责任履行不力”方面."""
    words = core(name.strip("“”"))
    if len(words) < _SHORTEST_NAME:
        return []
    heads = {at for item in targets for at in item.above}
    found = [at for at in heads if core(title_of(body[at])) == words]
    return [item for item in targets if found[0] in item.above] if len(found) == 1 else []


def _of_group(value: int, unit: str, targets: Sequence[BodyItem], body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues below the heading that 第二部分, 第二方面 or 第二类 means; none where it may be another one.

    A 部分 is of the outermost level, a 方面 of the outermost one that parts the issues; a 类 may be of any that does.
    """
    held: dict[int, int] = {}
    for item in targets:
        for at in item.above:
            held[at] = held.get(at, 0) + 1
    heads = [at for at in held if (unit == "部分" or held[at] < len(targets))]
    levels = {body[at].level for at in heads}
    if unit != "类":
        heads = [at for at in heads if body[at].level == min(levels)]
    found = [at for at in heads if _value(body[at].label) == value]
    return [item for item in targets if found[0] in item.above] if len(found) == 1 else []


def _numbered(
    name: str, targets: Sequence[BodyItem], *, is_counted: bool, is_group: bool = False
) -> Sequence[BodyItem]:
    """The issues whose place among the targets the words mean, where no other one bears the number."""
    places = meant_by(name, len(targets))
    numbers = [_value(item.head.label) for item in targets]
    in_order = numbers == list(range(1, len(targets) + 1))
    if not in_order and (printed := _running_on(name, targets, numbers)) is not None:
        return printed
    is_free = is_group and not {*places} & {*numbers}
    return [targets[place - 1] for place in places] if in_order or is_counted or is_free else []


def _running_on(name: str, targets: Sequence[BodyItem], numbers: Sequence[int | None]) -> Sequence[BodyItem] | None:
    """The issues by their printed numbers, where these run on from those above: 第6个 of 4 to 7.

    None of 第2个 of 4 to 7, which is a place; nothing of 第4个, which may be either; None where they do not run on.
    """
    first = _first_running_on(numbers)
    values = meant_by(name, first + len(targets) - 1) if first else []
    if not {*values} & {*numbers}:
        return None
    is_sure = min(values) >= first and max(values) > len(targets)
    return [targets[value - first] for value in values] if is_sure else []


def _first_running_on(numbers: Sequence[int | None]) -> int:
    """The first of numbers that run on from those above, 4 of 4 to 7; 0 where they do not."""
    first = (numbers[0] if numbers else None) or 1
    return first if first > 1 and list(numbers) == list(range(first, first + len(numbers))) else 0


def _value(printed: str) -> int | None:
    """The value of a heading's number, also without a stop, `1 ` of 1 党员发展程序不规范; or in words: 对问题1："""
    label = label_at(printed)
    return label.value if label else number(printed.strip()) or number_named(printed)


def _by_name(name: str, items: Sequence[BodyItem]) -> BodyItem | None:
    """The one issue whose title holds a name, or that a name holds."""
    if len(name) < _SHORTEST_NAME:
        return None
    found = [item for item in items if name in item.name or (len(item.name) >= _SHORTEST_NAME and item.name in name)]
    return found[0] if len(found) == 1 else None
