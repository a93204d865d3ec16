"""发布: what goes is what was shown; it needs no page; stopped, failed or refused, what is live stays whole."""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
import sys
import time

import pytest

from generator.base.dates import PartialDate
from generator.cli import main
from generator.desk.local import PublishPlace
from generator.model.decisions import Mask, Withdrawal
from tests.desk.tools import approved, ask, eventually, post, publishable_site, running
from tests.samples import body, notice, put_notice


@pytest.fixture
def site(tmp_path):
    return publishable_site(tmp_path / "site")


@pytest.fixture
def live(tmp_path):
    return tmp_path / "live"


@pytest.fixture
def desk(site, live):
    with running(site, who="陈某", places=(PublishPlace("外网", str(live)),)) as found:
        yield found


PAGE = f"n/{notice(1).id}/publish"


def text_of(desk, path=PAGE):
    return html.unescape(re.sub(r"<[^>]+>", " ", ask(desk, path=path).text))


def checked(desk, path=PAGE):
    """The page once the check is through."""
    ask(desk, path=path)
    eventually(lambda: desk.publisher.run and not desk.publisher.run.is_running, 300)
    return ask(desk, path=path).text


def published(desk, path=PAGE, **more):
    fields = dict(re.findall(r'name="(digest|place)" value="([^"]*)"', checked(desk, path)))
    answer = post(desk, path, fields | more)
    eventually(lambda: not desk.publisher.run.is_running, 300)
    return answer


def page_of(live, one=None):
    return live / "current/notices" / (one or notice(1)).id / "notice.txt"


def test_a_notice_goes_live_by_one_button_and_one_confirmation(desk, live):
    text = checked(desk)
    assert not live.exists(), "to check changes nothing"
    assert "没有挡发布的" in text
    assert notice(1).title in text
    assert published(desk).status == 303
    assert page_of(live).read_text("utf-8")
    assert "已上线" in text_of(desk)
    assert f"https://www.mouxian.gov.cn/gk/notices/{notice(1).id}/" in text_of(desk)
    assert "<svg" in ask(desk, path=PAGE).text.partition("qrbox")[2]
    assert ">已发布<" in ask(desk).text
    assert main(["verify", str(live / "current"), "--site", str(desk.site)]) == 0
    only_a_correction_changes_it(desk)


def only_a_correction_changes_it(desk):
    """What is live opens read-only; once a correction is noted, its facts may be changed."""
    path = desk.notices.path(notice(1).id)

    def do(**act):
        version = hashlib.sha256(path.read_bytes()).hexdigest()
        return post(desk, f"n/{path.stem}/do", act | {"version": version}, script=True)

    before = path.read_bytes()
    assert "要改，去更正" in ask(desk, path=f"n/{path.stem}/proof").text
    refused = do(act="SetTopics", issue="i1", names="采购")
    assert (refused.status, "请到“更正、撤下”" in refused.text) == (422, True)
    assert post(desk, f"n/{path.stem}/undo", {"of": 1, "version": "x"}, script=True).status == 422
    assert path.read_bytes() == before
    assert do(act="Correct", what="改正专题", why="录入有误").status == 200
    assert do(act="SetTopics", issue="i1", names="采购").status == 200
    assert 'id="shut" aria-label="能不能改" hidden>' in ask(desk, path=f"n/{path.stem}/proof").text


def test_what_is_not_approved_does_not_go_and_says_why(desk, site, live):
    other = put_notice(site, notice(2, unit="ling", name="另一局党组"))
    path = f"n/{other.stem}/publish"
    text = text_of(desk, path)
    assert "这份还不能发" in text
    assert "初审、复审、终审还没有签" in text
    assert post(desk, path, {"digest": "0" * 64}).status == 303
    eventually(lambda: not desk.publisher.run.is_running, 300)
    assert not live.exists()
    assert published(desk, "publish").status == 303
    assert page_of(live).is_file()
    assert not (live / "current/notices" / other.stem).exists()


def test_what_was_changed_since_it_was_looked_at_does_not_go(desk, site, live):
    fields = dict(re.findall(r'name="(digest|place)" value="([^"]*)"', checked(desk)))
    approved(site, notice(1, title="某局党组关于巡察整改进展的通报"))
    assert post(desk, PAGE, fields).status == 303
    eventually(lambda: not desk.publisher.run.is_running, 300)
    assert "您看过之后内容又有改动" in text_of(desk)
    assert not live.exists()


def test_one_notice_goes_and_the_other_stays_as_it_is(desk, site, live):
    published(desk)
    approved(site, notice(2, unit="ling", name="另一局党组"))
    approved(site, notice(3, unit="san", name="第三局党组"))
    published(desk, f"n/{notice(3, unit='san').id}/publish")
    names = {path.name for path in (live / "current/notices").iterdir() if path.is_dir()}
    assert {notice(1).id, notice(3, unit="san").id} <= names
    assert notice(2, unit="ling").id not in names


