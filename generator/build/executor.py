"""Makes what a plan says: takes over what is made from the same as before, and makes the rest in several processes."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic
from generator.base.files import Staging
from generator.base.layout import Contents
from generator.base.workers import Progress, in_processes
from generator.build.load import gather
from generator.build.plan import Plan
from generator.build.state import LastBuild, Made
from generator.build.targets.base import Product

_CHUNK = 32
_LIFE = 8.0
"""Seconds after which a process that makes products is replaced: it has touched much of what it shares with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What was made."""

    products: dict[str, Made]
    """By name."""
    anew: int
    """Files that were made and not taken over."""
    notices: int
    diagnostics: tuple[Diagnostic, ...]


def make(
    folder: Path,
    staging: Staging,
    last: LastBuild | None,
    contents: Contents | None = None,
    *,
    jobs: int,
    progress: Progress,
) -> Making:
    """Fill the staging folder with all products of the site in `folder`, of its notices those of `contents`.

    Those of the notices that cannot be read now are kept as they were published.
    """
    gathered = gather(folder, contents, jobs=jobs, progress=progress)
    maker = _Maker(plan=Plan(gathered), staging=staging, before=last.products if last else {})
    products = maker.plan.products()
    gc.freeze()  # all of it lives to the end, and is shared with other processes as long as nobody touches it
    done = {f"kept:{name}": Made(key="", files=tuple(staging.keep(f"notices/{name}"))) for name in gathered.broken}
    anew = 0
    with progress("Writing", len(products)) as bar:
        for some in in_processes(maker.make, list(_tasks(products)), jobs=jobs, life=_LIFE):
            done |= some.products
            anew += some.anew
            bar.update(len(some.products))
    closing = maker.make(list(maker.plan.closing(file for made in done.values() for file in made.files)))
    return Making(
        products=done | closing.products,
        anew=anew + closing.anew,
        notices=len(gathered.site.notices),
        diagnostics=gathered.problems,
    )


def _tasks(products: Iterable[Product]) -> Iterator[Sequence[Product]]:
    """The long products one by one, the others in chunks."""
    for is_long, some in itertools.groupby(products, key=lambda product: product.is_long):
        chunk = 1 if is_long else _CHUNK
        together = list(some)
        yield from (together[at : at + chunk] for at in range(0, len(together), chunk))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    products: dict[str, Made]
    anew: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    plan: Plan
    staging: Staging
    before: Mapping[str, Made]
    """What the last build made."""

    def make(self, products: Sequence[Product]) -> _Part:
        """What the products are now."""
        made, anew = dict[str, Made](), 0
        for product in products:
            key = self.plan.key(product)
            before = self.before.get(product.name)
            if before and before.key == key and all(map(self.staging.take, before.files)):
                made[product.name] = before
                continue
            files = tuple(product.make(self.staging))
            made[product.name] = Made(key=key, files=files)
            anew += len(files)
        return _Part(products=made, anew=anew)
