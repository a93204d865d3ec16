"""Imports run one way, from the rooms that act to those that only know (docs/architecture.md)."""

import ast
from pathlib import Path

from tests.every import every

PACKAGE = Path(__file__).parents[1] / "generator"
LAYERS = (
    "commands",
    "desk",
    "portal",
    "editorial",
    "release",
    "build",
    "sitelint",
    "render",
    "pages",
    "search data",
    "site",
    "content",
    "parser",
    "readers",
    "model",
    "base",
)
"""From the top: a room may import from the rooms below it. Two rooms in one layer know nothing of each other."""

DEPTH = {room: depth for depth, rooms in enumerate(LAYERS) for room in rooms.split()}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def _rooms_imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {parts[1] for name in names if (parts := name.split("."))[0] == "generator" and len(parts) > 1}


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 200


@every(MODULES, by=lambda path: path.relative_to(PACKAGE).parts[0])
def test_a_room_imports_from_the_rooms_below_it(path):
    room = path.relative_to(PACKAGE).parts[0]
    above = {other for other in _rooms_imported(path) - {room} if other in DEPTH and DEPTH[other] <= DEPTH[room]}
    assert not above, f"{room} stands below {', '.join(sorted(above))}"


def test_every_room_has_a_layer_and_at_most_six_modules_are_loose():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert rooms <= set(DEPTH)
    assert len(list(PACKAGE.glob("*.py"))) <= 6
