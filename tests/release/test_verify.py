"""A copy is whole, or it is said which file, which link, which character is not."""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import hashes_of, load_manifest
from generator.cli import main
from generator.commands.new import new_site
from generator.release.copies import Folder, Web
from generator.release.destination import listing
from generator.release.verify import verify
from tests.release.support import Place, copied

NOTICE = "notices/mou-ju-20240801-1/"


def proved(copy, site=Path("/nowhere"), key=None, jobs=1):
    return verify(copy, site=site, key=key, jobs=jobs)


def said(done):
    return [(found.code, found.file.rpartition("/notices/")[2] or found.file, found.message) for found in done.found]


@pytest.fixture
def release(released, tmp_path):
    """A published copy, signed by nobody."""
    return (copied(released[0], tmp_path / "www") / "current").resolve()


def test_a_whole_release_is_whole(release):
    done = proved(Folder(release))
    assert [found.code for found in done.found] == ["source-unproved"]
    assert not done.failed
    assert done.files == len(load_manifest(release)[0])
    assert done.companions == len(list(release.rglob("*.gz"))) > 50
    assert done.links > 500
    assert done.notices == 2


def test_a_target_stands_for_what_is_live_there(release, capsys):
    assert main(["--site", "/nowhere", "verify", str(release.parent.parent)]) == 0
    assert "Whole" in capsys.readouterr().out


def alter(path, old, new):
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode(), 1))


def relist(release, path):
    """Put the altered file into the manifest, as a forger would."""
    manifest = release / "manifest.json"
    files = json.loads(manifest.read_bytes())
    data = (release / path).read_bytes()
    files["files"][path] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    manifest.write_text(json.dumps(files))
    for name in (path, "manifest.json"):
        (release / f"{name}.gz").write_bytes(gzip.compress((release / name).read_bytes()))
    release.with_name(release.name + ".sha256").write_text(listing(hashes_of(release)))


def a_file_is_altered(release):
    alter(release / "assets/site.css", "{", "{ ")


def a_file_is_gone(release):
    (release / "robots.txt").unlink()


def a_file_is_added(release):
    (release / "secret.html").write_text("<p>")


def a_link_is_added(release):
    (release / "link").symlink_to("/etc")


def a_file_is_replaced_by_a_link(release):
    (release / "robots.txt").rename(release.parent / "robots.txt")
    (release / "robots.txt").symlink_to(release.parent / "robots.txt")


def a_companion_lies(release):
    (release / "index.html.gz").write_bytes(gzip.compress(b"<p>other"))


def a_companion_is_broken(release):
    path = release / "manifest.json.gz"
    path.write_bytes(path.read_bytes()[:-9])


def a_companion_has_another_head(release):
    """It unpacks to the same, and was touched all the same."""
    path = release / "index.html.gz"
    path.write_bytes(path.read_bytes()[:4] + b"hide" + path.read_bytes()[8:])


def a_companion_is_a_bomb(release):
    path = release / "robots.txt.gz"
    (path if path.exists() else release / "index.html.gz").write_bytes(gzip.compress(bytes(1 << 26)))


def a_companion_is_gone(release):
    (release / "index.html.gz").unlink()


def a_manifest_is_another(release):
    path = release / "manifest.json"
    path.write_bytes(path.read_bytes() + b" ")
    (release / "manifest.json.gz").write_bytes(gzip.compress(path.read_bytes()))


def a_companion_of_nothing(release):
    (release / "other.html.gz").write_bytes(gzip.compress(b"<p>"))


def a_word_of_the_page_is_altered(release):
    alter(release / NOTICE / "index.html", "2023年只开会一次", "2023年只开会三次")
    relist(release, NOTICE + "index.html")


def a_word_of_the_text_is_altered(release):
    alter(release / NOTICE / "notice.txt", "采购程序不规范", "采购程序很规范")
    relist(release, NOTICE + "notice.txt")


def a_record_is_none(release):
    (release / NOTICE / "notice.json").write_text("[]")
    relist(release, NOTICE + "notice.json")


def an_anchor_is_gone(release):
    page = release / NOTICE / "index.html"
    page.write_bytes(page.read_bytes().replace(b'id="i2"', b'id="i22"'))
    relist(release, NOTICE + "index.html")