@pytest.mark.parametrize("kind", ["stopped", "killed"])
def test_ended_at_any_moment_what_is_live_is_whole(desk, site, live, kind):
    published(desk)
    before = (live / "current").readlink().name
    for number in range(4):
        approved(site, notice(1, passages=body(quote=f"截至目前，3个问题已全部完成（第{number}次）。")))
        fields = dict(re.findall(r'name="(digest|place)" value="([^"]*)"', checked(desk)))
        post(desk, PAGE, fields)
        time.sleep(0.2 + 0.4 * number)
        if kind == "stopped":
            assert post(desk, "publish/stop").status == 303
        elif desk.publisher._process.is_alive():
            desk.publisher._process.kill()
        eventually(lambda: not desk.publisher.run.is_running, 60)
        assert main(["verify", str(live / "current"), "--site", str(site)]) == 0
        if (live / "current").readlink().name == before:
            assert "线上没有变" in text_of(desk) or desk.publisher.run.order.work == "check"
        before = (live / "current").readlink().name
    assert post(desk, f"{PAGE}/check").status == 303  # 再试一次
    published(desk)
    assert "（第3次）" in page_of(live).read_text("utf-8")


@pytest.mark.parametrize("path", ["publish", PAGE])
def test_the_part_that_follows_is_the_same_as_in_the_page(desk, path):
    whole = checked(desk, path)
    part = ask(desk, path=f"{path}?parts&", X_Desk="1")
    assert part.status == 200
    assert part.text.strip().startswith('<div id="publish">')
    assert "没有挡发布的" in part.text
    assert set(part.text.strip().split("\n")) <= set(whole.split("\n"))


def test_only_one_piece_of_work_is_done_at_a_time(desk):
    ask(desk, path=PAGE)
    assert desk.publisher.run.is_running
    assert post(desk, PAGE, {"digest": "0"}).status == 423
    assert post(desk, "rollback", {"scope": "", "wanted": "1"}).status == 423
    assert "另一份" in text_of(desk, "publish")


def test_a_place_that_cannot_be_reached_is_told_and_tried_again(site):
    with running(site, places=(PublishPlace("外网", "ssh://nobody@127.0.0.1:1/srv/x"),)) as desk:
        text = checked(desk)
        assert "没有查成" in text
        assert "再试一次" in text
        assert "线上没有变" in text
        assert post(desk, f"{PAGE}/check").status == 303


def test_without_a_place_the_page_says_where_to_name_one(site):
    with running(site) as desk:
        assert "还没有设置发布到哪里" in text_of(desk)
        assert post(desk, PAGE, {"digest": "0"}).status == 422


def test_nothing_to_publish_is_said(desk):
    published(desk)
    post(desk, f"{PAGE}/check")
    assert "线上已经是这样" in checked(desk)


def back(desk, wanted, *, sure=False):
    post(desk, "rollback", {"scope": "", "wanted": wanted, **({"sure": "1"} if sure else {})})
    eventually(lambda: not desk.publisher.run.is_running, 300)
    return text_of(desk, "publish")


def test_a_return_is_shown_first_and_then_done(desk, site, live):
    published(desk)
    first = (live / "current").readlink().name
    approved(site, notice(1, title="另一个题目的通报"))
    published(desk)
    second = (live / "current").readlink().name
    text = back(desk, first)
    assert "退回到 1" in text
    assert (live / "current").readlink().name == second, "to look changes nothing"
    assert "已退回" in back(desk, first, sure=True)
    assert (live / "current").readlink().name == first


GONE = {
    "withdrawn": {"withdrawn": Withdrawal(date=PartialDate.parse("2025-01-01"), why="甲")},
    "masked": {"masks": (Mask(kind="person", value="张三丰", label="张某某", why="甲"),)},
}


@pytest.mark.parametrize("kind", GONE)
def test_a_return_to_what_is_hidden_now_is_refused(desk, site, live, kind):
    published(desk)
    first = (live / "current").readlink().name
    approved(site, notice(1, **GONE[kind]))
    published(desk)
    second = (live / "current").readlink().name
    assert first != second
    assert "不能退回" in back(desk, first)
    assert "没有退成" in back(desk, first, sure=True)
    assert (live / "current").readlink().name == second


def test_another_program_that_publishes_is_waited_for_or_told(desk, live):
    checked(desk)
    script = (
        "import sys, time; from generator.release.publish import opened\n"
        "with opened(sys.argv[1]) as one, one.locked():\n  print(flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(live)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        fields = dict(re.findall(r'name="(digest|place)" value="([^"]*)"', ask(desk, path=PAGE).text))
        post(desk, PAGE, fields)
        time.sleep(3)
        assert not page_of(live).exists()
        other.kill()
    eventually(lambda: not desk.publisher.run.is_running, 300)
    assert desk.publisher.run.failed or page_of(live).is_file()


def test_a_broken_site_file_stops_it_with_words(desk, site, live):
    (site / "site.yml").write_text("name: [", encoding="utf-8")
    assert "没有查成" in checked(desk, "publish") or "site.yml" in text_of(desk, "publish")
    assert not live.exists()
