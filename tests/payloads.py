"""Words made to harm: what a source file may hold to become markup, code, a formula, a path or an invisible lie."""

from __future__ import annotations

from dataclasses import replace

from generator.model.decisions import Correction, Mask, Withdrawal
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
    Source,
    Unit,
)
from tests.samples import notice, region

RUN = "window.pwned=(window.pwned||0)+1"
PAYLOADS = {
    "script": f"<script>{RUN}</script>",
    "script-end": f"</script><script>{RUN}</script>",
    "title-end": f"</title><script>{RUN}</script>",
    "textarea": f"</textarea><svg onload={RUN}>",
    "style-end": f"</style><img src=x onerror={RUN}>",
    "handler": f'"><img src=x onerror="{RUN}">',
    "handler-single": f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    "svg": f"<svg/onload={RUN}><animate onbegin={RUN}>",
    "details": f"<details open ontoggle={RUN}>",
    "iframe": '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><base href="//evil.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=//evil.example/">',
    "link": '<link rel="stylesheet" href="//evil.example/x.css"><object data="//evil.example/x"></object>',
    "javascript": f"javascript:{RUN}",
    "javascript-link": f"[点这里](javascript:{RUN}) <javascript:{RUN}>",
    "data-url": f"data:text/html,<script>{RUN}</script>",
    "entity": f"&lt;script&gt;{RUN}&lt;/script&gt;&#60;b&#62;&amp;amp;",
    "cdata": "]]><![CDATA[x]]>&unknown;<!--",
    "comment": f"--><script>{RUN}</script><!--",
    "pi": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "jinja": "{{ 7*7 }}{% for x in range(9) %}x{% endfor %}{# c #}{{ config }}",
    "format": "%s%n{0}{name!r}${7*7}#{7*7}`id`$(id)",
    "json": '"}],"x":{"\\u003cscript\\u003e":1}',
    "line-separators": "甲\u2028乙\u2029丙\x85丁",
    "bidi": "甲\u202e乙\u2066丙\u2069\u200f丁\u202c\u061c",
    "zero-width": "甲\u200b乙\u200c丙\u200d丁\ufeff戊\u2060己\u00ad庚",
    "controls": "甲\x01\x08\x0b\x0c\x1b[31m乙\x7f\x9b",
    "nul": "甲\x00乙",
    "noncharacters": "甲\ufffe乙\uffff丙\U0001ffff丁\ufdd0",
    "astral": "𠮷😀👨‍👩‍👧‍👦e\u0301\u0323",
    "formula": '=HYPERLINK("http://evil.example/","x")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-minus": "-2+3",
    "formula-at": "@SUM(A1:A9)",
    "formula-tab": "\t=1+1",
    "sql": "'; DROP TABLE notices; -- \" OR 1=1",
    "csv": 'a,"b"";c\r\n=1',
    "path": "../../../../etc/passwd",
    "path-windows": "..\\..\\C:\\con.txt",
    "card": "BEGIN:VCARD\\;\\,\r\nTEL:1\r\nEND:VCARD",
    "mail": f"a@b.cn\"><script>{RUN}</script>?cc=x@evil.example&body=%0d%0a",
    "phone": "0596-5835406;ext=1,,*#06#",
    "markdown": "# x {#i1 .issue} **b** {.finding} ```json\\`",
    "front-matter": "---\nid: other\n---",
    "fence": "```json\n{}\n```",
}  # fmt: skip
"""Name → words."""


def _line(text: str) -> str:
    """A passage has no line break: a reader makes two of it."""
    return " ".join(text.replace("\r", "\n").split("\n")).strip()


def hostile(number: int, text: str, **more: object) -> Notice:
    """A notice that has the words wherever a notice can have words."""
    one, day = _line(text), PartialDate.parse("2025-01-01")
    head = {"role": "heading"}
    body = (
        Passage(words=one, role="title", anchor="t1"),
        Passage(words=one, label=one),
        Passage(words=one, label=one, level=1, anchor="s1", **head),
        Passage(words=one, label=one, level=2, anchor="i1", marks=IssueMarks(status="done", quote=one), **head),
        Passage(words=one, label=one, role="finding", run_on=False),
        Passage(words=one, label=one, role="response"),
        Passage(words=one, role="status", run_on=True),
        Passage(
            words=one,
            label="（二）",
            level=2,
            anchor="i2",
            marks=IssueMarks(status="ongoing", deadline=day, responsible=one, quote=one + "无处"),
            **head,
        ),
        Passage(words=f"①{one}②{one}", role="response"),
        Passage(
            words=one, label="三、", level=1, anchor="f1", marks=FollowupMarks(deadline=day, refers_to="i2"), **head
        ),
        *(Passage(words=one, label=one, role=role) for role in ("reason", "next", "accountability", "contact")),
        *(Passage(words=one, role=role) for role in ("signature", "date", "annex")),
    )
    return notice(
        number,
        published=f"2025-0{number % 9 + 1}-01",
        passages=body,
        **{
            "id": f"n{number}",
            "title": one,
            "inspection": Inspection(inspector=one, kind=one, round=one, printed=one),
            "inferred": (one,),
            "contact": Contact(phones=(one,), emails=(one,), address=one, postcode=one),
            "metadata": ((one, text), ("空", "")),
            "accountability": Accountability(people=1, actions=((one, 1),)),
            "anomalies": (Anomaly(code="x", line=1, quote=one, message=text),),
            "evidence": (),
            "edits": (Edit(kind=one, line=1, before=text, after=text, start=0),),
            "source": Source(file=text, format=one, sha256=one),
            "corrections": (Correction(date=day, what=text, why=text, before=text, after=text),),
        }
        | more,
    ).replace(unit=Unit(id=f"u{number}", name=one, region=replace(region(), county=one)))


def hostile_site() -> list[Notice]:
    """A notice for each of the payloads, one with all of them, a masked one and a withdrawn one."""
    every = [hostile(number, text) for number, text in enumerate(PAYLOADS.values(), 1)]
    bad = PAYLOADS["handler"]
    day = PartialDate.parse("2025-01-02")
    return [
        *every,
        hostile(98, bad, masks=(Mask(kind="other", value="pwned", label="<b onclick=x>{{ 1 }}</b>", why=bad),)),
        hostile(99, bad, withdrawn=Withdrawal(date=day, why=PAYLOADS["script"])),
    ]
