"""Regular expressions of the site's and the desk's scripts, and how long they take in the engine that runs them (V8).

`python -m tests.js_patterns` prints the table of growth.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from generator.search.short_names import short_names
from tests.patterns import LIMIT, SIZES, SMALL, Growth, Use, hostile

ROOT = Path(__file__).parent.parent
SCRIPTS = (*sorted((ROOT / "templates/assets").glob("*.js")), *sorted((ROOT / "generator/desk/assets").glob("*.js")))
NODE_MODULES = ROOT / "tests/browser/node_modules"

_FIND = """
const acorn = require(process.argv[1]), fs = require('fs'), found = [], made = [];
for (const path of process.argv.slice(2)) {
  const source = fs.readFileSync(path, 'utf8');
  (function walk(node) {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(walk);
    if (node.regex) found.push([path, node.loc.start.line, node.regex.pattern, node.regex.flags]);
    if (node.callee && node.callee.name === 'RegExp') made.push([path, source.slice(node.start, node.end)]);
    Object.values(node).forEach(walk);
  })(acorn.parse(source, { ecmaVersion: 'latest', locations: true }));
}
console.log(JSON.stringify({ found, made }));
"""
_MEASURE = """
const vm = require('vm'), asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const text = ([before, pump, behind], size) =>
  before + pump.repeat(Math.max(1, Math.floor(size / pump.length))) + behind;
function seconds(regex, words) {
  const script = new vm.Script(regex.global ? 'words.replace(regex, "")' : 'regex.test(words)');
  const start = process.cpuUsage();
  try { script.runInNewContext({ regex, words }, { timeout: asked.limit * 1000 }); } catch (e) { return asked.limit; }
  const { user, system } = process.cpuUsage(start);
  return Math.min(asked.limit, (user + system) / 1e6);
}
console.log(JSON.stringify(asked.patterns.map(({ pattern, flags, texts }) => {
  const regex = new RegExp(pattern, flags);
  let worst = [-1, texts[0]];
  for (const parts of texts) {
    const took = seconds(regex, text(parts, asked.small));
    if (took > worst[0]) worst = [took, parts];
  }
  return { parts: worst[1], times: asked.sizes.map((size) => seconds(regex, text(worst[1], size))) };
})));
"""


class Found(NamedTuple):
    """What the scripts have."""

    uses: list[Use]
    """Written as literals, as Python would write them, and that which the search index brings."""
    made: dict[str, set[str]]
    """Script → those that are made when it runs."""


def node(program: str, *arguments: str, data: str = "") -> str:
    """What a program prints."""
    done = subprocess.run(["node", "-e", program, *arguments], input=data, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def patterns() -> Found:
    """All patterns of the scripts."""
    told = json.loads(node(_FIND, str(NODE_MODULES / "acorn"), *map(str, SCRIPTS)))
    uses = [
        Use(f"{Path(path).name}:{line}", _as_python(pattern), re.IGNORECASE if "i" in flags else 0, frozenset({flags}))
        for path, line, pattern, flags in told["found"]
    ]
    uses.append(Use("search index", short_names().pattern, 0, frozenset({""})))
    made: dict[str, set[str]] = {}
    for path, source in told["made"]:
        made.setdefault(Path(path).name, set()).add(source)
    return Found(uses, made)


def _as_python(pattern: str) -> str:
    return pattern.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!").replace("[^]", r"[\s\S]")


def growths(uses: list[Use], most: int) -> list[Growth]:
    """How each grows on its worst text of at most so many; those that repeat nothing without end are left out."""
    asked, texts = [], {use: list(hostile(use)) for use in uses}
    for use, found in texts.items():
        if found:
            [flags] = use.methods
            asked.append({"pattern": use.pattern, "flags": flags, "texts": found[:: len(found) // most + 1]})
    told = node(_MEASURE, data=json.dumps({"patterns": asked, "limit": LIMIT, "small": SMALL, "sizes": SIZES}))
    repeating = [use for use, found in texts.items() if found]
    return [
        Growth(use, tuple(one["parts"]), tuple(one["times"]))
        for use, one in zip(repeating, json.loads(told), strict=True)
    ]


def main() -> int:
    """Print the table, the worst last; 1 when a pattern is not linear."""
    found = growths(patterns().uses, 10**6)
    for one in sorted(found, key=lambda one: one.times[-1]):
        sys.stdout.write(f"{one}{'' if one.is_linear else '  GROWS'}\n")
    return int(any(not one.is_linear for one in found))


if __name__ == "__main__":
    sys.exit(main())
