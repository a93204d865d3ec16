"""What masks hide and a release would show: a leak, or what the public reads already until a mask is signed.

A mask hides nothing before it is signed with its notice. Until then the notice stays as it was approved, and nobody
else waits for it, for what it shows is public; but nothing may show it that did not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.editorial.selection import Choice, Selector
from generator.sitelint.leaks import Secret, found_in, secrets_in

_Secrets = Mapping[str, Secret]
"""By what is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaking:
    """What a built site shows of what masks hide."""

    site: tuple[Diagnostic, ...]
    """What the whole site must wait for."""
    own: Mapping[str, tuple[Diagnostic, ...]]
    """Content file → why the version of it that was chosen may not go: it would show anew what somebody hides."""
    public: tuple[Diagnostic, ...]
    """What stays public until a mask is signed."""


def leaking(output: Path, choices: Sequence[Choice], selector: Selector) -> Leaking:
    """What the site that was built of `choices` shows of what their masks hide, and those that wait to be signed."""
    signed = _by_value(one.path for one in choices if one.path)
    waiting = {one.file: _by_value([selector.site / one.file]) for one in choices if not one.is_present}
    secrets = dict(signed)
    for some in waiting.values():
        secrets = dict(some) | secrets
    found = found_in(output, list(secrets.values()))
    own: dict[str, tuple[Diagnostic, ...]] = {}
    public: dict[str, list[str]] = {}
    for one, (said, printed) in _printed(output, choices, found):
        hidden = [value for value in printed if value not in signed or value in waiting.get(one.file, ())]
        if hidden and not selector.is_public(one):
            own[one.file] = (said,)
        else:
            for value in hidden:
                public.setdefault(value, []).append(one.id)
    return Leaking(
        site=tuple(said for secret, said in found if secret is None or secret.bare not in public),
        own=own,
        public=tuple(_waits(choices, waiting, public)),
    )


def _by_value(paths: Iterable[Path]) -> _Secrets:
    return {one.bare: one for one in secrets_in(paths)}


def _printed(
    output: Path, choices: Sequence[Choice], found: Sequence[tuple[Secret | None, Diagnostic]]
) -> Iterator[tuple[Choice, tuple[Diagnostic, list[str]]]]:
    """The notices whose own words or facts hold secrets; their pages may also name other notices."""
    there: defaultdict[str, list[tuple[Secret, Diagnostic]]] = defaultdict(list)
    for secret, said in found:
        if secret is not None:
            there[said.file].append((secret, said))
    for one in choices:
        if hits := there.get(str(output / "notices" / one.address / "notice.json")):
            yield one, (hits[0][1], [secret.bare for secret, _ in hits])


def _waits(
    choices: Sequence[Choice], waiting: Mapping[str, _Secrets], public: Mapping[str, Sequence[str]]
) -> Iterator[Diagnostic]:
    for one in choices:
        mine = {value: secret for value, secret in waiting.get(one.file, {}).items() if value in public}
        for kind in dict.fromkeys(secret.kind for secret in mine.values()):
            where = dict.fromkeys(id_ for value, secret in mine.items() if secret.kind == kind for id_ in public[value])
            yield Diagnostic(
                code="mask-waits",
                severity=Severity.WARNING,
                file=one.file,
                message=f"the public still reads what a mask of this notice hides ({kind}), in {'、'.join(where)}",
                hint=f"A mask hides nothing before it is signed: disclose review {one.id}; then publish again.",
            )
