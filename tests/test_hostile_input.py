"""What comes from outside and means harm: links, sources, servers, shells; each line of docs/security.md by name."""

from __future__ import annotations

import datetime as dt
import gzip
import http.server
import itertools
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.base.addresses import host_of
from generator.base.diagnostics import ContentError, DiscloseError, Severity, UsageError
from generator.base.manifest import hashes_of, load_manifest
from generator.build.driver import build
from generator.build.preview import Preview
from generator.content.config import read_config
from generator.content.notice_file import write_notice
from generator.data.formats import csv_rows
from generator.editorial.checks import check
from generator.model.decisions import Erratum, Mask
from generator.model.notice import Anomaly, Edit
from generator.release import copies
from generator.release.copies import Folder, Web
from generator.release.destination import is_current, leftovers
from generator.release.shell import Shell
from generator.render.content_page import read_content_page
from generator.render.renderer import mail_address
from generator.sitelint.built import is_outside
from tests.release.support import disclose
from tests.samples import DATE, SITE_YML, make_site, notice

OUTSIDE = {
    "//evil.cn": "evil.cn",
    "/\\evil.cn": "evil.cn",
    "\\\\evil.cn": "evil.cn",
    "https://evil.cn\\@x.gov.cn": "evil.cn",
    "https://x.gov.cn@evil.cn": "evil.cn",
    "https:evil.cn": "evil.cn",
    "https:///evil.cn": "evil.cn",
    "ht\ntps://evil.cn": "evil.cn",
    " //evil.cn": "evil.cn",
    "/\t/evil.cn": "evil.cn",
    "HTTP:\\\\evil.cn": "evil.cn",
    "https://evil.cn#@x.gov.cn": "evil.cn",
    "https://evil.cn?.gov.cn": "evil.cn",
}
INSIDE = (
    "a/b.html",
    "/a",
    "../x//y",
    "#//evil.cn",
    "?//evil.cn",
    "a?b=https://evil.cn",
    "mailto:a@evil.cn",
    "tel:1",
    "",
)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_outside_link_is_told_whatever_it_looks_like(address):
    assert host_of(address) == OUTSIDE[address]
    assert is_outside(address, read_config(SITE_YML))


@pytest.mark.parametrize("address", INSIDE)
def test_a_link_inside_is_none(address):
    assert host_of(address) is None
    assert not is_outside(address, read_config(SITE_YML))


@pytest.mark.parametrize("address", ["//evil.cn/", "/\\\\evil.cn/", "https://evil.cn\\\\@x.gov.cn/"])
def test_a_content_page_marks_them(address):
    soup = BeautifulSoup(read_content_page(f"# x\n\n[w]({address})\n", "x").html, "html.parser")
    assert all("外部链接" in link.get_text() and "noopener" in link["rel"] for link in soup.select("a"))


@pytest.mark.parametrize("cell", ["=1+1", "\n=1", "＝1", "＋1", "－1", "＠x", "@x", "\t=1", "\r=1", "+1", "-1"])
def test_no_cell_of_a_table_is_a_formula(cell):
    assert csv_rows([[cell]]).decode("utf-8").lstrip('"').startswith("'")


@pytest.mark.parametrize(
    ("mail", "address"),
    [
        ("a@b.gov.cn", "a@b.gov.cn"),
        (" a+c@b.cn ", "a+c@b.cn"),
        ("a@b.cn?bcc=x@evil.cn", "a@b.cn%3Fbcc%3Dx@evil.cn"),
        ("a@b.cn&body=x", "a@b.cn%26body%3Dx"),
        ("甲@b.cn", "%E7%94%B2@b.cn"),
    ],
)
def test_a_mail_address_brings_no_other_field(mail, address):
    assert mail_address(mail) == address


@pytest.mark.parametrize("key", ["name", "owner", "domain", "phone"])
@pytest.mark.parametrize("sign", ["\\0", "\\x07", "\\x1b", "\\x7f", "\\b"])
def test_a_control_character_in_site_yml_is_an_error(key, sign):
    lines = [line for line in SITE_YML.split("\n") if not line.startswith(f"{key}:")]
    with pytest.raises(ContentError, match=f"{key}: holds a control character"):
        read_config("\n".join([*lines, f'{key}: "a{sign}b"', ""]))


