"""送审单: one sheet on which the steps of a notice's review are signed by hand, with all that its signers must know."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources

import jinja2
import segno

from generator.content.config import Config
from generator.content.masks import masked
from generator.content.review import fingerprint, void_steps
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE, Advice
from generator.model.notice import Notice
from generator.model.vocabulary import figures_in_words


def slip_of(notice: Notice, config: Config, findings: Sequence[Finding], day: dt.date) -> str:
    """The slip as one page that needs no other file and no script; what masks hide is on it neither."""
    source = (resources.files("generator.editorial") / "slip.html").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
    words = fingerprint(notice)
    address = f"{config.base_url}notices/{notice.id}/"
    holding = {one.step: one for one in notice.reviews if one.step not in void_steps(notice)}
    shown = masked(notice)
    return template.render(
        site=config.name,
        title=shown.title,
        facts=list(_facts(shown, address)),
        accepted=[(_name(one), one.diagnostic.quote, one.accepted) for one in findings if one.accepted],
        open=Counter(_name(one) for one in findings if one.accepted is None and not _is_of_review(one)),
        decisions=_decisions(notice),
        steps=[(step, holding.get(step)) for step in config.review_steps],
        fingerprint=[words[at : at + 8] for at in range(0, len(words), 8)],
        qr=segno.make(f"{address}\n{words}", error="m").svg_inline(scale=2.6, border=0, omitsize=False),
        day=day.isoformat(),
    )


def _facts(notice: Notice, address: str) -> Iterator[tuple[str, str]]:
    inspection, contact, stated = notice.inspection, notice.contact, notice.stated
    yield "发布单位", notice.unit.name
    yield "通报编号", notice.id
    yield "公开地址", address
    yield "成文日期", notice.published.iso if notice.published else "未载明"
    yield "巡察", " ".join(filter(None, (inspection.inspector, inspection.kind, inspection.printed))) or "未载明"
    counts = Counter(issue.status for issue in notice.issues)
    yield "逐项问题", figures_in_words(counts) if counts else "未逐项列出"
    said = [f"{name}{value}" for name, value in (("问题", stated.issues), ("已完成", stated.done)) if value is not None]
    yield "通报自述", "、".join(said) or "无"
    yield "联系方式", "、".join((*contact.phones, *contact.emails, *filter(None, (contact.address,)))) or "未载明"
    yield "源文件", notice.source.file.rpartition("/")[2]


def _decisions(notice: Notice) -> list[str]:
    rows = ((len(notice.masks), "条遮蔽"), (len(notice.corrections), "处更正"))
    return [f"{count} {name}" for count, name in rows if count]


def _name(one: Finding) -> str:
    return ADVICE.get(one.diagnostic.code, Advice(one.diagnostic.code, "")).name


def _is_of_review(one: Finding) -> bool:
    return one.diagnostic.code in ("draft", "review-missing", "review-void")
