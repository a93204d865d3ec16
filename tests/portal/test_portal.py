"""门户稿: what goes to a platform says what the notice says, sign for sign, and nothing that is not approved."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.diagnostics import ContentError
from generator.base.files import notice_files
from generator.cli import main
from generator.content.config import load_config
from generator.content.masks import masked
from generator.content.notice_file import read_notice, write_notice
from generator.model.decisions import Mask, Withdrawal
from generator.model.notice import IssueMarks, PartialDate, Passage
from generator.model.proof import hash_of_words
from generator.portal.fragment import fragment_of, table_of
from generator.portal.lines import lines_of
from generator.portal.manuscript import manuscript_of
from generator.portal.pack import write_pack
from generator.readers import read_document
from tests.samples import make_site, notice, put_notice

ROOT = Path(__file__).parents[2]
OWN = notice_files(ROOT)
DAY = PartialDate.parse("2025-11-27")
STEPS = {"初审": "某甲", "复审": "某乙", "终审": "某丙"}
TAGS = {"h1", "h2", "h3", "h4", "h5", "p", "strong", "table", "tr", "th", "td"}
"""What editors of platforms are known to keep."""


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, [notice(1)])


def sign(site, name=None):
    for step, who in STEPS.items():
        assert main(["review", name or notice(1).id, "--site", str(site), "--step", step, "--name", who]) == 0


def content_file(site):
    return next(site.rglob("content/notices/*/*.md"))


def change(site, old, new):
    path = content_file(site)
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def read(item, name):
    data = fragment_of(item).encode() if name.endswith("html") else manuscript_of(item)
    return read_document(data, name).text


def same_words(text, other):
    return "".join(text.split()) == "".join(other.split())


# ------------------------------------------------------------------------------------------------------ the words


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem[:20])
@pytest.mark.parametrize("name", ["x.html", "x.docx"])
def test_what_a_reader_finds_in_the_file_is_the_notice(path, name):
    item = masked(read_notice(path.read_text("utf-8"), str(path))[0])
    assert same_words(read(item, name), item.text)


signs = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.sampled_from("，。：；（）《》“”、①②㉒〔〕—…·％℃㎡１Ａ1234567890abcXYZ.,:;()[]{}<>&\"'*_#|/\\~ 　"),
)
texts = st.one_of(
    st.text(signs, min_size=1, max_size=60),
    st.sampled_from(["<b>", "1. ", "1）", "A&B", "<!-- x -->", "]]>", "— 1 —", "# 一", "| a |", "一是查；二是改。"]),
).map(str.strip)
roles = st.sampled_from(
    ["prose", "finding", "response", "status", "addressee", "annex", "signature", "date", "contact"]
)
passages = st.builds(
    Passage, words=texts.filter(bool), role=roles, label=st.sampled_from(["", "整改情况：", "1."]), run_on=st.booleans()
)
headings = st.builds(
    Passage,
    words=texts.filter(bool),
    role=st.just("heading"),
    label=st.sampled_from(["", "一、", "（二）", "3.", "（4）", "⑤"]),
    level=st.integers(1, 5),
    anchor=st.sampled_from(["i1", "s2", "b<3"]),
    marks=st.none() | st.just(IssueMarks()),
)


@pytest.mark.slow
@settings(max_examples=int(os.environ.get("NOTICES", "60")), deadline=None)
@given(body=st.lists(passages | headings, min_size=1, max_size=8).map(tuple))
def test_any_words_that_people_write_read_back(body):
    """NOTICES=200 makes the long run."""
    item = notice(1, passages=body)
    assert same_words("\n".join("".join(run.text for run in line.runs) for line in lines_of(item)), item.text)
    for name in ("x.html", "x.docx"):
        assert same_words(read(item, name), item.text), name


def test_a_sign_that_no_file_keeps_is_told_and_nothing_is_written(tmp_path):
    item = notice(1, passages=(Passage(words="清退\x0b三千元"),))
    with pytest.raises(ContentError, match="not hold the words"):
        write_pack(item, load_config(make_site(tmp_path, [])), tmp_path / "out", [], has_title=True, is_draft=False)
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------------------------------------------- the fragment


def test_the_fragment_has_only_what_platforms_keep():
    for part in (fragment_of(notice(1)), table_of(notice(1))):
        tags = BeautifulSoup(part, "lxml").body.find_all(True)
        assert {tag.name for tag in tags} - {"tbody"} <= TAGS
        assert {name for tag in tags for name in tag.attrs} <= {
            "id", "style", "border", "cellpadding", "cellspacing", "width"
        }  # fmt: skip
        assert not any(word in part for word in ("class=", "<script", "url(", "position", "javascript:"))


def test_headings_carry_the_addresses_of_issues_and_hostile_words_are_words():
    found = BeautifulSoup(fragment_of(notice(1)), "lxml")
    assert found.find(id="i1").name == "h4"
    assert "2023年只开会一次<b>。" in found.get_text()


def test_the_title_can_be_left_to_the_platform(site):
    sign(site)
    assert main(["portal", notice(1).id, "--site", str(site), "--no-title"]) == 0
    words = (site / "portal" / notice(1).id / f"{notice(1).id}.html").read_text("utf-8")
    assert "<h1" not in words
    assert notice(1).title not in words


def test_the_table_says_of_each_issue_what_the_notice_says():
    rows = [row.get_text("|") for row in BeautifulSoup(table_of(notice(1)), "lxml").find_all("tr")]
    assert rows[0] == "序号|问题|整改状态|整改时限"
    assert len(rows) == len(notice(1).issues) + 1
    assert rows[2].endswith("|整改中|2024-09")


# -------------------------------------------------------------------------------------------------- the manuscript


def test_the_manuscript_has_the_form_of_an_official_document():
    document = docx.Document(io.BytesIO(manuscript_of(notice(1))))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    assert document.styles["Normal"].font.size.pt == 16
    assert document.paragraphs[0].style.name == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3"} <= {paragraph.style.name for paragraph in document.paragraphs}


def test_the_same_notice_gives_the_same_bytes():
    assert manuscript_of(notice(1)) == manuscript_of(notice(1))


@pytest.mark.office
def test_the_pdf_has_the_words_too(site):
    sign(site)
    assert main(["portal", notice(1).id, "--site", str(site)]) == 0
    made = site / "portal" / notice(1).id / f"{notice(1).id}.pdf"
    assert same_words(read_document(made.read_bytes(), made.name).text, notice(1).text)


# ------------------------------------------------------------------------------------------------- what was approved


@pytest.fixture
def no_office(monkeypatch):
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if "office" in name else which(name))


@pytest.mark.usefixtures("no_office")
def test_a_draft_does_not_leave_the_house(site, capsys):
    assert main(["portal", notice(1).id, "--site", str(site)]) == 1
    assert "draft" in capsys.readouterr().err
    assert not (site / "portal").exists()
    assert main(["portal", notice(1).id, "--site", str(site), "--draft"]) == 0
    assert "不得上网" in (site / "portal" / notice(1).id / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("no_office")
def test_of_a_changed_notice_the_version_goes_that_was_approved(site):
    sign(site)
    change(site, "长期坚持。", "长期坚持下去。")
    assert main(["portal", notice(1).id, "--site", str(site)]) == 0
    words = (site / "portal" / notice(1).id / f"{notice(1).id}.txt").read_text("utf-8")
    assert "长期坚持下去" not in words


@pytest.mark.usefixtures("no_office")
def test_what_a_mask_hides_stands_in_no_file(tmp_path):
    item = notice(1, masks=(Mask(kind="other", value="补开会议", label="某事", why="个人"),))
    site = make_site(tmp_path, [item])
    assert main(["portal", item.id, "--site", str(site), "--draft"]) == 0
    for path in (site / "portal" / item.id).iterdir():
        text = read_document(path.read_bytes(), path.name).text if path.suffix == ".docx" else path.read_text("utf-8")
        assert "补开会议" not in text, path.name


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("whose", ["its own", "another notice's"])
def test_an_approved_version_that_shows_what_a_mask_hides_today_does_not_go(site, capsys, whose):
    sign(site)
    mask = (Mask(kind="other", value="补开会议", why="个人"),)
    if whose == "its own":  # the mask is not signed: the version without it is the approved one
        front = content_file(site)
        hidden = read_notice(front.read_text("utf-8"), "x")[0].replace(masks=mask)
        front.write_text(write_notice(hidden), encoding="utf-8")
    else:
        put_notice(site, notice(2, published="2022-05-06", masks=mask))
    assert main(["portal", notice(1).id, "--site", str(site)]) == 1
    said = capsys.readouterr().err
    assert "masked-value" in said
    assert "补开会议" not in said
    assert not (site / "portal").exists()


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("fault", ["", "<<<<<<< mine"])
def test_a_withdrawn_notice_goes_in_no_version(site, capsys, fault):
    sign(site)
    front = content_file(site)
    gone = read_notice(front.read_text("utf-8"), "x")[0].replace(withdrawn=Withdrawal(date=DAY, why="误发"))
    front.write_text(write_notice(gone).replace("长期坚持。", f"长期坚持。\n\n{fault}"), encoding="utf-8")
    for words in ([], ["--draft"]):
        assert main(["portal", notice(1).id, "--site", str(site), *words]) == 1
    assert "error[" in capsys.readouterr().err
    assert not (site / "portal").exists()


@pytest.mark.usefixtures("no_office")
def test_the_guide_names_the_fields_and_holds_what_to_copy(site, capsys):
    sign(site)
    assert main(["--lang", "zh", "portal", notice(1).id, "--site", str(site)]) == 0
    folder = site / "portal" / notice(1).id
    guide = BeautifulSoup((folder / "index.html").read_text("utf-8"), "lxml")
    assert guide.find("textarea").string.strip() == (folder / f"{notice(1).id}.html").read_text("utf-8").strip()
    fields = dict(line.split("：", 1) for line in (folder / "fields.txt").read_text("utf-8").splitlines())
    assert fields["标题"] == notice(1).title
    assert fields["正文校验"] == hash_of_words(notice(1).text)
    assert fields["发布日期"] == "〔请按平台要求填写〕"
    assert not guide.find_all("script")
    said = capsys.readouterr()
    assert "门户稿" in said.out
    assert "没有生成 PDF" in said.err