LINKS = {
    "page": ("content/pages/9-pw.md", "/etc/passwd"),
    "folder of pages": ("content/pages/more", "/etc"),
    "template": ("templates/notice.html", "/etc/passwd"),
    "asset": ("templates/assets/x.txt", "/etc/passwd"),
    "notice": ("content/notices/2025/x.md", "/etc/passwd"),
    "notice of another": ("content/notices/2025/y.md", "../../../../other.md"),
    "source": ("content/sources/x", "/etc"),
    "nowhere": ("content/pages/9-none.md", "/nowhere"),
    "by dots": ("content/pages/9-up.md", "../../../outside.md"),
}


def lay_link(folder, name):
    (folder.parent / "outside.md").write_text("# 外\n", "utf-8")
    (folder.parent / "other.md").write_text(write_notice(notice(7, title="root: 外")), "utf-8")
    place, target = LINKS[name]
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).unlink(missing_ok=True)
    (folder / place).symlink_to(target)
    return place


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_out_is_refused(name, tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    place = lay_link(folder, name)
    with pytest.raises(ContentError, match="leads out of the site") as caught:
        build(folder, folder / "output")
    assert [one.file for one in caught.value.diagnostics] == [place]
    assert not (folder / "output").exists()


@pytest.mark.parametrize("name", LINKS)
def test_check_names_a_link_that_leads_out_and_reads_nothing_behind_it(name, tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    place = lay_link(folder, name)
    report = check(folder, day=dt.date(2025, 1, 1))
    codes = {(one.diagnostic.code, one.diagnostic.file) for one in report.findings}
    assert ("leads-out", place) in codes
    assert "/x.md" not in "".join(file for code, file in codes if code != "leads-out")
    assert "root:" not in str([one.diagnostic for one in report.findings])


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("is_there_first", [True, False])
def test_the_preview_shows_nothing_behind_a_link_that_leads_out(name, is_there_first, tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    said: list[object] = []
    preview = Preview(folder, tmp_path / "out", said.append)
    place = lay_link(folder, name) if is_there_first else ""
    preview.begin()()
    if not is_there_first:
        place = lay_link(folder, name)
        preview.change([folder / place])
    assert place in str(said)
    pages = (
        "index.html",
        "about/index.html",
        "pw/index.html",
        "none/index.html",
        "up/index.html",
        "assets/x.txt",
        f"notices/{notice(7).id}/index.html",
    )
    assert b"root:" not in b"".join(preview.data(path) or b"" for path in pages)


def test_links_inside_the_site_and_trees_that_are_links_are_followed(tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    (folder / "content/notices").rename(tmp_path / "notices")
    (folder / "content/notices").symlink_to(tmp_path / "notices")
    (folder / "content/pages").mkdir(exist_ok=True)
    (folder / "content/pages/1-a.md").write_text("# 甲\n", "utf-8")
    (folder / "content/pages/2-b.md").symlink_to("1-a.md")
    assert build(folder, folder / "output").notices == 1


@pytest.mark.parametrize(
    "place", ["content/pages/1-a.md", "content/sources/p", "templates/base.html", "templates/assets/x", "site.yml",
              "content/topics.yml", "content/phrases.yml"],
)  # fmt: skip
def test_nobody_waits_for_a_pipe_in_the_site(place, tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).unlink(missing_ok=True)
    os.mkfifo(folder / place)
    done = disclose("--lang", "en", "--site", folder, "build" if place != "content/phrases.yml" else "check")
    assert done.returncode
    assert f"{place}: error[unreadable]: it is no file" in done.stdout + done.stderr


def test_a_content_file_that_may_not_be_read_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    folder = make_site(tmp_path / "site", [notice(1), notice(2, published="2023-01-02")])
    name, real = f"{notice(1).id}.md", Path.read_bytes

    def read(path):
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    report = build(folder, folder / "output")
    told = [one for one in report.diagnostics if one.code == "unreadable"]
    assert [(one.file.rpartition("/")[2], one.message) for one in told] == [(name, "cannot be read: Permission denied")]
    assert report.notices == 1


RUNS = ("htm", "html", "xhtml", "svg", "js", "mht", "xml", "css", "md", "../x", "pdf/../x.html")


@pytest.mark.parametrize("form", RUNS)
def test_a_source_that_a_browser_runs_is_not_published(form, tmp_path):
    assert published_source_of(tmp_path, "通报.html", form) == []


@pytest.mark.parametrize("name", ["通报.docx", "通报.svg", "通报.js", "通报.htm", "通报"])
@pytest.mark.parametrize("form", ["docx", "pdf", "txt", "doc"])
def test_a_source_is_published_under_a_name_that_no_browser_runs(form, name, tmp_path):
    assert published_source_of(tmp_path, name, form) == [f"{notice(1).id}.{form}"]


MORE = {
    "mask": {"masks": (Mask(kind="other", why="x", value="二楼"),)},
    "hidden": {"anomalies": (Anomaly(code="hidden-text", line=0, quote="", message="x"),)},
    "covered": {"edits": (Edit(kind="hidden-removed", line=0, before="", after=""),)},
    "struck out": {"anomalies": (Anomaly(code="struck-out", line=0, quote="", message="x"),)},
    "deleted": {"anomalies": (Anomaly(code="tracked-change", line=0, quote="", message="x"),)},
    "comment": {"anomalies": (Anomaly(code="comment", line=0, quote="", message="x"),)},
    "replaced": {"errata": (Erratum(before="错", after="某局", who="甲", when=DATE("2025-01-01"), why="x"),)},
}


@pytest.mark.parametrize("more", MORE)
def test_a_source_that_holds_more_than_the_notice_shows_is_not_published(more, tmp_path):
    settings = "publish_sources: true\nshow_old_wording: false\n"
    assert published_source_of(tmp_path, "通报.docx", "docx", settings, **MORE[more]) == []
    report = check(tmp_path / "site", day=dt.date(2025, 1, 1))
    assert [one.diagnostic.severity for one in report.findings if one.diagnostic.code == "source-withheld"] == [
        Severity.NOTE
    ]


def test_a_source_with_an_old_wording_that_is_shown_is_published(tmp_path):
    assert published_source_of(tmp_path, "通报.docx", "docx", **MORE["replaced"])


def published_source_of(tmp_path, name, form, settings="publish_sources: true\n", **more):
    item = notice(1, **more)
    item = item.replace(source=type(item.source)(file=name, format=form, sha256=item.source.sha256))
    folder = make_site(tmp_path / "site", [item], settings)
    source = folder / "content/sources" / item.id / name
    source.parent.mkdir(parents=True)
    source.write_text("<script>alert(1)</script>")
    build(folder, folder / "output")
    found = [path.name for path in (folder / "output").rglob("source/*")]
    assert ("原文下载" in (folder / f"output/notices/{item.id}/index.html").read_text("utf-8")) is bool(found)
    return found


NAMES = [
    ".incoming-x; touch PWNED; #", ".incoming-", ".incoming-$(id)", ".incoming-0123456789abcdef; x", ".removing-x",
    ".removing-../..", "x.sha256", ".incoming-ABCDEFGH", "-rf", ".incoming-a b c d e f", "000012-x.sha256",
]  # fmt: skip


def test_only_names_that_a_publish_gives_are_leftovers():
    own = [".incoming-0123456789abcdef", ".incoming-a_b3c4d5", ".removing-000012-20251128T093000Z-1f2e3d4c5b6a"]
    assert leftovers([*NAMES, *own]) == sorted(own)


@pytest.mark.parametrize(
    ("link", "is_ours"),
    [
        ("releases/000012-20251128T093000Z-1f2e3d4c5b6a", True),
        ("./releases/000012-20251128T093000Z-1f2e3d4c5b6a/", True),
        ("releases/mine", False),
        ("/srv/www", False),
        ("../releases/000012-20251128T093000Z-1f2e3d4c5b6a", False),
        ("releases", False),
        ("", False),
    ],
)
def test_a_current_that_somebody_made_is_told(link, is_ours):
    assert is_current(link) is is_ours


def shell_that(tmp_path, begins):
    script = tmp_path / "ssh"
    script.write_text(f"#!/bin/sh\n{begins}\nexec sh\n", "utf-8")
    script.chmod(0o755)
    return Shell([str(script)], "host")


@pytest.mark.parametrize(
    "begins",
    [
        "printf Welcome",
        "echo Welcome",
        "printf '欢迎\n\n'",
        "printf 'begin '",
        ":",
        r"printf '\033[2J\033]0;x\007\377\000$ '",
        r"printf 'begin 0123456789abcdef\nend 0123456789abcdef 0\n'",
        "yes 欢迎 | head -20000",
        "head -c 4000000 /dev/zero",
        "set -v",
        "sleep 0.3; printf late",
    ],
)
def test_a_shell_that_greets_as_it_likes_is_understood(begins, tmp_path):
    with shell_that(tmp_path, begins) as shell:
        assert shell.run("echo a; printf b") == "a\nb"


def test_what_a_shell_says_before_it_ends_is_told(tmp_path):
    told = r"This account is\\x1b\[2J not available.\nhost: the connection ended"
    greeting = r"printf 'This account is\033[2J not available.'; exit 1"
    with shell_that(tmp_path, greeting) as shell, pytest.raises(DiscloseError, match=told):
        shell.run("echo a")


@pytest.mark.parametrize("words", ["yes", "cat /dev/zero"])
def test_a_shell_that_talks_without_end_is_not_waited_for(words, tmp_path, monkeypatch):
    monkeypatch.setattr("generator.release.shell._GREETING", 1 << 20)
    with shell_that(tmp_path, f"exec {words}") as shell, pytest.raises(DiscloseError, match="talks without end"):
        shell.run("echo a")


@pytest.mark.parametrize(
    "begins",
    [
        "exec sleep 60",
        "sleep 5",
        "printf '1) shell 2) quit: '; exec sleep 60",
        "echo Welcome; sleep 5",
        "while :; do echo busy; sleep 0.1; done",
    ],
)
def test_a_server_that_does_not_answer_is_not_waited_for(begins, tmp_path, monkeypatch):
    monkeypatch.setattr("generator.release.shell._can_ask", lambda: False)
    monkeypatch.setattr("generator.release.shell._PATIENCE", 0.5)
    before = time.monotonic()
    with shell_that(tmp_path, begins) as shell, pytest.raises(DiscloseError, match="no answer within"):
        shell.run("echo a")
    assert time.monotonic() - before < 10


def test_a_shell_that_asks_what_nobody_can_type_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.release.shell._can_ask", lambda: True)
    monkeypatch.setattr("generator.release.shell._PATIENCE", 0.5)
    begins, told = "printf '1) shell 2) quit: '; exec sleep 60", r"quit:\nhost: no answer within"
    with shell_that(tmp_path, begins) as shell, pytest.raises(DiscloseError, match=told):
        shell.run("echo a")


def test_who_can_be_asked_for_a_password_has_the_time_to_type_it(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.release.shell._can_ask", lambda: True)
    monkeypatch.setattr("generator.release.shell._PATIENCE", 0.2)
    with shell_that(tmp_path, "sleep 0.6") as shell:
        assert shell.run("echo a; sleep 0.5; printf b") == "a\nb"


class Server(http.server.BaseHTTPRequestHandler):
    """Sends what the test wants."""

    body = b""
    encoding = ""
    for_gzip = None
    """What comes instead to who takes gzip."""

    def do_GET(self):
        self.send_response(200)
        if self.encoding and self.headers["Accept-Encoding"] == "gzip":
            self.send_header("Content-Encoding", self.encoding)
        self.end_headers()
        body = self.body
        if self.for_gzip is not None and self.headers["Accept-Encoding"] == "gzip":
            body = self.for_gzip
        try:
            for _ in range(64 if body == b"endless" else 1):
                self.wfile.write(body * (1 << 14) if body == b"endless" else body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def web():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Web(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


GOOD = gzip.compress(b"words")
BROKEN = {
    "cut off": GOOD[:-4], "no gzip": b"words", "empty": b"", "changed": GOOD[:12] + b"\xff\xff" + GOOD[14:],
    "cut in the head": GOOD[:5], "wrong sum": GOOD[:-8] + b"\0" * 8, "two in one": GOOD + gzip.compress(b"more"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_packed_form_is_told_and_raises_nothing(name, web, monkeypatch):
    monkeypatch.setattr(Server, "encoding", "gzip")
    monkeypatch.setattr(Server, "body", BROKEN[name])
    assert web.packed("x") == b""
    monkeypatch.setattr(Server, "body", GOOD)
    assert web.packed("x") == b"words"


@pytest.mark.parametrize(
    ("encoding", "body", "found"),
    [
        ("GZIP", GOOD, b"words"),
        ("x-gzip", GOOD, b"words"),
        ("br", b"words", b""),
        ("gzip, gzip", gzip.compress(GOOD), b""),
        ("identity", b"words", None),
        ("identity", b"other words", b"other words"),
        ("", b"words", None),
        ("", b"other words", b"other words"),
    ],
    ids=["capitals", "another name", "brotli", "twice", "said to be plain", "plain and other", "plain", "other"],
)
def test_what_comes_to_who_takes_gzip_is_looked_at_however_it_is_called(encoding, body, found, web, monkeypatch):
    """A browser takes gzip: what is proved is what it gets."""
    monkeypatch.setattr(Server, "encoding", encoding)
    monkeypatch.setattr(Server, "body", b"words")
    monkeypatch.setattr(Server, "for_gzip", body)
    assert web.packed("x") == found
    assert web.read("x") == b"words"
    assert web.packed("x") == found


def test_what_unpacks_without_end_is_cut(web, monkeypatch):
    monkeypatch.setattr(web, "_most", 10_000)
    monkeypatch.setattr(Server, "encoding", "gzip")
    monkeypatch.setattr(Server, "body", gzip.compress(b"\0" * 1_000_000))
    assert web.packed("x") == b""


def test_an_endless_answer_is_an_error(web, monkeypatch):
    monkeypatch.setattr(web, "_most", 10_000)
    monkeypatch.setattr(Server, "body", b"endless")
    with pytest.raises(DiscloseError, match="does not end"):
        web.read("x")


DRIPS = {
    "head": itertools.chain(b"HTTP/1.1 200 OK\r\nX: ", itertools.repeat(ord("a"))),
    "lines": itertools.chain(b"HTTP/1.1 200 OK\r\n", itertools.cycle(b"X: a\r\n")),
    "body": itertools.chain(b"HTTP/1.1 200 OK\r\n\r\n", itertools.repeat(ord("a"))),
    "body that says its length": itertools.chain(
        b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", itertools.repeat(ord("a"))
    ),
    "chunks": itertools.chain(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", itertools.cycle(b"1\r\na\r\n")),
    "nothing": iter(()),
}
"""What a server sends, a byte at a time."""


@pytest.mark.parametrize("where", DRIPS)
def test_a_server_that_drips_is_left(where, monkeypatch):
    monkeypatch.setattr(copies, "PATIENCE", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                try:
                    for byte in itertools.islice(DRIPS[where], 4000):
                        connection.sendall(bytes([byte]))
                        time.sleep(0.001 if byte != ord("a") else 0.02)
                    time.sleep(20 if where == "nothing" else 0)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        start = time.monotonic()
        with pytest.raises(DiscloseError, match=r"did not come whole within|does not answer"):
            Web(f"http://127.0.0.1:{server.getsockname()[1]}/").read("x")
        assert time.monotonic() - start < 10


@pytest.mark.parametrize("address", ["http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://localhost:-1/"])
def test_a_bad_port_is_wrong_use(address):
    with pytest.raises(UsageError):
        Web(address)


def test_a_pipe_in_a_copy_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").write_text("x")
    copy = Folder(tmp_path)
    assert copy.read("pipe") is None
    assert copy.read("a") == b"x"


def test_pipes_have_no_hash_and_are_no_manifest(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").write_text("x")
    (tmp_path / "link").symlink_to("/etc/passwd")
    found = hashes_of(tmp_path)
    assert (found["pipe"], found["link"], len(found["a"])) == ("", "", 64)
    os.mkfifo(tmp_path / "manifest.json")
    with pytest.raises(DiscloseError, match="cannot be read"):
        load_manifest(tmp_path)


def test_a_content_file_without_the_right_to_read_it_is_named(tmp_path, monkeypatch):
    folder = make_site(tmp_path / "site", [notice(1), notice(2)])
    whole = type(folder).read_bytes
    closed = next(folder.rglob("content/notices/**/*.md"))

    def read(path):
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(type(folder), "read_bytes", read)
    report = build(folder, folder / "output")
    assert [(one.code, one.file) for one in report.diagnostics] == [
        ("unreadable", closed.relative_to(folder).as_posix())
    ]
    assert report.notices == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system needs the right to mount one")
def test_a_full_disk_ends_in_a_sentence(tmp_path):
    folder = make_site(tmp_path / "site", [notice(number) for number in range(1, 4)])
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", small], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(DiscloseError, match="cannot be written: No space left on device; free space"):
            build(folder, small / "output")
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)
