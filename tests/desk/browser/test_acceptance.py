"""What the desk is accepted by: `disclose desk` itself, real files, a real browser, a site that is live at the end."""

from __future__ import annotations

import base64
import contextlib
import json

import lxml.html
import pytest

from generator.cli import main
from generator.content.notice_file import read_notice
from generator.desk.local import PublishPlace
from generator.model.proof import difference
from generator.readers import read_document
from tests.desk import mixed
from tests.desk.browser.conftest import seated
from tests.desk.tools import CENTRE, ROOT, ask, eventually, filled_site, post, program
from tests.readers.conftest import convert, printed  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.office, pytest.mark.xdist_group("browser")]
MOST = 25
STEPS = (("初审", "陈某"), ("复审", "周某"), ("终审", "郑某"))
DROP = """files => {
  const data = new DataTransfer();
  for (const [name, text] of files)
    data.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name));
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
VERSION = "document.querySelector('#docin').dataset.version"
READY = ".p.is-on"
"""What the page of proofing chooses once its script listens to keys."""
FOCUS = """() => {
  const e = document.activeElement, name = e.getAttribute('aria-label') || (e.labels && e.labels[0] || e).textContent;
  const seen = [e, ...(e.labels || []), ...(e.parentNode ? e.parentNode.children : [])].some(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;
  });
  return [name.replace(/\\s+/g, ' ').trim(), e.tagName, seen];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return filled_site(tmp_path_factory.mktemp("accepted") / "site")


@pytest.fixture(scope="module")
def live(site):
    return site.parent / "live"


@pytest.fixture(scope="module")
def desk(site, live):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(site.parent / "state"))
        with program(site, who="陈某", places=(PublishPlace("外网", str(live)),)) as found:
            yield found


@pytest.fixture(scope="module")
def sitting(chromium, desk):
    yield from seated(chromium, desk)


class Hands:
    """What a person does with mouse and keyboard. Each click, key, drop and typed field is an action."""

    def __init__(self, page):
        self.page, self.done = page, []

    def drop(self, *files):
        self.done.append(f"drop {len(files)}")
        self.page.evaluate(DROP, [[name, base64.b64encode(data).decode()] for name, data in files])

    def click(self, tag, name):
        self.done.append(f"click {name}")
        self.page.locator(f"{tag}:visible", has_text=name).first.click()

    def press(self, key):
        self.done.append(f"press {key}")
        self.page.keyboard.press(key)

    def type(self, words):
        self.done.append(f"type {words}")
        self.page.keyboard.type(words)

    def act(self, key):
        """Presses a key, and waits until what it does is on the disk and on the page."""
        version = self.page.evaluate(VERSION)
        self.press(key)
        eventually(lambda: self.page.evaluate(VERSION) != version)


class Keys(Hands):
    """A person without a mouse: what is to be pressed is reached with Tab, and what has the focus shows it."""

    def click(self, tag, name):
        self.reach(name)
        with contextlib.nullcontext() if tag == "summary" else self.page.expect_navigation():
            self.press("Enter")

    def reach(self, name):
        stops = []
        for _ in range(400):
            self.press("Tab")
            said, tag, is_seen = self.page.evaluate(FOCUS)
            if not is_seen:  # a page that just opened anew has no style yet
                self.page.wait_for_load_state()
                said, tag, is_seen = self.page.evaluate(FOCUS)
            stops.append(said[:20])
            if tag in ("BODY", "IFRAME"):  # between the end of the page and its beginning; what is previewed
                continue
            assert is_seen, f"nothing shows that {said!r} has the focus"
            if name in said:
                return
        raise AssertionError(f"{name} is not reached: {stops[-40:]}")

    def fill(self, label, words):
        self.reach(label)
        self.type(words)


def sign(hands, step, name):
    """A button, the name where the step wants another person's, and the confirmation."""
    page = hands.page
    hands.click("summary", step)
    field = page.get_by_label(f"谁签{step}")
    field.wait_for()
    if field.input_value():
        hands.click("button", f"签{step}")
    else:
        page.locator(".signing input:focus").wait_for()  # it waits for the name
        hands.type(name)
        hands.press("Enter")
    page.locator(".sign .is-ok", has_text=name).wait_for()


