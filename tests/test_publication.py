"""What may be shown of a notice: masks, corrections, withdrawal; and that nothing else comes out anywhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.base.diagnostics import DiscloseError
from generator.build.driver import build
from generator.content.config import read_config
from generator.content.fidelity import wording_difference
from generator.content.masks import bare, masked
from generator.content.origin import Origin
from generator.content.publication import published
from generator.content.record import record_of
from generator.content.review import fingerprint
from generator.data.schema import notice_schema
from generator.model.decisions import Correction, Mask, Review, Withdrawal
from generator.model.notice import Contact, Edit, PartialDate, Passage, text_of
from generator.release.same_words import Origins
from tests.samples import SITE_YML, make_site, notice
from tests.strategies import notices
from tests.test_build import tree

DAY = PartialDate.parse
CONFIG = read_config(SITE_YML)
ID = "11010519491231002X"
MASKS = (
    Mask(kind="person", value="王小明", why="个人信息"),
    Mask(kind="id-card", why="个人信息"),
    Mask(kind="mobile", value="13800138000", why="个人信息", label="〔电话略〕"),
)
SECRETS = ("王小明", ID, "13800138000", "138 0013-8000")


def secretive(**more):
    body = list(notice(1).body)
    body[8:8] = [
        Passage(words=f"向王小明（身份证{ID}，电话138 0013-8000）多付补贴。", role="finding"),
        Passage(words="又打了１３８0013", role="finding"),
        Passage(words="8000这个电话。", role="finding", run_on=True),
    ]
    return notice(1, passages=tuple(body), **({"masks": MASKS} | more))


def secrets_in(files):
    return {(path, secret) for path, data in files.items() for secret in SECRETS if secret.encode() in data}


def test_a_masked_value_stands_in_no_file(tmp_path):
    leaky = secretive(
        metadata=(("经办", f"王小明{ID}"),),
        edits=(Edit(kind="chrome-removed", line=1, before="编辑：王小明 13800138000", after="", start=0),),
        contact=Contact(phones=("010-12345678",), address="王小明收"),
        source=replace(notice(1).source, file="content/sources/王小明.txt"),
        corrections=(Correction(date=DAY("2025-01-01"), what="王小明", why=ID, before="王小明", after="某人"),),
    )
    folder = make_site(tmp_path, [leaky], "publish_sources: true\n")
    (folder / "content/sources").mkdir()
    (folder / "content/sources/王小明.txt").write_text("王小明", encoding="utf-8")
    assert not build(folder, folder / "output").failed
    files = tree(folder / "output")
    assert secrets_in(files) == set()
    assert not [path for path in files if "source/" in path]
    shown = published(leaky, CONFIG)
    assert "向王某（身份证11*************02X，电话〔电话略〕）" in shown.text
    assert "又打了〔电话略〕这个电话" in shown.text.replace("*", "")


def test_a_masked_name_stands_in_no_address_either(tmp_path):
    unit = replace(notice(1).unit, id="wangxiaoming-gongzuoshi", name="王小明工作室")
    body = tuple(
        one._replace(anchor="wang-xiao-ming-13800138000") if one.role == "heading" and one.anchor is None else one
        for one in secretive().body
    )
    leaky = replace(secretive(), id="mou-ju-wang-xiaoming-13800138000", unit=unit, body=body)
    folder = make_site(tmp_path, [replace(leaky, masks=())])
    build(folder, folder / "output")
    make_site(tmp_path, [leaky])
    for _ in range(2):  # each has the output before it to keep from
        assert not build(folder, folder / "output").failed
        files = tree(folder / "output")
        spelled = (b"wangxiaoming", b"wang-xiaoming", b"wang-xiao-ming", b"13800138000")
        assert [path for path in files if any(one.decode() in path for one in spelled)] == []
        assert [path for path, data in files.items() if any(one in data for one in spelled)] == []
    assert "notices/mou-ju-wang-mou-mou/index.html" in files
    assert "units/wang-mou-gongzuoshi/index.html" in files
    with pytest.raises(DiscloseError, match="its source"):  # verify finds the content file, whatever the address
        Origins(folder).fault("mou-ju-wang-mou-mou", "")


@pytest.mark.parametrize(
    "written",
    [
        "138/0013/8000", "（138）0013 8000", "138·0013·8000", "１３８００１３８０００", "138OO138OO0",
        "138\u3164001\uffa038000",
        "138\U000e0100001\u034f38\u061c000", "一三八〇〇一三八〇〇〇", "壹叁捌零零壹叁捌零零零", "+86 138 0013 8000",
        "1\u03363\u03368\u033600138000", "138\u28000013\u28008000",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["13800138000", None], ids=["written", "found"])
def test_a_mask_hides_every_form(written, value):
    item = notice(1, passages=(Passage(words=f"电话{written}。"),), masks=(Mask(kind="mobile", value=value, why="x"),))
    assert "0013" not in bare(masked(item).text)
    assert masked(item).redactions[0].count == 1


def test_an_id_card_is_hidden_in_its_old_form_too():
    item = notice(
        1, passages=(Passage(words="身份证110105491231002。"),), masks=(Mask(kind="id-card", value=ID, why="x"),)
    )
    assert masked(item).text == "身份证11**********002。"


def test_what_nobody_sees_does_not_keep_a_name_from_being_masked():
    item = notice(
        1,
        passages=(Passage(words="向葛\U000e0100某\ufe0f文说。"),),
        masks=(Mask(kind="person", value="葛某文", why="x"),),
    )
    assert "某文" not in bare(masked(item).text).replace("葛某", "")
    assert masked(item).redactions[0].count == 1


def test_without_the_masks_the_same_search_finds_the_values(tmp_path):
    folder = make_site(tmp_path, [secretive(masks=())])
    build(folder, folder / "output")
    found = {path.rpartition(".")[2] for path, _ in secrets_in(tree(folder / "output"))}
    assert {"html", "json", "txt", "csv", "ndjson", "sqlite", "xml"} <= found


def test_the_ledger_tells_kind_and_count(tmp_path):
    shown = published(secretive(), CONFIG)
    assert [(one.kind, one.count, one.why) for one in shown.redactions] == [
        ("person", 1, "个人信息"),
        ("id-card", 1, "个人信息"),
        ("mobile", 2, "个人信息"),
    ]
    assert [span.of(shown.text) for span in shown.redactions[1].places] == ["11*************02X"]
    folder = make_site(tmp_path, [secretive()])
    build(folder, folder / "output")
    page = (folder / f"output/notices/{shown.id}/index.html").read_text("utf-8")
    assert "个人姓名 1 处（个人信息）；身份证号码 1 处（个人信息）；手机号码 2 处（个人信息）" in page
    row = json.loads((folder / "output/data/notices.json").read_bytes())[0]
    assert row["masked"] == 4


@given(notices())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_what_is_shown_holds_no_masked_value_and_keeps_its_places(item):
    item = replace(item, withdrawn=None, id="a")
    shown = masked(item)
    values = [bare(mask.value) for mask in item.masks if mask.value is not None]
    labels = "".join(mask.label or "" for mask in item.masks)
    assert shown.text == text_of(shown.body)
    for anomaly in shown.anomalies:
        assert anomaly.span is None or anomaly.span.of(shown.text) == anomaly.quote
    if not labels and all(mask.kind == "other" for mask in item.masks):
        assert not any(value.strip("*") and value in bare(shown.text) for value in values)


def origin(words, item):
    return Origin(words=words, notice=item)


@given(notices())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_words_shown_are_the_source_with_all_that_is_on_record(item):
    item = replace(item, withdrawn=None, edits=(), errata=(), corrections=())
    assert wording_difference(item, origin(item.text, item), published(item, CONFIG).text) is None


def test_words_that_nobody_put_on_record_are_found():
    item = secretive(edits=())
    shown = published(item, CONFIG).text
    other = origin(item.text.replace("补贴", "补助"), item)
    assert wording_difference(item, origin(item.text, item), shown) is None
    assert wording_difference(item, origin(item.text, item), shown.replace("补贴", "补助")) is not None
    assert wording_difference(item, other, shown) is not None
    corrected = replace(item, corrections=(fix(before="补助", after="补贴", who="某甲"),))
    assert wording_difference(corrected, other, shown) is None
    assert wording_difference(replace(item, corrections=(fix(before="补助", after="补贴"),)), other, shown) is not None


@pytest.mark.parametrize(
    ("kind", "value", "label"),
    [
        ("mobile", "13800138000", "138****8000"),
        ("bank-card", "6222 0211 1111 1111", "************1111"),
        ("passport", "G12345678", "G1*****78"),
        ("plate", "京A12345", "京A***45"),
        ("email", "wang@example.cn", "wa***@example.cn"),
        ("address", "3栋201室", "******"),
        ("other", "机密", "**"),
    ],
)
def test_each_kind_is_shown_as_offices_do(kind, value, label):
    item = notice(1, passages=(Passage(words=f"有{value}在。"),), masks=(Mask(kind=kind, value=value, why="x"),))
    assert masked(item).text == f"有{label}在。"


def test_signatures_and_doubts_about_persons_are_not_shown():
    item = secretive(masks=())
    item = replace(
        item, review="reviewed", reviews=(Review(step="初审", name="某甲", date=DAY("2025-01-01"), words="x"),)
    )
    assert (published(item, CONFIG).review, published(item, CONFIG).reviews) == ("draft", ())
    steps = read_config(SITE_YML + "review_steps: [初审]\npublish_reviewers: true\n")
    good = replace(item, reviews=(replace(item.reviews[0], words=fingerprint(item)),))
    assert (published(good, steps).review, published(good, steps).reviews) == ("reviewed", good.reviews)


def fix(**more):
    return Correction(**({"date": DAY("2025-03-04"), "what": "第1项的次数", "why": "录入有误"} | more))


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    two = fix(before="2023年只开会二次<b>。", after="2023年只开会一次<b>。")
    folder = make_site(tmp_path_factory.mktemp("corrected"), [notice(1, corrections=(two,)), notice(2, unit="b-ju")])
    assert not build(folder, folder / "output").failed
    return folder


def test_a_correction_is_on_the_page_in_the_record_and_in_the_feeds(corrected):
    out, name = corrected / "output", notice(1).id
    page = BeautifulSoup((out / f"notices/{name}/index.html").read_bytes(), "html.parser")
    box = page.select_one("#corrections")
    assert [dd.get_text() for dd in box.select("dd")] == [
        "2025年3月4日", "第1项的次数", "2023年只开会二次<b>。", "2023年只开会一次<b>。", "录入有误",
    ]  # fmt: skip
    record = json.loads((out / f"notices/{name}/notice.json").read_bytes())
    jsonschema.validate(record, notice_schema())
    assert record["corrections"][0]["before"] == "2023年只开会二次<b>。"
    json_ld = json.loads(page.find("script", type="application/ld+json").string)
    assert (json_ld["dateModified"], json_ld["correction"][0]["datePublished"]) == ("2025-03-04", "2025-03-04")
    for feed in ("feed.xml", "notices/feed.xml", "units/mou-ju/feed.xml"):
        assert re.search("<title>更正：某局党组.*?2025-03-04T", (out / feed).read_text("utf-8"))
    assert "更正" not in (out / "units/b-ju/feed.xml").read_text("utf-8")
    assert f"notices/{name}/index.html</loc><lastmod>2025-03-04<" in (out / "sitemap.xml").read_text("utf-8")


def test_old_wording_is_shown_nowhere_when_the_site_says_so(corrected, tmp_path):
    folder = make_site(
        tmp_path, [notice(1, corrections=(fix(before="开会二次", after="只开会一次"),))], "show_old_wording: false\n"
    )
    build(folder, folder / "output")
    assert not [path for path, data in tree(folder / "output").items() if "开会二次".encode() in data]
    assert [path for path, data in tree(corrected / "output").items() if "开会二次".encode() in data]


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory):
    gone = Withdrawal(date=DAY("2025-05-06"), why="重新核对<b>")
    folder = make_site(
        tmp_path_factory.mktemp("withdrawn"),
        [
            notice(1, unit="a-ju", name="某甲局"),
            notice(2, unit="a-ju", name="某甲局", published="2025-01-02", title="撤下的通报甲", withdrawn=gone),
            notice(3, unit="b-ju", name="某乙局", published="2025-02-03", title="撤下的通报乙", withdrawn=gone),
        ],
        "publish_sources: true\ntraditional: true\n",
    )
    assert not build(folder, folder / "output").failed
    return folder


ANNOUNCED = {"feed.xml", "notices/feed.xml", "changes/feed.xml", "changes/index.html", "changes/list.json"}


def test_a_withdrawn_notice_is_left_at_its_address_in_the_feeds_and_among_the_changes_alone(withdrawn):
    files = tree(withdrawn / "output")
    address = f"notices/{notice(2, unit='a-ju', published='2025-01-02').id}"
    other = f"notices/{notice(3, unit='b-ju', published='2025-02-03').id}"

    def holding(words):
        return {path for path, data in files.items() if words.encode() in data and not path.startswith("zh-hant/")}

    assert holding("撤下的通报甲") == ANNOUNCED | {
        f"{address}/index.html", f"{address}/notice.json", "units/a-ju/feed.xml",
    }  # fmt: skip
    assert holding("某乙局") == ANNOUNCED | {
        f"{other}/index.html", f"{other}/notice.json", "units/b-ju/index.html", "units/b-ju/feed.xml",
    }  # fmt: skip
    assert not [path for path in files if path.startswith(address) and "source" in path]
    assert address not in files["sitemap.xml"].decode()
    assert "units/b-ju/" not in files["sitemap.xml"].decode()


def test_the_page_of_a_withdrawn_notice_says_since_when_and_why(withdrawn):
    name = notice(2, unit="a-ju", published="2025-01-02").id
    page = BeautifulSoup((withdrawn / f"output/notices/{name}/index.html").read_bytes(), "html.parser")
    assert [dd.get_text() for dd in page.select("main dd")] == ["某甲局", "2025年5月6日", "重新核对<b>"]
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    record = json.loads((withdrawn / f"output/notices/{name}/notice.json").read_bytes())
    jsonschema.validate(record, notice_schema())
    assert record["withdrawn"] == {"date": "2025-05-06", "why": "重新核对<b>"}
    assert (record["text"], record["issues"], record["source"]["sha256"]) == ("", [], "")
    assert "撤下" in (withdrawn / f"output/notices/{name}/notice.txt").read_text("utf-8")


def test_a_record_without_decisions_says_that_there_are_none():
    record = record_of(notice(1))
    assert [record[key] for key in ("corrections", "masks", "reviews", "withdrawn")] == [[], [], [], None]
    jsonschema.validate(record, notice_schema())


@given(st.text(max_size=12))
def test_folding_for_masks_is_stable(text):
    assert bare(bare(text)) == bare(text)