@pytest.mark.parametrize(
    ("damage", "code", "words"),
    [
        (a_file_is_altered, "file-changed", "assets/site.css: error[file-changed]: not as it was built: SHA-256"),
        (a_file_is_gone, "file-missing", "robots.txt: error[file-missing]"),
        (a_file_is_added, "file-extra", "secret.html: error[file-extra]"),
        (a_link_is_added, "file-extra", "/link: error[file-extra]"),
        (a_file_is_replaced_by_a_link, "file-missing", "robots.txt: error[file-missing]"),
        (a_companion_lies, "file-changed", "index.html.gz: error[file-changed]: what comes out when it is unpacked"),
        (a_companion_is_a_bomb, "file-changed", ".gz: error[file-changed]: what comes out when it is unpacked"),
        (a_companion_is_broken, "file-changed", "manifest.json.gz: error[file-changed]"),
        (a_companion_has_another_head, "file-changed", "index.html.gz: error[file-changed]: not as it was published"),
        (a_companion_is_gone, "file-missing", "index.html.gz: error[file-missing]: it was published"),
        (a_manifest_is_another, "file-changed", "manifest.json: error[file-changed]: not as it was published"),
        (a_companion_of_nothing, "file-extra", "other.html.gz: error[file-extra]"),
        (a_word_of_the_page_is_altered, "words-differ", "goes on with “一次<b>。整改情况：一"),
        (
            a_word_of_the_text_is_altered,
            "words-differ",
            "notice.txt: error[words-differ]: the words differ at character",
        ),
        (a_record_is_none, "words-differ", "notice.json: error[words-differ]: this is no record of a notice"),
        (an_anchor_is_gone, "link-dead", "#i2 names no anchor of that page"),
    ],
)
def test_what_is_not_whole_is_named(release, damage, code, words):
    damage(release)
    done = proved(Folder(release))
    assert done.failed
    errors = [found for found in done.found if found.severity == "error"]
    assert {found.code for found in errors} == {code}
    assert any(words in str(found) for found in errors), [str(found) for found in errors]


@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_processes_says_the_same(release, jobs):
    for damage in (
        an_anchor_is_gone,
        a_word_of_the_text_is_altered,
        a_file_is_gone,
        a_link_is_added,
        a_companion_lies,
    ):
        damage(release)
    (release / "data/index.html.gz").unlink()
    for page in release.rglob("units/**/*.html"):
        page.write_bytes(page.read_bytes().replace(b'href="', b'href="gone/', 1))
    one = proved(Folder(release))
    assert len({found.code for found in one.found}) >= 5
    assert proved(Folder(release), jobs=jobs) == one


def test_a_folder_without_a_manifest_proves_nothing(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 1
    assert "holds no manifest.json" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "nowhere")]) == 2


