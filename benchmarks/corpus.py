"""A made-up site of any size: notices like real ones, alike on every machine.

    python -m benchmarks.corpus 1000 DIR     # DIR/content/notices/<year>/<id>.md

Clauses of the notices in content/sources are put together anew with other numbers, places, dates and rare characters,
so that pairs of characters are as frequent as in real ones, while no two notices are alike.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.content.notice_file import write_notice
from generator.model.notice import (
    Contact,
    FollowupMarks,
    Inspection,
    IssueMarks,
    Notice,
    PartialDate,
    Passage,
    Region,
    Source,
    Stated,
    Status,
    Unit,
)

ROOT = Path(__file__).parent.parent
OFFICES = (
    "卫生健康局", "教育局", "财政局", "水利局", "民政局", "自然资源局", "住房和城乡建设局", "交通运输局", "农业农村局",
    "文化和旅游局", "市场监督管理局", "审计局",
)  # fmt: skip
BODIES = ("党组", "党委", "党组", "党组", "党支部")
PARTS = (
    "聚焦贯彻落实党的理论和路线方针政策方面",
    "聚焦群众身边腐败问题和不正之风方面",
    "聚焦基层党组织建设方面",
    "聚焦巡察整改落实方面",
)
NUMERALS = "一二三四五六七八九十"
STATUSES: Sequence[Status] = ("done", "done", "done", "done", "done", "ongoing", "long-term", "unstated")
LAST_DAY = dt.date(2026, 6, 30)


def notices(
    count: int, sources: Path = ROOT / "content" / "sources", length: int = 8000, first: int = 0
) -> Iterator[Notice]:
    """`count` notices of about `length` characters and 40 issues from number `first` on, in no order of dates."""
    words = _words(sources)
    for number in range(first, first + count):
        yield _Writer(number=number, words=words, chance=random.Random(number)).notice(length)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    clauses: tuple[str, ...]
    """5 to 30 characters without punctuation at the end."""
    rare: tuple[str, ...]
    """Characters, the frequent ones first."""


@functools.cache
def _words(sources: Path) -> _Words:
    files = sorted(sources.rglob("*.txt"), key=lambda file: file.name)
    if not files:
        raise SystemExit(f"{sources} holds no .txt file to take clauses from; name a folder that does")
    found: dict[str, None] = {}
    for file in files:
        for clause in re.split(r"[，,。；;：:！？\s]+", file.read_text(encoding="utf-8")):
            if 5 <= len(clause) <= 30:
                found[clause] = None
    level_one = (
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
    )
    rare = [char for char in level_one if char]
    random.Random(0).shuffle(rare)
    return _Words(clauses=tuple(found), rare=tuple(rare))


@functools.cache
def _regions() -> tuple[Region, ...]:
    """All counties of GB/T 2260."""
    rows = (ROOT / "generator" / "parser" / "rules" / "regions.tsv").read_text(encoding="utf-8").splitlines()
    names = dict(row.split("\t")[:2] for row in rows if not row.startswith("#"))
    return tuple(
        Region(code=code, province=names[code[:2]], city=names.get(code[:4]), county=name)
        for code, name in names.items()
        if len(code) == 6
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    number: int
    words: _Words
    chance: random.Random

    def notice(self, length: int) -> Notice:
        chance = self.chance
        region, office = chance.choice(_regions()), chance.choice(OFFICES)
        name = f"中共{region.county}{office}{chance.choice(BODIES)}"
        day = LAST_DAY - dt.timedelta(days=chance.randrange(6 * 365))
        published = PartialDate(day.year, day.month, day.day)
        phone = f"0{chance.randrange(310, 999)}-{chance.randrange(2_000_000, 8_999_999)}"
        title = f"{name}关于巡察整改进展情况的通报"
        inspector = f"县委第{chance.choice(NUMERALS)}巡察组"
        body = tuple(self._body(title=title, name=name, day=day, inspector=inspector, phone=phone, length=length))
        return Notice(
            id=f"n{self.number:05}-{day:%Y%m%d}",
            title=title,
            title_origin="printed",
            unit=Unit(id=f"u{region.code}-{OFFICES.index(office)}", name=name, region=region),
            inspection=Inspection(inspector=inspector, kind="巡察"),
            published=published,
            stated=Stated(issues=sum(isinstance(passage.marks, IssueMarks) for passage in body)),
            contact=Contact(
                phones=(phone,), emails=(f"xc{self.number}@example.cn",), address=f"{region.county}人民路1号"
            ),
            body=body,
            source=Source(file=f"n{self.number:05}.txt", format="txt", sha256="0" * 64),
        )

    def _body(
        self, *, title: str, name: str, day: dt.date, inspector: str, phone: str, length: int
    ) -> Iterator[Passage]:
        yield Passage(words=title, role="title", anchor="t1")
        yield Passage(
            words=f"根据县委统一部署，{inspector}对{name}进行了巡察。{self._sentence()}现将整改进展情况予以公布。"
        )
        size, issue, heading = 400, 0, 0
        for index, part in enumerate(PARTS):
            heading += 1
            yield Passage(words=part, role="heading", label=f"{NUMERALS[index]}、", level=1, anchor=f"s{heading}")
            while size < length * (index + 1) // len(PARTS):
                issue += 1
                for passage in self._issue(issue, day):
                    size += len(passage.text)
                    yield passage
        heading += 1
        yield Passage(words="需进一步整改事项", role="heading", label="五、", level=1, anchor=f"s{heading}")
        for number in range(1, self.chance.randrange(3)):
            deadline = self._deadline(day)
            marks = FollowupMarks(deadline=deadline, refers_to=f"i{number}")
            yield Passage(
                words=self._title(), role="heading", label=f"（{number}）", level=2, anchor=f"f{number}", marks=marks
            )
            yield Passage(words=self._sentence(), role="reason", label="未完成整改原因：")
            yield Passage(words=f"{deadline.chinese}前完成整改。", role="deadline", label="完成时限：")
        yield Passage(words=f"欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：{phone}。", role="contact")
        yield Passage(words=name, role="signature")
        yield Passage(words=f"{day.year}年{day.month}月{day.day}日", role="date")

    def _issue(self, number: int, day: dt.date) -> Iterator[Passage]:
        status = self.chance.choice(STATUSES)
        marks = IssueMarks(status=status, deadline=self._deadline(day) if status == "ongoing" else None)
        yield Passage(
            words=self._title(), role="heading", label=f"{number}.", level=2, anchor=f"i{number}", marks=marks
        )
        if self.chance.random() < 0.5:
            yield Passage(words=self._sentence(), role="finding")
        measures = self.chance.randrange(2, 5)
        words = "".join(f"{NUMERALS[index]}是{self._sentence()}" for index in range(measures))
        yield Passage(words=words, role="response", label="整改情况：")

    def _deadline(self, day: dt.date) -> PartialDate:
        due = day + dt.timedelta(days=self.chance.randrange(30, 400))
        return PartialDate(due.year, due.month, due.day)

    def _title(self) -> str:
        return f"{self._clause()[:14]}，{self._clause()[:10]}的问题。"

    def _sentence(self) -> str:
        return "，".join(self._clause() for _ in range(self.chance.randrange(2, 5))) + "。"

    def _clause(self) -> str:
        chance = self.chance
        clause = re.sub(r"\d", lambda _: str(chance.randrange(10)), chance.choice(self.words.clauses))
        if chance.random() < 0.08:
            at = chance.randrange(len(clause) + 1)
            name = "".join(
                self.words.rare[int(chance.paretovariate(0.7)) % len(self.words.rare)]
                for _ in range(chance.randrange(2, 4))
            )
            clause = clause[:at] + name + clause[at:]
        return clause


def write(count: int, folder: Path, sources: Path) -> None:
    """The content files of a site."""
    for notice in notices(count, sources):
        year = folder / "content" / "notices" / (notice.published.iso[:4] if notice.published else "undated")
        year.mkdir(parents=True, exist_ok=True)
        (year / f"{notice.id}.md").write_text(write_notice(notice), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", type=Path, default=ROOT / "content" / "sources", help="texts to take clauses from")
    arguments = parser.parse_args()
    write(arguments.count, arguments.folder, arguments.sources)


if __name__ == "__main__":
    main()
