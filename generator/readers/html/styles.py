"""What the style sheets in a web page say of its elements, as far as it decides whether words are seen.

Sheets in files of their own are not known: a saved page does not hold them. The page is looked at as on the screen of
a desk: a copy of the text for phones, or for paper, is not shown there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers.html.attributes import attribute, names

CssLook = dict[str, str]
"""Property → value, in small letters."""

_SCREEN = 1280
"""Width of the screen, in pixels."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*+:\s*+([^;]++)")
_COMPOUND = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_NAME = re.compile(r"[.#][\w-]+")
_FEATURE = re.compile(r"\(([^()]*)\)")
_WIDTH = re.compile(r"(?:(min|max)-(?:device-)?width\s*:|width\s*([<>])=?)\s*([\d.]{1,8})(px|em|rem)?\s*")
_PROPERTIES = names("""
    display visibility opacity position left top right bottom margin-left margin-top text-indent overflow overflow-x
    overflow-y height max-height width max-width clip clip-path color background background-color background-image
    text-decoration text-decoration-line transform vertical-align font-size mso-hide mso-element
""")
_MOST_RULES = 3_000
_MOST_WORK = 2_000_000
"""Comparisons of elements with selectors; a page made to need more is read without its sheets from there on."""
_MOST_ANCESTORS = 60
_LONGEST = 300
"""Characters of the longest list of selectors that is looked at."""


class _Compound(NamedTuple):
    """`p.note#first`: the name of an element, and its classes and id."""

    tag: str
    names: frozenset[str]
    is_child: bool
    """The element must stand directly in the one that the compound before fits."""

    def fits(self, tag: Tag, names: frozenset[str]) -> bool:
        return (not self.tag or tag.name == self.tag) and self.names <= names


class _CssRule(NamedTuple):
    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    """Ids, classes, elements of the selector, and its place in the page."""
    look: CssLook
    important: CssLook


class PageStyles:
    """The page's own rules."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._rules: dict[str, list[_CssRule]] = {}
        self.has_others = any("stylesheet" in attribute(link, "rel").lower() for link in soup.find_all("link"))
        """Whether the page is shown by sheets that are not in it, too."""
        self._work = 0
        """Comparisons made so far."""
        count = 0
        for style in soup.find_all("style"):
            if not _holds(attribute(style, "media")):
                continue
            for selectors, body in rules_of(style.get_text()):
                look, important = _declared(body)
                for selector in selectors.split(",") if (look or important) and len(selectors) <= _LONGEST else ():
                    count += 1
                    if count <= _MOST_RULES and (compounds := _compounds(selector)):
                        self._keep(compounds, count, look, important)

    def _keep(self, compounds: tuple[_Compound, ...], order: int, look: CssLook, important: CssLook) -> None:
        names = [name for compound in compounds for name in compound.names]
        ids = sum(name.startswith("#") for name in names)
        weight = (ids, len(names) - ids, sum(bool(one.tag) for one in compounds), order)
        last = compounds[-1]
        key = min(last.names, default=last.tag or "*")  # an id comes before a class
        self._rules.setdefault(key, []).append(_CssRule(compounds, weight, look, important))

    def of(self, tag: Tag) -> CssLook:
        """What holds of an element, its own `style` included."""
        look: CssLook = {}
        found: list[_CssRule] = []
        if self._rules and self._work < _MOST_WORK:
            names = names_of(tag)
            for key in (*names, tag.name, "*"):
                found += [rule for rule in self._rules.get(key, ()) if self._matches(rule.compounds, tag, names)]
            found.sort(key=lambda rule: rule.weight)
        for rule in found:
            look |= rule.look
        own = attribute(tag, "style")
        inline, important = _declared(own) if own else ({}, {})
        look |= inline
        for rule in found:
            look |= rule.important
        return look | important

    def _matches(self, compounds: tuple[_Compound, ...], tag: Tag, names: frozenset[str]) -> bool:
        """Whether the element fits the last compound, and those around it the ones before."""
        self._work += 1
        if not compounds[-1].fits(tag, names):
            return False
        wanted = len(compounds) - 2
        is_child = compounds[-1].is_child
        for depth, outer in enumerate(tag.parents):
            if wanted < 0 or depth > _MOST_ANCESTORS:
                break
            self._work += 1
            if compounds[wanted].fits(outer, names_of(outer)):
                is_child = compounds[wanted].is_child
                wanted -= 1
            elif is_child:
                return False
        return wanted < 0


def names_of(tag: Tag) -> frozenset[str]:
    """Classes and id of an element as selectors write them."""
    if not tag.attrs:
        return frozenset()
    key = attribute(tag, "id").strip()
    return frozenset([*("." + name for name in attribute(tag, "class").split()), *(["#" + key] if key else [])])


def rules_of(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on a screen, in one pass.

    >>> list(rules_of("@media print{p{color:red}} @media (min-width:700px){.a,.b{display:none}} i{top:0}"))
    [('.a,.b', 'display:none'), ('i', 'top:0')]
    """
    css = _COMMENT.sub("", css)
    open_rules: list[str | bool] = []
    start = 0
    for brace in _BRACE.finditer(css):
        before = css[start : brace.start()].strip()
        start = brace.end()
        if brace[0] == "}":
            if open_rules and isinstance(rule := open_rules.pop(), str) and all(open_rules):
                yield rule, before
            continue
        prelude = before.rpartition(";")[2].strip()
        name = prelude.partition(" ")[0]
        if name.lower().startswith("@media"):
            open_rules.append(_holds(prelude[len("@media") :]))
        elif prelude.startswith("@"):
            open_rules.append(name.lower() in ("@supports", "@layer"))
        else:
            open_rules.append(prelude)


def _holds(query: str) -> bool:
    """Whether a media query fits the screen of a desk."""
    return not query.strip() or any(_fits(one.strip().lower()) for one in query[:2000].split(","))


def _fits(query: str) -> bool:
    is_not = query.startswith("not ")
    kind = _FEATURE.sub("", query).replace("only ", "").replace("not ", "").split()
    fits = not kind or kind[0] in ("screen", "all", "and")
    fits = fits and all(_has(feature.strip()) for feature in _FEATURE.findall(query))
    return fits != is_not


def _has(feature: str) -> bool:
    if width := _WIDTH.fullmatch(feature):
        edge, sign, number, unit = width.groups()
        size = (float(number) if number.count(".") < 2 and number != "." else 0.0) * (
            16 if unit in ("em", "rem") else 1
        )
        return size <= _SCREEN if edge == "min" or sign == ">" else size >= _SCREEN
    return feature in ("orientation: landscape", "orientation:landscape", "hover: hover", "hover:hover")


def _declared(body: str) -> tuple[CssLook, CssLook]:
    """The declarations that matter, plain and important ones."""
    plain: CssLook = {}
    important: CssLook = {}
    for name, value in _DECLARATION.findall(body[:4000]):
        if (key := name.lower()) in _PROPERTIES:
            bare, mark, _ = value.lower().partition("!")
            (important if mark else plain)[key] = bare.strip()
    return plain, important


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """The compounds of a selector; empty when it has anything but names, classes, ids, blanks and `>`."""
    found: list[_Compound] = []
    is_child = False
    for part in selector.replace(">", " > ").split():
        if part == ">":
            is_child = True
            continue
        fits = _COMPOUND.fullmatch(part)
        if fits is None:
            return ()
        tag = "" if fits[1] in (None, "*") else fits[1].lower()
        found.append(_Compound(tag, frozenset(_NAME.findall(fits[2])), is_child))
        is_child = False
    return tuple(found)