# ------------------------------------------------------------------------------------------------------ the source


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A site with one notice, imported and built as a user does."""
    site = tmp_path_factory.mktemp("imported") / "site"
    new_site(site)
    source = next(Path("content/sources").glob("dongshan*/*.txt"))
    assert main(["--site", str(site), "import", str(source)]) == 0
    assert main(["--site", str(site), "build"]) == 0
    return site


@pytest.fixture
def site(imported, tmp_path):
    return shutil.copytree(imported, tmp_path / "copy")


def test_words_are_compared_with_the_source_and_all_recorded_edits(site, capsys):
    assert main(["--site", str(site), "verify"]) == 0
    assert "the words of 1 notices (1 compared with their source)" in capsys.readouterr().out


def test_a_source_that_was_proved_by_its_hash_is_not_read_again(site, monkeypatch):
    """OCR and LibreOffice take seconds; what import read is kept, for the bytes and the program that read them."""
    monkeypatch.setattr("generator.readers.read_document", None)
    assert main(["--site", str(site), "verify"]) == 0
    source = next((site / "content/sources").rglob("*.txt"))
    source.write_bytes(source.read_bytes() + b"\n")
    assert main(["--site", str(site), "verify"]) == 1


def test_a_source_that_was_exchanged_is_noticed(site, capsys):
    source = next((site / "content/sources").rglob("*.txt"))
    source.write_bytes(source.read_bytes() + b"\n")
    assert main(["--site", str(site), "verify"]) == 1
    assert "error[source-changed]" in capsys.readouterr().out


def test_a_word_that_an_editor_changed_without_a_record_is_named(site, capsys):
    content = next((site / "content/notices").rglob("dongshan*.md"))
    alter(content, "成立了由党组书记任组长", "成立了由党组委员任组长")
    assert main(["--site", str(site), "build"]) == 0
    capsys.readouterr()
    assert main(["--site", str(site), "verify"]) == 1
    assert "error[source-differs]" in capsys.readouterr().out


DECIDED = """corrections:
- {date: 2025-12-20, what: 职务, why: 误录, who: 某甲, before: 成立了由党组书记任组长, after: 成立了由党组委员任组长}
masks:
- {kind: person, value: 整改台账, label: 某某, why: 试}
"""


def test_corrections_and_masks_on_record_are_followed(site, capsys):
    content = next((site / "content/notices").rglob("dongshan*.md"))
    alter(content, "成立了由党组书记任组长", "成立了由党组委员任组长")
    alter(content, "source:\n", DECIDED + "source:\n")
    assert main(["--site", str(site), "build"]) == 0
    text = next((site / "output/notices").glob("*/notice.txt")).read_text("utf-8")
    assert "党组委员任组长" in text
    assert "整改台账" not in text
    capsys.readouterr()
    assert main(["--site", str(site), "verify"]) == 0
    assert "(1 compared with their source)" in capsys.readouterr().out


def test_a_withdrawn_notice_has_no_words_to_compare(site, capsys):
    content = next((site / "content/notices").rglob("dongshan*.md"))
    alter(content, "source:\n", "withdrawn: {date: 2026-01-05, why: 应发布单位要求}\nsource:\n")
    assert main(["--site", str(site), "build"]) == 0
    capsys.readouterr()
    assert main(["--site", str(site), "verify"]) == 0
    assert "(0 compared with their source)" in capsys.readouterr().out


# ------------------------------------------------------------------------------------------------------ over HTTP


@pytest.fixture
def address(release):
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=str(release.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{release.name}/"
        server.shutdown()


def test_what_a_server_sends_is_proved_too(release, address, capsys):
    assert main(["--site", "/nowhere", "verify", address]) == 0
    assert "A web server does not list its files" in capsys.readouterr().out
    a_file_is_altered(release)
    a_file_is_gone(release)
    with contextlib.closing(Web(address)) as copy:
        done = proved(copy)
    assert {found.code for found in done.found} == {"file-changed", "file-missing", "source-unproved"}


def test_several_processes_ask_a_server(address):
    with contextlib.closing(Web(address)) as one, contextlib.closing(Web(address)) as other:
        assert proved(other, jobs=3) == proved(one)


def test_interrupted_it_ends_without_a_trace(release):
    asked, may_go_on = threading.Event(), threading.Event()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            if "search" in self.path and ".js" in self.path:
                asked.set()
                may_go_on.wait(60)
            super().do_GET()

        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=str(release))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        words = [sys.executable, "-m", "generator", "verify", address, "--jobs", "2"]
        running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0)
        assert asked.wait(60)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
        may_go_on.set()
        server.shutdown()
    assert (running.returncode, out, err) == (130, "", "\nStopped; what was written is whole.\n")


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "http://www.mouqu.gov.cn/", "http://10.0.0.1/", "ftp://127.0.0.1/", "http://[::2]/"],
)
def test_a_server_elsewhere_is_not_asked(address, capsys):
    assert main(["verify", address]) == 2
    assert "only a server of this machine can be asked" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["http://[::1/", "http://[x]/", "http://127.0.0.1:x/", "http://127.0.0.1:99999/"])
def test_an_address_that_is_none_is_told(address, capsys):
    assert main(["verify", address]) == 2
    assert address in capsys.readouterr().err


def test_no_port_stands_for_another(capsys):
    assert main(["verify", "http://127.0.0.1:0/"]) == 1
    assert "http://127.0.0.1:0/: does not answer" in capsys.readouterr().err


def test_nobody_waits_for_a_key_that_is_a_pipe(release, tmp_path, capsys):
    os.mkfifo(tmp_path / "key.pub")
    signed = release / "manifest.json.sig"
    signed.write_bytes(b"x")
    assert main(["verify", str(release), "--key", str(tmp_path / "key.pub"), "--jobs", "1"]) == 2
    assert "not a public key" in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_told(capsys):
    assert main(["verify", "http://127.0.0.1:9/"]) == 1
    assert "does not answer" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------- signature


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("publisher", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder


def test_a_signature_is_made_checked_and_refused(outputs, tmp_path, keys, capsys):
    place = Place(tmp_path / "www", str(tmp_path / "www"))
    place.publish(outputs[0], key=keys / "publisher")
    assert place.publish(outputs[0], key=keys / "publisher").before == place.kept[0]
    current = place.folder / "current"
    for key, code in (("publisher", 0), ("stranger", 1)):
        assert main(["--site", "/nowhere", "verify", str(current), "--key", str(keys / f"{key}.pub")]) == code
    assert main(["--site", "/nowhere", "verify", str(current), "--key", str(keys / "publisher")]) == 2  # a private one
    said = capsys.readouterr()
    assert "Signed: checked with --key." in said.out
    assert "error[signature-wrong]: not the signature of" in said.out
    assert "not a public key of OpenSSH" in said.err
    a_word_of_the_page_is_altered(current.resolve())
    done = proved(Folder(current), key=keys / "publisher.pub")
    assert "signature-wrong" in {found.code for found in done.found}


def test_a_missing_signature_is_told(release, keys):
    done = proved(Folder(release), key=keys / "publisher.pub")
    assert "the manifest is not signed" in [found.message for found in done.found]


def test_the_signature_can_be_checked_without_this_program(outputs, tmp_path, keys):
    place = Place(tmp_path / "www", str(tmp_path / "www"))
    place.publish(outputs[0], key=keys / "publisher")
    current = (place.folder / "current").resolve()
    (tmp_path / "signers").write_text(f"publisher {(keys / 'publisher.pub').read_text()}")
    words = f"ssh-keygen -Y verify -f {tmp_path}/signers -I publisher -n disclose-manifest -s manifest.json.sig"
    with (current / "manifest.json").open("rb") as manifest:
        assert subprocess.run(words.split(), stdin=manifest, cwd=current, check=False).returncode == 0


@pytest.mark.parametrize("content", [None, "no key"])
def test_a_key_that_cannot_sign_is_told_and_nothing_is_published(outputs, tmp_path, content, keys):
    key = tmp_path / "key"
    if content:
        key.write_text(content)
    place = Place(tmp_path / "www", str(tmp_path / "www"))
    with pytest.raises(DiscloseError, match=r"there is no such key|cannot sign"):
        place.publish(outputs[0], key=key)
    assert not (place.folder / "current").exists()
