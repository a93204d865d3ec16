"""Names of units as lower-case ASCII for permalinks (G-FRAME-06): made once at import, never changed after."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

from generator.parser.text import patterns
from generator.tables import units

_PREFIX = re.compile(r"^(?:中共|中国共产党)")
_ORGAN = re.compile(rf"(?<=...)(?:{patterns(units.ORGANS)})$")
_WORDS = (
    # words that stay together in a slug; longest first
    "自治区", "自治州", "自治县", "委员会", "卫生", "健康", "教育", "体育", "旅游", "文化", "广播", "电视", "交通", "运输", "农业", "农村", "水利",
    "林业", "财政", "税务", "审计", "统计", "民政", "司法", "公安", "人力", "资源", "社会", "保障", "自然", "生态", "环境", "住房", "城乡", "建设",
    "发展", "改革", "工业", "信息", "商务", "应急", "管理", "市场", "监督", "医疗", "人民", "医院", "中医", "妇幼", "保健", "社区", "服务", "中心",
    "中学", "小学", "大学", "学院", "学校", "幼儿园", "检察院", "法院", "集团", "有限", "公司", "开发", "投资", "银行", "街道", "办事处", "办公室",
    "退役", "军人", "事务", "行政", "审批", "数据", "机关", "工作", "总工会", "供销", "合作", "联合", "残疾人", "红十字会", "科学", "技术", "气象",
    "城市", "综合", "执法", "国有", "资产", "融媒体", "乡村", "振兴", "民族", "宗教", "信访", "党校", "档案", "地方", "金融", "粮食", "物资", "储备",
)  # fmt: skip
_CUT = re.compile(
    rf"[A-Za-z0-9]+|{patterns(_WORDS)}|[\u4e00-\u9fff]{{2,7}}?(?=自治|省|市|县|区|旗|州|盟|镇|乡|街道)|[省市县区旗州盟镇乡局院部厅委]|"
    rf"[\u4e00-\u9fff]+?(?={patterns(_WORDS)}|[省市县区旗州盟镇乡局院部厅]|[^\u4e00-\u9fff]|$)"
)
_MAX = 80


def slug(name: str) -> str:
    """Pinyin words of a name, joined by hyphens; the Party's prefix and organ left out; empty for an empty name.

    >>> slug("中共东山县卫生健康局党组")
    'dongshan-xian-weisheng-jiankang-ju'
    """
    bare = _ORGAN.sub("", _PREFIX.sub("", re.sub(r"[（(].*?[）)]|\\s", "", name))) or name
    syllables = ("".join(lazy_pinyin(word, style=Style.NORMAL)) for word in _CUT.findall(bare))
    found = "-".join(re.sub(r"[^a-z0-9]", "", word.lower().replace("ü", "v")) for word in syllables)
    return re.sub(r"-{2,}", "-", found).strip("-")[:_MAX].strip("-")
