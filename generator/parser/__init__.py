"""The parser: a Document in, a Notice out. Pure, and knows nothing of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.parser.pipeline import parse

__all__ = ["parse"]


def __getattr__(name: str) -> Any:
    """The whole of it, loaded by who parses: a build asks for a few rules alone, and all stages take half a second."""
    if name not in __all__:
        raise AttributeError(name)
    from generator.parser.pipeline import parse  # noqa: PLC0415

    return parse
