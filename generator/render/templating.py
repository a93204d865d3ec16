"""Jinja templates compiled for pages of thousands of small values.

What differs from Jinja's own: `a.b` is Python's attribute and nothing else (write `d["k"]` for a mapping), a function
gets its arguments and no context, and what was compiled is kept from one run to the next. Escaping is Jinja's own; a
text without anything to escape, which nearly all are, is not asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import keyword
import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from generator.base.cache import keep, kept


class _Compiler(CodeGenerator):
    """Writes the Python of a template."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 — Jinja's name
        """`a.b` as Python has it."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """`a[b]` as Python has it."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call as Python has it, unless there is more to it than values."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(keyword.iskeyword(kw.key) for kw in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What is put around a value that is shown."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


_find_markup = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """The value as it stands in HTML: what `markupsafe.escape` says, but plain text comes back as it is."""
    if value.__class__ is str and not _find_markup(value):
        return value
    return escape(value)


class Environment(jinja2.Environment):
    """Where templates are loaded and compiled: autoescape is on, and no undefined name is forgiven."""

    code_generator_class = _Compiler
    escaped = staticmethod(escaped)

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(list(folders)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_cache(),
        )


_COMPILER = hashlib.sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:16]
"""Which compiler this is; read at the start, as a later file of this name may be that of a newer program."""


class _Cache(jinja2.FileSystemBytecodeCache):
    """Compiled templates, in a folder below the system's for temporary files that only this user may use.

    Names hold the digest of this module and Jinja's version: what another compiler wrote is never read. What cannot be
    read or kept, or is not as it was written, is compiled again.
    """

    def __init__(self) -> None:
        super().__init__(pattern=f"disclose-{_COMPILER}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, or leave it empty."""
        data = kept(self._place(bucket))
        try:
            if data is not None:
                bucket.bytecode_from_string(data)
        except (EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        with contextlib.suppress(OSError):
            keep(self._place(bucket), bucket.bytecode_to_string())

    def _place(self, bucket: Bucket) -> Path:
        return Path(self.directory, self.pattern % bucket.key)


def _cache() -> _Cache | None:
    try:
        return _Cache()
    except (OSError, RuntimeError):  # no such folder can be made
        return None
