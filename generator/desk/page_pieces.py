"""A page in pieces, each with the hash of what it says: the script is sent those that differ from what its page has.

The page tells what it shows, a key and a hash for each piece. So nobody has to remember what was sent, and a page that
is behind, was open when the program was started again, or stands beside another one gets what it lacks and no more.
Where a piece stays as it is, the answer has `<br id="KEY">` in its place: a list is sent with the order of its pieces.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

VERSION, NONCE = Markup("<version>"), Markup("<nonce>")
"""Stand in a piece for what is another at each answer, and says nothing of the notice: `Pieces.filled` puts it there.

They are markup, so that no words of a notice can look like them.
"""
_KEY = re.compile(r' id="([^"]+)"')
_SHORT = 6
"""Characters of a hash: 36 bits."""


class MadePiece(NamedTuple):
    """A piece of a page."""

    key: str
    """The id of its element."""
    sha: str
    html: Markup
    stub: Markup
    """What stands for it among others where it stays as it is."""


def piece_of(html: str) -> MadePiece:
    """A piece whose first element has an id: its key."""
    digest = hashlib.blake2b(html.encode("utf-8", "surrogatepass"), digest_size=_SHORT).digest()
    sha = base64.urlsafe_b64encode(digest).decode()[:_SHORT]
    found = _KEY.search(html)
    if found is None:
        raise ValueError(html)
    told = f'{html[: found.end()]} data-h="{sha}"{html[found.end() :]}'
    return MadePiece(found[1], sha, Markup(told), Markup(f'<br id="{found[1]}">'))  # noqa: S704 - made by a template


@functools.lru_cache(maxsize=4096)  # an act leaves most pieces of a notice as they were
def _made(macro: Any, *values: Any) -> MadePiece:
    return piece_of(str(macro(*values)))


class FormOf(NamedTuple):
    """The notice that the forms of a piece are about."""

    id: str
    version: Markup


class Pieces:
    """What of a page is answered: all of it, or what differs from what the page shows."""

    def __init__(self, notice_id: str, version: str, nonce: str, shown: str | None = None) -> None:
        """`shown`: what the page shows, as its script tells it; None: a page is made."""
        self.is_page = shown is None
        self._shown: Mapping[str, str] = dict(row.partition(":")[::2] for row in (shown or "").split())
        self.form_of = FormOf(notice_id, VERSION)
        self._version, self.nonce = version, nonce

    def in_list(self, one: MadePiece) -> Markup:
        """A piece among others of a list, or what stands for it."""
        return one.stub if self._has(one) else one.html

    def alone(self, one: MadePiece) -> Markup:
        """A piece that is in no list; nothing where the page has it."""
        return Markup("") if self._has(one) else one.html

    def filled(self, answer: str) -> str:
        """The answer with what no piece has in it."""
        return answer.replace(VERSION, self._version).replace(NONCE, self.nonce)

    def _has(self, one: MadePiece) -> bool:
        return self._shown.get(one.key) == one.sha


def add_pieces(environment: jinja2.Environment) -> None:
    """Lets templates make pieces: `piece(macro, …)` of a list, the filter `alone`, with the value `pieces`.

    `pieces_of(macro, many, …)` makes a piece of each of many: of what all of them are given, and what each is.
    """

    @jinja2.pass_context
    def piece(context: jinja2.runtime.Context, macro: Any, *values: Any) -> Markup:
        pieces: Pieces = context["pieces"]
        return pieces.in_list(_made(macro, *values))

    @jinja2.pass_context
    def pieces_of(context: jinja2.runtime.Context, macro: Any, many: Iterable[Any], *shared: Any) -> Markup:
        pieces: Pieces = context["pieces"]
        rows = (one if isinstance(one, tuple) else (one,) for one in many)
        return Markup("").join(pieces.in_list(_made(macro, *shared, *row)) for row in rows)

    @jinja2.pass_context
    def alone(context: jinja2.runtime.Context, html: str) -> Markup:
        pieces: Pieces | None = context.get("pieces")
        return pieces.alone(piece_of(str(html))) if pieces else Markup(html)  # noqa: S704 - it is of a template

    environment.globals |= {"piece": piece, "pieces_of": pieces_of}
    environment.filters["alone"] = alone