def published(hands, at_last=lambda: None):
    """From a notice whose steps are signed to the live site; `at_last` is called before the confirmation."""
    page = hands.page
    hands.click("a", "去发布")
    page.locator("summary", has_text="发布这 1 份").wait_for(timeout=120_000)
    hands.click("summary", "发布这 1 份")
    at_last()
    hands.click("button", "确认发布")
    page.locator(".banner--ok", has_text="已上线").wait_for(timeout=120_000)


def word_of_seed(source):
    """The text of a portal as a Word file with a paragraph for each line."""
    return mixed.word_of([line for line in source.read_text("utf-8").split("\n") if line.strip()])


def test_notice_002_goes_from_word_to_live_in_25_actions(sitting, site, live, capsys):
    page, hands = sitting.open(), Hands(sitting.page)
    [source] = (ROOT / "content/sources" / CENTRE).glob("*.txt")
    word = word_of_seed(source)
    hands.drop(("整改通报.docx", word))
    page.locator("#files a", has_text="整改通报.docx").wait_for(timeout=60_000)
    hands.click("a", "整改通报.docx")
    page.locator(READY).wait_for()
    for key in ("Enter", "Enter", "Enter", "Shift+Enter", "Enter", "Enter", "Enter", "Enter", "Enter"):
        hands.act(key)
    page.locator("#go").wait_for()
    hands.press("Enter")
    page.frame_locator(".w390").locator("h1").wait_for(timeout=60_000)
    hands.click("a", "看过了，送三审")
    for step, name in STEPS:
        sign(hands, step, name)
    published(hands)

    assert len(hands.done) <= MOST, hands.done
    [path] = (site / "content/notices").rglob("*.md")
    notice, _ = read_notice(path.read_text("utf-8"))
    folder = live / "current/notices" / path.stem
    record = json.loads((folder / "notice.json").read_text("utf-8"))
    assert (len(record["issues"]), record["text"]) == (38, notice.text)
    assert difference(read_document(word, "整改通报.docx").text, notice.edits, record["text"]) is None
    assert main(["--site", str(site), "verify", str(live / "current")]) == 0
    assert "the words of 1 notices (1 compared with their source)" in capsys.readouterr().out
    assert [one.who for one in notice.accepted] == ["陈某"] * 12
    assert [one.name for one in notice.reviews] == [name for _, name in STEPS]
    assert sitting.faults + page.evaluate("window.__reports") == []


WRONG, RIGHT = "制约服务质", "制约服务质量"


def test_what_is_live_is_corrected_by_keys_alone_through_every_page(sitting, site, live):
    [notice_id] = [path.stem for path in (site / "content/notices").rglob("*.md")]
    sitting.open(f"n/{notice_id}/proof").get_by_role("link", name="要改，去更正").wait_for()
    assert sitting.check() == []
    sitting.page.set_viewport_size({"width": 1366, "height": 768})
    page, keys = sitting.open("settings/me"), Keys(sitting.page)
    keys.fill("我的姓名", "陈某")
    keys.click("button", "保存")
    keys.click("a", "待办")
    keys.click("a", "更正、撤下：")
    keys.fill("现在线上是", WRONG)
    keys.fill("改为", RIGHT)
    keys.fill("改了什么", "补上漏字")
    keys.fill("原因", "录入有误")
    keys.click("button", "看公众会看到什么")
    keys.click("button", "登记更正")
    keys.click("a", "去重签")
    keys.click("a", "校对")
    page.locator(READY).wait_for()
    keys.press("F6")
    keys.press("F6")
    keys.press("ArrowDown")
    keys.press("Shift+ArrowDown")
    page.locator(".issue.is-cur").wait_for()
    keys.press("F6")
    keys.click("a", "遮盖")
    page.locator("#strip[data-done]").wait_for(timeout=60_000)
    keys.click("a", "预览")
    page.frame_locator(".w390").locator("h1").wait_for(timeout=60_000)
    keys.click("a", "看过了，送三审")
    for step, name in STEPS:
        sign(keys, step, name)
    published(keys)
    [record] = (live / "current/notices").glob("*/notice.json")
    assert RIGHT in json.loads(record.read_text("utf-8"))["text"]
    keys.click("a", "历史")
    keys.click("a", "设置")
    assert page.get_by_role("heading", name="设置").is_visible()
    assert sitting.faults + page.evaluate("window.__reports") == []


