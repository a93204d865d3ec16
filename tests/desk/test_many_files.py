"""A hundred files at once, as a county sends them: what can be read comes in, the rest is refused word for word."""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.desk.mixed import lines, numbered_word, table_word, tracked_word, word_of
from tests.desk.test_board import NEAR, REFUSED, upload
from tests.desk.tools import ask, eventually, running
from tests.readers.support import packed
from tests.readers.test_hostile import HOSTILE
from tests.samples import make_site

SAID = Path(__file__).parents[1] / "fixtures/refused.tsv"
"""Of each file that does not come in: its name, how it ended, and what the editor reads."""
FILES = 100
SENDERS = 4
"""So many at once, as the page's script sends them."""
MORE = {
    "督导.txt": "县委巡察办督导各单位整改工作推进会召开\n1月5日，县委巡察办召开会议，要求各单位抓好整改。\n",
    "招标.txt": "某局办公楼维修项目招标公告\n项目编号：2024-001。投标截止时间：2024年5月1日。\n",
    "<img src=x onerror=alert(1)>.txt": NEAR,
    "名单\u202egpj.txt": NEAR,
    "表.xlsx": packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
    "压缩包里的坏文件.zip": packed({"../../逃.docx": "PK", "内/空.txt": ""}, zipfile.ZIP_STORED),
    "签过名的.md": "---\ntitle: 某局关于巡察整改进展情况的通报\nreview: reviewed\n---\n\n某局\n",
    "网页.html": "<!doctype html><title>404</title><script>alert(1)</script><p>页面不存在</p>",
}
GOOD = (numbered_word, table_word, tracked_word, lambda unit: word_of(lines(unit)))


def spoiled():
    """Name and bytes of each file that must not come in."""
    for file, data, _ in REFUSED.values():
        yield file, data
    for name, (file, make, _) in HOSTILE.items():
        yield f"{name}{Path(file).suffix}", make()
    for name, data in MORE.items():
        yield name, data if isinstance(data, bytes) else data.encode()


@pytest.mark.slow
def test_a_hundred_files_at_once(tmp_path):
    bad = list(spoiled())
    units = [f"第{number}局" for number in range(FILES - len(bad))]
    good = [(f"{unit}.docx", GOOD[number % len(GOOD)](unit)) for number, unit in enumerate(units)]
    with running(make_site(tmp_path / "site", [])) as desk:
        with ThreadPoolExecutor(SENDERS) as senders:
            mixed = [one for pair in zip(good, bad, strict=False) for one in pair] + good[len(bad) :]
            answers = list(senders.map(lambda one: upload(desk, one, script=True), mixed))
        assert {one.status for one in answers} == {200}
        results = {one.name: one for one in desk.intake.results}
        assert {results[name].came for name, _ in good} == {"taken"}
        told = "".join(
            f"{name}\t{one.came}\t{one.said}\n" for name, one in sorted(results.items()) if one.came != "taken"
        )
        assert told == SAID.read_text("utf-8")
        assert len(list((desk.site / "content/notices").rglob("*.md"))) == len(good)
        assert not list(tmp_path.rglob("*逃*"))
        eventually(lambda: desk.overview.look().read == len(good))
        page = ask(desk).text
        assert "<img" not in page
        assert "\u202e" not in page
