"""How a unit says how to reach it (FORMATS h). Patterns read words in half width, every dash as `-`."""

from __future__ import annotations

_AREA = r"0\d{2,3}"
_LOCAL = r"(?:\d{3,4}[ -]?\d{4}|\d{4}-\d{3})(?!\d)"
PHONE = rf"""
    (?<![\d〔\[@.#A-Za-z_])(?<!\d-)
    (?:
      (?:\+|00)86[ -]?\(?(?:0?\d{{2,3}}\)?[ -]?{_LOCAL}|1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d))   # +86-21-62345678
      | [(〔\[【]\s?{_AREA}\s?[)〕\]】]\s?-?\s?(?:{_LOCAL}|1[02]\d{{3}}(?!\d))      # (0596)5835406  (0818)7350-018  (0558)12388
      | {_AREA}\s?(?:-\s?){{1,2}}(?:{_LOCAL}|1[02]\d{{3}}(?!\d))     # 0596-5835406  0719-12309
      | {_AREA}(?:\s{{1,2}}|[.·]){_LOCAL}                                   # 0313 7812345
      | 0\d{{9,11}}(?!\d)                                          # 05965835406
      | 1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!\d)                       # mobile
      | [48]00-?\d{{3,4}}-?\d{{3,4}}(?!\d)
      | 12\d{{3}}(?!\d) | 9[56]\d{{3,4}}(?!\d)                       # 12345, 12380, 96345
      | [2-8]\d{{2,3}}[ -]?\d{{4}}(?!\d) | [2-8]\d{{3}}-\d{{3}}(?!\d)   # area code missing
    )
    (?:\s?(?:转|分机|转分机|[Ee]xt\.?)\s?:?\d{{1,5}}(?!\d) | \s?-\s?\d{{1,5}}(?!\d))?    # extension
    (?:[/、]\d{{2,4}}(?!\s?[\d-]|[.·]\d))?                               # last digits of a second number
    (?![\d号年月])
"""

AT = r"\s?(?:[@＠#]|\(at?\)|\[at?\]| at )\s?"
"""@, and what is typed for it so that no machine reads it."""

MAIL_REST = r"(?:[A-Za-z0-9._+-]{0,40}[A-Za-z0-9_])?" + AT + r"[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){1,4}"
EMAIL = (
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,60}[A-Za-z0-9_])?" + AT
    + r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?(?:\.\n?[A-Za-z0-9-]{2,40}){0,4}?\.\n?(?:com|cn|net|org|gov|edu|info|cc)(?:\.cn)?(?![A-Za-z])"
)  # fmt: skip

_IS = r"(?>(?:\s*+[为是：:])*)\s*+"
_NOTE = r"(?:\([^()\d]{1,12}\))?"
KEYS: tuple[tuple[str, str], ...] = (
    # kind of what stands behind it, pattern; the first that fits at a place counts
    ("mail", rf"(?:电子)?(?:邮\s*+箱|信箱|邮件|邮址)(?:地址)?{_NOTE}{_IS}(?=[A-Za-z0-9])|(?:电子(?:邮\s*+箱|信箱|邮件)|[Ee]-?[Mm]ail|电\s*+邮)(?:地址)?{_NOTE}{_IS}"),
    ("postcode", rf"邮\s*+政\s*+编\s*+码{_IS}|邮\s*+编(?:号码)?{_IS}"),
    (
        "phone",
        rf"(?:联\s*+系|监督|举报|咨询|受理|值班|信访){{0,4}}(?:电\s*+话|来\s*+电|热\s*+线|传\s*+真|手\s*+机|座\s*+机|值班室?|拨打|致电)(?:号\s*+码)?(?>(?:[/、(和及]*+(?:传\s*+真|电\s*+话|手\s*+机|微\s*+信)\)?)*){_NOTE}{_IS}"
        rf"|(?:联系|举报|监督|反映)方式{_NOTE}{_IS}(?=[+(0-9])|号\s*+码{_IS}(?=[+(0-9])",
    ),
    ("way", rf"(?:联系|举报|监督|反映)方式{_NOTE}{_IS}"),
    (
        "address",
        rf"(?:(?:通\s*+[信讯]|联系|邮\s*+寄|邮政|单位|办公|来信|来访|信访|接待|受理|举报)?地\s*+[址点]|(?<!电子)(?<!号)(?:(?<!号)邮政)?(?<!号邮政)信箱(?=[^\S\n]*+[：:是为\u4e00-\u9fff])|邮寄(?:至|到|往)"
        rf"|(?:来信|信函|来函|信件)(?:来访)?(?:请)?(?:邮?寄|寄送|投)?(?:至|到|往)?(?=\s*+[:：])|(?:来信|信函|来函|信件)请?邮?寄(?:送|往)?(?:至|到)?|(?:来访|走访)(?:请)?(?:到|至|前往)?(?=\s*+[:：])){_NOTE}{_IS}",
    ),
    ("other", rf"(?:联\s*+系\s*+人|收件人|受理人|接待人|受理时间|受理单位|受理部门|联系时间|接待时间|办公时间|工作时间|公示期限?|公示时间|网\s*+址|网站(?=\s*+[:：])|单位(?=\s*+[:：])){_NOTE}{_IS}"),
)  # fmt: skip

REACHED_BY = ("phone", "mail", "postcode", "address", "way")
"""Keys behind which a fact must stand, or the words are unread."""

NO_PHONE = r"(?:备案?|安备|许可证?|编\s*+码|索引号|文号|账号|帐号|身份证|邮\s*+编|信用代码)\s*+:?\s*+$"

NO_OFFICE = r"电话|传真|手机|热线|邮|地址|方式|号码|联系|监督|举报|欢迎|反映|工作日|上班|夜间|小时"
"""Words before or behind a number that name no office."""

HARMLESS = (
    r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}时\d{0,2}|(?<!\d)\d{1,4}(?:\.\d{1,4})?\s?(?:个|天|日|小时|分钟|时|分|年|月|周|名|人|件|次|份|项|条|楼|层)"
    r"|〔?\d{4}〕\d+号|(?:https?:/|www\.)[^\s，。；]{1,80}|#替换|24小时"
)
"""Numbers by which nobody is reached: hours, days, counts, addresses of sites."""

FEWEST_DIGITS = 3
SHORTEST_ADDRESS = 4

STRAY_KEYS = r"电\s?话|手机|热线|传\s?真|邮\s?编|邮政编码|邮箱|信箱"
