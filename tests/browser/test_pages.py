"""Every kind of page in a real browser: for everybody, in every mode, without strangers."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from pypdfium2 import PdfDocument

from generator.base.shipped import shipped
from generator.build.driver import build
from generator.model.notice import IssueMarks, PartialDate, Passage
from generator.model.proof import hash_of_words
from tests.browser.modes import CHANGED, FULL, KINDS, PATHS, faults_of, set_reading
from tests.browser.tools import tool
from tests.samples import make_site, notice
from tests.site.test_article import squeezed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_no_kind_of_page_is_forgotten():
    pages = (file for file in shipped("templates").glob("*.html") if '{% extends "base.html" %}' in file.read_text())
    assert {file.name for file in pages} == KINDS.keys()


_ALIKE = (
    "zh-hant/", "notices/year/", "notices/wu-di-ju", "notices/ling-yi-ju-20240501", "issues/region/", "issues/status/",
    "contacts/region/", "deadlines/110105/", "ledger/110105/", "pages/status/", "sitemap/", "404",
)  # fmt: skip
"""Pages whose parts other pages of the list have, too: looked at by `make long`."""


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=pytest.mark.long) if path.startswith(_ALIKE) else path for path in PATHS]
)
def test_nothing_stands_in_anybody_s_way(site, chromium, path):
    """axe-core finds nothing in any look, and nothing scrolls sideways at any width."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(site + path)
    assert faults_of(page) == []
    context.close()


