"""Personal data that may not be published (GOV-SITE 7): how each kind is written, and what a mask shows in its place.

All patterns are for folded text (personal.py): half width, small letters, simplified script, one sort of blank and dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.model.decisions import MaskKind


class PersonalDataRule(NamedTuple):
    """One kind of personal data."""

    code: str
    kind: MaskKind
    name: str
    pattern: str = ""
    """Its data is in the last group; empty: personal_numbers.py or personal_names.py finds it."""
    unless: str = ""
    """What, shortly before it, says that it is something else."""
    signs: str = ""
    """A pattern that every match holds: quicker to look for, since each of its branches begins with one character."""


ID_CARD = PersonalDataRule("personal-id", "id-card", "身份证号码")
MOBILE = PersonalDataRule("personal-mobile", "mobile", "手机号码")
CARD = PersonalDataRule("personal-card", "bank-card", "银行卡号或账号")
NAME = PersonalDataRule("personal-name", "person", "个人姓名")

_DAY = r"[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?|(?:19|20)\d\d *+[年./-] *+\d{1,2}(?: *+[月./-](?: *+\d{1,2} *+日?)?)?|(?:19|20)\d{4}(?:\d\d)?"
_OFFICE = "[局委厅部所院校店厂]|中心|大楼|办公楼?|大厦|机关|政府|园区?|校区|院区|宾馆|酒店|公司|基地|教学楼?|综合楼?|门诊楼?|住院楼?|实验楼?|(?:教师|教工|学生|职工|人才)(?:公寓|宿舍)|(?<![属舍])楼"
_FLAT = r"(?:\d{1,4}|[a-z]\d{0,2}) ?(?:栋|幢|座|号楼|#楼?)"
_FLATS = r"栋(?<=[\da-z ]栋) ?-?\d|幢(?<=[\da-z ]幢) ?-?\d|座(?<=[\da-z ]座) ?-?\d|号楼 ?-?\d|#楼? ?-?\d"
_OFFICE_NAME = "[^,。;()\n]{2,20}?(?:局|委|办|室|站|所|院|校|会|中心|公司|政府|党组|支部)"
_ROOM = r"(?: ?\d{1,4} ?(?:单元|梯))? ?-?(?:\d{1,5} ?[室号户房]|\d{3,4}(?=[,。;、)\n ]|$))"
_LIVES = "(?:收[件货]|寄送|送货|邮寄)地址|(?:自建房|住房|住宅|宅基地|房产)(?:坐落|位于)|其住所|住所[为在于位]|家住|现居(?![民委住])|现住址?|家庭住址|家庭地址|居住地址|居住地|住址|户籍地址?|户籍所在地|户籍(?=:)|常住地址|暂住地?址?|租住|居住|住在|住于|住(?![院房宿建户所保])"
_PASSES = "护照|通行证|台胞证|回乡证|军官证|士兵证|警官证|驾驶证"

ROWS: tuple[PersonalDataRule, ...] = (
    PersonalDataRule(
        "personal-email",
        "email",
        "电子邮箱",
        r"[a-z0-9_.+-](?<![a-z0-9_.+-]{2})[a-z0-9_.+-]*+ ?@ ?(?![a-z0-9.-]*+(?<=\.gov\.cn))[a-z0-9-]++(?>(?:\.[a-z0-9-]++)+)"
        rf"(?! ?\({_OFFICE_NAME}\))",
        unless=r"(?:举报|监督|受理|公开|政务|办公|官方|反馈|征求)[^,。;]{0,6}邮?[箱件]",
        signs="@",
    ),
    ID_CARD,
    CARD,
    MOBILE,
    PersonalDataRule(
        "personal-passport",
        "passport",
        "护照、通行证号码",
        rf"(?:{_PASSES})(?:编?号码?)?[ :(为是]{{0,3}}+([a-z\u4e00-\u9fff]{{0,2}}字?第?[a-z]{{0,2}} ?\d(?>(?:[ -]?\d){{6,9}}))(?![a-z0-9])"
        r"|(?<![0-9a-z])([eg]\d{8}|e[a-z]\d{7})(?![0-9a-z])",
        unless="(?<!护照)(?<!行证)编号|编码|型号|批号|表号|报表|设备|订单|单号|图号|序列号|批次|项目|合同|凭证|代码",
        signs=rf"{_PASSES}|e[a-z\d]\d{{7}}|g\d{{8}}",
    ),
    PersonalDataRule(
        "personal-id",
        "id-card",
        "病历号、学号等",
        r"(?:住院号|病[历案]号|门诊号|医保卡?号|社保卡?号|社会保障号|学(?:籍[主辅]?)?号|残疾证号)码?[ :为是]{0,3}+([a-z]{0,2}\d{5,20})(?![a-z0-9])",
        signs="号",
    ),
    PersonalDataRule(
        "personal-plate",
        "plate",
        "车牌号码",
        r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?<![\u4e00-\u9fff][省市].) ?[a-hj-np-z] ?[·.-]? ?"
        r"(?:[df][0-9a-hj-np-z]\d{4}|\d{5}[df]|[0-9a-hj-np-z] ?[0-9a-hj-np-z]{3}[0-9a-hj-np-z挂学警港澳][挂学警]?))(?![0-9a-z])",
        unless="编号|登记证|产权|不动产",
    ),
    PersonalDataRule(
        "personal-account",
        "account",
        "微信、QQ等账号",
        r"(?:微信|薇信|v信|wechat|vx(?<![a-z]vx)(?=[ :号])|wx(?<![a-z]wx)(?=[ :号])|q ?q|扣扣|抖音|快手|支付宝|微博)(?:号码?|[账帐]号|id)?[ :(为是]{0,3}+"
        r"((?<!q)(?<!q )[a-z][a-z0-9_-]{5,19}(?![a-z0-9_-])|(?<![信音手宝博])[1-9]\d{4,10}(?![0-9a-z.,]| ?(?:元|万|人|次|条|个|年|[-·]\d)))",
    ),
    PersonalDataRule(
        "personal-address",
        "address",
        "住址",
        rf"(?:{_LIVES})[ :(于在地址为是]{{0,4}}+([\u4e00-\u9fff][^,，。;:、()\n0-9]{{1,30}}+(?>(?:\d{{1,5}} ?[组队社巷弄里区村路街期][^,，。;:、()\n0-9]{{0,12}}+){{0,4}})\d{{1,5}}(?>(?:-\d{{1,5}}){{0,4}}) ?(?:号(?!文|窗|令|线)(?>(?:(?:附|之) ?\d{{1,4}} ?号?)?)|室|单元|楼(?= ?[0-9])|[栋幢座](?= ?[0-9]))"
        rf"(?>(?:楼? ?-?(?:\d{{1,5}}|[a-z]) ?(?:号楼|[号室栋幢座楼层房户弄梯]|单元)|楼){{0,6}}(?>(?:之[一二三四五六七八九十](?: ?\d{{1,5}} ?[室号房])?)?))(?>(?:[\u4e00-\u9fff]{{2,8}}{_FLAT}{_ROOM}?)?)(?>(?: ?-?\d{{3,4}}(?=[,。;、)\n ]|$))?))",
        unless="(?:办公|机构|单位|公司)[地住]?址",
        signs="住|收件|收货|寄送|送货|邮寄|现居|户籍|家庭地址|房产|宅基地|自建房",
    ),
    PersonalDataRule(
        "personal-address",
        "address",
        "住址",
        rf"(?:小区|花园|公寓|家园|新村|[苑庭湾府寓邸])({_FLAT}(?:{_ROOM}|(?!楼|住宅|房|建筑|居民|多层|高层))|\d{{1,4}}-\d{{1,4}}(?:-\d{{1,5}})?室?|\d{{3,4}} ?室)"
        rf"|[路街号](\d{{1,4}}[栋幢](?:{_ROOM})?)",
        unless="(?:(?:教师|教工|学生|职工)公寓|政府|法庭)$",
        signs="|".join(f"{end}[\\da-z]" for end in (*"苑庭湾府寓邸", "小区", "花园", "公寓", "家园", "新村"))
        + r"|路\d{1,4}[栋幢]|街\d{1,4}[栋幢]|号\d{1,4}[栋幢]",
    ),
    PersonalDataRule(
        "personal-address",
        "address",
        "住址",
        rf"(?<![0-9])(?:{_FLAT}{_ROOM}|\d{{1,4}} ?单元 ?\d{{1,5}} ?[室号户房]|\d{{1,3}}-\d{{1,3}}-\d{{3,4}}室)",
        unless=rf"(?:{_OFFICE})$",
        signs=rf"{_FLATS}|单元 ?\d|室(?<=-\d{{3}}室)|室(?<=-\d{{4}}室)",
    ),
    PersonalDataRule(
        "personal-address",
        "address",
        "住址",
        rf"(?<![0-9])(\d{{1,5}} ?号(?![\u4e00-\u9fff]{{0,10}}(?:{_OFFICE}){_FLAT})[\u4e00-\u9fff]{{2,10}}{_FLAT}{_ROOM})",
        signs=_FLATS,
    ),
    PersonalDataRule(
        "personal-address",
        "address",
        "住址",
        rf"(?<![0-9])({_FLAT} ?\d{{1,4}} ?单元 ?\d{{1,5}} ?[室号户房]?)",
        signs=r"单元 ?\d",
    ),
    PersonalDataRule(
        "personal-birth",
        "birth-date",
        "出生日期",
        rf"(?:出生日期|出生年月日?|出生时间|出生于|生于|生日|出生(?=:))[^,。;0-9\n一二]{{0,6}}+({_DAY})"
        rf"|(?<![0-9])({_DAY}) ?(?=出生(?!人口|率|缺陷|的?新生|的?婴|登记|医学|[一二三四五六七八九0-9])|生(?=[,，。)、 ]|$))"
        rf"|(?<![男女、])[男女],(?:[^,。;0-9]{{1,6}}+,)?({_DAY})",
        signs=r"出生[日年时于:]|出生(?<=[\d月日./ -]出生)|生于|生日|生(?<=[\d月日./ -]生)(?:[,，。)、 ]|$)|男,(?:[^,。;0-9]{1,6}+,)?[一二12]|女,(?:[^,。;0-9]{1,6}+,)?[一二12]",
    ),
    NAME,
)

CONTEXTS: Mapping[str, str] = {
    "id": "身份证|身份号|公民身份|证件号|证件|证号|学籍[主辅]?号|残疾人?证|驾驶证|身份",
    "phone": "电话|手机|联系|来电|拨打|致电|请打|短信|微信|支付宝|tel|phone",
    "account": "[账帐][号户]|卡号|银行卡|储蓄卡|借记卡|信用卡|社保卡|一卡通|存折|户头|折号",
    "bank": "银行|农商行|信用社|[工农中建交]行|邮储",
    "office": "(?:[局委所站院校会村]|中心|公司|政府|支部|机关|财政)[账帐][户号]|财政专户|廉政账户|国库|基本户|基本账户|对公|零余额|专户|单位|党费|工会|食堂|学校|村集体|捐[款赠]|罚没|非税|专用账户|加油卡|公务卡|etc",
    "credit": "信用代码",
    "code": "编号|编码|代码|序列号|设备|型号|文号|发票|订单|单号|合同|凭证|档案|索引号|项目|批次|批号|条形?码|货号|报表|流水号|备案|许可证|执照|登记[号证]|注册号|税号|识别号|坐标|"
    "[电水]表|车架|发动机|版本|图号|宗地|不动产|[产房土]权?地?产?证|合格证|证书|标段|文件|资产|物料|机器|案号",
    "numbered": r"(?<=[\u4e00-\u9fff])(?<![同小此该本靓双黑副私尾])号(?!码)",
    "money": "金额|资金|[共合总]计|总[额值]|投入|余额|价值|[产估]值|收入|支出|[货贷借存]款|人民币|[达约计]|结余|造价|面积|数量|产量|[额款费价债税]|¥|[$]",
}
"""What the words shortly before a number say that it is; the nearest ones decide. 号码 may follow each."""

UNITS = (
    r" ?(?:[万亿元角分%‰]|平方|立方|公[里斤顷吨]|千[瓦克米]|[米吨亩份册台套股度斤辆次件字](?!民|某)|美元|港元|"
    r"人(?!员|姓|电|手)|户(?!主|名|口)|个(?!人)|[条项名])"
)
"""What, behind a number, says that it counts something."""

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
"""GB/T 2260, first two digits of an ID-card's number."""
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
"""GB 11643."""
CARDS = ("62", "60", "9558", "9559", "4", "51", "52", "53", "54", "55", "35", "37")
"""How numbers of bank cards begin (ISO/IEC 7812): UnionPay, older ones of ICBC, Visa, Mastercard, JCB, American Express."""
MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (3, 5, 3), (3, 2, 2, 2, 2), (1,) * 11}
)
"""How the digits of a mobile number are grouped where nothing else says that it is one."""

KIND_NAMES: Mapping[MaskKind, str] = {
    "id-card": "身份证号码",
    "mobile": "手机号码",
    "bank-card": "银行卡号、账号",
    "address": "住址",
    "birth-date": "出生日期",
    "person": "个人姓名",
    "passport": "护照、通行证号码",
    "plate": "车牌号码",
    "email": "电子邮箱",
    "account": "微信、QQ等账号",
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
