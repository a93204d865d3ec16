"""Personal data that may not be published (GOV-SITE 7): how it is found, and what a mask shows in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.model.decisions import MaskKind


class Row(NamedTuple):
    """One kind of personal data."""

    code: str
    kind: MaskKind
    pattern: str
    name: str
    test: str = ""
    """The check digit that a match must have: `id` GB 11643, `luhn`; empty: none."""
    hint: str = ""
    """What every match holds, and is quicker to look for."""


SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹喻章苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤罗郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻贾江童颜郭梅林徐邱骆高夏蔡田樊胡凌霍虞万卢莫房缪丁邓洪包左石崔吉龚程邢裴陆荣翁段焦侯秋仲宁仇甘祖武符刘景詹龙叶黎白蒲卓池乔覃翟谭申冉桑桂牛边燕温庄晏柴瞿阎茹习艾廖耿匡"
)

_LONG_NUMBER = r"[0-9０-９](?:[ -]?[0-9０-９]){7}"

ROWS: tuple[Row, ...] = (
    Row(
        "personal-id",
        "id-card",
        r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])",
        "身份证号码",
        "id",
        hint=_LONG_NUMBER,
    ),
    Row(
        "personal-mobile",
        "mobile",
        r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d-])",
        "手机号码",
        hint=_LONG_NUMBER,
    ),
    Row(
        "personal-card",
        "bank-card",
        r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)",
        "银行卡号",
        "luhn",
        hint=_LONG_NUMBER,
    ),
    Row(
        "personal-card",
        "bank-card",
        r"(?:(?<=[账卡]号)|(?<=[账卡]号[:：为是]))\d(?:[ -]?\d){7,29}(?!\d)",
        "银行账号",
        hint=_LONG_NUMBER,
    ),
    Row(
        "personal-address",
        "address",
        # 安置房2栋 counts houses; 花园2栋 and 2栋301室 name one
        r"(?<!\d)\d{1,4}(?:号楼|单元)(?:\d{1,4}(?:单元|室|号))?|(?<!\d)\d{1,4}[栋幢]\d{1,4}(?:单元|室|号)"
        r"|(?:(?<=小区|花园|公寓|家园|新村)|(?<=[苑庭湾府寓路街号]))\d{1,4}[栋幢]|(?<!\d)\d{3,4}室",
        "住址",
        hint=r"[0-9０-９](?:[栋幢室]|号楼|单元)",
    ),
    Row(
        "personal-passport",
        "passport",
        r"(?<![0-9A-Za-z])(?:[EG]\d{8}|E[A-Z]\d{7})(?![0-9A-Za-z])",
        "护照号码",
        hint=r"[EG][A-Z0-9][0-9]{7}",
    ),
    Row(
        "personal-plate",
        "plate",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?(?:[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z挂学警]|[DF][0-9A-HJ-NP-Z]\d{4}|\d{5}[DF])(?![0-9A-Za-z])",
        "车牌号码",
    ),
    Row(
        "personal-email",
        "email",
        r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        "电子邮箱",
        hint="@",
    ),
    Row("personal-account", "account", r"(?:微信号?|QQ号?|qq号?)[:：为是]?\s?[A-Za-z0-9_-]{5,20}", "微信或QQ号"),
    Row(
        "personal-name",
        "person",
        rf"[{SURNAMES}](?:(?<=患者.)|(?<=病人.)|(?<=遗属.)|(?<=低保户.)|(?<=学生.)|(?<=幼儿.)|(?<=儿童.))[一-龥]{{1,2}}(?=[，。、；：（()]|等|的|报销|住院|因)(?<![某家长])",
        "个人姓名",
    ),
)

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
"""GB 11643."""

KIND_NAMES: Mapping[MaskKind, str] = {
    "id-card": "身份证号码",
    "mobile": "手机号码",
    "bank-card": "银行卡号、账号",
    "address": "住址",
    "person": "个人姓名",
    "passport": "护照号码",
    "plate": "车牌号码",
    "email": "电子邮箱",
    "account": "微信、QQ号",
    "other": "其他",
}

KEPT: Mapping[MaskKind, tuple[int, int]] = {
    "id-card": (2, 3),
    "mobile": (3, 4),
    "bank-card": (0, 4),
    "passport": (2, 2),
    "plate": (2, 2),
    "email": (2, 0),
    "account": (2, 0),
}
"""How many characters a mask leaves at the beginning and at the end, as offices do; of other kinds none."""

PRIVATE_MAIL = ("126.com", "163.com", "qq.com", "sina.com", "sohu.com", "foxmail.com")
"""Hosts of mail that is no office's own."""
