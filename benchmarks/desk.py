"""The editor's desk against its promises: python -m benchmarks.desk [CONTENT FILE]

First what the server takes: it opens the page of a notice and does acts on it, and opens the board of a site of 1 000
small notices, a few times each; the median of processor time, for other programs may be running. Then what a person
waits for (desk_live.py): the program itself with Chromium at it. Exit status 1: a promise is not kept.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from benchmarks.corpus import notices
from benchmarks.desk_live import BOARD, measured
from generator.content.config import load_config
from generator.content.notice_file import read_notice, write_notice
from generator.desk.acts import SetTopics
from generator.desk.app import lean
from generator.desk.desk import Desk
from generator.desk.doing import Asked, Paper
from generator.desk.handler import templates
from generator.desk.handlers.board import board_values
from generator.desk.handlers.proofing import PARTS
from generator.desk.journal import State, hash_of
from generator.desk.local import Local
from generator.desk.notices import opened
from generator.desk.page_pieces import NONCE, Pieces
from generator.desk.proof_view import ProofView, proof_of
from generator.desk.whose_turn import Filter
from generator.editorial.checks import check_notice, site_phrases

ROUNDS = 9
WAIT = 300
"""Seconds in which they must be read."""
CENTRE = "zhangfan-jiedao-shequ-weisheng-fuwu-zhongxin-20250920"
_SHOWN = re.compile(r' id="([^"]+)" data-h="([^"]+)"')
ASSETS = resources.files("generator.desk") / "assets"
SITE = "name: x\nbase_url: https://www.example.gov.cn/\n"


class Sitting:
    """A site with one notice, and the page of it."""

    def __init__(self, site: Path, content: Path) -> None:
        self.site, self.path = site, site / "content/notices" / content.name
        self.path.parent.mkdir(parents=True)
        shutil.copy(content, self.path)
        sources = content.parents[2] / "sources" / content.stem
        if sources.is_dir():
            shutil.copytree(sources, site / "content/sources" / content.stem)
        (site / "site.yml").write_text(SITE, "utf-8")
        self.config, self.phrases = load_config(site), site_phrases(site)
        self.paper = Paper(site, self.path)
        self.number = 0
        self.shows: dict[str, str] = {}
        """What the page shows: key and hash of each piece."""

    def look(self) -> ProofView:
        """What the page shows."""
        found = opened(self.path)
        if found.notice is None:
            raise SystemExit(f"{self.path}: cannot be read")
        findings = check_notice(found.notice, found.text, self.path, self.site, self.config, self.phrases)
        return proof_of(self.site, found.text, found.notice, findings, State())

    def page(self) -> str:
        """The parts of the page, as they are made when it is opened, and the source."""
        return self._made(None)

    def _made(self, shows: str | None) -> str:
        view, found, template = self.look(), opened(self.path), templates().get_template("proof.html")
        pieces = Pieces(found.id, found.version, "n" * 24, shows)
        values = {"v": view, "opened": found, "base": "/key/", "csrf": "c" * 32, "nonce": NONCE, "pieces": pieces,
                  "form_of": pieces.form_of, "said": "", "outside": (), "conflict": None, "signed": 0}  # fmt: skip
        context = template.new_context(values)
        blocks = ("".join(template.blocks[name](context)) for name in PARTS if name in template.blocks)
        answer = pieces.filled("".join(blocks))
        self.shows |= dict(_SHOWN.findall(answer))
        return answer

    def act(self) -> None:
        """An act, as the answer to a request does it, and what differs from what the page shows."""
        self.number += 1
        notice, _ = read_notice(self.path.read_text("utf-8"))
        if notice is None or not notice.issues:
            raise SystemExit(f"{self.path}: has no issue")
        asked = Asked(id=str(self.number), version=hash_of(self.path.read_bytes()), who="x",
                      at=dt.datetime.now(dt.UTC), config=self.config)  # fmt: skip
        self.paper.do(SetTopics(notice.issues[0].id, (f"专题{self.number}",)), asked)
        self._made(" ".join(f"{key}:{sha}" for key, sha in self.shows.items()))


@contextmanager
def board(site: Path) -> Iterator[Callable[[], str]]:
    """Makes the page of a board whose notices have all been read."""
    folder = site / "content/notices/2025"
    folder.mkdir(parents=True)
    (site / "site.yml").write_text(SITE, "utf-8")
    for notice in notices(BOARD, length=800):
        (folder / f"{notice.id}.md").write_text(write_notice(notice), "utf-8")
    desk, end = Desk(site, Local()), time.monotonic() + WAIT
    try:
        while desk.overview.look().read < BOARD:
            if time.monotonic() > end:
                raise SystemExit(f"{BOARD} notices were not read in {WAIT} s")
            time.sleep(0.1)
        local = {"csrf": desk.local.csrf, "local": desk.local}
        common = {"desk": desk, "base": desk.base, "saved": False, "heard": 0} | local
        template = templates().get_template("board.html")
        yield lambda: template.render(common | board_values(desk, desk.overview.look(), Filter()))
    finally:
        desk.close()


def median(work: Callable[[], object]) -> float:
    """Milliseconds of processor time; the first round, which reads and compiles, does not count."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        rounds.append(time.process_time() - started)
    return statistics.median(rounds) * 1000


def main() -> int:
    """Print the figures; 1 when one is above what is promised."""
    content = Path(sys.argv[1]) if len(sys.argv) > 1 else next(Path("content/notices").rglob(f"{CENTRE}.md"))
    with tempfile.TemporaryDirectory(prefix="disclose-bench-") as folder:
        sitting = Sitting(Path(folder) / "site", content)
        rows = [
            ("characters of the notice", float(len(sitting.look().notice.text)), None),
            ("open the page, ms of the server", median(sitting.page), 300.0),
            ("an act with its answer, ms of the server", median(sitting.act), 100.0),
            ("style, bytes", float(len((ASSETS / "desk.css").read_bytes())), 40_000.0),
        ]
        rows += [(f"script of {page}, bytes", float(size), 20_000.0) for page, size in _scripts()]
        with board(Path(folder) / "board") as page:
            rows.append((f"board of {BOARD} notices, ms of the server", median(page), 500.0))
        late = sum(_told(*row) for row in rows)
        late += sum(_told(*row) for row in measured(Path(folder), SITE, content))
    return int(late > 0)


def _scripts() -> Iterator[tuple[str, int]]:
    """The pages that have scripts of their own, and the bytes that each loads with those of every page."""
    found = {
        place.name.removesuffix(".html"): re.findall(r"assets/([a-z]+\.js)", place.read_text("utf-8"))
        for place in (resources.files("generator.desk") / "templates").iterdir()
    }
    shared = found.pop("base")
    for page, names in sorted(found.items()):
        if names:
            yield page, sum(len(lean((ASSETS / name).read_bytes())) for name in shared + names)


def _told(name: str, value: float, most: float | None) -> bool:
    """Print a row; whether it is above what is promised."""
    is_late = most is not None and value > most
    promised = f"  of {most:.0f}" if most else ""
    print(f"{name:60}{value:10.1f}{promised}{'  TOO MUCH' if is_late else ''}", flush=True)
    return is_late


if __name__ == "__main__":
    sys.exit(main())
