"""Each act of structure by key and by mouse: the lines it changes, these alone, and back to the bytes of the import."""

from __future__ import annotations

import difflib
from typing import NamedTuple

import pytest

from tests.desk.browser.test_proofing import VERSION, Desk, mark
from tests.desk.tools import CENTRE, running
from tests.samples import make_site, notice

pytestmark = pytest.mark.browser
ANSWER, FOUND, TITLE, STATUS = (
    "一是补开会议，二是建立台账。",
    "2023年只开会一次<b>。",
    "采购程序不规范",
    "正在整改，2024年9月底前完成。",
)


class Doing(NamedTuple):
    """An act: the passage that is chosen, what is pressed, what is clicked; the lines that go, and those that come."""

    on: str
    key: str
    click: str
    gone: str
    come: str
    selects: bool = False
    """Whether its words are selected, not the passage chosen."""


def menu(on, key, code, gone, come):
    return Doing(on, key, f"#rolemenu [data-key={code}]", gone, come)


def bar(on, key, code, gone, come):
    return Doing(on, key, f"#selbar [data-key={code}]", gone, come, selects=True)


FINDING, RESPONSE = "{.finding} 2023年只开会一次\\<b\\>。", "{.response} **整改情况：** 一是补开会议，二是建立台账。"
ISSUE, REST = "#### **2.** 采购程序不规范 {#i2 .issue", " deadline=2024-09 responsible=办公室}"
FIRST = "#### **1.** 针对“三会一课”不规范的问题。 {#i1 .issue status="
SECOND, HALF = ISSUE + " status=ongoing" + REST, "{.response} **整改情况：** 一是补开会议，\n"
EVIDENCE = '{"fact": "inspection.end", "quote": "45日", "nth": 1}'
ACTS = (
    menu(FOUND, "b", "KeyB", FINDING, "##### 2023年只开会一次\\<b\\>。 {#s6}"),
    menu(FOUND, "w", "KeyW", FINDING, "##### 2023年只开会一次\\<b\\>。 {#i4 .issue}"),
    menu(FOUND, "h", "KeyH", FINDING, "##### 2023年只开会一次\\<b\\>。 {#f2 .followup}"),
    menu(ANSWER, "x", "KeyX", RESPONSE, RESPONSE.removeprefix("{.response} ")),
    menu(FOUND, "z", "KeyZ", FINDING, FINDING.replace("finding", "response")),
    menu(FOUND, "t", "KeyT", FINDING, FINDING.replace("finding", "status")),
    menu(FOUND, "q", "KeyQ", FINDING, FINDING.replace("finding", "deadline")),
    menu(FOUND, "r", "KeyR", FINDING, FINDING.replace("finding", "responsible")),
    menu(FOUND, "p", "KeyP", FINDING, FINDING.removeprefix("{.finding} ")),
    menu(TITLE, "[", "BracketLeft", SECOND, SECOND[1:]),
    menu(TITLE, "]", "BracketRight", SECOND, "#" + SECOND),
    menu(TITLE, "\\", "Backslash", f"{FIRST}done quote=截至目前，3个问题已全部完成。}}\n{SECOND}",
         f"{FIRST}ongoing}}\n{{.finding #i2}} **2.** 采购程序不规范"),
    menu(STATUS, "\\", "Backslash", f"{SECOND}\n{{.response}} **整改情况：** 已修订办法。\n{{.status}} {STATUS}",
         f"{ISSUE}{REST}\n{{.response}} **整改情况：** 已修订办法。{STATUS}"),
    bar("二是建立台账。", "/", "Slash", RESPONSE, HALF + "二是建立台账。"),
    bar("二是建立台账。", "t", "KeyT", RESPONSE, HALF + "{.status} 二是建立台账。"),
    bar("二是建立台账。", "x", "KeyX", RESPONSE, HALF + "{.finding} 二是建立台账。"),
    bar("2024年9月底前", "q", "KeyQ", EVIDENCE + "]}",
        EVIDENCE + ',\n{"fact": "issues.i2.deadline", "quote": "2024年9月底前", "nth": 1}]}'),
    bar("正在整改", "r", "KeyR", SECOND, SECOND.replace("办公室", "正在整改")),
    bar("2.采购", "[", "BracketLeft", SECOND, SECOND.replace("2.** 采购", "2.采购** ")),
    bar("2.", "]", "BracketRight", SECOND, SECOND.replace("**2.** ", "2.")),
    bar("整改情况：一是", "[", "BracketLeft", RESPONSE, RESPONSE.replace("：** 一是", "：一是** ")),
    bar("整改情况：", "]", "BracketRight", RESPONSE, RESPONSE.replace("**整改情况：** ", "整改情况：")),
    Doing(TITLE, "1", "#ctl label.done", SECOND, SECOND.replace("ongoing", "done")),
    Doing(TITLE, "3", "#ctl label.long", SECOND, SECOND.replace("ongoing", "long-term")),
    Doing(TITLE, "4", "#ctl label.unstated", SECOND, ISSUE + REST),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path, chromium):
    with running(make_site(tmp_path / "site", [notice()]), who="陈某") as found:
        [path] = (found.site / "content/notices").rglob("*.md")
        path.write_text(path.read_text("utf-8").replace("9月底前", "2024年9月底前"), "utf-8")
        one = Desk(found, path, chromium)
        one.address = one.address.replace(CENTRE, path.stem)
        yield one
        one.close()


