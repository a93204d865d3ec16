"""Names of private persons in running text: whose they are, how they begin, what ordinary words begin like them.

All for folded text, as in personal_rules.py. Ordinary words are in name_words.txt, a surname a line.
"""

from __future__ import annotations

from importlib import resources

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹喻章苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤罗郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻贾江童颜郭梅林徐邱骆高夏蔡田樊胡凌霍虞万卢莫房缪丁邓洪包左石崔吉龚程邢裴陆荣翁段焦侯秋仲宁仇甘祖武符刘景詹龙叶黎白蒲卓池乔覃翟谭申冉桑桂牛边燕温庄晏柴瞿阎茹习艾廖耿匡"
    "曾肖游简赖连盛饶尚柯聂辛欧尤宫巩涂岳巫蒙阙文古华成兰关殷鲍戚娄丘单解占佘车窦滕曲农佟鄢隋冼麦谌寇练揭危甄谷沙闻商钮苟幸粟晋"
)
DOUBLE = frozenset({"欧阳", "司马", "上官", "诸葛", "司徒", "令狐", "皇甫", "慕容", "东方", "尉迟"})

_LINES = (resources.files("generator.model") / "name_words.txt").read_text("utf-8").splitlines()
WORDS = {line[0]: frozenset(line.partition(" ")[0][1:]) for line in _LINES}
"""A surname → what makes an ordinary word with it: words of notices, and those of jieba's dictionary by how often they are
words and how often names. They are 95 of 100 words that begin like a name, and begin 2 of 100 names."""
BOTH = {line[0]: frozenset(line.partition(" ")[2]) for line in _LINES}
"""A surname → what makes with it a word that names begin with, too: 4 of 100 words and 4 of 100 names."""

NEVER = "的了在是和与及等因对为被将已未不有无个们某其之所以从到向给把并且或但而于由就都也还又再更最很约共各该此本每"
"""What is in no given name, or in so few that it is not worth the false finds."""
MIDDLE = "有为其之以从而再本"
"""Of those, what is in the middle of a name."""
NEVER_LAST = (
    "表查题期度率费款员局室部所厂校院村镇县省市乡区号路街楼房车机器品药病症时段者方法式案金额量证书票费层级类型点线面处"
)
"""Ends no given name."""

_NOT_OFFICIAL = "".join(
    f"(?<!{word}..)"
    for word in [
        "工作",
        "公职",
        "责任",
        "领导",
        "管理",
        "相关",
        "有关",
        "执法",
        "办案",
        "任职",
        "驻村",
        "组成",
        "党务",
        "财务",
        "经办",
        "技术",
        "医务",
        "考察",
        "问责",
        "任用",
        "发展",
    ]
)
PEOPLE = (
    f"人员{_NOT_OFFICIAL}|对象{_NOT_OFFICIAL}|"
    "困难家庭|失独家庭|贫困家庭|低保家庭|贫困人口|低保人口|脱贫人口|保洁员|护林员|环卫工|临时工|"
    "患者|病人|病患|遗属|低保户|五保户|特困户|贫困户|脱贫户|监测户|学生|幼儿|儿童|孤儿|婴儿|村民|居民|群众|职工|员工|工人|农户|农民|渔民|户主|死者|受害人|被害人|当事人|"
    "信访人|举报人|投诉人|上访人|反映人|申请人|受益人|参保人|退役军人|残疾人|老人|孕妇|产妇|学员|业主|租户|家长|其[妻父母子女夫弟兄姐妹]|"
    "之[妻子女夫父母]|妻子|丈夫|儿子|女儿(?!童)|父亲|母亲|弟弟|哥哥|姐姐|妹妹|岳父|岳母|女婿|儿媳|亲属|家属|患儿|伤者|逝者|死者|住户|租客|商户|个体户|经营户|摊主|姓名|户名|收款人|开户人|持卡人|车主|房主|借款人|承包人|"
    "患有?[^,。;\n的]{1,10}的"
)
"""Words for private persons; those who are named behind them hold no office in the sentence."""

BEHIND = r"$|[^\w]|[的等因在于系为被将已未仍不向对从到把给与和同及或称说反报领享冒骗套违使申购签收支虚挪占承租借欠索要投诉举上患住死去身户家夫一名本进多重代提出接就介办交送取打来经确之月每自曾原现]|男|女|[a-z0-9]"
"""What can follow a name."""
BEHIND_LONG = "来进户家代"
"""Of those, what is rather the last character of the name."""

HEALTH = "患(?!者)有?|确诊|罹患|感染|身患|病故|病逝|住院治疗|患癌|病重|艾滋|精神"
"""What tells of somebody's health."""
