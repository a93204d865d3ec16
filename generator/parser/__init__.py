"""The parser: a Document in, a Notice out. Pure, and knows nothing of files."""

from generator.parser.pipeline import parse

__all__ = ["parse"]
