"""`disclose check [PATH…]`: what an editor must look at before publishing."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from generator.checks import check_site
from generator.diagnostics import Severity, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose check`."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="content files (default: the whole site)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument("--strict", action="store_true", help="let warnings fail, too")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when one of them is an error."""
    missing = [path for path in options.paths if not path.is_file()]
    if missing:
        raise UsageError("\n".join(f"{path}: no such file." for path in missing))
    found = check_site(options.site, options.paths)
    if options.format == "json":
        print(json.dumps([asdict(diagnostic) for diagnostic in found], ensure_ascii=False, indent=1))
    else:
        print(*found, sep="\n")
        counts = Counter(diagnostic.severity for diagnostic in found)
        print(", ".join(f"{counts[severity]} {severity}s" for severity in Severity))
    fails = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return 1 if any(diagnostic.severity in fails for diagnostic in found) else 0
