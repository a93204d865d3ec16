"""外观: what a style sheet says by its tokens of contrast, line height, sizes and number of colours.

The tokens are the custom properties that rules for `:root` set. A scheme (dark, high contrast, print, large type) is
such a rule which sets some of them anew. What only a browser can see, the browser tests ask of axe-core.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.sitelint.built import BuiltPage, Fault, Tree, line_of, words
from generator.sitelint.names import COLOURS, CONTRASTS, LARGEST_TYPE, LINE_HEIGHT, MOST_COLOURS, TARGETS

STYLE = "assets/site.css"
MAX_PAGE = 300_000
"""Bytes of a page that a slow line brings in 3 seconds when compressed."""


class Scheme(NamedTuple):
    """A rule that sets tokens, laid over those before it."""

    selector: str
    line: int
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
            line = plain.count("\n", 0, rule.start(2)) + 1
            base = found[0].tokens if found else {}
            found.append(Scheme(selector, line, frozenset(own), {**base, **own}))
    return found


def contrast(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """WCAG 2.2, 1.4.3 and 1.4.11: each pair of tokens that meets on a page, in every scheme."""
    for scheme in _schemes_of(path, data):
        for front, back, least in CONTRASTS:
            if not scheme.own & {front, back}:
                continue  # said of the scheme that sets them
            one, other = (_colour(scheme.tokens, name) for name in (front, back))
            if one is None or other is None:
                yield Fault(f"the colour --{back if one else front} cannot be read", scheme.line)
            elif (ratio := _ratio(one, other)) < least:
                yield Fault(f"--{front} on --{back} has a contrast of {ratio:.2f}, not {least}", scheme.line)


def number_of_colours(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """One main colour and two more, shades aside."""
    for scheme in _schemes_of(path, data)[:1]:
        hues: list[float] = []
        for name in COLOURS:
            rgb = _colour(scheme.tokens, name)
            if rgb is None:
                continue
            hue, _lightness, saturation = colorsys.rgb_to_hls(*rgb)
            if saturation > 0.15 and all(min(abs(hue - h), 1 - abs(hue - h)) > 1 / 12 for h in hues):
                hues.append(hue)
        if len(hues) > MOST_COLOURS:
            yield Fault(f"the style sheet uses {len(hues)} colours, not {MOST_COLOURS} at most", scheme.line)


def line_height(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """Lines of text stand apart."""
    for scheme in _schemes_of(path, data):
        value = scheme.tokens["lh"] if "lh" in scheme.own else ""
        if re.fullmatch(r"[\d.]+", value) and float(value) < LINE_HEIGHT:
            yield Fault(f"the line height --lh is {value}, not {LINE_HEIGHT} at least", scheme.line)


def type_sizes(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """Main text can be made large enough."""
    sizes = [_pixels(scheme.tokens.get("fs-m", "")) for scheme in _schemes_of(path, data)]
    if sizes and max(sizes) < LARGEST_TYPE:
        yield Fault(f"the largest main text --fs-m is {max(sizes):g} px, not {LARGEST_TYPE} at least")


def target_sizes(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """What is pressed is large enough, and larger in large type."""
    for scheme in _schemes_of(path, data):
        least = TARGETS["data-size" in scheme.selector]
        if "tap" in scheme.own and _pixels(scheme.tokens["tap"]) < least:
            yield Fault(f"targets (--tap) are {_pixels(scheme.tokens['tap']):g} px, not {least} at least", scheme.line)


def statuses(page: BuiltPage) -> Iterator[Fault]:
    """A status is a shape and a word, never a colour alone."""
    for chip in page.all("//*[contains(concat(' ', normalize-space(@class), ' '), ' chip ')]"):
        if not words(chip) or chip.find(".//svg") is None:
            yield Fault("a status has no shape or no word beside its colour", line_of(chip))


def one_style(page: BuiltPage) -> Iterator[Fault]:
    """Every page has the one style sheet of the site."""
    if not any(link.get("href", "").endswith(STYLE) for link in page.all("//link[@rel='stylesheet']")):
        yield Fault(f"the page does not use {STYLE}")


def weight(_: Tree, path: str, data: bytes) -> Iterator[Fault]:
    """A page comes in 3 seconds over a slow line."""
    if path.endswith(".html") and len(data) > MAX_PAGE:
        yield Fault(f"the page has {len(data):,} bytes, more than {MAX_PAGE:,}")


def _schemes_of(path: str, data: bytes) -> list[Scheme]:
    return schemes(data.decode("utf-8", "replace")) if path == STYLE else []


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
