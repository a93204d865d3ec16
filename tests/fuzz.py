"""Mutated inputs for all that reads what strangers wrote: `make fuzz` for minutes, test_fuzz_targets.py shortly.

A target takes inputs and says which of them were accepted; each may end in our own errors and in nothing else.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections.abc import Iterator, Sequence

from tests.fuzz_targets import OFFICE, TARGETS, Target

_PIECES = tuple(
    piece.encode()
    for piece in (
        *("\0", "[", "{", "- ", ": ", "&a", "*a", "!!x ", "---\n", "\n\n", "```", "{.", "{#", "<!--", "]]>", "&#x0;"),
        *("<w:", "\r", "\ufeff", "９", "\u202e", "%", "\\", "<<", ">>", "endobj", "0 R", "Tj", "3 Tr", "PK\3\4", "{\\"),
    )
)
_AT_ONCE = 200
"""Inputs that are handed to a target together."""


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
    chance, seeds = random.Random(number), target.seeds()
    while True:
        yield mutated(chance.choice(seeds), chance)


def fuzz(name: str, count: int | None = None, seconds: float = 0.0, number: int = 0) -> tuple[int, int]:
    """How many inputs a target took, and how many of them it accepted. Raises what it should not have raised."""
    target, end, accepted, tried = (TARGETS | OFFICE)[name], time.monotonic() + seconds, 0, 0
    source = inputs(target, number)
    while tried < count if count is not None else not tried or time.monotonic() < end:
        some = list(itertools.islice(source, min(_AT_ONCE, count - tried) if count is not None else _AT_ONCE))
        accepted += _taken(name, target, some, tried, number)
        tried += len(some)
    return tried, accepted


def _taken(name: str, target: Target, some: Sequence[bytes], tried: int, number: int) -> int:
    answers: list[bool] = []
    try:
        answers.extend(target.take(some))
    except BaseException:
        at = len(answers)
        sys.stderr.write(f"{name}, input {tried + at + 1} of number {number}: {some[at]!r:.2000}\n")
        raise
    if len(answers) != len(some):
        raise AssertionError(f"{name}: {len(some) - len(answers)} inputs are lost")
    return sum(answers)


def main() -> None:
    """Every target, or those named, for as long or as many inputs as asked."""
    parser = argparse.ArgumentParser(description="Mutate what strangers write, and look for errors that are not ours.")
    known = [*TARGETS, *OFFICE]
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[[], *known], help="of: " + ", ".join(known))
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--count", type=int, help="inputs for each target, however long it takes")
    parser.add_argument("--number", type=int, default=0, help="of the sequence of inputs")
    options = parser.parse_args()
    for name in options.targets or TARGETS:
        start = time.process_time()
        tried, accepted = fuzz(name, options.count, options.seconds, options.number)
        spent = time.process_time() - start
        sys.stdout.write(f"{name:12} {tried:7} inputs, {accepted:7} accepted, no foreign error, {spent:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
