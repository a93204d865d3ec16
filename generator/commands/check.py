"""`disclose check [PATH…]`: what an editor must look at before publishing."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from generator.checks import check_built, check_site
from generator.commands.build import OUTPUT
from generator.diagnostics import Severity, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose check`."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="content files (default: the whole site)")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the built site, checked too (default: output/ in the site)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument("--strict", action="store_true", help="let warnings fail, too")


def run(options: argparse.Namespace) -> int:
    """Print the findings of the contents, then of the built site; 1 when one of them is an error.

    Content files that are named are checked alone, unless an output is named, too.
    """
    missing = [path for path in options.paths if not path.is_file()]
    if missing:
        raise UsageError("\n".join(f"{path}: no such file." for path in missing))
    found = check_site(options.site, options.paths)
    if options.output or not options.paths:
        found += check_built(options.site, options.output or options.site / OUTPUT)
    if options.format == "json":
        print(json.dumps([asdict(diagnostic) for diagnostic in found], ensure_ascii=False, indent=1))
    else:
        print(*found, sep="\n")
        counts = Counter(diagnostic.severity for diagnostic in found)
        print(", ".join(f"{counts[severity]} {severity}s" for severity in Severity))
    fails = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return 1 if any(diagnostic.severity in fails for diagnostic in found) else 0
