"""What follows from all notices together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.content.config import read_config
from generator.content.topics import TopicRules
from generator.model.notice import Contact, IssueMarks, Passage, Unit
from generator.pages.ledger import ledger_pages
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice
from generator.site.regions import regions_below
from tests.samples import DATE, SITE_YML, notice, region, variety


def site_of(notices, settings=""):
    config = read_config(SITE_YML + settings)
    site, problems = build_site(config, TopicRules(()), [LoadedNotice(f"{n.id}.md", n, n.id) for n in notices])
    assert not problems
    return site


def test_notices_are_newest_first_and_the_newest_date_is_as_of():
    site = site_of(variety())
    assert [n.notice.published.iso for n in site.notices] == ["2025-11-28", "2024-08-01", "2023-02-03", "2022-05-06"]
    assert site.as_of == dt.date(2025, 11, 28)
    assert site_of(variety(), "as_of: 2024-01-02\n").as_of == dt.date(2024, 1, 2)
    assert site_of([]).as_of is None


def test_a_unit_has_all_its_notices_and_the_newest_contact():
    silent = notice(9, published="2025-01-01", contact=Contact(), unit="mou-ju", name="某局党委")
    site = site_of([notice(1), silent])
    (unit,) = site.units
    assert unit.unit.name == "某局党委"
    assert [n.notice.id for n in unit.notices] == [silent.id, notice(1).id]
    assert unit.contact.phones == ("010-12345678",)
    assert unit.contact_from.notice.id == notice(1).id


def test_units_stand_by_pinyin_and_zhonggong_counts_for_nothing():
    names = ["中共张范局党组", "安县局党组", "中共白山局委员会"]
    site = site_of([notice(i, unit=f"u{i}", name=name) for i, name in enumerate(names)])
    assert [unit.unit.name for unit in site.units] == [names[1], names[2], names[0]]


def test_regions_hold_those_below_them():
    def at(number, **place):
        unit = Unit(id=f"u{number}", name=f"第{number}局", region=region(**place) if place else None)
        return replace(notice(number), unit=unit)

    site = site_of(
        [
            at(1, code="350626", province="福建省", city="漳州市", county="东山县"),
            at(2, code="350500", province="福建省", city="泉州市", county=None),
            at(3, code="110105", province="北京市", city=None, county="朝阳区"),
            at(4),
        ]
    )
    assert [(r.code, r.name, r.depth, len(r.units)) for r in site.regions] == [
        ("110000", "北京市", 0, 1),
        ("110105", "朝阳区", 1, 1),
        ("350000", "福建省", 0, 2),
        ("350500", "泉州市", 1, 1),
        ("350600", "漳州市", 1, 1),
        ("350626", "东山县", 2, 1),
        ("none", "地区未载明", 0, 1),
    ]


NEIGHBOURS = [
    # a city with a county, and a place whose code follows it, that lies in the province itself
    (("411702", "河南省", "驻马店市", "驿城区"), ("419001", "河南省", None, "济源市")),
    (("422823", "湖北省", "恩施土家族苗族自治州", "巴东县"), ("429006", "湖北省", None, "天门市")),
    (("460202", "海南省", "三亚市", "海棠区"), ("469007", "海南省", None, "东方市")),
    (("654301", "新疆维吾尔自治区", "阿勒泰地区", "阿勒泰市"), ("659002", "新疆维吾尔自治区", None, "阿拉尔市")),
    (("500112", "重庆市", None, "渝北区"), ("500233", "重庆市", None, "忠县")),
]


@pytest.mark.parametrize(("first", "second"), NEIGHBOURS)
def test_a_place_is_not_in_the_city_before_it(first, second):
    places = [region(*first), region(*second)]
    site = site_of(
        [
            replace(notice(number), unit=Unit(id=f"u{number}", name=f"第{number}局", region=place))
            for number, place in enumerate(places, 1)
        ],
    )
    below = {
        outer.code: {inner.code for inner in regions_below(site.regions, index)}
        for index, outer in enumerate(site.regions)
    }
    city = places[0].code[:4] + "00" if places[0].city else places[0].code
    assert below[places[0].code[:2] + "0000"] == {city, places[1].code}
    assert below[city] == ({places[0].code} if places[0].city else set())
    assert below[places[1].code] == set()
    assert {one.code for one in site.province_of.values()} == {places[0].code[:2] + "0000"}
    assert list(ledger_pages(site))  # each page counts what lies in its place, and no more


def test_a_county_whose_province_nobody_names_is_in_no_other():
    site = site_of(
        [
            replace(notice(1), unit=Unit(id="u1", name="甲局", region=region("350626", "福建省", "漳州市", "东山县"))),
            replace(notice(2), unit=Unit(id="u2", name="乙局", region=region("370403", "", None, "薛城区"))),
        ]
    )
    assert site.province_of["370403"].code == "370403"
    assert [one.code for one in regions_below(site.regions, 0)] == ["350600"]


def test_a_city_without_counties_is_one_place():
    place = region("441900", "广东省", "东莞市", "东莞市")
    site = site_of([replace(notice(1), unit=replace(notice(1).unit, region=place))])
    assert [(r.code, r.full_name, r.depth) for r in site.regions] == [
        ("440000", "广东省", 0),
        ("441900", "广东省东莞市", 1),
    ]


def test_a_deadline_is_due_over_or_answered_by_a_later_notice():
    early, late = notice(1), notice(2, published="2025-11-28", unit="other")
    states = {d.anchor: d.state for d in site_of([early, late]).deadlines_of[early.id]}
    assert states == {"f1": "over"}
    assert {d.state for d in site_of([early], "as_of: 2024-10-31\n").deadlines} == {"due"}
    answered = site_of([early, notice(3, published="2025-01-01")])
    (deadline,) = answered.deadlines_of[early.id]
    assert (deadline.state, deadline.later.notice.published.iso) == ("answered", "2025-01-01")


def test_an_issue_that_a_followup_continues_has_its_deadline_and_is_listed_once():
    site = site_of([notice(1)])
    by_anchor = {issue.anchor: issue for issue in site.notices[0].issues}
    assert by_anchor["i2"].followup == "f1"
    assert by_anchor["i2"].deadline == DATE("2024-09")
    assert [d.anchor for d in site.deadlines] == ["f1"]


def test_a_done_issue_has_no_open_deadline():
    marks = IssueMarks(status="done", deadline=DATE("2024-01-01"))
    done = notice(1, passages=(Passage(words="甲", role="heading", level=1, anchor="i1", marks=marks),))
    assert not site_of([done]).deadlines


def test_figures_add_up():
    site = site_of(variety())
    assert dict(site.figures) == {"done": 3, "ongoing": 3, "long-term": 3, "unstated": 0}


def test_an_id_in_two_files_is_an_error_that_names_all_and_publishes_none():
    config = read_config(SITE_YML)
    site, problems = build_site(
        config,
        TopicRules(()),
        [LoadedNotice(f"{name}.md", notice(n), name) for name, n in (("b", 1), ("a", 1), ("c", 2))],
    )
    assert [n.notice.id for n in site.notices] == [notice(2).id]
    (problem,) = problems
    assert str(problem).startswith("a.md:2: error[duplicate-id]")
    assert "2 files: a.md, b.md" in problem.message


@pytest.mark.parametrize(
    "unit",
    [
        Unit(id="../../etc", name="甲"),
        Unit(id="Ju", name="甲"),
        Unit(id="某局", name="甲"),
        Unit(id="", name="甲"),
        Unit(id="a", name="甲", region=region(code="../1")),
    ],
)
def test_what_cannot_be_part_of_an_address_is_an_error(unit):
    site, problems = build_site(
        read_config(SITE_YML),
        TopicRules(()),
        [LoadedNotice("a.md", replace(notice(1), unit=unit), "a"), LoadedNotice("b.md", notice(2), "b")],
    )
    assert [(problem.code, problem.file) for problem in problems] == [("bad-id", "a.md")]
    assert [item.notice.id for item in site.notices] == [notice(2).id]


def test_an_unknown_topic_is_an_error_in_its_file():
    marks = IssueMarks(topics=("党见",))
    wrong = notice(1, passages=(Passage(words="甲", role="heading", level=1, anchor="i1", marks=marks),))
    _, problems = build_site(read_config(SITE_YML), TopicRules(()), [LoadedNotice("a.md", wrong, "a")])
    assert [(p.code, p.file) for p in problems] == [("unknown-topic", "a.md")]


@pytest.mark.parametrize("count", [1, 40])
def test_the_next_notice_of_a_unit_is_found_in_one_walk(count):
    notices = [notice(i, published=f"{2000 + i}-01-01") for i in range(count)]
    site = site_of(notices, "as_of: 2100-01-01\n")
    later = [
        d.later.notice.published.year if d.later else None for n in site.notices for d in site.deadlines_of[n.notice.id]
    ]
    assert later == [None, *range(2000 + count - 1, 2000, -1)]