def fields_of(form, **more):
    return dict(form.form_values()) | more


def forms(desk, path, wanted):
    """The forms of a page of the desk."""
    return lxml.html.fromstring(ask(desk, path=path).body).xpath(f"//form[{wanted}]")


OPEN = "contains(@class, 'settle') and .//button[contains(@class, 'btn--main')]"
"""The form of a doubt that is not settled."""


def settle(desk, notice_id, page):
    """Takes what each doubt offers first: as printed, or masked."""
    for _ in range(60):
        found = forms(desk, f"n/{notice_id}/{page}", OPEN)
        if not found:
            return
        given = fields_of(found[0], go="take")
        given.setdefault("choice", given["asis"])
        answer = post(desk, found[0].action, given, Referer=f"http://127.0.0.1:PORT{desk.base}n/{notice_id}/{page}")
        assert answer.status == 303, answer.text
    raise AssertionError(f"{notice_id}: doubts without end")


def signed(desk, notice_id):
    for _, name in STEPS:
        [form] = forms(desk, f"n/{notice_id}/review", "contains(@action, '/sign')")
        assert post(desk, form.action, fields_of(form, name=name)).status == 303


def released(desk):
    """Everything that may go, as the page of all of it shows."""
    [form] = eventually(lambda: forms(desk, "publish", ".//input[@name='digest']"), 120)
    assert post(desk, form.action, fields_of(form)).status == 303
    eventually(lambda: "已上线" in ask(desk, path="publish").text, 120)


@pytest.fixture(scope="module")
def kinds(convert, printed, tmp_path_factory):  # noqa: F811
    return mixed.folder(convert, printed, tmp_path_factory.mktemp("folder"))


def test_six_kinds_of_files_are_dropped_at_once_and_reach_live(sitting, desk, site, live, kinds, capsys):
    page, hands = sitting.open(), Hands(sitting.page)
    hands.drop(*((one.file, one.made(one.unit)) for one in kinds))
    ids = {}
    for one in kinds:
        link = page.locator("#files li > a", has_text=one.file)
        link.wait_for(timeout=60_000)
        ids[one] = link.get_attribute("href").split("/")[-2]
    for notice_id in ids.values():
        settle(desk, notice_id, "proof")
        settle(desk, notice_id, "mask")
        signed(desk, notice_id)
    released(desk)

    texts = {}
    for one, notice_id in ids.items():
        record = json.loads((live / "current/notices" / notice_id / "notice.json").read_text("utf-8"))
        texts[one.file] = record["text"]
        assert [issue["status"] for issue in record["issues"]] == ["done"] * 3, one.file
        assert one.unit in record["unit"]["name"]
        words = record["text"].replace(mixed.INSERTED, "")
        assert all(title in words and response in words for title, response in mixed.ISSUES), one.file
    assert "一、巡察反馈问题整改落实情况\n1.关于" in texts["水务局（自动编号）.docx"]
    assert mixed.INSERTED in texts["财政局（修订）.docx"]
    assert main(["--site", str(site), "verify", str(live / "current")]) == 0
    count = len(list((live / "current/notices").glob("*/notice.json")))
    assert f"the words of {count} notices ({count} compared with their source)" in capsys.readouterr().out
    files = [path for path in (live / "current").rglob("*") if path.is_file()]
    assert not [path for path in files if mixed.DELETED.encode() in path.read_bytes()]
    assert sitting.faults + page.evaluate("window.__reports") == []
