"""Headings that a file marks as such, without a number."""

from __future__ import annotations

from generator.model.notice import Source
from generator.parser import parse
from generator.readers import read_document

PAGE = """<h1>中共白沙县水利局党组关于巡察整改情况的公告</h1>
<p>根据县委统一部署，2023年3月6日至4月28日，县委第四巡察组对县水利局党组开展了巡察。2023年6月9日反馈了巡察意见。现将整改情况公布如下：</p>
<h2>整改工作开展情况</h2><p>局党组召开会议6次，研究整改工作。</p>
<h2>反馈问题整改情况</h2>
<h3>落实中央决策部署方面</h3>
<h4>河长制工作流于形式</h4><p>修订河长巡河制度，巡河1,140人次。</p><p>已完成整改。</p>
<h4>农村饮水安全保障有短板</h4><p>新建水厂1座。</p><p>正在整改，计划2024年6月底前完成。</p>
<h3>基层组织建设方面</h3>
<h4>党费收缴不及时</h4><p>补缴党费3,420元。</p><p>已完成整改。</p>
<p>中共白沙县水利局党组</p><p>2024年1月5日</p>"""


def test_the_innermost_headings_below_the_part_about_problems_are_issues():
    document = read_document(PAGE.encode(), "a.html")
    notice = parse(document, Source(file="a.html", format="html", sha256="0" * 64))
    assert [(issue.title, issue.status, issue.path[1:]) for issue in notice.issues] == [
        ("河长制工作流于形式", "done", ("落实中央决策部署方面",)),
        ("农村饮水安全保障有短板", "ongoing", ("落实中央决策部署方面",)),
        ("党费收缴不及时", "done", ("基层组织建设方面",)),
    ]
