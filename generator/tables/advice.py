"""What the release report, which is in Chinese, calls each code, and what it says is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Advice(NamedTuple):
    """One code."""

    name: str
    remedy: str


_ORIGINAL = "对照原件核对；正文照原样保留。"
_MASK = "在文件头 masks 里登记遮蔽；确认可以公开的，在 accepted 里写明何人、何时、为何。"
_FRONT = "打开内容文件，在文件头按提示的行改正。"
_BODY = "打开内容文件，在提示的行改正标记。"
_SITE = "改正 site.yml 中提示的行。"
_TEMPLATE = "改正模板后重新生成。"
_AGAIN = "重新生成：disclose build --clean。"
_PUBLISH = "查明原因后重新发布。"

ADVICE: Mapping[str, Advice] = {
    code: Advice(name, remedy)
    for code, name, remedy in (
        ("date-damaged", "日期字符缺损", "对照原件核对推定的日期；印出的字照原样保留。"),
        ("date-ambiguous", "日期有几种读法", "查原件，把日期写进文件头。"),
        ("date-impossible", "没有这一天", _ORIGINAL),
        ("date-order", "日期先后不合", _ORIGINAL),
        ("deadline-past", "期限早于通报日期", "问发布单位。"),
        ("no-inspection", "没有写明巡察机构和时间", "通报原本如此，就不必处理。"),
        ("number-repeated", "编号重复", "原文如此，就不必处理。"),
        ("number-skipped", "编号跳号", "看是否漏了一个标题。"),
        ("number-style", "编号形式不一", "看标题的级别是否正确。"),
        ("stated-differs", "自述数字与清点不符", "对照原件：看带 .issue 的标题是否齐全，或改正标题的级别。"),
        ("people-differ", "问责人数合计不符", "一人多项的，不必处理。"),
        ("no-issues", "没有逐项列出问题", "给问题的标题加上 .issue。"),
        ("no-response", "问题没有整改情况", "给答复的段落加上 {.response}，或者去掉标题的 .issue。"),
        ("issue-repeated", "问题题目重复", _ORIGINAL),
        ("followup-alone", "后续事项没有对应的问题", "用 of= 写明对应的问题，或者留着。"),
        ("status-contradicts", "状态前后矛盾", "问发布单位。"),
        ("status-mostly", "原文为“基本完成”", "决定状态怎样标注。"),
        ("confusion", "疑似错别字", _ORIGINAL),
        ("masked", "原文用符号代替", _ORIGINAL),
        ("unpaired", "标点不成对", _ORIGINAL),
        ("residue", "转换残留", _ORIGINAL),
        ("undecodable", "有不能识读的字节", "把源文件另存为 UTF-8 后重新导入。"),
        ("ocr-doubtful", "文字识别存疑", "对照扫描件核对。"),
        ("field-unread", "有 Word 域没有读出", _ORIGINAL),
        ("page-unread", "有一页没有读出文字", _ORIGINAL),
        ("tracked-change", "源文件带修订痕迹", "看源文件，确认采用的是定稿。"),
        ("hidden-text", "源文件带隐藏文字", "看源文件；隐藏的文字没有采用。"),
        ("comment", "源文件带批注", "看源文件；批注没有采用。"),
        ("unread-part", "源文件有没读的部分", "看源文件。"),
        ("ocr", "文字来自图片识别", "对照原件逐字核对。"),
        ("no-unit", "没有找到单位名称", "在文件头填写 unit.name 和 unit.id。"),
        ("no-region", "没有找到地区", "在文件头填写 unit.region。"),
        ("region-ambiguous", "地区不能确定", "在文件头填写 unit.region。"),
        ("no-contact", "没有联系方式", "通报原本如此，就不必处理。"),
        ("no-signature", "没有署名", "通报原本如此，就不必处理。"),
        ("no-date", "没有日期", "在文件头填写 published。"),
        ("personal-id", "身份证号码", _MASK),
        ("personal-mobile", "手机号码", _MASK),
        ("personal-card", "银行卡号、账号", _MASK),
        ("personal-address", "疑似住址", _MASK),
        ("personal-passport", "疑似护照号码", _MASK),
        ("personal-plate", "车牌号码", _MASK),
        ("personal-email", "联系方式以外的电子邮箱", _MASK),
        ("personal-account", "微信、QQ号", _MASK),
        ("personal-name", "疑似普通群众姓名", "写作姓加“某”（用 person 遮蔽）；依职务出现的干部可以保留。"),
        ("contact-mobile", "联系电话是手机", "请单位提供公务电话，或者确认后在 accepted 里写明。"),
        ("contact-mail", "联系邮箱不是政务邮箱", "建议单位改用政务邮箱。"),
        ("draft", "待审稿", "审核后逐步签署：disclose review 编号 --step 步骤 --name 姓名。"),
        ("review-missing", "审核步骤不全", "由相应的人签署缺少的步骤。"),
        ("review-void", "审核以后有改动", "重新审核改动的内容，再签署。"),
        ("masked-value", "遮蔽的内容出现在成品中", "在出现的地方也加遮蔽，再重新生成。"),
        ("mask-idle", "遮蔽没有用上", "对照正文核对要遮蔽的内容，或者删去这一条。"),
        ("correction-unproved", "更正无法核对", "更正后的字句要在正文中恰好出现一次，把前后的字也引上。"),
        ("acceptance-idle", "已无对象的说明", "从 accepted 中删去。"),
        ("acceptance-refused", "不能由人担保的事项", "从 accepted 中删去，改正事项本身。"),
        ("no-front-matter", "没有文件头", _FRONT),
        ("yaml-syntax", "文件头格式有误", "按提示的行列改正；值里有冒号的要加引号。"),
        ("yaml-alias", "用了 YAML 别名", "把值原样写出。"),
        ("unknown-key", "没有这个键", _FRONT),
        ("missing-key", "缺少必填项", _FRONT),
        ("duplicate-key", "同一个键写了两次", _FRONT),
        ("type", "值的形式不对", _FRONT),
        ("value", "值不在可选范围", _FRONT),
        ("bad-date", "日期写法不对", "写作 2025-01-06。"),
        ("bad-id", "编号含有不许用的字符", "只用小写字母、数字和连字符。"),
        ("bad-url", "网址不完整", _SITE),
        ("unknown-role", "没有这种段落标记", _BODY),
        ("unknown-attribute", "标题没有这种属性", _BODY),
        ("unknown-status", "没有这种状态", _BODY),
        ("unknown-anchor", "引用的锚点不存在", _BODY),
        ("unknown-topic", "没有这个专题", "改用 content/topics.yml 里有的专题。"),
        ("duplicate-anchor", "锚点重复", "给新的一处另起一个名字。"),
        ("duplicate-id", "两份通报编号相同", "先公布的保留编号，另一份改用新编号。"),
        ("duplicate-topic", "专题重复", "改正 content/topics.yml。"),
        ("short-word", "专题词太短", "改正 content/topics.yml。"),
        ("bad-mask", "遮蔽写得不对", "写明 value；不能太短，标签里也不能露出内容。"),
        ("bad-provenance", "文件末尾的导入记录损坏", "从版本库恢复，或者整块删去。"),
        ("no-content", "没有通报文件夹", "建立 content/notices。"),
        ("no-notices", "还没有通报", "先导入：disclose import 文件。"),
        ("placeholder", "site.yml 里还有占位", "换成真实的值；没有的不要编造。"),
        ("no-opencc", "没有安装 OpenCC", "安装后再生成，或者写 traditional: false。"),
        ("template", "模板有误", _TEMPLATE),
        ("encoding", "文件不是 UTF-8", "另存为 UTF-8。"),
        ("unreadable", "文件打不开", "看文件是否还在、是否有权限。"),
        ("not-built", "还没有生成网站", "先生成：disclose build。"),
        ("g-meta-01", "网页标签不全", "补全 site.yml；模板改过的，改正 templates/base.html。"),
        ("g-meta-02", "网站标识码不对", "在 site.yml 写真实的 id_code。"),
        ("g-meta-03", "PubDate 格式不对", _TEMPLATE),
        ("g-meta-04", "各处日期不一致", "各处都用通报的日期。"),
        ("g-frame-02", "当前位置不合要求", _TEMPLATE),
        ("g-frame-03", "来源、发布时间一行不全", _TEMPLATE),
        ("g-frame-04", "页脚项目不全", "补全 site.yml；模板改过的，改正 templates/base.html。"),
        ("g-frame-05", "外部链接没有标明", "在链接文字里写“（外部链接）”。"),
        ("g-frame-06", "网址不合要求", "只用小写字母、数字和连字符，不带问号。"),
        ("g-ind-02", "成品被改动过", _AGAIN),
        ("g-ind-05", "有空白栏目", "没有内容就不列出来，或者写明为什么没有。"),
        ("g-ind-06", "死链、空链或锚点不对", "改正链接，或者补上文件。"),
        ("g-a11y-03", "没有大字版", _TEMPLATE),
        ("g-a11y-06", "有弹窗或自动播放", _TEMPLATE),
        ("g-a11y-07", "没有跳到正文的链接", _TEMPLATE),
        ("g-a11y-08", "页面结构不利于无障碍阅读", _TEMPLATE),
        ("g-a11y-10", "没有脚本时读不全", _TEMPLATE),
        ("g-sec-01", "页面会请求别的网站", "把用到的文件放进 templates/assets。"),
        ("g-sec-02", "从磁盘打开时不能用", _TEMPLATE),
        ("g-sec-03", "页面里夹有脚本或样式", _TEMPLATE),
        ("g-sec-06", "外来内容没有处理好", _TEMPLATE),
        ("g-sec-07", "带出了不该公布的东西", "从 templates/assets 或成品中拿掉。"),
        ("file-missing", "缺少文件", _PUBLISH),
        ("file-changed", "文件被改动", _PUBLISH),
        ("file-extra", "多出文件", _PUBLISH),
        ("link-dead", "死链", _AGAIN),
        ("words-differ", "同一通报各处文字不一致", _PUBLISH),
        ("source-changed", "源文件被改动", "放回原来的源文件，或者重新导入。"),
        ("source-differs", "公布的文字与源文件不符", "更正要登记在 corrections 里。"),
        ("source-unproved", "没有源文件，无法对照", "在网站文件夹里核验。"),
        ("signature-wrong", "签名不对", "不要采信这一份。"),
    )
}
