"""`disclose parse FILE`: the record of a source file as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.shipped import shipped
from generator.content.record import record_of
from generator.content.topics import read_topics
from generator.editorial.importing import read_source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose parse`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .docx, .pdf, .html or .md file")
    parser.add_argument("--force", action="store_true", help="take the file even if it seems to be no notice")


def run(options: argparse.Namespace) -> int:
    """Print the record."""
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise DiscloseError(f"{options.file}: cannot be read: {error.strerror}") from error
    notice, _ = read_source(data, str(options.file), force=options.force)
    rules = read_topics(shipped("content/topics.yml").read_text("utf-8"))
    topics = {issue.id: rules.assign(issue) for issue in notice.issues}
    grounds = [{"fact": g.fact, "rank": g.rank, "from": g.source, "quote": g.quote} for g in notice.grounds]
    text = json.dumps(record_of(notice, topics) | {"evidence": grounds}, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    return 0
