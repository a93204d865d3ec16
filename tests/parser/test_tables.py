"""The tables hold what the code takes for granted of their rows."""

import re

from generator.base.diagnostics import Severity
from generator.editorial import severities
from generator.model import personal_rules as personal
from generator.model.notice import ROLES
from generator.model.numbering import STYLES, label_at
from generator.parser import status
from generator.parser.rules import chrome, confusions, figure_patterns, kinds, role_labels, wordlists
from generator.parser.rules import status as status_table
from tests.every import every


def test_labels_have_roles():
    assert {role for _, role in role_labels.LABELS} <= ROLES
    assert len({label for label, _ in role_labels.LABELS}) == len(role_labels.LABELS)


def test_columns_have_roles():
    assert {column for _, column in role_labels.COLUMNS} <= ROLES | {"number", "group"}
    assert len(dict(role_labels.COLUMNS)) == len(role_labels.COLUMNS)


def test_every_word_of_a_status_has_one_kind():
    words_ = [word for row in status_table.WORDS.values() for word in row.split()]
    assert len(words_) == len(set(words_))


PATTERNS = [
    *(pattern for _, pattern in (*chrome.ANYWHERE, *chrome.TOP, *chrome.BOTTOM)),
    *(pattern.replace("N", figure_patterns.NUMBER) for _, pattern in figure_patterns.ROWS),
    *figure_patterns.MONEY,
    *wordlists.ISSUES_TITLE,
    *wordlists.CONTACT_KEYS,
    *wordlists.WELCOME,
    *(kinds.ANNOUNCED, kinds.PAST, kinds.FOREIGN, kinds.MASKED, kinds.MANY),
    *(pattern for _, pattern, _ in confusions.ROWS),
    *(row.pattern for row in personal.ROWS if row.pattern),
    *(pattern for kind in kinds.KINDS for pattern in kind.patterns),
]


@every(PATTERNS)
def test_patterns_compile_and_do_not_match_nothing(pattern):
    assert not re.compile(pattern).fullmatch("")


def test_severities_have_rows_of_their_kind():
    assert all(isinstance(severity, Severity) for severity in severities.SEVERITIES.values())


LABELS = [
    ("第一部分 x", "part", 1),
    ("第一条 x", "article", 1),
    ("第3条：x", "article", 3),
    ("第一个问题：x", "counted", 1),
    ("第2个问题，x", "counted", 2),
    ("第3题：x", "counted", 3),
    ("（第4项）x", "counted", 4),
    ("一 、x", "cn", 1),
    ("2 .x", "ar", 2),
    ("3：学习不深入", "ar", 3),
    ("4-学习不深入", "ar", 4),
    ("[5]x", "ar-paren", 5),
    ("问题（6）x", "named", 6),
    ("No.7 x", "kind", 7),
    ("第1项：x", "counted", 1),
    ("第二类问题、x", "nth", 2),
    ("其二，x", "among", 2),
    ("类别三：x", "kind", 3),
    ("B.管理松散", "capital", 2),
    ("A2.管理松散", "capital-ar", 2),
    ("B12、管理松散", "capital-ar", 12),
    ("c.管理松散", "letter", 3),
    ("一、x", "cn", 1),
    ("十二、x", "cn", 12),
    ("（三）x", "cn-paren", 3),
    ("(三)x", "cn-paren", 3),
    ("三）x", "cn-paren", 3),
    ("问题4：x", "named", 4),
    ("【问题四】x", "named", 4),
    ("反馈问题二:x", "named", 2),
    ("3.x", "ar", 3),
    ("3、x", "ar", 3),
    ("３．x", "ar", 3),
    ("（１２）x", "ar-paren", 12),
    ("3．x", "ar", 3),
    ("1.2024年度", "ar", 1),
    ("2.1 项目", "decimal-2", 1),
    ("2.1关于", "decimal-2", 1),
    ("２．１２、关于", "decimal-2", 12),
    ("2.1.3 x", "decimal-3", 3),
    ("2.1.3人员", "decimal-3", 3),
    ("2.1.3.4 关于", "decimal-4", 4),
    ("（2）x", "ar-paren", 2),
    ("( 2 )x", "ar-paren", 2),
    ("2)x", "ar-paren", 2),
    ("㈢x", "cn-paren", 3),
    ("⑿x", "ar-paren", 12),
    ("⒉x", "ar", 2),
    ("⑳x", "circled", 20),
    ("㉒x", "circled", 22),
    ("○51x", "circled", 51),
    ("丙、x", "stem", 3),
    ("贰、x", "formal", 2),
    ("拾壹、x", "formal", 11),
    ("Ⅳ.x", "roman", 4),
    ("（Ⅱ）x", "roman", 2),
    ("第二部分整改情况", "part", 2),
    ("IV.学习", "roman", 4),
    ("(XII) 学习", "roman", 12),
    ("三是x", "shi", 3),
    ("1 2 学习", "pair", 2),
    ("03", "screen", 3),
    ("PART 02", "screen", 2),
    ("反馈意见2：学习", "named", 2),
    ("存在问题3：学习", "named", 3),
    ("1\t12\t“三会一课”", "pair", 12),
]


