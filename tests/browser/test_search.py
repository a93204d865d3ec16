"""Search in a real browser, from a server and from disk: exactly the records that hold the words, in a good order."""

import functools
import json
import re
import shutil
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.build.driver import build
from generator.build.load import gather
from generator.model.folding import fold, terms
from generator.model.notice import Contact, FollowupMarks, IssueMarks, Passage, Stated, Unit
from generator.search import postings
from generator.search.records import groups_of
from tests.samples import DATE, make_site, notice, region

pytestmark = pytest.mark.browser

CASES = json.loads((Path(__file__).parents[1] / "search" / "cases.json").read_text(encoding="utf-8"))
DONGSHAN = region("350626", "福建省", "漳州市", "东山县")
HEAD = {"role": "heading", "level": 2}
NO_INDEX = ("没有读到索引", 0)


PINGLUO = region("640221", "宁夏回族自治区", "石嘴山市", "平罗县")


def _notice(number, unit, *, published, **fields):
    plain = {"accountability": None, "anomalies": (), "evidence": (), "edits": (), "inferred": (), "stated": Stated()}
    return replace(notice(number, published=published, **(plain | fields)), id=f"{unit.id}-{number}", unit=unit)


def issue(number, title, text, **marks):
    fields = {"status": "done"} | marks
    return (
        Passage(words=title, label=f"（{number}）", anchor=f"i{number}", marks=IssueMarks(**fields), **HEAD),
        Passage(words=text, label="整改情况：", role="response"),
    )


def health():
    """A unit with everything: long and short issues, far characters, a follow-up, people held to account."""
    return _notice(
        1,
        Unit(id="dong-shan-wei-jian", name="中共东山县卫生健康局党组", region=DONGSHAN),
        title="中共东山县卫生健康局党组关于巡察整改进展情况的通报",
        published="2025-11-28",
        contact=Contact(phones=("0596-5835406",), emails=("dsxwjbbgs@126.com",)),
        passages=(
            Passage(words="根据县委统一部署，县委巡察二组开展了巡察。"),
            Passage(words="整改落实情况", role="heading", level=1, label="一、", anchor="s1"),
            *issue(
                1,
                "医疗设备采购不规范的问题。",
                "一是修订《採購管理办法》，面积１２０㎡。二是𠮷田医院已整改。",
                deadline=None,
            ),
            *issue(
                2,
                "“一岗双责”履行缺位",
                "采购台账\n另起一段的整改 进展已公开。",
                status="ongoing",
                deadline=DATE("2020-12-31"),
            ),
            Passage(words="张三受到诫勉谈话。", role="accountability"),
            *[
                passage
                for number in range(3, 30)
                for passage in issue(number, f"第{number}项档案管理问题", "建立台账，落实整改责任。")
            ],
            Passage(
                words="救护车更新", label="（一）", anchor="f1", marks=FollowupMarks(deadline=DATE("2099-06")), **HEAD
            ),
            Passage(words="资金未到位。", label="原因：", role="reason"),
        ),
    )


def school():
    return _notice(
        2,
        Unit(id="ping-luo-jiao-yu", name="中共平罗县教育局党委", region=PINGLUO),
        title="中共平罗县教育局党委关于整改情况的通报",
        published="2022-05-06",
        contact=Contact(),
        passages=(
            Passage(words="欢迎监督。"),
            *issue(
                1, "校车管理不到位", "设备采购已公开招标，联系东山县参观。", status="long-term", topics=("基层党建",)
            ),
        ),
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """(output folder, records: address → words searched)."""
    return _built(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The output of the same site, with an index as a large site has it: much is frequent, no list is long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=6, most=4))
        return _built(tmp_path_factory.mktemp("large"))[0]


def _built(folder, replacing=("", "")):
    folder = make_site(folder, [health(), school()])
    for path in (folder / "content/notices").rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace(*replacing), encoding="utf-8")
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    records = [
        (f"../{group.url}index.html{record.url}", (*record.runs, *record.also, group.unit))
        for group in groups_of(gather(folder).site)
        for record in group.records
    ]
    return folder / "output", records


