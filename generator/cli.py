"""The command line: arguments and exit codes, nothing else. A command's module is loaded only when it is called."""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.base.console import warn
from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.language import LANGUAGES, language_of, say, speak
from generator.base.layout import SITE_FILE
from generator.commands.parser import Parser

COMMANDS: tuple[tuple[str, str, str], ...] = (
    # name, module, what it does
    ("new", "new", "make a new, empty, working site"),
    ("parse", "parse", "print the record of a source file as JSON; needs no site"),
    ("import", "import_", "turn source files or folders into content files"),
    ("review", "review", "sign a step of a notice's review (三审三校)"),
    ("correct", "correct", "record who answers for words and facts that differ from the source (勘误)"),
    ("slip", "slip", "print the slip (送审单) on which a notice's review is signed, or keep the signed one"),
    ("check", "check", "list what an editor must look at before publishing"),
    ("build", "build", "build the site into output/"),
    ("serve", "serve", "preview the site; a save shows in the browser by itself"),
    ("share", "share", "let others on this network look at the preview for a while, on a phone too"),
    ("desk", "desk", "open the editor's desk (编辑台): from a source file to the live site, in the browser"),
    ("publish", "publish", "build, check, and put the site live in one step; or return to an earlier release"),
    ("portal", "portal", "write what a content platform takes of a notice (门户稿): HTML to paste, Word, PDF, text"),
    ("gather", "gather", "make one portal over several published sites (汇集): lists and search span them"),
    ("verify", "verify", "prove that a published site is whole: files, links, the words of every notice"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of `disclose` run with `arguments` (default: the process's): 0 done, 1 errors, 2 used wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _speak(given)
        called = next((word for word in given if any(word == name for name, _, _ in COMMANDS)), None)
        options = _parser(called).parse_args(given)  # loads what the command needs: a good part of a second
        return int(options.run(options))
    except SystemExit as leaving:  # argparse: --help (0) or wrong usage (2)
        return leaving.code if isinstance(leaving.code, int) else 2
    except ContentError as error:
        warn(*error.diagnostics)
        return error.exit_code
    except DiscloseError as error:
        warn(error)
        return error.exit_code
    except KeyboardInterrupt:
        warn("\nStopped; what was written is whole.")
        return 130
    except BrokenPipeError:  # the reader of our output has gone: `disclose parse … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk, a right that is missing: where no command says more
        warn(f"{error.filename or 'disclose'}: {error.strerror or error}")
        return 1
    finally:
        if arguments is None:
            gc.freeze()  # the process ends now: nobody need look for what is left of a site in cycles


def _speak(given: Sequence[str]) -> None:
    """Speak the language that is asked for, from here on: what is wrong with the arguments is said in it, too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows a mark, and the rest
    site_yml = ""
    with contextlib.suppress(OSError, ValueError):
        path = Path(_given(given, "--site") or ".", SITE_FILE)
        site_yml = path.read_text("utf-8", errors="replace") if path.is_file() else ""  # nobody waits for a pipe
    asked = _given(given, "--lang")
    speak(language_of(asked if asked in LANGUAGES else None, site_yml, os.environ))


def _given(arguments: Sequence[str], option: str) -> str:
    """What an option is given among arguments that are not parsed yet."""
    for number, word in enumerate(arguments):
        name, is_joined, value = word.partition("=")
        if name == option:
            return value if is_joined else next(iter(arguments[number + 1 :]), "")
    return ""


def _parser(called: str | None) -> argparse.ArgumentParser:
    parser = Parser(
        prog="disclose",
        description=say("Turns rectification notices (巡察整改通报) into a public site, word for word."),
    )
    parser.add_argument("--version", action="version", version=f"disclose {__version__}", help="show the version")
    parser.add_argument(
        "--site", type=Path, default=Path(), metavar="DIR", help="the site folder (default: this folder)"
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="language of all messages: zh 中文, en English (default: as site.yml or the locale says)",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar=say("COMMAND"))
    for name, module, about in COMMANDS:
        said = say(about)
        described = about[0].upper() + about[1:] + "." if said == about else said + "。"
        command = commands.add_parser(name, help=said, description=described)
        command.add_argument("--site", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=argparse.SUPPRESS)
        command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if name == called:
            loaded = importlib.import_module(f"generator.commands.{module}")
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    return parser
