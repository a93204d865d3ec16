"""One name, one meaning: no two rooms call different things alike (docs/glossary.md)."""

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "generator"
VARIABLES = {"T", "S"}
"""Type variables: they have no meaning of their own."""


def _types(path: Path) -> set[str]:
    """The classes of a module and its names for types; a leading underscore makes no other name."""
    body = ast.parse(path.read_text("utf-8")).body
    assigned = {
        node.targets[0].id for node in body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    aliases = {name.lstrip("_") for name in assigned if name.lstrip("_")[:1].isupper() and name.upper() != name}
    classes = {node.name.lstrip("_") for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.ClassDef)}
    return aliases | classes


def test_no_two_types_have_one_name():
    places = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in _types(path) - VARIABLES:
            places[name].append(path.relative_to(PACKAGE).as_posix())
    assert len(places) > 300
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


PAIRS = {
    "history publish review slip verify": "a command and what it calls",
    "changes ledger same": "what all notices together say, and the page that shows it",
    "kinds role_labels status taken_back": "a stage of the parser and its table in rules/",
    "decisions desk facts journal local preview structure": "the desk's way with what another room knows",
    "tables": "the tables of the open data; a reader's are below its format",
    "numbering lists lines reader styles worker": "a format below readers/ has a module for each thing that files have",
}
"""Names that several modules share, and why that helps: whoever knows one knows what the other is about."""


def test_modules_share_a_name_only_where_that_helps():
    places = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        places[path.stem].append(path.relative_to(PACKAGE).as_posix())
    shared = {name for name, found in places.items() if len(found) > 1} - {"__init__"}
    assert shared == {name for names in PAIRS for name in names.split()}


def test_the_architecture_names_every_room():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    rows = re.findall(r"^\| `(\w+)/` \|", (PACKAGE.parent / "docs/architecture.md").read_text("utf-8"), re.MULTILINE)
    assert set(rows) == rooms
    assert len(rows) == len(rooms) > 12
