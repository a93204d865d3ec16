"""What the parser promises for any text at all: nothing raised, no word lost, the same each time."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.notice import Source
from generator.model.proof import difference
from generator.parser import parse
from generator.readers.characters import clean
from generator.readers.document import Document
from generator.readers.text.plain import READER, blocks_of
from tests import examples
from tests.parser.support import check_promises

SOURCE = Source(file="x.txt", format="txt", sha256="0" * 64)
SEEDS = sorted((Path(__file__).parents[2] / "content" / "sources").rglob("*.txt"))
TEXTS = [path.read_text("utf-8") for path in SEEDS]

BITS = [
    "一、", "（一）", "(1)", "1.", "①", "一是", "整改情况：", "整改措施", "存在问题：", "已完成整改。",
    "正在整改", "关于", "的问题", "。", "，", "；", "：", "\n", "\n\n", " ", "　", "“", "”", "（", "）",
    "《", "2023年1月6日", "至", "319日", "县委第二巡察组", "反馈", "巡察", "中共东山县卫生健康局党组",
    "联系电话：0596-5835406", "附件：", "来源:", "索引号:", "当前位置:", "EQ \\o\\ac(○,22)", "统(tǒng)一",
    "— 3 —", "现将整改情况予以公布", "需要进一步整改的事项", "|", "\t", "●",
    "\n| 类别 | 序号 | 问题 | 整改情况 |\n", "\n| 1 | 不深入 | 已完成 |\n", "\n|---|\n", "\n序号\n问题\n整改情况\n1\n",
    "首页>>公示公告>>", "针对学习不深入的问题，建立制度", "整改时限：2021年12月31日。", "\u200b", "x",
]  # fmt: skip
_any = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300)
texts = st.one_of(_any, st.lists(st.sampled_from(BITS), max_size=60).map("".join))


def parsed(text):
    """The document that the text reader makes of `text`, whatever characters it has, and its notice."""
    words, edits = clean(text)
    document = Document(text=words, blocks=tuple(blocks_of(words)), format="txt", edits=edits)
    return document, parse(document, SOURCE)


def keeps_its_promises(text):
    document, notice = parsed(text)
    check_promises(document, notice)


RESIDUE = "EQ \\o\\ac(○,22)"


CARD_LABELS = ("问题序号", "序号", "类别", "反馈问题", "问题", "具体表现", "整改措施", "整改状态", "责任单位", "备注")
CARD_WORDS = ("1", "学习不深入", "已完成", "2024年6月底", "", "1.修订。2.落实。", "整改措施", f"建立{RESIDUE}制度")
_pairs = st.tuples(st.sampled_from(CARD_LABELS), st.sampled_from(CARD_WORDS)).map("\t".join)
_rows = st.lists(_pairs, min_size=1, max_size=3).map("\t".join)


@given(st.lists(st.one_of(_rows, st.sampled_from(["（一）作风方面", "一、整改情况", "整改情况：做了。"])), max_size=9))
@example(
    [
        "问题序号\t1",
        "整改状态\t建立EQ \\o\\ac(○,22)制度\t反馈问题\t1",
        "问题序号\t1",
        "整改状态\t建立EQ \\o\\ac(○,22)制度\t反馈问题\t1",
    ]
)
@example(["问题序号\t1\t整改状态\t已完成", "反馈问题\t学习不深入", "整改措施\t1.修订。"])
@example(["序号\t1\t备注\t已完成\t问题\t学习不深入", "整改措施\t1.修订。"])
def test_cards_are_parsed_without_loss(rows):
    keeps_its_promises("\n".join(["中共某县某局党组关于巡察整改情况的通报", *rows]))


@given(texts)
@example(f"来源:{RESIDUE}")  # set aside with the number that the residue became
@example(f"一、关于统一{RESIDUE}\n不够的问题")  # joined behind a residue
@example("一、关于統(tǒng)\n一不够的问题")  # joined behind what was taken off
@example("||\n| 类别 | 序号 | 问题 | 整改情况 |\n")  # a cell without words above a table
def test_any_text_is_parsed_without_loss(text):
    keeps_its_promises(text)


@given(texts)
def test_parsing_is_the_same_each_time(text):
    assert parsed(text)[1] == parsed(text)[1]


@given(texts)
def test_the_words_of_a_parsed_notice_parse_to_the_same_words(text):
    _, notice = parsed(text)
    if not notice.text.strip():
        return
    _, again = parsed(notice.text)
    assert difference(notice.text, again.edits, again.text) is None


WIDTHS = str.maketrans("，：；（）！？", ",:;()!?")


def _swap_widths(text, draw):
    return text.translate(WIDTHS)


def test_a_group_without_number_stands_no_deeper_than_a_heading_can():
    keeps_its_promises(
        "中共某县某局党组关于巡察整改情况的通报\n（一）作风方面\n（一）作风方面\n一、整改情况\n（一）作风方面\n一、整改情况\n"
        "问题序号\t1\n整改情况：做了。"
    )


def _join_lines(text, draw):
    return re.sub(r"\n+", " ", text)


def _cut(text, draw):
    size = len(text)
    start = draw(st.integers(0, size))
    return text[start : draw(st.integers(start, size))]


def _renumber(text, draw):
    return re.sub(r"(?m)^(\s*)(\d{1,2})([.、])", lambda m: f"{m[1]}{draw(st.integers(1, 20))}{m[3]}", text)


def _insert_blanks(text, draw):
    for _ in range(5):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from([" ", "\n", "　", "\u00a0"])) + text[at:]
    return text


def _remove_section(text, draw):
    paragraphs = text.split("\n")
    start = draw(st.integers(0, len(paragraphs)))
    del paragraphs[start : start + draw(st.integers(0, 30))]
    return "\n".join(paragraphs)


TRADITIONAL = str.maketrans("党关于县区进报国问题导业实员组织统", "黨關於縣區進報國問題導業實員組織統")


def _mirror(text, draw):
    return _cut(text.translate(TRADITIONAL), draw)


MUTATIONS = [_mirror, _swap_widths, _join_lines, _cut, _renumber, _insert_blanks, _remove_section]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda f: f.__name__.strip("_"))
@settings(max_examples=examples(15))
@given(data=st.data())
def test_damaged_seeds_lose_no_word(mutate, data):
    keeps_its_promises(mutate(data.draw(st.sampled_from(TEXTS)), data.draw))


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SEEDS])
def test_lines_joined_into_one_give_the_same_issues(text):
    """A notice that an extractor put on one line has as many issues as before, wherever paragraphs end in a stop."""
    _, notice = parsed(text)
    _, joined = parsed(" ".join(line.strip() for line in text.split("\n") if line.strip()))
    assert difference(READER.read(text.encode()).text, notice.edits, notice.text) is None
    assert len(joined.issues) == len(notice.issues)


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SEEDS])
def test_widths_do_not_matter(text):
    _, notice = parsed(text)
    _, narrow = parsed(text.translate(WIDTHS))
    assert [i.title.translate(WIDTHS) for i in notice.issues] == [i.title for i in narrow.issues]
    assert [i.status for i in notice.issues] == [i.status for i in narrow.issues]


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SEEDS])
def test_traditional_characters_do_not_matter(text):
    _, notice = parsed(text)
    _, mirror = parsed(text.translate(TRADITIONAL))
    assert mirror.text == notice.text.translate(TRADITIONAL)
    assert [i.title.translate(TRADITIONAL) for i in notice.issues] == [i.title for i in mirror.issues]
    assert [(i.status, i.deadline) for i in notice.issues] == [(i.status, i.deadline) for i in mirror.issues]
    assert mirror.inspection.start == notice.inspection.start
    assert mirror.unit.name == notice.unit.name.translate(TRADITIONAL)
