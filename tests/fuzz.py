"""Mutated inputs for all that reads what strangers wrote: `make fuzz` for minutes, test_fuzz_targets.py shortly.

A target takes bytes and says whether they were accepted; it may end in our own errors and in nothing else.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import read_manifest
from generator.base.shipped import shipped
from generator.content.config import read_config
from generator.content.notice_file import read_notice, write_notice
from generator.content.topics import read_topics
from generator.readers import ReadError, read_document
from tests.readers.support import check_promises
from tests.readers.test_hostile import FILES
from tests.samples import SITE_YML, notice

_PIECES = tuple(
    piece.encode()
    for piece in (
        *("\0", "[", "{", "- ", ": ", "&a", "*a", "!!x ", "---\n", "\n\n", "```", "{.", "{#", "<!--", "]]>", "&#x0;"),
        *("<w:", "\r", "\ufeff", "９", "\u202e", "%", "\\"),
    )
)


class Target(NamedTuple):
    """What is fuzzed."""

    seeds: tuple[bytes, ...]
    """Inputs that it accepts."""
    take: Callable[[bytes], bool]


def _reader(kind: str) -> Target:
    def take(data: bytes) -> bool:
        try:
            check_promises(read_document(data, f"x.{kind}"))
        except ReadError:
            return False
        return True

    return Target((FILES[kind](),), take)


def _text(read: Callable[[str], object], *seeds: str) -> Target:
    def take(data: bytes) -> bool:
        try:
            return read(data.decode("utf-8", "replace")) is not None
        except DiscloseError:
            return False

    return Target(tuple(seed.encode() for seed in seeds), take)


def _manifest(data: bytes) -> bool:
    try:
        return bool(read_manifest(data, "manifest.json"))
    except DiscloseError:
        return False


_LISTED = json.dumps({"files": {f"a/{n}.html": {"sha256": f"{n:064x}", "size": n} for n in range(9)}}).encode()

TARGETS = {
    **{f"reader-{kind}": _reader(kind) for kind in FILES if kind != "pdf"},  # a PDF has a process of its own
    "notice": _text(lambda text: read_notice(text)[0], write_notice(notice())),
    "site-yml": _text(read_config, SITE_YML),
    "topics": _text(read_topics, shipped("content/topics.yml").read_text("utf-8")),
    "manifest": Target((_LISTED,), _manifest),
}


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The input with one to five places cut out, doubled, overwritten or filled with what parsers stumble over."""
    data = seed
    for _ in range(chance.randint(1, 5)):
        at, size = chance.randrange(len(data) + 1), chance.choice((0, 1, 3, 20, 200))
        what = chance.randrange(4)
        if what == 0:
            piece = chance.choice(_PIECES) * chance.choice((1, 1, 1, 50))
        elif what == 1:
            piece = data[at : at + size] * 2
        else:
            piece = b"" if what == 2 else chance.randbytes(chance.choice((1, 1, 4)))
        data = data[:at] + piece + data[at + size :]
    return data


def inputs(target: Target, number: int) -> Iterator[bytes]:
    """Mutated inputs without end, always the same ones for the same number."""
    chance = random.Random(number)
    while True:
        yield mutated(chance.choice(target.seeds), chance)


def fuzz(name: str, count: int | None = None, seconds: float = 0.0, number: int = 0) -> tuple[int, int]:
    """How many inputs a target took, and how many of them it accepted. Raises what it should not have raised."""
    target, end, accepted, tried = TARGETS[name], time.monotonic() + seconds, 0, 0
    for tried, data in enumerate(itertools.islice(inputs(target, number), count), 1):
        try:
            accepted += target.take(data)
        except BaseException:
            sys.stderr.write(f"{name}, input {tried} of number {number}: {data!r:.2000}\n")
            raise
        if count is None and time.monotonic() > end:
            break
    return tried, accepted


def main() -> None:
    """Every target for as long as asked."""
    parser = argparse.ArgumentParser(description="Mutate what strangers write, and look for errors that are not ours.")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--number", type=int, default=0, help="of the sequence of inputs")
    options = parser.parse_args()
    for name in TARGETS:
        tried, accepted = fuzz(name, seconds=options.seconds, number=options.number)
        sys.stdout.write(f"{name:12} {tried:7} inputs, {accepted:7} accepted, no foreign error\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
