"""Pages look and work in full from Chromium 86 and Firefox 78 on: nothing newer stands in styles and scripts unguarded.

A row of a table says since when a feature exists in both; what older browsers merely ignore (text-wrap, accent-color)
is welcome and has no row.
"""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[1] / "templates"
DESK_ROOM = Path(__file__).parents[1] / "generator/desk"
"""The editor's desk is used in the same browsers."""
STYLES = sorted(path for place in (TEMPLATES, DESK_ROOM) for path in (place / "assets").glob("*.css"))
SCRIPTS = sorted(path for place in (TEMPLATES, DESK_ROOM) for path in (place / "assets").glob("*.js"))

STYLE = {
    "@layer": "Chromium 99, Firefox 97",
    "@container": "Chromium 105, Firefox 110",
    ":is(": "Chromium 88 (Firefox 78): a list with it is dropped whole",
    ":where(": "Chromium 88 (Firefox 78)",
    ":has(": "Chromium 105, Firefox 121",
    ":user-": "Chromium 119, Firefox 88",
    "inset:": "Chromium 87 (Firefox 66)",
    "padding-inline:": "Chromium 87 (Firefox 66)",
    "padding-block:": "Chromium 87 (Firefox 66)",
    "margin-inline:": "Chromium 87 (Firefox 66)",
    "margin-block:": "Chromium 87 (Firefox 66)",
    "translate:": "Chromium 104, Firefox 72",
    "rotate:": "Chromium 104, Firefox 72",
    "scale:": "Chromium 104, Firefox 72",
    "aspect-ratio:": "Chromium 88, Firefox 89",
    "color-mix(": "Chromium 111, Firefox 113",
    "lab(": "Chromium 111, Firefox 113",
    "100dvh": "Chromium 108, Firefox 101",
    "subgrid": "Chromium 117, Firefox 71",
    "&": "nesting: Chromium 112, Firefox 117",
}
SCRIPT = {
    r"\?\.(?!\d)": "Chromium 80, Firefox 74; older ones drop the whole script",
    r"\?\?": "Chromium 80, Firefox 72",
    r"(?:\|\||&&|\?\?)=": "Chromium 85, Firefox 79",
    r"\.at\(": "Chromium 92, Firefox 90",
    r"\.replaceAll\(": "Chromium 85, Firefox 77",
    r"\bhasOwn\(": "Chromium 93, Firefox 92",
    r"\bstructuredClone\(": "Chromium 98, Firefox 94",
    r"\.findLast": "Chromium 97, Firefox 104",
    r"\.(?:toSorted|toReversed|with)\(": "Chromium 110, Firefox 115",
    r"Promise\.any\(": "Chromium 85, Firefox 79",
    r"\bstatic\s*\{": "Chromium 94, Firefox 93",
    r"\(\?<[=!]": "look-behind: Chromium 62, Firefox 78, Safari 16.4",
    r"'[^'\n]*:(?:is|has|where)\([^'\n]*'": "selectors: as in styles",
}


def bare(style: str) -> str:
    """The style without comments and strings."""
    return re.sub(r"/\*.*?\*/|\"[^\"\n]*\"", "", style, flags=re.DOTALL)


def found_in_style(style: str) -> list[str]:
    words = bare(style)
    return [name for name in STYLE if re.search((r"(?<![\w-])" if name[0].isalpha() else "") + re.escape(name), words)]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_hold_nothing_that_older_browsers_drop(path):
    assert found_in_style(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("feature", STYLE)
def test_a_style_with_a_newer_feature_is_seen(feature):
    assert found_in_style(f"a{{b:c}} {feature}x) {{}}") == [feature]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_nothing_that_older_browsers_cannot_read(path):
    script = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [pattern for pattern in SCRIPT if re.search(pattern, script)] == []


def test_there_are_styles_and_scripts_to_look_at():
    assert len(STYLES) >= 2
    assert len(SCRIPTS) >= 6


PAGES = sorted([*TEMPLATES.rglob("*.html"), *DESK_ROOM.rglob("*.html")])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_drawing_says_its_size(path):
    for tag in re.findall(r"<svg\b[^>]*>", path.read_text(encoding="utf-8")):
        assert 'class="sprite"' in tag or ('width="' in tag and 'height="' in tag), (
            f"without styles it fills the screen: {tag}"
        )
