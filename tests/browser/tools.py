"""The programs from npm that the browser tests borrow (package.json)."""

from __future__ import annotations

from pathlib import Path

import pytest

TOOLS = Path(__file__).parent / "node_modules"


def tool(path):
    """The file of a tool; without it the test is skipped, and says what to install."""
    found = TOOLS / path
    if not found.exists():
        pytest.skip(f"{path} is not installed: npm ci --prefix tests/browser")
    return found
