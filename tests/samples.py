"""Small notices in our own words, and sites made of them."""

from __future__ import annotations

from pathlib import Path

from generator.base.diagnostics import Span
from generator.content.notice_file import write_notice
from generator.model.notice import (
    Accountability,
    Anomaly,
    Contact,
    Edit,
    FollowupMarks,
    Inspection,
    IssueMarks,
    Notice,
    PartialDate,
    Passage,
    Region,
    Source,
    Stated,
    Unit,
    text_of,
)

DATE = PartialDate.parse
HEAD = {"role": "heading"}


def region(code="110105", province="北京市", city=None, county="朝阳区"):
    return Region(code=code, province=province, city=city, county=county)


def body(*, quote="截至目前，3个问题已全部完成。"):
    """Every role there is: blanket status, finding, measures, follow-up, accountability, contact, signature."""
    return (
        Passage(words="某局党组关于巡察整改进展情况的通报", role="title", anchor="t1"),
        Passage(words="根据区委统一部署，2024年3月1日至45日，区委第一巡察组对我局开展了巡察。"),
        Passage(words="整改组织情况", label="一、", level=1, anchor="s1", **HEAD),
        Passage(words=quote),
        Passage(words="整改落实情况", label="二、", level=1, anchor="s2", **HEAD),
        Passage(words="关于党建方面", label="（一）", level=2, anchor="s3", **HEAD),
        Passage(
            words="针对“三会一课”不规范的问题。",
            label="1.",
            level=3,
            anchor="i1",
            marks=IssueMarks(status="done", quote=quote),
            **HEAD,
        ),
        Passage(words="2023年只开会一次<b>。", role="finding"),
        Passage(words="一是补开会议，二是建立台账。", label="整改情况：", role="response"),
        Passage(
            words="采购程序不规范",
            label="2.",
            level=3,
            anchor="i2",
            marks=IssueMarks(status="ongoing", deadline=DATE("2024-09"), responsible="办公室"),
            **HEAD,
        ),
        Passage(words="已修订办法。", label="整改情况：", role="response"),
        Passage(words="正在整改，9月底前完成。", role="status", run_on=True),
        Passage(words="服务群众不到位", label="3.", level=3, anchor="i3", marks=IssueMarks(status="long-term"), **HEAD),
        Passage(words="长期坚持。", role="status"),
        Passage(words="问责情况", label="三、", level=1, anchor="s4", **HEAD),
        Passage(words="对张三丰给予诫勉谈话，共处理2人。", role="accountability"),
        Passage(words="需要进一步整改的事项", label="四、", level=1, anchor="s5", **HEAD),
        Passage(
            words="关于采购的事项。",
            label="（一）",
            level=2,
            anchor="f1",
            marks=FollowupMarks(deadline=DATE("2024-10-31"), refers_to="i2"),
            **HEAD,
        ),
        Passage(words="没有专人。", label="存在问题：", role="finding"),
        Passage(words="人手不足。", label="未完成整改原因：", role="reason"),
        Passage(words="1.招人；2.培训。", label="下一步整改措施：", role="next"),
        Passage(words="联系电话：010-12345678；邮箱：a@b.cn；地址：某路1号；二楼；邮编：100020", role="contact"),
        Passage(words="中共某局党组", role="signature"),
        Passage(words="2024年8月1日", role="date"),
    )


def notice(number=1, *, unit="mou-ju", name="某局党组", published="2024-08-01", passages=None, **more):
    passages = body() if passages is None else passages
    text = text_of(passages)
    at = text.find("45日")
    fields = {
        "id": f"{unit}-{published.replace('-', '')}-{number}",
        "title": "某局党组关于巡察整改进展情况的通报",
        "title_origin": "printed",
        "unit": Unit(id=unit, name=name, region=region()),
        "inspection": Inspection(inspector="区委第一巡察组", start=DATE("2024-03-01"), end=DATE("2024-04-05")),
        "published": DATE(published),
        "inferred": ("inspection.end",),
        "stated": Stated(issues=3, done=3, people=2),
        "contact": Contact(phones=("010-12345678",), emails=("a@b.cn",), address="某路1号；二楼", postcode="100020"),
        "metadata": (("索引号", "000014349/2024-00001"), ("文号", "")),
        "accountability": Accountability(people=2, actions=(("诫勉谈话", 1), ("通报批评", 1))),
        "anomalies": (
            Anomaly(
                code="date-damaged",
                line=2,
                quote="45日",
                message="月份缺失。",
                span=Span(at, at + 3) if at >= 0 else None,
            ),
        ),
        "evidence": (("inspection.end", Span(at, at + 3)),) if at >= 0 else (),
        "edits": (Edit(kind="chrome-removed", line=1, before="首页 > 通报", after="", start=0),),
        "source": Source(file="content/sources/a.txt", format="txt", sha256="0" * 64),
    }
    return Notice(**(fields | more), body=passages)


SITE_YML = "name: 测试公开\nbase_url: https://www.example.gov.cn/gk/\n"


def make_site(folder: Path, notices, settings="") -> Path:
    """A site folder that holds the notices."""
    (folder / "content/notices").mkdir(parents=True, exist_ok=True)
    (folder / "site.yml").write_text(SITE_YML + settings, encoding="utf-8")
    for item in notices:
        put_notice(folder, item)
    return folder


def put_notice(folder: Path, item: Notice) -> Path:
    year = str(item.published.year) if item.published else "undated"
    path = folder / "content/notices" / year / f"{item.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_notice(item), encoding="utf-8")
    return path


def variety() -> list[Notice]:
    """A site's worth: two units, two years, no contact, no region, no date, no issues, an earlier notice."""
    prose = (
        Passage(words="根据统一部署,(原某所)接受了巡察,现予公布。", role="prose"),
        Passage(words="中共另一局委员会", role="signature"),
    )
    return [
        notice(1),
        notice(2, published="2022-05-06", unit="mou-ju", anomalies=(), evidence=()),
        notice(3, unit="ling-yi-ju", name="中共另一局委员会", published="2025-11-28", contact=Contact(), inferred=()),
        notice(
            4,
            unit="wu-di-ju",
            name="无地局党委",
            published="2023-02-03",
            passages=prose,
            title="无地局党委关于巡察整改情况的通报",
            title_origin="constructed",
            contact=Contact(phones=("12345678",)),
            accountability=None,
            metadata=(),
            inferred=(),
            stated=Stated(),
        ),
    ]
