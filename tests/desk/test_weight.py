"""What a page of the desk weighs: what a browser loads for it, byte by byte."""

from __future__ import annotations

import json
import re

from generator.desk.app import lean
from tests.browser.tools import tool
from tests.desk.tools import CENTRE, ROOT, ask, running, site_of
from tests.js_patterns import node

SCRIPTS = sorted((ROOT / "generator/desk/assets").glob("*.js"))
PAGES = ("", "publish", "settings", "history", *(f"n/{CENTRE}/{page}" for page in
         ("proof", "mask", "preview", "review", "publish", "history", "correct")))  # fmt: skip


def weight(desk, page, pattern):
    """Bytes of what the page refers to."""
    return sum(len(ask(desk, path=path).body) for path in re.findall(pattern, page))


def test_no_page_loads_more_than_is_promised(tmp_path):
    site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as desk:
        for path in PAGES:
            page = ask(desk, path=path)
            assert page.status == 200, path
            follows = any(f"data-{name}=" in page.text for name in ("live", "reload"))
            assert ("live.js" in page.text) == follows, path
            assert len(page.body) <= 200_000, path
            assert 0 < weight(desk, page.text, r'<script src="([^"]+)"') <= 20_000, path
            assert 0 < weight(desk, page.text, r'<link rel="stylesheet" href="([^"]+)"') <= 40_000, path


_SAME = """
const acorn = require(process.argv[1]), pairs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const tree = (source) => JSON.stringify(acorn.parse(source, { ecmaVersion: 2020 }),
  (name, value) => (name === 'start' || name === 'end' ? undefined : value));
console.log(JSON.stringify(pairs.map(([a, b]) => tree(a) === tree(b))));
"""


def test_what_is_sent_of_a_script_says_what_the_script_says():
    acorn = tool("acorn/package.json").parent
    pairs = [(path.read_text("utf-8"), lean(path.read_bytes()).decode()) for path in SCRIPTS]
    assert all(len(sent) < len(script) for script, sent in pairs)
    assert json.loads(node(_SAME, str(acorn), data=json.dumps(pairs))) == [True] * len(pairs)