def test_the_html_of_every_page_is_valid(built):
    java = shutil.which("java")
    if not java:
        pytest.skip("the HTML checker needs Java: apt-get install default-jre-headless")
    jar = tool("vnu-jar/build/dist/vnu.jar")
    run = subprocess.run(
        [java, "-jar", jar, "--errors-only", "--skip-non-html", "--format", "gnu", built[1]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_without_a_fault_and_without_a_stranger(site, page, path):
    page.goto(site + path)
    assert page.locator("h1").count() == 1


def test_the_words_on_the_page_are_the_words_of_the_notice(site, page):
    page.goto(site + FULL)
    text = page.evaluate("[...document.querySelectorAll('.verbatim')].map(e => e.textContent).join('')")
    assert squeezed(text) == squeezed(notice(1).text)


@pytest.mark.parametrize("path", ["index.html", FULL, "contacts/index.html"])
def test_from_disk_pages_look_and_work_as_from_a_server(built, page, path):
    page.goto((built[1] / path).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.nav')).borderBottomColor") == "rgb(163, 29, 29)"
    assert page.evaluate("document.documentElement.className") == "js"
    page.locator(".nav a", has_text="联系方式").click()
    assert page.url.endswith("/contacts/index.html")


@pytest.mark.parametrize("path", [FULL, "index.html", "contacts/index.html"])
def test_without_scripts_everything_is_there(site, chromium, path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + path)
    assert page.locator(".js-only:visible").count() == 0
    assert page.locator("main a:visible").count() > 3
    context.close()


def test_without_scripts_the_filter_still_works(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site + FULL)
    assert page.locator(".issue:visible").count() == 3
    page.get_by_label("整改中 1").check()
    assert page.locator(".issue:visible").count() == 1
    assert page.locator("#i2").is_visible()
    page.get_by_label("全部 3").check()
    page.get_by_label("只看题目").check()
    assert page.locator(".issue__rows:visible").count() == 0
    context.close()


# ------------------------------------------------------------------------------------------------------ keyboard


def test_the_first_stop_leads_past_the_frame(site, page):
    page.goto(site + FULL)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_a_second_link_leads_past_all_that_stands_before_the_first_issue(site, page):
    page.goto(site + FULL)
    page.evaluate("document.getElementById('main').focus()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到第一个问题"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#i1"


def test_the_tally_is_one_stop_and_arrows_lead_from_cell_to_cell(site, page):
    page.goto(site + FULL)
    cells = page.locator("[data-tally] a")
    assert cells.evaluate_all("cells => cells.map(cell => cell.tabIndex)") == [0, -1, -1]
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#i3"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#i1"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#i1"


def test_the_list_of_issues_is_filtered_by_status_without_a_script(site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "issues/index.html")
    page.locator("[for=st-done]").click()
    shown = page.locator(".group .row:visible")
    assert shown.count() > 0
    assert shown.count() == page.locator(".group .row.issue--done:visible").count()
    assert all(group.locator(".row:visible").count() for group in page.locator(".group:visible").all())
    context.close()


def test_a_unit_without_a_phone_leads_to_the_level_above_in_the_site_s_words(site, page):
    page.goto(site + f"notices/{CHANGED.id}/index.html")
    said = page.locator("#contact").inner_text()
    assert "通报未载明联系方式。" in said
    assert "由本站补充，不是通报原文" in said
    assert page.locator("#contact .tel").all_inner_texts() == ["12388", "12345"]


def test_search_filter_contents_and_copy_by_keyboard(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + FULL)
    page.locator("#st-all").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".issue:visible").count() == 1
    page.locator("#st-all").check()
    entry = page.locator(".toc a[href='#i2']")
    entry.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#i2")
    button = page.locator("#i2 [data-cite]")
    button.focus()
    page.keyboard.press("Enter")
    copied = page.evaluate("navigator.clipboard.readText()")
    today = page.evaluate("new Date(new Date() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10)")
    assert copied == (
        "某局党组. 某局党组关于巡察整改进展情况的通报：第 2 项“采购程序不规范”（整改状态：整改中）"
        f"[EB/OL]. (2024-08-01)[{today}]. {page.url.partition('#')[0]}#i2."
    )
    assert page.locator("[data-toast]").inner_text() == "已复制引用"
    # quotation marks inside others are single ones (GB/T 15834)
    page.locator("#i1 [data-cite]").click()
    assert "：第 1 项“针对‘三会一课’不规范的问题”（整改状态：已完成）[EB" in page.evaluate(
        "navigator.clipboard.readText()"
    )
    page.locator("#f1 [data-cite]").click()
    assert "：后续整改事项 1“关于采购的事项”[EB/OL]." in page.evaluate("navigator.clipboard.readText()")
    page.locator("#q").focus()
    page.keyboard.type("采购")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")


def test_reading_settings_are_kept_from_page_to_page(site, page):
    page.goto(site)
    page.get_by_text("大字版").click()
    page.get_by_text("高对比").click()
    page.goto(site + "contacts/index.html")
    assert page.evaluate("[document.documentElement.dataset.size, document.documentElement.dataset.contrast]") == [
        "l",
        "high",
    ]
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize") == "24px"


def test_before_a_link_leaves_gov_cn_the_page_says_where_it_leads(site, page):
    page.goto(site)
    link = page.locator(".footer a", has_text="外部链接").filter(has_text="0" * 32)
    link.focus()
    page.keyboard.press("Enter")
    assert page.url == site
    asked = page.get_by_role("group", name="离开本站提示")
    assert "即将离开本站，前往 bszs.conac.cn" in asked.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "继续访问"
    assert asked.get_by_role("link").get_attribute("href") == link.get_attribute("href")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert asked.count() == 0
    assert page.evaluate("document.activeElement.textContent") == link.inner_text()


def test_the_words_are_read_aloud_sentence_by_sentence(site, page):
    """Headless Chromium has no voice: what it would be given to say is listened to."""
    page.add_init_script("window.said = []; speechSynthesis.speak = u => said.push([u.lang, u.text])")
    page.goto(site + FULL)
    button = page.get_by_role("button", name="朗读")
    button.focus()
    page.keyboard.press("Enter")
    said = page.evaluate("said")
    assert {lang for lang, _ in said} == {"zh-CN"}
    assert squeezed("".join(text for _, text in said)) == squeezed(notice(1).text)
    assert max(len(text) for _, text in said) < 100
    assert button.inner_text() == "停止朗读"
    page.keyboard.press("Enter")
    assert button.inner_text() == "朗读"


def test_contacts_are_found_in_the_page_whatever_the_dashes(site, page):
    page.goto(site + "contacts/index.html")
    page.locator("#cf").fill("01012345678")
    shown = page.locator(".directory > li:visible")
    assert shown.locator("h3").all_inner_texts() == ["某局党组"]


def test_deadlines_that_have_passed_since_are_shown_so_and_counted_alike(page, tmp_path):
    days = ("2024-07-31", "2024-09-30", "2024-11-30", "2025-01-31")
    make_site(tmp_path, [due_on(number, day) for number, day in enumerate(days)], "as_of: 2024-08-01\n")
    build(tmp_path, tmp_path / "output")
    page.clock.install(time="2024-12-24T12:00:00+08:00")
    counted = {}
    for path in ("index.html", "deadlines/index.html", "progress/index.html"):
        page.goto((tmp_path / "output" / path).as_uri())
        counted[path] = page.locator("[data-dues], [data-left]").all_inner_texts()
        assert "截至今天（2024年12月24日）" in page.locator("[data-asof]").inner_text()
        if path == "index.html":
            states = [chip == "未到期" for chip in page.locator("main .row .chip[data-due]").all_inner_texts()]
            rows = page.locator("main .row:has([data-due]) > :first-child").all_inner_texts()
            assert list(zip(rows, states, strict=True)) == [
                (day, day == days[-1]) for day in sorted(days, reverse=True)
            ]
    assert counted["index.html"] == ["3"]
    assert counted["progress/index.html"] == ["1", "3"]
    assert counted["deadlines/index.html"][:2] == ["1", "3"]


def test_pages_with_deadlines_say_of_what_day_they_count(page, tmp_path):
    """Of today when a script can tell, though none has passed since; a table that no script counts says its own day."""
    notices = [due_on(number, day) for number, day in enumerate(("2023-09-30", "2024-07-31", "2026-07-31"))]
    plain = due_on(7, None, published="2023-01-01")
    make_site(tmp_path, [*notices, plain], "as_of: 2024-08-01\n")
    build(tmp_path, tmp_path / "output")
    said = {}
    for today in ("2024-07-01", "2024-12-24"):
        page.clock.install(time=f"{today}T12:00:00+08:00")
        for path in ("progress/index.html", "units/ju-0/index.html", "units/ju-2/index.html", "units/ju-7/index.html"):
            page.goto((tmp_path / "output" / path).as_uri())
            said[today, path] = [text.split("。")[0] for text in page.locator("[data-asof]").all_inner_texts()]
        page.goto((tmp_path / "output/progress/index.html").as_uri())
        assert page.locator("#trend").inner_text() == "逐年，截至2024年8月1日"
    built, now = "期限状态截至2024年8月1日（本站设定的日期）", "期限状态截至今天（2024年12月24日）"
    assert list(said.values()) == [[built], [built], [built], [], [now], [now], [now], []]


def groups_of(page):
    """What stands under each heading: date, state, days."""
    read = "e => [...e.querySelectorAll('time, .chip, .dl__n')].slice(0, 3).map(x => x.textContent.trim())"
    return {
        head.inner_text(): [group.evaluate(read) for group in head.locator("xpath=..").locator(".dl__g").all()]
        for head in page.locator("main section > h2[id]").all()
        if head.is_visible() and head.get_attribute("id") in ("over", "due", "answered")
    }


def shown_on(page, tmp_path, today, days):
    """What the page of deadlines shows on a day."""
    make_site(tmp_path, [due_on(number, day) for number, day in enumerate(days)], "as_of: 2024-08-01\n")
    build(tmp_path, tmp_path / "output")
    page.clock.install(time=f"{today}T12:00:00+08:00")
    page.goto((tmp_path / "output/deadlines/index.html").as_uri())
    return groups_of(page)


def test_what_has_passed_since_leaves_the_group_of_what_is_due(page, tmp_path):
    assert shown_on(page, tmp_path, "2024-12-24", ("2024-07-31", "2024-09-30", "2024-12-24", "2026-01-31")) == {
        "期限已过": [["2024年7月31日", "期限已过", "已过 146 天"], ["2024年9月30日", "期限已过", "已过 85 天"]],
        "未到期": [["2024年12月24日", "未到期", "今天到期"], ["2026年1月31日", "未到期", "还有 403 天"]],
    }
    # the calendar of the year counts alike
    assert page.locator(".years[open] b[data-dues], .years[open] b[data-left]").all_inner_texts() == ["2", "1"]
    assert page.locator(".years[open] .year use[href='#i-due']").count() == 1


def test_when_nothing_had_passed_the_group_appears_and_that_of_what_is_due_goes(page, tmp_path):
    assert shown_on(page, tmp_path, "2030-12-24", ("2024-09-30", "2024-10-31")) == {
        "期限已过": [["2024年9月30日", "期限已过", "已过 2,276 天"], ["2024年10月31日", "期限已过", "已过 2,245 天"]],
    }


def test_to_a_group_that_went_no_link_leads(page, tmp_path):
    assert shown_on(page, tmp_path, "2030-12-24", ("2024-07-31", "2024-09-30")).keys() == {"期限已过"}
    assert not page.locator("a[href$='#due'] >> visible=true").count()


def test_without_a_script_no_day_is_counted(chromium, tmp_path):
    make_site(tmp_path, [due_on(1, "2024-07-31"), due_on(2, "2024-09-30")], "as_of: 2024-08-01\n")
    build(tmp_path, tmp_path / "output")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "output/deadlines/index.html").as_uri())
    assert {head: [group[:2] for group in groups] for head, groups in groups_of(page).items()} == {
        "期限已过": [["2024年7月31日", "期限已过"]],
        "截至2024年8月1日未到期": [["2024年9月30日", "未到期"]],
    }
    assert not page.locator("[data-days] >> visible=true").count()
    context.close()


def due_on(number, day, published="2024-06-01"):
    """A notice of one issue that is to be done by the day, if there is one."""
    marks = IssueMarks(status="ongoing", deadline=day and PartialDate.parse(day))
    passages = (
        Passage(words="整改情况", level=1, anchor="s1", role="heading"),
        Passage(words=f"事项{number}", label="1.", level=2, anchor="i1", role="heading", marks=marks),
        Passage(words="正在整改。", role="response"),
    )
    return notice(number, unit=f"ju-{number}", published=published, passages=passages)


def test_targets_are_large_enough(site, page):
    """WCAG 2.5.8 by our own, stricter measure: 44 pixels for what is pressed, 60 in large type."""
    pressed = ".nav a, .head__tools .btn, .search .btn, .opt, .settings label"
    on_phones = ".tel, :is(.toc, .hints, .places, .topics, .outlets, .more, .footer) a"
    for path, width, what in ((FULL, 1280, pressed), (FULL, 390, f"{pressed}, {on_phones}"), ("", 390, on_phones)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + path)
        for size, least in (("", 44), ("l", 60)):
            set_reading(page, size, "")
            heights = page.evaluate(_HEIGHTS, what)
            assert min(heights) >= least, (path, width, size)


_HEIGHTS = """what => [...document.querySelectorAll(what)].filter(e => e.offsetParent)
  .map(e => Math.round(e.getBoundingClientRect().height))"""


def test_a_small_phone_shows_every_column_and_the_navigation_on_one_line(site, page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("progress/index.html", "issues/index.html"):
        page.goto(site + path)
        cut = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
        )
        tops = page.evaluate(
            "[...document.querySelectorAll('.nav a')].filter(e => e.offsetParent).map(e => e.offsetTop)"
        )
        assert (cut, len(tops), len(set(tops))) == (0, page.locator(".nav a").count(), 1), path


@pytest.mark.parametrize("width", [360, 390])
def test_words_beside_each_other_do_not_touch_on_a_phone(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + "progress/index.html")
    assert min(page.evaluate(_GAPS, ".nav a")) >= 8
    assert min(page.evaluate(_GAPS, ".grid-t--s th[scope=col]")) >= 8


_GAPS = """what => {
  const boxes = [...document.querySelectorAll(what)].map(e => {
    const words = document.createRange();
    words.selectNodeContents(e);
    return words.getBoundingClientRect();
  });
  return boxes.slice(1).map((box, i) => box.left - boxes[i].right);
}"""
"""Pixels between the words of elements in a row."""


def test_print_holds_every_word_and_none_of_the_frame(site, page, tmp_path):
    page.goto(site + FULL)
    page.emulate_media(media="print")
    frame = page.evaluate(
        "['.nav', '.footer', '.toc', '.utility', '.filter', '.btn'].filter(s => [...document.querySelectorAll(s)]"
        ".some(e => e.offsetParent))"
    )
    assert frame == []
    page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    document = PdfDocument(tmp_path / "a.pdf")
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    printed = "".join(squeezed(sheet.get_textpage().get_text_range()) for sheet in document)
    document.close()
    for line in notice(1).text.split("\n"):
        assert squeezed(line)[:12] in printed, line
    shown = page.locator(".print-foot")
    assert shown.locator("img").is_visible()
    assert f"{notice(1).id}/" in printed.replace("\ufffe", "-")  # a hyphen where a line ends
    assert f"网页文字SHA-256前16位：{hash_of_words(notice(1).text)[:16]}" in printed
    assert "来源与整理记录" not in printed


_PAPER = {"width": 590, "height": 800}
"""What a sheet of A4 has within its margins."""


def test_on_paper_no_column_is_cut_off(site, page):
    """Where the screen scrolls, paper cannot."""
    page.set_viewport_size(_PAPER)
    page.emulate_media(media="print")
    tables = 0
    for path in PATHS:
        page.goto(site + path)
        widths = page.evaluate("[...document.querySelectorAll('.scroll')].map(e => [e.scrollWidth, e.clientWidth])")
        tables += len(widths)
        assert [(whole, shown) for whole, shown in widths if whole > shown] == [], path
    assert tables > 5


@pytest.mark.parametrize("path", ["regions/110105/index.html", "regions/110000/index.html"])
def test_a_place_is_printed_on_one_sheet_with_its_address(site, page, tmp_path, path):
    page.goto(site + path)
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    pdf = PdfDocument(tmp_path / "sheet.pdf")
    assert len(pdf) == 1
    address = "https://www.example.gov.cn/gk/" + path.removesuffix("index.html")
    assert squeezed(f"网页：{address}") in squeezed(pdf[0].get_textpage().get_text_range())
    assert pdf[0].get_width() == pytest.approx(595, abs=1)


def test_no_sheet_of_a_print_is_nearly_empty_but_the_last(site, page, tmp_path):
    page.goto(site + FULL)
    page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    document = PdfDocument(tmp_path / "a.pdf")
    lengths = [len(squeezed(sheet.get_textpage().get_text_range())) for sheet in document]
    document.close()
    assert all(length > 150 for length in lengths[:-1]), lengths


def test_print_says_who_and_until_when_where_the_notice_prints_a_bare_cell(page, tmp_path):
    cells = (
        Passage(words="设备闲置", label="1.", level=2, anchor="i1", role="heading", marks=IssueMarks(status="done")),
        Passage(words="已调剂2台。", role="response"),
        Passage(words="设备科", role="responsible"),
        Passage(words="2024年9月", role="deadline"),
        Passage(words="已完成", role="status"),
    )
    make_site(tmp_path, [notice(1, passages=(Passage(words="整改情况", level=1, anchor="s1", role="heading"), *cells))])
    build(tmp_path, tmp_path / "output")
    page.goto((tmp_path / "output" / "notices/mou-ju-20240801-1/index.html").as_uri())
    page.emulate_media(media="print")
    labels = page.locator("dt.site-label")
    assert [one.inner_text() for one in labels.all() if one.is_visible()] == ["责任单位", "整改时限"]