def passage(page, words):
    return page.locator(".p", has=page.locator("> div", has_text=words)).first


def settled(page, work):
    """Does something, and waits until it is on the disk and on the page."""
    version = page.evaluate(VERSION)
    work()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)


def choose(page, doing):
    if doing.selects:
        mark(page, doing.on)
    else:
        passage(page, doing.on).locator("> div").click(position={"x": 20, "y": 8})


def by_mouse(page, doing):
    choose(page, doing)
    if "rolemenu" in doing.click:
        passage(page, doing.on).locator(".role").click()
    page.locator(doing.click).click()


def by_key(page, doing):
    choose(page, doing)
    page.keyboard.press(doing.key)


def difference(before, after):
    """The lines that go, and those that come."""
    lines = list(difflib.ndiff(before.decode().split("\n"), after.decode().split("\n")))
    return tuple("\n".join(line[2:] for line in lines if line.startswith(sign)) for sign in "-+")


def test_each_act_by_key_and_by_mouse_changes_its_lines_and_is_taken_back(desk):
    imported = desk.bytes
    page = desk.open()

    def undo():
        settled(page, lambda: page.keyboard.press("Control+z"))
        assert desk.bytes == imported

    for doing in ACTS:
        for do in (by_key, by_mouse):
            settled(page, lambda do=do, doing=doing: do(page, doing))
            assert difference(imported, desk.bytes) == (doing.gone, doing.come), (doing, do)
            undo()
    settled(page, lambda: page.keyboard.press("Control+y"))
    assert difference(imported, desk.bytes) == (doing.gone, doing.come)
    settled(page, lambda: page.locator("[data-turn=undo]").click())
    assert desk.bytes == imported


def test_what_is_no_number_raises_the_level_and_is_not_offered_as_one(desk):
    page = desk.open()
    number = page.locator("#selbar [data-key=BracketLeft]")
    mark(page, "2.")
    number.wait_for(state="visible")
    mark(page, "程序不规范")
    number.wait_for(state="hidden")
    settled(page, lambda: page.keyboard.press("["))
    assert [issue.label for issue in desk.notice.issues] == ["1.", "2.", "3."]
    assert desk.notice.body[desk.notice.issues[1].at].level == desk.notice.body[desk.notice.issues[0].at].level - 1


def test_a_number_is_seen_and_is_set_without_script(desk):
    page = desk.open(script=False)
    assert passage(page, TITLE).locator("b.num").inner_text() == "2."
    passage(page, TITLE).locator(".role").click()
    for number in ("2.采购", "", "2"):
        page.get_by_label("编号或小标题").fill(number)
        page.get_by_role("button", name="定编号").click()
        assert desk.notice.body[desk.notice.issues[1].at].label.strip() == number
    page.get_by_label("编号或小标题").fill("别的字")
    page.get_by_role("button", name="定编号").click()
    assert "编号不能这样分" in page.inner_text("body")
    assert desk.notice.issues[1].label == "2"


def test_what_a_form_sets_is_set_again(desk):
    """The form stays on the page when its act is done: its second act is another one."""
    page = desk.open()
    for words, date in ((TITLE, "2025-03"), (TITLE, "2025-06"), ("服务群众不到位", "2025-09")):
        passage(page, words).locator("> div").click(position={"x": 20, "y": 8})
        page.locator("#ctl details", has_text="期限").locator("summary").click()
        page.fill("#ctl [name=date]", date)
        settled(page, lambda: page.get_by_role("button", name="定期限").click())
    assert [str(issue.deadline and issue.deadline.iso) for issue in desk.notice.issues[1:]] == ["2025-06", "2025-09"]
