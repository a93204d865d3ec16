"""外观: what the tokens of our style sheet say of contrast, line height, sizes and colours (GOV-SITE G-A11Y).

The tokens are the custom properties that rules for `:root` set. A scheme (dark, high contrast, print, large type) is
such a rule which sets some of them anew. What only a browser can see, the browser tests ask of axe-core.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

CONTRASTS: tuple[tuple[str, str, float], ...] = (
    *(
        (ink, ground, 4.5)
        for ink in ("ink", "ink-2", "ink-3", "link", "visited", "red")
        for ground in ("paper", "ground")
    ),
    *((status, f"{status}-b", 4.5) for status in ("done", "ongoing", "long", "over")),
    *((status, "paper", 4.5) for status in ("done", "ongoing", "long", "over")),
    ("on", "red", 4.5),
    ("ink", "mark", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "ground", 3.0),
)
"""Token in front, token behind, and the least contrast: 4.5 for text, 3 for the edges of controls."""
COLOURS = ("red", "link", "done", "ongoing", "long", "over")
"""The tokens of colour that make a page's look: links that were visited and found words are marked as browsers do."""
MOST_COLOURS = 3
LINE_HEIGHT = 1.3
LARGEST_TYPE = 30
"""CSS pixels of main text at its largest setting."""
TARGETS: dict[bool, int] = {False: 44, True: 60}
"""CSS pixels of what is pressed, without and with large type."""


class Scheme(NamedTuple):
    """A rule that sets tokens, laid over those before it."""

    selector: str
    own: frozenset[str]
    """What the rule itself sets."""
    tokens: Mapping[str, str]


def schemes(text: str) -> list[Scheme]:
    """The basic scheme of a style sheet, and those that change it; empty when no rule for `:root` sets a token."""
    found: list[Scheme] = []
    plain = re.sub(r"/\*.*?(?:\*/|\Z)", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.DOTALL)
    for rule in re.finditer(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}", plain):
        selector = rule[1].rpartition(";")[2].strip()
        own = {name: value.strip() for name, value in re.findall(r"(?<![\w-])--([\w-]++)\s*+:\s*+([^;]++)", rule[2])}
        if own and selector.startswith(":root"):
            base = found[0].tokens if found else {}
            found.append(Scheme(selector, frozenset(own), {**base, **own}))
    return found


def contrast(sheet):
    """WCAG 2.2, 1.4.3 and 1.4.11: each pair of tokens that meets on a page, in every scheme."""
    for scheme in schemes(sheet):
        for front, back, least in CONTRASTS:
            if not scheme.own & {front, back}:
                continue  # said of the scheme that sets them
            one, other = (_colour(scheme.tokens, name) for name in (front, back))
            if one is None or other is None:
                yield f"the colour --{back if one else front} cannot be read"
            elif (ratio := _ratio(one, other)) < least:
                yield f"--{front} on --{back} has a contrast of {ratio:.2f}, not {least}"


def number_of_colours(sheet):
    """One main colour and two more, shades aside."""
    for scheme in schemes(sheet)[:1]:
        hues: list[float] = []
        for name in COLOURS:
            rgb = _colour(scheme.tokens, name)
            if rgb is None:
                continue
            hue, _lightness, saturation = colorsys.rgb_to_hls(*rgb)
            if saturation > 0.15 and all(min(abs(hue - h), 1 - abs(hue - h)) > 1 / 12 for h in hues):
                hues.append(hue)
        if len(hues) > MOST_COLOURS:
            yield f"the style sheet uses {len(hues)} colours, not {MOST_COLOURS} at most"


def line_height(sheet):
    """Lines of text stand apart."""
    for scheme in schemes(sheet):
        value = scheme.tokens["lh"] if "lh" in scheme.own else ""
        if re.fullmatch(r"[\d.]+", value) and float(value) < LINE_HEIGHT:
            yield f"the line height --lh is {value}, not {LINE_HEIGHT} at least"


def type_sizes(sheet):
    """Main text can be made large enough."""
    sizes = [_pixels(scheme.tokens.get("fs-m", "")) for scheme in schemes(sheet)]
    if sizes and max(sizes) < LARGEST_TYPE:
        yield f"the largest main text --fs-m is {max(sizes):g} px, not {LARGEST_TYPE} at least"


def target_sizes(sheet):
    """What is pressed is large enough, and larger in large type."""
    for scheme in schemes(sheet):
        least = TARGETS["data-size" in scheme.selector]
        if "tap" in scheme.own and _pixels(scheme.tokens["tap"]) < least:
            yield f"targets (--tap) are {_pixels(scheme.tokens['tap']):g} px, not {least} at least"


def _colour(tokens: Mapping[str, str], name: str) -> tuple[float, float, float] | None:
    """Red, green and blue from 0 to 1; None when the token is missing or no hexadecimal colour."""
    value = tokens.get(name, "")
    for _again in tokens:
        reference = re.fullmatch(r"var\(--([\w-]+)\)", value)
        if not reference:
            break
        value = tokens.get(reference[1], "")
    digits = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value)
    if not digits:
        return None
    full = digits[1] if len(digits[1]) == 6 else "".join(char * 2 for char in digits[1])
    red, green, blue = (int(full[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _ratio(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast of two colours (WCAG 2.2, “contrast ratio”): 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[float, float, float]) -> float:
    """The relative luminance (WCAG 2.2): sRGB made linear, weighted as the eye does."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pixels(value: str) -> float:
    """CSS pixels of `16px`, `1rem` or `12pt`; 0 when it is something else."""
    found = re.fullmatch(r"([\d.]+)(px|rem|pt)", value)
    return float(found[1]) * {"px": 1, "rem": 16, "pt": 4 / 3}[found[2]] if found else 0


SHEET = (Path(__file__).parents[2] / "templates/assets/site.css").read_text("utf-8")
RULES = (contrast, number_of_colours, line_height, type_sizes, target_sizes)


def test_our_style_sheet_keeps_them_all():
    assert len(schemes(SHEET)) > 3
    assert [fault for rule in RULES for fault in rule(SHEET)] == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        (number_of_colours, "--long:#3b3f44", "--long:#7a4f00"),
        (contrast, "--ink-3:#5c6167", "--ink-3:#939393"),
        (contrast, "--ink:#e9ebed", "--ink:#555"),
        (contrast, "--edge:#7d848c", "--edge:#ccc"),
        (contrast, "--link:#0b4a8c", "--link:navy"),
        (line_height, "--lh:1.8", "--lh:1.2"),
        (type_sizes, "--fs-m:1.875rem", "--fs-m:1.75rem"),
        (target_sizes, "--tap:2.75rem", "--tap:2rem"),
        (target_sizes, "--tap:3.75rem", "--tap:3rem"),
    ],
)
def test_a_token_that_is_changed_is_heard_of(rule, old, new):
    assert old in SHEET
    changed = SHEET.replace(old, new, 1)
    assert [one.__name__ for one in RULES if list(one(changed))] == [rule.__name__]


def test_every_page_has_our_style_sheet_and_a_status_a_shape_and_a_word(built):
    chips = 0
    for path in sorted(built[1].rglob("*.html")):
        root = html.fromstring(path.read_bytes())
        assert root.xpath("//link[@rel='stylesheet'][contains(@href, 'assets/site.css')]"), path
        for chip in root.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' chip ')]"):
            chips += 1
            assert chip.text_content().strip(), path
            assert chip.find(".//svg") is not None, path
    assert chips > 20
