"""Strings with personal data and harmless ones, as people write them: tests/fixtures/personal/*.tsv."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from generator.model.personal import personal_data

FOLDER = Path(__file__).parent / "fixtures/personal"


class Sample(NamedTuple):
    """A string, and what of it is personal data."""

    kind: str
    """As masks name it; `-`: harmless."""
    text: str
    data: tuple[str, ...]

    @property
    def is_harmless(self) -> bool:
        """Whether nothing is to be found."""
        return self.kind == "-"


def samples(name: str) -> list[Sample]:
    """The rows of one file."""
    rows = (FOLDER / name).read_text("utf-8").splitlines()
    return [_sample(*row.split("\t")[:2]) for row in rows if row and not row.startswith("#")]


def _sample(kind: str, marked: str) -> Sample:
    marked = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), marked)
    text = marked.replace("⏎", "\n")
    return Sample(kind, text.replace("⟦", "").replace("⟧", ""), tuple(re.findall("⟦([^⟧]*)⟧", text)))


def is_right(sample: Sample) -> bool:
    """Whether nothing is found in a harmless string, and in the others the whole of the data, of its kind."""
    found = [(row.kind, span.of(sample.text)) for row, span in personal_data(sample.text)]
    if sample.is_harmless:
        return not found
    return all(any(kind == sample.kind and one in value for kind, value in found) for one in sample.data)