@pytest.fixture(scope="module", params=["http", "file", pytest.param("large", marks=pytest.mark.long)])
def address(request, found, large):
    if request.param != "http":
        yield ((large if request.param == "large" else found[0]) / "search/index.html").as_uri()
        return
    handler = functools.partial(_Quiet, directory=str(found[0]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/search/index.html"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def search(page, address, query, more=""):
    page.goto(f"{address}?q={quote(query)}{more}")
    return hits(page)


def hits(page):
    """The addresses of all results, in order."""
    page.wait_for_function("() => /共|没有/.test(document.querySelector('[data-count]').textContent)")
    while page.is_visible("[data-more]"):
        page.evaluate("document.querySelector('[data-more]').click()")
        page.wait_for_function("() => !document.querySelector('[data-more]').disabled")
    page.wait_for_function("() => /共|没有/.test(document.querySelector('[data-count]').textContent)")
    return page.locator("[data-hits] ol:not([data-asked]) h3 a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )


QUERIES = [
    "采",
    "采购",
    "採購",
    "整改",
    "设备采购",
    "采购管理办法",
    "120㎡",
    "120m2",
    "一岗双责",
    "“一岗 双责”履行",
    "双责履行缺位整改情况:采购",
    "台账另起",
    "整改进展已公开",
    "𠮷田",
    "田医院",
    "5835406",
    "05965835406",
    "0596-58",
    "5406",
    "dsxwjbbgs",
    "126.COM",
    "县委巡察二组",
    "区委第一巡察组",
    "采购 东山",
    "采购 台账 公开",
    "第29项",
    "平罗县教育局",
    "资金未到位",
    "福建省漳州市",
    "缺席",
    "台账采购",
    "张三",
    "2020-12-31",
    "（1）",
    "。",
    "不规范的问题。整改情况",
    "采购管理办法》，面积120",
    "面积120㎡。二是𠮷田医院",
    "m2。二",
    "m2。二是𠮷田医院已整改。",
    "120㎡。三是",
]


def is_match(query, runs):
    """Whether every word of the query stands in one of the runs: the meaning of a search."""
    folded = [fold(run) for run in runs]
    words = terms(query)
    return bool(words) and all(any(word in run for run in folded) for word in words)


def test_a_query_finds_exactly_the_records_that_hold_its_words(page, address, found):
    """From files, where the script loads the same lists in another way, a third of the queries."""
    from_files = address == (found[0] / "search/index.html").as_uri()
    for query in QUERIES[:: 3 if from_files else 1]:
        expected = {url for url, runs in found[1] if is_match(query, runs)}
        got = search(page, address, query)
        assert (set(got), len(got)) == (expected, len(expected)), query
        said = page.text_content("[data-count]")
        assert (re.search(r"共 (\d+) 条", said) or [0, "0"])[1] == str(len(expected)), query


@pytest.mark.long
def test_results_that_stand_ready_look_like_those_made_from_the_words(page, found, large):
    def drawn(output, query):
        search(page, (output / "search/index.html").as_uri(), query)
        return page.inner_html("[data-hits]").replace(output.as_uri(), "")

    runs = sorted(
        {run[at : at + size] for _, texts in found[1] for run in texts for size in (1, 2, 5) for at in (0, 9)}
    )
    for query in filter(str.strip, (*QUERIES, *runs[::27])):
        assert drawn(large, query) == drawn(found[0], query), query


@pytest.mark.parametrize("most", [None, 4], ids=["small", "large"])
def test_lists_of_another_version_give_no_answer(page, found, large, tmp_path, monkeypatch, most):
    """Lists from before or after an edit beside the rest of the index: from a cache, or the site was just replaced."""
    now = large if most else found[0]
    if most:
        monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=6, most=most))
    later = _built(tmp_path, replacing=("设备采购已公开招标", "设备租赁已公开招标，设备租赁"))[0]

    def said(output, query):
        page.goto(f"{(output / 'search/index.html').as_uri()}?q={quote(query)}")
        page.wait_for_function("() => /共|没有/.test(document.querySelector('[data-count]').textContent)")
        return page.text_content("[data-count]"), page.locator("[data-hits] li").count()

    for index, lists in ((now, later), (later, now)):
        mixed = tmp_path / f"mixed-{index.parent.name}"
        shutil.copytree(index, mixed)
        shutil.rmtree(mixed / "search/p")
        shutil.copytree(lists / "search/p", mixed / "search/p")
        for query in ("采购", "租赁", "整改", "公开招标 东山"):
            answer = said(mixed, query)
            assert answer in (said(index, query), NO_INDEX), query
            assert answer == NO_INDEX or query not in ("采购", "租赁")


def test_people_held_to_account_are_found_only_when_the_site_asks_for_it(page, address, tmp_path):
    assert search(page, address, "张三") == []
    folder = make_site(tmp_path, [health()], "index_accountability: true\n")
    assert not build(folder, folder / "output").failed
    address = (folder / "output/search/index.html").as_uri()
    assert search(page, address, "张三 诫勉") == ["../notices/dong-shan-wei-jian-1/index.html#i2"]


def test_units_come_before_titles_before_texts_and_new_before_old(page, address):
    got = search(page, address, "采购")
    assert got == [
        "../notices/dong-shan-wei-jian-1/index.html#i1",
        "../notices/dong-shan-wei-jian-1/index.html#i2",
        "../notices/ping-luo-jiao-yu-2/index.html#i1",
    ]
    assert search(page, address, "东山县卫生健康局")[:2] == [
        "../units/dong-shan-wei-jian/index.html",
        "../notices/dong-shan-wei-jian-1/index.html",
    ]


def test_more_results_are_reached_by_keyboard(page, address):
    page.goto(f"{address}?q={quote('整改责任')}")
    page.wait_for_selector("[data-more]:visible")
    page.focus("[data-more]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('.hit')")
    links = page.locator("[data-hits] h3 a")
    assert page.evaluate("document.activeElement.href") == links.nth(10).evaluate("each => each.href")


def test_a_result_shows_the_words_as_printed_with_the_match_marked(page, address):
    search(page, address, "采购管理办法")
    assert page.text_content(".hit mark") == "採購管理办法"
    assert "一是修订《採購管理办法》，面积１２０㎡。二是𠮷田医院已整改。" in page.text_content(".hit__x")
    search(page, address, "120m2")
    assert page.text_content(".hit mark") == "１２０㎡"


def test_a_unit_named_in_short_with_a_wish_to_call_shows_its_phone(page, address):
    search(page, address, "东山卫健局 电话")
    page.wait_for_selector("[data-asked]")
    assert page.text_content("[data-asked] .tel") == "0596-5835406"
    search(page, address, "dsxwjj")
    page.wait_for_selector("[data-asked]")
    assert page.text_content("[data-asked] h3") == "中共东山县卫生健康局党组"
    page.wait_for_load_state("networkidle")
    assert re.fullmatch(r"共 \d+ 个名称相近的单位", page.text_content("[data-count]"))
    assert page.text_content("[data-note]") == "原文里没有“dsxwjj”这样的写法。"


@pytest.mark.parametrize("query", ["东山卫健局", "东山卫健委", "卫健局 东山"])
def test_a_unit_in_peoples_words_comes_first_once_with_its_phone(page, address, query):
    assert search(page, address, query) == []
    page.wait_for_selector("[data-asked]")
    assert page.locator(".hit h3").all_text_contents() == ["中共东山县卫生健康局党组"]
    assert page.text_content(".hit .tel") == "0596-5835406"
    assert re.fullmatch(r"共 \d+ 个名称相近的单位", page.text_content("[data-count]"))


def test_short_names_stand_for_the_same_in_the_browser(page, address):
    page.goto(address + "?q=采购")
    hits(page)
    skipped = """cases => new Promise(done => discloseSearch.kit.load('../assets/search-more', more =>
        more.loadNames(() => done(cases.map(([query, name]) =>
            more.skipped(discloseSearch.kit.terms(query), name))))))"""
    assert page.evaluate(skipped, CASES["names"]) == [expected for _, _, expected in CASES["names"]]
    may = "cases => cases.map(([query]) => new RegExp(discloseSearch.kit.entry.named).test(query))"
    assert page.evaluate(may, CASES["may name"]) == [expected for _, expected in CASES["may name"]]


def test_where_nothing_is_near_the_page_says_what_to_try(page, address):
    search(page, address, "东山卫健局 电话")
    page.wait_for_selector("[data-asked]")
    page.wait_for_selector("[data-note] p")
    assert page.text_content("[data-note]") == "原文里没有“东山卫健局”这样的写法。"
    assert search(page, address, "麒麟饕餮") == []
    page.wait_for_selector("[data-note] p + p")
    assert "用空格把词分开" in page.text_content("[data-note]")


def test_where_nothing_is_found_the_advice_has_the_whole_width(page, address):
    page.set_viewport_size({"width": 1440, "height": 900})
    search(page, address, "麒麟饕餮")
    page.wait_for_selector("[data-note] p + p")
    assert page.locator(".facets").is_hidden()
    assert page.locator("[data-note]").bounding_box()["width"] > 800


def test_a_word_that_is_one_character_off_leads_to_the_right_one(page, address):
    search(page, address, "医疗设施采购")
    page.wait_for_selector("[data-note] a")
    assert page.text_content("[data-note] a") == "医疗设备采购"
    page.click("[data-note] a")
    assert len(hits(page)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("台帐", "台账"), ("平萝", "平罗"), ("东山卫建局", "东山卫健局"), ("管理办法采构", None)]
)
def test_a_character_taken_for_another_is_mended(page, found, typed, meant):
    assert search(page, (found[0] / "search/index.html").as_uri(), typed) == []
    page.wait_for_selector("[data-note] a, [data-note] p + p")
    assert page.locator("[data-note] a").all_text_contents() == ([meant] if meant else [])


