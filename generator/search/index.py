"""The files of the search index: what search.js loads, by script element, and when.

    index.js            first, once: where all else is, and how the common characters fold
    p/<hash>/<n>.js     lists of pairs (postings.py): those of the query's rarest pairs
    p/<hash>/o<n>.js    a long list that has a file of its own; q<n>.js: its places
    <hash>/c<n>.js      cards of a few groups (blocks.py): titles and facts, all that units and contacts have
    <hash>/<n>-<m>.js   the words of a group, a few records a file: for the results that are shown
    facts-<hash>.js     status, deadline, place and year of every record; topics-<hash>.js: its topics
    units-<hash>.js     names of all units and the pinyin of their characters, for suggestions
    far-<hash>.js       how rare characters fold: when a query has one

A name or folder stands for its content. index.js does not: a reader that misses a file loads it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from generator.search import numbers
from generator.search.blocks import CARDS, PIECE, BlockWriter
from generator.search.facets import FacetWriter
from generator.search.folding import folding
from generator.search.postings import limits_of, shards_of
from generator.search.records import SearchGroup
from generator.search.script import File, script, stamp, stamped
from generator.search.stream import CUT, Stream, StreamWriter
from generator.search.suggestions import suggestions_of

_COMMON = 300
"""Characters whose rank by frequency a reader knows, to ask for the rarest pairs of a query."""


def write_index(groups: Iterable[SearchGroup]) -> Iterator[File]:
    """The files, each once; paths are below the folder of the search page. Groups are taken once, in order."""
    blocks, stream_writer, facets = BlockWriter(), StreamWriter(), FacetWriter()
    units: list[str] = []
    records: list[int] = []
    for group in groups:
        stream_writer.add(group)
        facets.add(group)
        records.append(len(group.records))
        if group.is_brief:
            units.append(group.unit)
        yield from blocks.add(group)
    yield from blocks.close()
    stream = stream_writer.finish()
    limits = limits_of(len(stream.units))
    lists = f"p/{stamp(stream.units.data, stream.starts.tobytes(), stream.heads.tobytes(), repr(limits).encode())}"
    own: list[str] = []
    for shard in shards_of(stream, limits):
        *columns, places = shard.columns
        parts = [part for column in columns for part in column]
        if shard.number is None:
            yield f"{lists}/o{len(own)}.js", script([shard.names, *parts, "", ""])
            yield f"{lists}/q{len(own)}.js", script(places[1])
            own.append(shard.names)
        else:
            yield f"{lists}/{shard.number}.js", script([shard.names, *parts, *places])
    others = {
        "facts": stamped("facts", facets.facts()),
        "topics": stamped("topics", facets.topics()),
        "units": stamped("units", suggestions_of(units)),
        "far": stamped("far", _table(folding().far)),
    }
    yield from others.values()
    entry: dict[str, Any] = {key: name.removesuffix(".js") for key, (name, _) in others.items()}
    entry |= {
        "lists": lists,
        "shards": limits.shards,
        "own": "".join(own),
        "blocks": "".join(blocks.names),
        "cards": CARDS,
        "piece": PIECE,
        "briefs": len(units),
        "sizes": _numbers(blocks.sizes),
        "records": _numbers(records),
        "common": _common(stream),
        "ranges": folding().ranges,
        "near": _table(folding().near),
        "topicNames": facets.topic_names(),
    }
    yield "index.js", script(entry)


def _numbers(values: list[int]) -> str:
    return numbers.text(np.array(values, dtype=np.int64))


def _common(stream: Stream) -> str:
    """The most frequent characters, most frequent first."""
    counts = np.zeros(1 << 16, dtype=np.int64)
    for start in range(0, len(stream.units), 1 << 20):
        counts += np.bincount(stream.units[start : start + (1 << 20)], minlength=1 << 16)
    counts[CUT] = 0
    counts[0xD800:0xE000] = 0
    order = np.argsort(-counts, kind="stable")[:_COMMON]
    return "".join(chr(code) for code in order.tolist() if counts[code])


def _table(table: dict[str, str]) -> list[Any]:
    """`[characters dropped, characters, what each becomes, {character: several}]`."""
    single = {char: to for char, to in table.items() if len(to) == 1}
    return [
        "".join(char for char, to in table.items() if not to),
        "".join(single),
        "".join(single.values()),
        {char: to for char, to in table.items() if len(to) > 1},
    ]
