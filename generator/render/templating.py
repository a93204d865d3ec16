"""Jinja templates compiled for pages of thousands of small values.

What differs from Jinja's own: `a.b` is Python's attribute and nothing else (write `d["k"]` for a mapping), a function
gets its arguments and no context, plain text is escaped without a detour over Markup, and what was compiled is kept
from one run to the next.
"""

from __future__ import annotations

import contextlib
import hashlib
import keyword
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

try:  # what `escape` calls for a plain text
    from markupsafe._speedups import _escape_inner
except ImportError:  # a platform without the compiled part
    from markupsafe._native import _escape_inner


def _other(value: Any) -> str:
    """The HTML of a value that is no plain text."""
    return value if value.__class__ is Markup else str(escape(value))


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
        if self._is_plain(frame, finalize):
            self.write("environment.escape_text(_v) if (_v := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_plain(frame, finalize):
            self.write(").__class__ is str else environment.escape_other(_v)")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_plain(self, frame: Frame, finalize: Any) -> bool:
        """Whether what is put out is escaped and nothing else."""
        return not frame.eval_ctx.volatile and bool(frame.eval_ctx.autoescape) and finalize.src is None


class Environment(jinja2.Environment):
    """Where templates are loaded and compiled: autoescape is on, and no undefined name is forgiven."""

    code_generator_class = _Compiler
    escape_text = staticmethod(_escape_inner)
    escape_other = staticmethod(_other)

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


class _Cache(jinja2.FileSystemBytecodeCache):
    """Compiled templates, in a folder below the system's for temporary files that only this user may use.

    Names hold the digest of this module and Jinja's version: what another compiler wrote is never read. What cannot be
    read or kept is compiled anew.
    """

    def __init__(self) -> None:
        digest = hashlib.sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:16]
        super().__init__(pattern=f"disclose-{digest}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, or leave it empty."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _cache() -> _Cache | None:
    try:
        return _Cache()
    except (OSError, RuntimeError):  # no such folder can be made
        return None