def test_filters_count_narrow_and_stand_in_the_address(page, address, found):
    search(page, address, "采购")
    option = page.locator("label.opt", has_text="长期坚持")
    page.wait_for_function("() => document.querySelector('[data-options=region] b')")
    assert option.locator("b").text_content() == "1"
    option.locator("input").check()
    assert hits(page) == ["../notices/ping-luo-jiao-yu-2/index.html#i1"]
    assert "status=long-term" in page.url
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('[data-hits] li').length === 3")
    assert search(page, address, "采购", "&due=over") == ["../notices/dong-shan-wei-jian-1/index.html#i2"]
    assert search(page, address, "采购", "&region=" + quote("福建省") + "&year=2025&status=done") == [
        "../notices/dong-shan-wei-jian-1/index.html#i1"
    ]
    assert search(page, address, "采购", "&topic=" + quote("基层党建")) == [
        "../notices/ping-luo-jiao-yu-2/index.html#i1"
    ]


OVER = ["../notices/dong-shan-wei-jian-1/index.html#i2"]


@pytest.mark.parametrize(
    ("address_ends", "expected"),
    [
        ("?region=福建省&due=over", OVER),
        ("?region=东山县&due=over", OVER),
        ("?region=平罗县&due=over", []),
        ("?q=福建 逾期", OVER),
        ("?q=福建 台账&status=ongoing", OVER),
        ("?q=宁夏 采购", ["../notices/ping-luo-jiao-yu-2/index.html#i1"]),
        ("?q=长期坚持", ["../notices/ping-luo-jiao-yu-2/index.html#i1"]),
        ("?q=“福建” 逾期", []),
    ],
)
def test_filters_work_without_a_word_and_as_words(page, found, address_ends, expected):
    page.goto((found[0] / "search/index.html").as_uri() + address_ends)
    assert hits(page) == expected
    count = page.text_content("[data-count]")
    assert count == (f"共 {len(expected)} 条" if expected else "没有找到")


