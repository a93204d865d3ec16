"""A site, a target over SSH and a web server, driven by the commands that an editor types, in Chinese."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.release.support import disclose
from tests.release.test_deploy import get

STEPS = (("初审", "某甲"), ("复审", "某乙"), ("终审", "某丙"))
CONTACT = "联系电话：0818-7350018；邮政信箱：甲县甲镇水利路1号；邮政编码：635000。"
_TYPED = re.compile(
    r"“[^”]*”|disclose [a-z]+|--[a-z-]+|https?://\S+|ssh\S*|\S*[/\\]\S*|\S+\.(?:docx|md|yml|html|json|txt|pdf)|\[[a-z0-9-]+\]"
    r"|[a-z]+(?:-[a-z0-9]+)+|\{\.[^}]*\}"
)
"""What an editor types or sees as it is: quoted words, commands, options, files, codes, ids."""
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")


def lines(office="水利局", words=("完善学习制度1项", "巡查人员12名"), contact=CONTACT, day="2025年11月28日"):
    """The paragraphs of a notice of two issues."""
    rules, people = words
    return [
        f"根据县委统一部署，2025年3月1日至4月30日，县委第一巡察组对县{office}党组开展了巡察。现将巡察整改情况予以公布。",
        "一、整改落实情况",
        "1.关于学习不深入的问题。",
        f"整改情况：已组织集中学习3次，{rules}。已完成整改。",
        "2.关于水库巡查不到位的问题。",
        f"整改情况：已修订巡查办法，落实{people}。已完成整改。",
        f"欢迎广大干部群众对巡察整改落实情况进行监督。{contact}",
        f"中共甲县{office}党组",
        day,
    ]


def title(office="水利局"):
    return f"中共甲县{office}党组关于巡察整改进展情况的通报"


def word_file(path, text=None, office="水利局", *, note=lambda document: None):
    """A Word file; `note` may write into it what an editor leaves there."""
    document = docx.Document()
    document.add_heading(title(office), 0)
    for line in text or lines(office):
        document.add_paragraph(line)
    note(document)
    document.save(path)
    return path


def with_notes(document):
    """A tracked insertion and deletion, a comment, and hidden words, as a draft goes round in an office."""
    first, second = document.paragraphs[4], document.paragraphs[6]
    for tag, inner, words in (("w:ins", "w:t", "（补充：修订之秘）"), ("w:del", "w:delText", "删去之秘")):
        change = OxmlElement(tag)
        change.set(qn("w:id"), "9")
        change.set(qn("w:author"), "某秘书")
        run, text = OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        run.append(text)
        change.append(run)
        first._p.append(change)
    hidden = second.add_run("隐藏之秘")
    hidden.font.hidden = True
    document.add_comment(second.runs[:1], text="批注之秘：请领导再核", author="某秘书")


class Journey:
    """Each step is a command as an editor types it; each answer is Chinese."""

    def __init__(self, folder, target="", ssh="ssh", port=0):
        self.site, self.target, self.ssh, self.port = folder, target, ssh, port

    def run(self, *words, code=0):
        done = disclose("--site", self.site, "--lang", "zh", *words)
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        unsaid = [line for line in said.split("\n") if _ENGLISH.search(_TYPED.sub("", line))]
        assert unsaid == [], unsaid
        return said

    def publish(self, *words, code=0):
        return self.run("publish", self.target, "--ssh", self.ssh, *words, code=code)

    def take(self, path):
        """Import a file; gives the notice's id."""
        before = set(self.notices)
        self.run("import", path)
        [new] = set(self.notices) - before
        return new

    def sign(self, name):
        return [self.run("review", name, "--step", step, "--name", who) for step, who in STEPS]

    def get(self, path):
        status, _, data = get(self.port, "/" + path)
        assert status == 200, path
        return data.decode("utf-8")

    def page(self, id_):
        return self.get(f"notices/{id_}/index.html")

    def record(self, id_):
        return json.loads(self.get(f"notices/{id_}/notice.json"))

    def words(self, id_):
        return self.record(id_)["text"]

    def is_public(self, id_):
        return get(self.port, f"/notices/{id_}/index.html")[0] == 200

    @property
    def notices(self):
        return {path.stem: path for path in (self.site / "content/notices").glob("*/*.md")}

    def text(self, id_):
        return self.notices[id_].read_text("utf-8")

    def edit(self, id_, old, new):
        assert old in self.text(id_), old
        self.notices[id_].write_text(self.text(id_).replace(old, new, 1), encoding="utf-8")

    def decide(self, id_, yaml):
        """Write a decision into the front matter."""
        self.edit(id_, "\nsource:", f"\n{yaml}\nsource:")


def on_a_terminal(site, typed, *words):
    """What a command prints on a terminal where somebody answers what it asks, and its exit code."""
    here, there = os.openpty()
    command = [sys.executable, "-m", "generator", "--site", str(site), "--lang", "zh", *map(str, words)]
    with subprocess.Popen(command, stdin=there, stdout=there, stderr=there, start_new_session=True) as process:
        os.close(there)
        said, has_answered = b"", False
        while chunk := _read(here):
            said += chunk
            if said.endswith(b"> ") and not has_answered:
                os.write(here, typed.encode() + (b"" if typed == "\x04" else b"\n"))
                has_answered = True
        code = process.wait(timeout=60)
    os.close(here)
    return said.decode("utf-8"), code


def _read(terminal):
    """What comes next; empty at its end."""
    ready, _, _ = select.select([terminal], [], [], 120)
    try:
        return os.read(terminal, 1 << 16) if ready else b""
    except OSError:  # on Linux, a terminal that nobody holds any more
        return b""


def row(state, id_):
    """A line of the table of a release."""
    return re.compile(rf"(?m)^{state} *  \S+  {id_}")
