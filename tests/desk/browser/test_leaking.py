"""A release that would show what a mask hides: it is told where it stands, led to where it is mended; nothing goes."""

from __future__ import annotations

import re

import pytest

from generator.desk.local import PublishPlace
from generator.model.decisions import Mask
from tests.desk.browser.conftest import seated
from tests.desk.test_publish import checked, published
from tests.desk.tools import approved, ask, eventually, filled_site, post, running
from tests.samples import notice

pytestmark = pytest.mark.browser
NAME = "张三丰"
HIDING = notice(1, masks=(Mask(kind="person", value=NAME, label="张某某", why="与整改无关"),))
OTHER = notice(2, unit="ling", name="另一局党组", title="另一局党组关于巡察整改进展情况的通报")


def in_another_notice(site):
    approved(site, OTHER)


def in_a_page(site):
    (site / "content/pages").mkdir(parents=True, exist_ok=True)
    (site / "content/pages/about.md").write_text(f"---\ntitle: 关于\n---\n\n联系{NAME}。\n", "utf-8")


def in_the_settings(site):
    path = site / "site.yml"
    path.write_text(re.sub("owner: .*", f"owner: {NAME}办公室", path.read_text("utf-8")), "utf-8")


LEAKS = {  # how it comes to be, what the page says of where it is, where it leads
    "another notice": (in_another_notice, f"notices/{OTHER.id}/index.html", f"n/{OTHER.id}/mask"),
    "a page": (in_a_page, "pages/about/index.html", ""),
    "settings": (in_the_settings, "index.html", "settings"),
}


@pytest.fixture
def live(tmp_path):
    return tmp_path / "live"


@pytest.fixture
def desk(tmp_path, live):
    site = filled_site(tmp_path / "site")
    approved(site, HIDING)
    with running(site, who="陈某", places=(PublishPlace("外网", str(live)),)) as found:
        yield found


@pytest.fixture
def seat(chromium, desk):
    yield from seated(chromium, desk)


@pytest.mark.parametrize("name", LEAKS)
def test_it_is_told_where_it_stands_and_nothing_goes_live(seat, desk, live, name):
    leak, where, lead = LEAKS[name]
    leak(desk.site)
    page = seat.open("publish")
    page.get_by_text("有挡发布的，先处理").wait_for(timeout=120_000)
    rows = page.locator("#publish .files__rows > li", has_text="要遮蔽的内容")
    assert rows.count() == 1, "it is told once, not file by file"
    said = rows.inner_text()
    assert "个人姓名" in said
    assert HIDING.id in said
    assert NAME not in page.content(), "the page that tells of a leak is none"
    rows.locator("summary").click()
    assert where in rows.locator("details").inner_text().split("\n")
    assert page.locator("button", has_text="确认发布").count() == 0
    assert seat.check() == []
    if lead:
        rows.locator("a").first.click()
        assert page.url.endswith(lead)
        assert seat.check() == []
    else:
        assert "content/pages/about.md" in said
        assert rows.locator("a").count() == 0

    digest = desk.publisher.run.planned.digest  # whoever asks all the same
    post(desk, "publish", {"digest": digest, "place": "外网"})
    eventually(lambda: not desk.publisher.run.is_running, 300)
    assert desk.publisher.run.released is None
    assert not live.exists()


def test_once_it_is_masked_there_too_and_signed_it_goes(seat, desk, live):
    in_another_notice(desk.site)
    assert checked(desk, "publish").count("要遮蔽的内容") == 1
    page = seat.open(f"n/{OTHER.id}/mask")
    page.evaluate(
        """name => {
          const walker = document.createTreeWalker(document.querySelector('#seenin'), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(name);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + name.length);
            return;
          }
        }""",
        NAME,
    )
    page.keyboard.press("m")
    page.get_by_role("dialog").get_by_role("button", name="遮盖", exact=True).click()
    page.get_by_role("button", name="改，重签").click()
    page.locator(".m").first.wait_for()
    for step, who in (("初审", "甲"), ("复审", "乙"), ("终审", "丙")):
        page = seat.open(f"n/{OTHER.id}/review")
        page.locator("summary", has_text=step).click()
        page.get_by_label(f"谁签{step}").fill(who)
        page.get_by_role("button", name=f"签{step}").click()
    assert published(desk, "publish").status == 303
    assert "已上线" in ask(desk, path="publish").text
    shown = [path for path in (live / "current").rglob("*.html") if NAME in path.read_text("utf-8")]
    assert shown == []