def test_words_taken_as_filters_are_told_and_can_be_words(page, found):
    address = (found[0] / "search/index.html").as_uri()
    assert search(page, address, "整改中 台账") == OVER
    assert page.is_checked("[name=status][value=ongoing]")
    page.wait_for_selector("[data-note] a")
    assert "已按“整改中”筛选" in page.text_content("[data-note]")
    page.click("[data-note] a")
    page.wait_for_function("() => /没有找到/.test(document.querySelector('[data-count]').textContent)")
    assert page.input_value("#q") == "“整改中” 台账"
    page.goto(address)
    assert page.is_visible(".facets")
    page.click(".facets summary")
    page.wait_for_selector("[data-options=region] input")
    page.check("[name=due][value=over]")
    assert hits(page) == OVER


def test_suggestions_wait_for_composition_and_obey_the_keyboard(page, address):
    page.goto(address)
    page.dispatch_event("#q", "compositionstart")
    page.fill("#q", "平罗jiao")
    page.wait_for_timeout(200)
    assert not page.is_visible("#suggestions")
    page.fill("#q", "平罗")
    page.dispatch_event("#q", "compositionend")
    page.wait_for_selector("#suggestions li")
    assert page.text_content("#suggestions li span") == "中共平罗县教育局党委"
    page.press("#q", "ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "suggestion-0"
    page.press("#q", "Enter")
    assert hits(page)[0] == "../units/ping-luo-jiao-yu/index.html"
    page.fill("#q", "plxjyj")
    page.wait_for_selector("#suggestions li")
    assert page.text_content("#suggestions li span") == "中共平罗县教育局党委"
    page.press("#q", "Escape")
    assert not page.is_visible("#suggestions")


def test_the_browser_folds_and_cuts_as_the_index_does(page, address):
    page.goto(f"{address}?q=采购")
    hits(page)
    folded = "cases => Promise.all(cases.map(([text]) => new Promise(done => discloseSearch.kit.read(text, done))))"
    read = page.evaluate(folded, [['"' + text + '"', ""] for text, _ in CASES["fold"] if '"' not in text])
    assert read == [[expected] for text, expected in CASES["fold"] if '"' not in text]
    assert page.evaluate(folded, CASES["terms"]) == [expected for _, expected in CASES["terms"]]


def test_without_script_the_page_leads_to_the_lists(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.is_visible("a[href='../units/index.html']")
    assert not page.is_visible("[data-search]")
    context.close()


def test_the_order_can_be_chosen_and_stands_in_the_address(page, address):
    by_relevance = search(page, address, "采购")
    dongshan = "../notices/dong-shan-wei-jian-1/index.html"
    page.select_option("[data-order]", "due")
    page.wait_for_function("() => location.search.includes('order=due')")
    assert hits(page)[0] == f"{dongshan}#i2"
    page.select_option("[data-order]", "old")
    page.wait_for_function("() => location.search.includes('order=old')")
    assert hits(page)[0].startswith("../notices/ping-luo-jiao-yu-2/")
    assert sorted(hits(page)) == sorted(by_relevance)
    page.select_option("[data-order]", "")
    page.wait_for_function("() => !location.search.includes('order')")
    assert hits(page) == by_relevance


def test_what_is_due_next_comes_first_then_what_passed_last(page, address):
    page.goto(f"{address}?region={quote('福建省')}&due=due&due=over&order=due")
    assert hits(page) == [
        "../notices/dong-shan-wei-jian-1/index.html#f1",
        "../notices/dong-shan-wei-jian-1/index.html#i2",
    ]
    assert page.text_content("[data-hits] h2") == "期限最近"
    assert page.eval_on_selector("[data-order]", "each => each.value") == "due"


def test_nothing_empty_stands_below_nothing_found(page, address):
    search(page, address, "麒麟饕餮")
    page.wait_for_selector("[data-note] p + p")
    assert not page.is_visible(".facets")
    assert not page.is_visible("[data-order]")
    top = page.locator("h2.sub").first.bounding_box()["y"]
    note = page.locator("[data-note]").bounding_box()
    assert top - note["y"] - note["height"] < 120


def test_on_a_phone_the_filters_are_folded(page, address):
    page.set_viewport_size({"width": 390, "height": 800})
    search(page, address, "采购", "&status=done")
    assert page.eval_on_selector(".facets", "each => each.open") is False
    page.click(".facets summary")
    page.wait_for_function("() => document.querySelector('[data-options=region] b')")
    assert page.is_checked("[name=status][value=done]")


def test_the_home_page_suggests_units_and_leads_to_the_search(page, address):
    page.goto(address.replace("search/index.html", "index.html"))
    page.fill("#q", "东山卫健")
    page.wait_for_selector("#suggestions li")
    assert page.locator("#suggestions li span").all_text_contents() == ["中共东山县卫生健康局党组"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert hits(page)[0] == "../units/dong-shan-wei-jian/index.html"


def test_the_home_page_searches_what_was_typed(page, address):
    page.goto(address.replace("search/index.html", "index.html"))
    page.fill("#q", "采购")
    page.wait_for_selector("#suggestions", state="attached")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert len(hits(page)) == 3