@every(LABELS)
def test_numbers_as_printed(text, style, value):
    label = label_at(text)
    assert (label.style, label.value) == (style, value)
    assert text.startswith(label.printed)


@every(
    [
        "1.5万元",
        "1.5 万元",
        "3.15日前",
        "2.5倍",
        "12.5%的",
        "2024.3.15 召开",
        "第一条规定",
        "2024年公开",
        "一方面",
        "256件",
        "十分重视",
        "第一种形态",
        "甲、乙双方",
        "Ⅱ级响应",
        "X光机闲置",
        "IVD.试剂",
        "V.S.比对",
        "A级景区",
        "12：30召开",
        "5 .5万元",
        "e.g.",
        "其他，",
        "10 20 万元",
        "3 5 日",
        "2023 12 学习",
        "第一个月，",
        "整改任务10项",
        "2003",
        "意见10条",
        "叁万元",
        "",
    ]
)
def test_what_is_no_number(text):
    assert label_at(text) is None


def test_every_style_is_shown_by_a_label():
    assert {style for _, style, _ in LABELS} == {style.name for style in STYLES}


SAID = [
    ("已完成整改", "done"),
    ("已整改完成", "done"),
    ("整改完成", "done"),
    ("已全部完成整改", "done"),
    ("完全整改到位", "done"),
    ("全部办结", "done"),
    ("已销号", "done"),
    ("已整改完成并长期坚持", "done"),
    ("已完成并持续坚持", "done"),
    ("正在整改", "ongoing"),
    ("尚在整改中", "ongoing"),
    ("持续整改", "ongoing"),
    ("正在推进", "ongoing"),
    ("正在持续推进", "ongoing"),
    ("仍在有序推进", "ongoing"),
    ("未完成(正在整改)", "ongoing"),
    ("阶段性完成", "ongoing"),
    ("取得阶段性成果", "ongoing"),
    ("取得明显成效", "ongoing"),
    ("部分整改", "ongoing"),
    ("2025年7月底前整改完成", "ongoing"),
    ("未启动整改", "ongoing"),
    ("未完成整改", "ongoing"),
    ("长期任务", "long-term"),
    ("长期坚持", "long-term"),
    ("仍需长期整改", "long-term"),
    ("长期落实事项", "long-term"),
    ("长期任务，已取得阶段性成效", "long-term"),
    ("已整改", "done"),
    ("完成", "done"),
    ("√", "done"),
    ("问题已解决", "done"),
    ("整改到位，并将长期坚持", "done"),
    ("☑已完成 □持续推进", "done"),
    ("☐已完成 ☑持续推进", "ongoing"),
    ("推进中", "ongoing"),
    ("部分完成", "ongoing"),
    ("65%", "ongoing"),
    ("达到序时进度", "ongoing"),
    ("已启动，正在实施", "ongoing"),
    ("未整改到位", "ongoing"),
    ("阶段性完成，需长期坚持", "long-term"),
    ("0项未启动整改", None),
    ("确保整改到位", None),
    ("制定了制度", None),
]


@every(SAID)
def test_status_words(text, said):
    assert status.decisive(text) == said
