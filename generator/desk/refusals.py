"""Why an act was refused, and what to do, for the editor; `{}` stands for the words that it was about."""

from __future__ import annotations

from collections.abc import Mapping

from generator.desk.places import RefusedAct

WHY: Mapping[str, str] = {
    "moved": "“{}”现在不在原来的地方，没有执行。请刷新这一页，再做一次。",
    "several": "“{}”跨了几段，没有执行。请在一段里选。",
    "blank": "选中的只有空白，没有执行。",
    "no-anchor": "找不到“{}”这一项，没有执行。请刷新这一页。",
    "no-issue": "“{}”不是一个问题，没有执行。先按 W 把它标成问题。",
    "no-heading": "“{}”不是标题，没有执行。",
    "no-issue-above": "“{}”上面没有问题，不知道并到哪里。没有执行。",
    "level": "“{}”不能再升或再降：标题只有五级。",
    "role": "没有“{}”这种段落。",
    "label": "“{}”的编号不能这样分。",
    "nothing-to-split": "“{}”已是单独一段，不用拆。",
    "first": "这是第一段，上面没有可并的。",
    "heading-in-run": "“{}”是标题，不能并进上一段。先把它改成正文，或者用“并入上一个问题”。",
    "two-anchors": "两段都有固定链接，并了会有一个链接失效。没有执行。",
    "no-evidence": "要把“{}”标得更好，得有原话。请先选中通报里说它完成的那句话，再按数字键。",
    "topic": "“{}”不能作专题名。",
    "fact": "没有“{}”这一项，或者它不能在这里改。",
    "empty": "这一项不能空着。",
    "date": "“{}”不是日期。请写成 2025-01-06；只知道月份的，写 2025-01。",
    "no-date-in": "“{}”里没有看出一个完整的日期。请在“期限”里写上。",
    "number": "“{}”不是数字。",
    "region": "没有“{}”这个行政区划代码。请从列表里选。",
    "never": "这一项不能由人担保，只能改正它本身。",
    "no-reason": "请写理由，一句话就行；没有理由不能这样处理。",
    "nobody": "还不知道您是谁。请先在“设置 · 我和这台电脑”里写上姓名。",
    "not-accepted": "这一处已经不在“已处理”里了。",
    "mask-kind": "没有“{}”这种遮盖。",
    "mask-faulty": "这样遮不行：太短、太长，或者显示的字里露出了要遮的字。",
    "mask-idle": "“{}”在通报里找不到，遮了也没有用。",
    "no-mask": "没有第 {} 条遮盖。",
    "line-break": "勘误不能加换行。",
    "same-words": "改前改后一样，没有执行。",
    "not-withdrawn": "这份通报没有撤下。",
    "no-step": "没有“{}”这一步。",
    "no-version": "这一版没有保存下来，恢复不了。",
    "nothing": "已经是这样了，没有改动。",
    "form": "这个请求不完整（{}），没有执行。请刷新这一页再试。",
    "unsayable": "这样改了以后内容文件写不出来，没有执行。",
    "not-the-last": "刚才又有了新的改动，撤销的会是别的。请刷新这一页再看。",
    "anchor-published": "那一版没有“{}”这个链接，而它已经公开过，恢复了链接就失效。没有执行。",
    "gone": "内容文件 {} 不在了，没有执行。可能被删除或改了名。",
    "not-there": "通报里找不到“{}”。请照抄线上的字。",
    "not-once": "“{}”在通报里不止一处，认不准。请把前后的字也抄上。",
    "no-answer": "“{}”下面没有整改情况，不能用这个办法。请用“更正文字或事实”。",
    "published": "这份通报已经公开。要改字，请到“更正、撤下”。",
}
_MOST = 40


def told(refused: RefusedAct) -> str:
    """A refusal in words."""
    words = refused.words.replace("\n", " ")
    short = words if len(words) <= _MOST else words[:_MOST] + "…"
    return WHY.get(refused.code, "没有执行。").replace("{}", short)
