"""待办: states are derived from what is seen, rows stand by whose turn it is, files that are dropped are told of."""

from __future__ import annotations

import datetime as dt
import html
import http.client
import io
import json
import re
import socket
import threading
import time
import urllib.parse
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from generator.base.dates import PartialDate
from generator.build.driver import build
from generator.content.review import fingerprint
from generator.desk import whose_turn
from generator.desk.all_summaries import SeenSite
from generator.desk.local import PublishPlace
from generator.desk.public import UNKNOWN, Public, look
from generator.desk.summary import DueItem, Summary, rules_of, summarize
from generator.editorial.signing import sign
from generator.model.decisions import Correction, Mask, Review, Withdrawal
from tests.desk.tools import ask, eventually, post, running
from tests.samples import make_site, notice, put_notice, variety

ROOT = Path(__file__).parents[2]
STEPS = ("初审", "复审", "终审")
NOWHERE = Public(records={})
PLAIN = Summary(id="a", version="", title="甲", address="a", digest="d", imported="2025-11-28")


def signed(*steps):
    return tuple(Review(step=step, name="周某", date=PartialDate.parse("2025-11-28"), words="") for step in steps)


DONE = replace(PLAIN, touched=True)
GONE = replace(DONE, withdrawn="2025-11-28")
STATES = {
    "cannot be read": (replace(PLAIN, problems=((14, "x"),)), NOWHERE, "broken", "mine"),
    "just imported": (replace(PLAIN, doubts=(("x", 2),), missing=STEPS), NOWHERE, "new", "new"),
    "just imported, no doubt": (replace(PLAIN, missing=STEPS), NOWHERE, "new", "new"),
    "doubts left": (replace(DONE, doubts=(("x", 2),), missing=STEPS), NOWHERE, "doubt", "mine"),
    "nobody signed": (replace(DONE, missing=STEPS), NOWHERE, "review", "mine"),
    "one signed": (replace(DONE, missing=STEPS[1:], signed=signed("初审")), NOWHERE, "review", "others"),
    "void": (replace(DONE, missing=STEPS, void=STEPS), NOWHERE, "review", "mine"),
    "a doubt after signing": (replace(DONE, doubts=(("x", 1),), signed=signed(*STEPS)), NOWHERE, "doubt", "mine"),
    "all signed": (replace(DONE, signed=signed(*STEPS)), NOWHERE, "ready", "mine"),
    "other words are live": (replace(DONE, signed=signed(*STEPS)), Public(records={"a": "e"}), "ready", "mine"),
    "live": (replace(DONE, signed=signed(*STEPS)), Public(records={"a": "d"}), "live", "live"),
    "corrected and live": (replace(DONE, corrections=1), Public(records={"a": "d"}), "past", "live"),
    "corrected, unsigned": (replace(DONE, corrections=1, missing=STEPS), Public(records={"a": "e"}), "review", "mine"),
    "withdrawn, still live": (replace(GONE, missing=STEPS), Public(records={"a": "e"}), "ready", "mine"),
    "withdrawn": (replace(GONE, doubts=(("x", 1),)), Public(records={"a": "d"}), "past", "live"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_the_state_follows_from_what_is_seen(name):
    one, public, state, turn = STATES[name]
    (row,) = whose_turn.rows_of([one], public)
    assert (row.state, row.turn) == (state, turn)
    assert row.tag
    assert row.verb
    assert row.who


def test_what_a_row_says_of_a_doubtful_notice():
    one = replace(DONE, issues=38, doubts=(("推定日期", 2), ("标点", 1), ("a", 1), ("b", 1), ("c", 1)), missing=STEPS)
    (row,) = whose_turn.rows_of([one], NOWHERE)
    assert row.tag == "还有 6 处疑点"
    assert row.why == "38 个问题 · 推定日期 2、标点 1、a 1、b 1 等 5 种"


def test_of_many_the_newest_are_shown_and_the_filter_finds_the_others():
    many = [
        replace(DONE, id=f"n{n}", unit=f"第{n}局", address=f"n{n}", published=f"{2000 + n % 9}-01-01")
        for n in range(80)
    ]
    public = Public(records={one.address: "d" for one in many})
    rows = whose_turn.rows_of(many, public)
    (group,) = whose_turn.groups(rows, whose_turn.Filter())
    assert (len(group.rows), group.total) == (50, 80)
    assert group.rows[0].about.published == "2008-01-01"
    (group,) = whose_turn.groups(rows, whose_turn.Filter(words="第7局"))
    assert [row.about.id for row in group.rows] == ["n7"]
    (group,) = whose_turn.groups(rows, whose_turn.Filter(year="2008"))
    assert group.total == len([n for n in range(80) if n % 9 == 8])
    assert list(whose_turn.groups(rows, whose_turn.Filter(state="doubt"))) == []


def test_what_is_due_comes_today_first_and_not_after_thirty_days():
    today = dt.date(2025, 11, 28)
    days = [0, 30, 31, -1, 5, 5]
    one = replace(
        DONE, dues=tuple(DueItem(day=today + dt.timedelta(days=n), anchor=f"i{n}", title=f"第{n}") for n in days)
    )
    found = whose_turn.dues(whose_turn.rows_of([one], NOWHERE), today)
    assert [(due.when, len(due.titles)) for due in found] == [("今天到期", 1), ("12月3日", 2), ("12月28日", 1)]


SHOWN = {
    "as it was imported": lambda one: one,
    "masked": lambda one: one.replace(masks=(Mask(kind="other", value="某路1号", label="某处", why="甲"),)),
    "corrected": lambda one: one.replace(
        corrections=(Correction(date=PartialDate.parse("2025-01-01"), what="甲", why="乙", who="丙"),)
    ),
    "withdrawn": lambda one: one.replace(withdrawn=Withdrawal(date=PartialDate.parse("2025-01-01"), why="甲")),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_board_knows_by_the_record_whether_these_words_are_live(name, tmp_path):
    """What the board compares is, to the byte, what a build writes."""
    site = make_site(tmp_path / "site", [])
    one = SHOWN[name](notice(1))
    for step, who in zip(STEPS, "甲乙丙", strict=True):
        words = fingerprint(one)
        review = Review(step=step, name=who, date=PartialDate.parse("2025-01-02"), words=words)
        one = sign(one, rules_of(site).config, review)
    path = put_notice(site, one)
    assert not build(site, site / "output").failed
    found = summarize(site, path, rules_of(site))
    manifest = json.loads((site / "output/manifest.json").read_text("utf-8"))
    assert manifest["files"][f"notices/{found.address}/notice.json"]["sha256"] == found.digest


def test_what_cannot_be_reached_is_told(tmp_path):
    assert look("").why
    assert look(str(tmp_path / "none")).records == {}
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("x")
    assert look("ssh://none.invalid:1/x").why


# --------------------------------------------------------------------------------------------------------- the page


def rows(text):
    return {
        html.unescape(found[1]): re.sub(r"<[^>]+>", "", found[2])
        for found in re.finditer(r'<li id="row-([^"]+)">(.*?)</li>\n', text, re.DOTALL)
    }


def test_the_board_has_a_row_for_each_notice(desk):
    eventually(lambda: set(rows(ask(desk).text)) == {one.id for one in variety()})


def test_a_notice_opens_before_the_others_are_read(desk, monkeypatch):
    seen = SeenSite(summaries=(), read=0, files=4)
    monkeypatch.setattr(desk.overview, "look", lambda: seen)
    assert ask(desk, path=f"n/{notice(1).id}/review").status == 200
    assert ask(desk, path="n/none/review").status == 404


def test_an_empty_site_says_what_to_do(tmp_path):
    with running(make_site(tmp_path / "site", [])) as desk:
        assert "还没有通报" in ask(desk).text


def test_a_change_from_outside_shows_at_the_next_look(desk, site):
    assert "没打开过" in rows(ask(desk).text)[notice(1).id] or "疑点" in rows(ask(desk).text)[notice(1).id]
    path = desk.notices.path(notice(1).id)
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    assert "读不懂" in rows(ask(desk).text)[notice(1).id]
    path.unlink()
    assert notice(1).id not in rows(ask(desk).text)


def test_a_broken_site_file_is_told_on_the_page(desk, site):
    (site / "site.yml").write_text("name: [", encoding="utf-8")
    answer = ask(desk)
    assert answer.status == 200
    assert "site.yml" in answer.text
    assert 'role="alert"' in answer.text


def test_the_parts_of_the_page_are_the_same_as_in_it(desk):
    eventually(lambda: len(rows(ask(desk).text)) == len(variety()))
    whole, parts = ask(desk).text, ask(desk, path="?parts", X_Desk="1").text
    assert "<html" not in parts
    for line in parts.strip().split("\n"):
        assert line in whole


HOSTILE = "<img src=x onerror=alert(1)>”'\"&amp;{{7*7}}</title><script>alert(1)</script>"


def test_hostile_words_are_words(tmp_path):
    site = make_site(tmp_path / "site", [notice(1, title=HOSTILE, name=HOSTILE)])
    with running(site, who=HOSTILE) as desk:
        answer = ask(desk, path=f"?words={urllib.parse.quote(HOSTILE)}")
        assert "<img" not in ask(desk).text
        assert "<script>" not in ask(desk).text + answer.text
        assert "49" not in rows(ask(desk).text)[notice(1).id]
        upload(desk, (HOSTILE, b"x"))
        assert "<img" not in ask(desk).text


# ------------------------------------------------------------------------------------------------------------ files


def upload(desk, *files, script=False, **fields):
    """What the desk answers to files of a form."""
    line = "=-=-=-="
    rows = [
        *((f'name="{name}"', str(value).encode()) for name, value in {"csrf": desk.local.csrf, **fields}.items()),
        *((f'name="file"; filename="{name.replace(chr(34), "%22")}"', data) for name, data in files),
    ]
    body = b"".join(
        f"--{line}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n" for head, data in rows
    )
    headers = {"X_Desk": "1"} if script else {}
    return ask(
        desk, "POST", "import", body + f"--{line}--\r\n".encode(), Origin="http://127.0.0.1:PORT",
        Content_Type=f"multipart/form-data; boundary={line}", **headers,
    )  # fmt: skip


WORDS = """中共某县水务局党组关于巡察整改进展情况的通报
根据县委统一部署，2024年3月1日至2024年4月15日，县委第一巡察组对我局开展了巡察。2024年6月3日，县委巡察组向我局反馈了巡察意见。现将整改进展情况予以公布。
一、整改落实情况
（一）关于党建方面
1.针对“三会一课”不规范的问题。
整改情况：一是补开会议，二是建立台账。已完成整改。
2.针对采购程序不规范的问题。
整改情况：已修订办法，规范采购。已完成整改。
欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。联系电话：0596-1234567；邮政信箱：某县水务局办公室。
中共某县水务局党组
2024年12月1日
"""


@pytest.fixture
def empty(tmp_path):
    with running(make_site(tmp_path / "site", [])) as found:
        yield found


def came(desk):
    return [(one.name, one.came) for one in desk.intake.results]


def test_a_file_comes_in_and_the_page_says_what_came_of_it(empty):
    answer = upload(empty, ("水务局.txt", WORDS.encode()))
    assert answer.status == 303
    assert answer.headers["Location"] == f"{empty.base}#files"
    assert came(empty) == [("水务局.txt", "taken")]
    (path,) = (empty.site / "content/notices").rglob("*.md")
    text = ask(empty).text
    assert f"{empty.base}n/{path.stem}/proof" in text
    assert "2 个问题，一字不差" in text
    assert rows(text).keys() == {path.stem}


def test_a_file_comes_in_on_the_day_on_which_it_comes_however_long_the_desk_has_run(empty, monkeypatch):
    for day in (dt.date(2025, 3, 4), dt.date(2025, 3, 7)):
        monkeypatch.setattr("generator.desk.words.today", lambda day=day: day)
        upload(empty, (f"{day}.txt", WORDS.replace("某县水务局", f"某县第{day.day}水务局").encode()))
    found = {summary.imported for summary in empty.overview.look().summaries}
    assert found == {"2025-03-04", "2025-03-07"}


def test_the_same_file_and_the_same_words_come_in_once(empty):
    upload(empty, ("a.txt", WORDS.encode()), ("b.txt", WORDS.encode()), ("c.txt", WORDS.encode("gb18030")))
    assert [outcome for _, outcome in came(empty)] == ["known", "known", "taken"]
    assert len(list((empty.site / "content/notices").rglob("*.md"))) == 1


def test_other_words_of_the_same_unit_and_day_are_asked_about(empty):
    upload(empty, ("a.txt", WORDS.encode()))
    other = WORDS.replace("规范采购", "规范采购，并开展培训")
    upload(empty, ("b.txt", other.encode()))
    one = empty.intake.results[0]
    assert one.came == "asks"
    assert len(list((empty.site / "content/notices").rglob("*.md"))) == 1
    replaces, is_new = (choice.how for choice in one.choices)
    assert is_new == "new"
    assert post(empty, "import", {"number": one.number, "how": replaces}).status == 303
    (path,) = (empty.site / "content/notices").rglob("*.md")
    assert "并开展培训" in path.read_text("utf-8")
    assert empty.intake.results[0].came == "updated"


def test_an_edited_notice_is_not_replaced_before_somebody_chose(empty):
    upload(empty, ("a.txt", WORDS.encode()))
    (path,) = (empty.site / "content/notices").rglob("*.md")
    path.write_text(path.read_text("utf-8").replace("0596-1234567", "0596-7654321"), encoding="utf-8")
    upload(empty, ("b.txt", WORDS.replace("0596-1234567", "0596-1111111").encode()))
    one = empty.intake.results[0]
    replaces = next(choice.how for choice in one.choices if choice.how.startswith("replace:"))
    before = path.read_bytes()
    post(empty, "import", {"number": one.number, "how": replaces})
    one = empty.intake.results[0]
    assert one.came == "asks"
    assert path.read_bytes() == before
    assert any("7654321" in row and "1111111" in row for row in one.rows)
    mine = next(choice.how for choice in one.choices if choice.how.startswith("mine:"))
    post(empty, "import", {"number": one.number, "how": mine})
    assert empty.intake.results[0].came == "updated"
    assert "7654321" in path.read_text("utf-8")


NEAR = """中共某县委巡察组对某局开展巡察的公告
根据县委部署，县委第一巡察组进驻某局开展巡察，时间为2个月。值班电话：0596-1234567。
"""
REFUSED = {
    "near kind": ("公告.txt", NEAR.encode(), "refused"),
    "nothing in it": ("空.docx", b"", "refused"),
    "no text": ("空白.txt", b" \n \n", "refused"),
    "damaged": ("坏.docx", b"PK\x03\x04damaged", "failed"),
    "no kind of ours": ("图.exe", b"MZ\x00\x01", "refused"),
    "hostile name": ("../../../etc/passwd", b"\x00\x01", "refused"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_in_chinese_and_without_commands(empty, name):
    file, data, outcome = REFUSED[name]
    upload(empty, (file, data))
    (one,) = empty.intake.results
    assert one.came == outcome
    assert one.name == file.rpartition("/")[2]
    assert re.search("[一-鿿]", one.said)
    assert "--" not in one.said
    assert not re.search("[A-Za-z]{3,} [a-z]{2,}", one.said), "English"
    assert list((empty.site / "content/notices").rglob("*.md")) == []
    assert html.escape(one.said)[:10] in ask(empty).text


def test_a_near_kind_may_be_taken_all_the_same(empty):
    upload(empty, ("公告.txt", NEAR.encode()))
    (one,) = empty.intake.results
    assert [choice.name for choice in one.choices] == ["仍要收下"]
    assert post(empty, "import", {"number": one.number, "how": "force"}, script=True).status == 200
    assert came(empty) == [("公告.txt", "taken")]


def test_nobody_chooses_what_was_not_offered(empty):
    upload(empty, ("公告.txt", NEAR.encode()))
    (one,) = empty.intake.results
    for number, how in ((one.number, "new"), (one.number, "replace:x"), (99, "force"), ("x", "force"), ("²", "force")):
        assert post(empty, "import", {"number": number, "how": how}, script=True).status == 422
    assert post(empty, "import", {"number": one.number}).status == 422
    assert came(empty) == [("公告.txt", "refused")]


def test_an_archive_brings_each_of_its_files(empty):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/水务局.txt", WORDS)
        archive.writestr("公告.txt", NEAR)
    upload(empty, ("整改.zip", packed.getvalue()))
    assert sorted(came(empty)) == [("整改.zip/公告.txt", "refused"), ("整改.zip/甲/水务局.txt", "taken")]


def test_the_list_can_be_cleared_and_a_form_without_a_file_says_so(empty):
    assert upload(empty).status == 422
    upload(empty, ("公告.txt", NEAR.encode()))
    assert post(empty, "import", {"forget": "1"}).status == 303
    assert empty.intake.results == []


def test_a_file_needs_a_page_of_the_desk(empty):
    assert ask(empty, "POST", "import", b"x", Origin="http://127.0.0.1:PORT").status == 403
    assert empty.intake.results == []


def test_what_happens_is_told_as_it_happens_and_to_those_who_ask(empty):
    before = json.loads(ask(empty, path="events?since=0").body)["last"]
    upload(empty, ("公告.txt", NEAR.encode()))

    def told():
        found = json.loads(ask(empty, path=f"events?since={before}").body)["events"]
        return [event["data"]["came"] for event in found if event["kind"] == "import"] == ["reading", "refused"]

    eventually(told)


def test_many_files_come_in_at_once(empty):
    def one(number):
        text = WORDS.replace("某县水务局", f"某县第{number}水务局")
        upload(empty, (f"{number}.txt", text.encode()), script=True)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert {outcome for _, outcome in came(empty)} == {"taken"}
    assert len(list((empty.site / "content/notices").rglob("*.md"))) == 12


def test_where_the_site_is_published_to_decides_what_is_live(tmp_path):
    site = make_site(tmp_path / "site", variety())
    with running(site, places=(PublishPlace("外网", str(tmp_path / "live")),)) as desk:
        ask(desk)
        assert desk.public.seen.why == ""
        assert desk.public.seen.records == {}


def test_a_place_that_does_not_answer_keeps_nobody_waiting(tmp_path):
    """The board is there at once, and hears what is live when that is known."""
    site = make_site(tmp_path / "site", variety())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = PublishPlace("外网", f"sftp://a@127.0.0.1:{silent.getsockname()[1]}/www")
        with running(site, places=(place,)) as desk:
            started = time.monotonic()
            text = ask(desk).text
            assert time.monotonic() - started < 10  # such a server is waited for much longer
            assert desk.public.seen is UNKNOWN
            assert notice(1).id in rows(text)
            heard = re.search(r'data-heard="(\d+)"', text)[1]
            taken, _ = silent.accept()
            taken.close()
            eventually(lambda: desk.public.seen is not UNKNOWN)
            told = eventually(lambda: json.loads(ask(desk, path=f"events?since={heard}").body)["events"])
            assert "board" in [event["kind"] for event in told]
            assert desk.public.seen.why


def test_a_page_hears_what_happened_between_it_and_its_stream(empty):
    heard = int(re.search(r'data-heard="(\d+)"', ask(empty).text)[1])
    upload(empty, ("公告.txt", NEAR.encode()))
    connection = http.client.HTTPConnection("127.0.0.1", empty.local.port, timeout=30)
    for headers in ({}, {"Last-Event-ID": str(heard)}):  # the browser sends it when it comes back
        after = "" if headers else f"?after={heard}"
        connection.request("GET", f"{empty.base}events{after}", headers=headers)
        answer, said = connection.getresponse(), ""
        while '"refused"' not in said:
            said += answer.readline().decode()
        assert said.count("event: import") == 2
        connection.close()
