"""Pages of corrected, masked and withdrawn notices, and the release report: for everybody, and valid."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import replace

import pytest

from generator.build.driver import build
from generator.editorial.checks import check
from generator.editorial.report import as_html
from generator.model.decisions import Acceptance, Correction, Mask, Withdrawal
from generator.model.notice import PartialDate, Passage
from tests.browser.modes import faults_of
from tests.browser.tools import tool
from tests.samples import make_site, notice

DAY = PartialDate.parse("2025-12-01")
SECRET = "居民王小明，电话13800138000，住3栋201室，现金6222021111111113。"
CORRECTIONS = (
    Correction(date=DAY, what="第1项问题的开会次数", why="录入有误", before="开会二次", after="只开会一次"),
    Correction(date=DAY, what="联系电话", why="单位搬迁"),
)
MASKS = (Mask(kind="person", value="王小明", why="群众"), Mask(kind="mobile", why="个人信息"))
GONE = Withdrawal(date=DAY, why="应发布单位要求撤下，核对后再公布")


def decided():
    body = (*notice(1).body[:8], Passage(words=SECRET, role="finding"), *notice(1).body[8:])
    told = Acceptance(code="personal-address", quote="3栋201室", who="某乙", when=DAY, why="是公共用房")
    return [
        notice(1, passages=body, corrections=CORRECTIONS, masks=MASKS, accepted=(told,)),
        notice(2, unit="yi-ju", name="某乙局", published="2025-01-01", withdrawn=GONE),
        replace(notice(3), id="gone", withdrawn=GONE),
    ]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages by name, all valid HTML."""
    folder = make_site(tmp_path_factory.mktemp("decided"), decided())
    output = folder / "output"
    assert not build(folder, output).failed
    report = folder / "report.html"
    report.write_text(as_html(check(folder, output=output, day=dt.date(2025, 12, 1))), encoding="utf-8")
    return {
        "corrected": output / decided_path(0),
        "withdrawn": output / decided_path(2),
        "former unit": output / "units/yi-ju/index.html",
        "report": report,
    }


def decided_path(number):
    return f"notices/{decided()[number].id}/index.html"


NAMES = ("corrected", "withdrawn", "former unit", "report")


@pytest.mark.parametrize("name", NAMES)
def test_everybody_can_read_it(pages, chromium, name):
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(pages[name].as_uri())
    assert faults_of(page) == []
    context.close()


def test_the_html_is_valid(pages):
    java = shutil.which("java")
    if not java:
        pytest.skip("the HTML checker needs Java: apt-get install default-jre-headless")
    jar = tool("vnu-jar/build/dist/vnu.jar")
    command = [java, "-jar", jar, "--errors-only", "--format", "gnu", *pages.values()]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_the_report_needs_no_other_file_and_no_script(pages, page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(pages["report"].as_uri())
    assert requests == [pages["report"].as_uri()]
    assert page.locator("script").count() == 0
    text = page.locator("main").inner_text()
    assert "现在不能发布：有" in text
    for told in ("银行卡号、账号", "6222021111111113", "某乙，2025年12月1日：是公共用房", "手机号码", "待审稿"):
        assert told in text
    assert "13800138000" not in text
    assert "王小明" not in text
