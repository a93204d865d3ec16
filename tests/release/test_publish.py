"""content → the live web server: verified before the switch, one at a time, and back again."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import differing, read_manifest
from generator.build.driver import build
from generator.cli import main
from generator.model.decisions import Mask, Withdrawal
from generator.release import shell
from generator.release.copies import Folder
from generator.release.destination import read_listing
from generator.release.packing import is_companion
from generator.release.releases import Release, changes, chosen, next_release, releases_among, to_prune
from generator.release.shell import place_of
from generator.release.verify import verify
from tests.release.support import DATE, NOW, Place, clean, disclose, reword, tree
from tests.samples import put_notice


def command(site, place, *words, code=0):
    done = disclose("--site", site, "publish", *place.words, *words)
    assert done.returncode == code, done.stdout + done.stderr
    return done


# ------------------------------------------------------------------------------------------------------- the road


def test_a_site_is_published_changed_and_rolled_back(site, place):
    dry = command(site, place, "--dry-run")
    assert "+ index.html" in dry.stdout
    assert not place.folder.exists()

    command(site, place)
    first, output = place.live, tree(site / "output")
    plain = {path: data for path, data in first.items() if not is_companion(path, output)}
    assert plain == output
    assert all(gzip.decompress(data) == output[path[:-3]] for path, data in first.items() if path not in plain)
    assert {"index.html.gz", "assets/site.css.gz", "manifest.json.gz"} <= first.keys() - plain.keys()

    reword(site, "已修订", "已修改")
    dry = command(site, place, "--dry-run").stdout.splitlines()
    assert dry[0] == "corrected  某局党组关于巡察整改进展情况的通报  mou-ju-20240801-1"
    assert "~ notices/mou-ju-20240801-1/index.html  某局党组关于巡察整改进展情况的通报" in dry
    assert not any(line.endswith(".txt") for line in dry)
    assert "~ notices/mou-ju-20240801-1/notice.txt" in command(site, place, "--dry-run", "-v").stdout.splitlines()
    assert place.live == first
    command(site, place)
    assert "已修改" in place.live["notices/mou-ju-20240801-1/notice.txt"].decode()

    command(site, place, "--rollback", "--dry-run")
    assert place.live != first
    command(site, place, "--rollback")
    assert place.live == first
    assert "no release before" in command(site, place, "--rollback", code=1).stderr
    listed = command(site, place, "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    assert listed[1].endswith("← live")


def put_live(site, place):
    """Publish to the place's folder itself: what then stands there is what a publish from afar leaves."""
    command(site, Place(place.folder, str(place.folder)))


HERE_AND_FAR = pytest.mark.parametrize("place", ["folder", "ssh"], indirect=True)
"""What a rollback refuses is decided before a destination is asked: two kinds show it."""


@HERE_AND_FAR
@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"withdrawn": Withdrawal(date=DATE, why="误发")}, "notices/mou-ju-20240801-1/: was withdrawn (撤下)"),
        ({"masks": (Mask(kind="person", value="李四光", why="个人信息"),)}, "1 places were masked (遮蔽)"),
    ],
)
def test_a_rollback_brings_nothing_back_that_was_taken_from_the_public(site, place, decision, said):
    words = ("已修订", "李四光修订")
    put_notice(site, clean(1, words=words))
    put_live(site, place)
    put_notice(site, clean(1, words=words, **decision))
    put_live(site, place)
    hidden = place.live
    for asked in (["--rollback"], ["--rollback", "--dry-run"], ["--rollback", "1"]):
        assert said in command(site, place, *asked, code=1).stderr
        assert place.live == hidden
    assert "goes with --rollback" in command(site, place, "--allow-withdrawn", code=2).stderr
    command(site, place, "--rollback", "--allow-withdrawn", "--dry-run")
    assert place.live == hidden
    command(site, place, "--rollback", "--allow-withdrawn")
    assert "李四光" in place.live["notices/mou-ju-20240801-1/notice.txt"].decode()
    command(site, place, "--rollback", "2")
    assert place.live == hidden


@HERE_AND_FAR
def test_a_rollback_asks_which_places_are_masked_and_not_how_many(site, place):
    words = ("已修订", "李四光、王小明修订")
    for name in ("王小明", "李四光"):
        put_notice(site, clean(1, words=words, masks=(Mask(kind="person", value=name, why="个人信息"),)))
        put_live(site, place)
    hidden = place.live
    assert "1 places were masked (遮蔽)" in command(site, place, "--rollback", code=1).stderr
    with pytest.raises(DiscloseError, match=r"1 places were masked"):
        place.rollback()  # also where the site is not at hand
    assert place.live == hidden


@HERE_AND_FAR
def test_a_rollback_to_the_same_masks_is_none_to_refuse(site, place):
    mask = Mask(kind="person", value="李四光", why="个人信息")
    for word in ("李四光修订", "李四光已修订"):
        put_notice(site, clean(1, words=("已修订", word), masks=(mask,)))
        put_live(site, place)
    assert (
        "李某修订"
        in command(site, place, "--rollback").stdout + place.live["notices/mou-ju-20240801-1/notice.txt"].decode()
    )


@HERE_AND_FAR
def test_the_old_release_is_searched_for_what_is_masked_today(site, place):
    put_notice(site, clean(1, words=("已修订", "李四光修订")))
    put_live(site, place)
    reword(site, "已修订", "已修改")
    put_live(site, place)
    live = place.live
    put_notice(
        site,
        clean(
            2,
            published="2022-05-06",
            words=("已修订", "李四光修订"),
            masks=(Mask(kind="person", value="李四光", why="x"),),
        ),
    )
    said = command(site, place, "--rollback", code=1).stderr
    assert "shows what masks (遮蔽) of the site hide today" in said
    assert "notices/mou-ju-20240801-1/notice.txt: name of a person, masked in mou-ju-20220506-2" in said
    assert place.live == live


def first_of(place):
    """The folder of the first release."""
    return place.folder / "releases" / place.kept[0].name


def tampered(release, path, text):
    """Put other bytes into a file of a release, and have its manifest and its list of hashes say so."""
    listed, manifest = release.with_name(release.name + ".sha256"), release / "manifest.json"
    before, old = sha256(release / path), sha256(manifest)
    for file, data in ((release / path, text), (manifest, manifest.read_text().replace(before, digest(text)))):
        file.unlink()
        file.write_text(data)
    rows = listed.read_text().replace(before, digest(text)).replace(old, sha256(manifest)).splitlines(keepends=True)
    for packed in (release / f"{path}.gz", release / "manifest.json.gz"):
        packed.unlink()
        rows = [row for row in rows if not row.endswith(f"  {packed.relative_to(release)}\n")]
    listed.write_text("".join(rows))


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@HERE_AND_FAR
def test_a_release_that_is_not_named_after_its_manifest_goes_live_no_more(outputs, released, place):
    place.holds(released[1])
    live, first = place.live, first_of(place)
    assert not verify(Folder(first), site=outputs[0].parent).failed
    tampered(first, "assets/site.css", "* { color: red }")
    with pytest.raises(DiscloseError, match="its manifest is not the one that was published"):
        place.rollback()
    assert place.live == live
    found = verify(Folder(first), site=outputs[0].parent).found
    assert ("file-changed", str(first / "manifest.json")) in {(one.code, one.file) for one in found}
    assert any("is not the one after which" in one.message for one in found)


def smuggled(release, path, data):
    """Put a file into a release, and have its list of hashes say so; its manifest stays as it was."""
    listed, file = release.with_name(release.name + ".sha256"), release / path
    file.unlink(missing_ok=True)
    file.write_bytes(data)
    rows = [row for row in listed.read_text().splitlines(keepends=True) if not row.endswith(f"  {path}\n")]
    listed.write_text("".join([*rows, f"{sha256(file)}  {path}\n"]))


SMUGGLED = {
    "a page of its own": ("evil.html", b"<h1>evil</h1>"),
    "what is sent for a page": ("index.html.gz", gzip.compress(b"<h1>evil</h1>")),
    "what is sent for the manifest": ("manifest.json.gz", gzip.compress(b"{}")),
    "two in one": ("index.html.gz", gzip.compress(b"<h1>evil") + gzip.compress(b"</h1>")),
    "no gzip": ("index.html.gz", b"<h1>evil</h1>"),
    "a companion of nothing": ("evil.html.gz", gzip.compress(b"<h1>evil</h1>")),
}


@HERE_AND_FAR
@pytest.mark.parametrize("name", SMUGGLED)
def test_a_release_with_what_its_manifest_does_not_speak_for_goes_live_no_more(name, released, place):
    place.holds(released[1])
    live = place.live
    smuggled(first_of(place), *SMUGGLED[name])
    with pytest.raises(DiscloseError, match="holds what was not published"):
        place.rollback()
    assert place.live == live


def key_pair(folder, name):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder / name, folder / f"{name}.pub"


@HERE_AND_FAR
def test_a_return_from_a_signed_release_wants_the_key(site, outputs, place, tmp_path):
    key, public = key_pair(tmp_path, "key")
    other, _ = key_pair(tmp_path, "other")
    place.publish(outputs[0], key=key)
    place.publish(outputs[1], key=key)
    for asked in (["--rollback"], ["--rollback", "--dry-run"]):
        assert "--key KEY.pub" in command(site, place, *asked, code=2).stderr
    assert "not the signature of" in command(site, place, "--rollback", "--key", f"{other}.pub", code=1).stderr
    command(site, place, "--rollback", "--key", public)
    assert "已修订" in place.live["notices/mou-ju-20240801-1/notice.txt"].decode()
    assert "--key: goes with --rollback" in command(site, place, "--key", public, code=2).stderr


@HERE_AND_FAR
def test_a_release_that_is_not_signed_does_not_follow_one_that_is(site, outputs, released, place, tmp_path):
    key, public = key_pair(tmp_path, "key")
    place.holds(released[0])
    place.publish(outputs[1], key=key)
    live = place.live
    assert "it is not signed" in command(site, place, "--rollback", "--key", public, code=1).stderr
    assert place.live == live


@HERE_AND_FAR
def test_a_rollback_from_what_cannot_be_compared_is_refused(released, place):
    place.holds(released[1])
    data = (place.folder / "current").resolve() / "data/notices.json"
    data.unlink()
    with pytest.raises(DiscloseError, match="may show what was withdrawn since"):
        place.rollback()
    place.rollback(allow_withdrawn=True)
    assert "已修订" in place.live["notices/mou-ju-20240801-1/notice.txt"].decode()


@pytest.fixture(scope="session")
def hosts(outputs, sshd, tmp_path_factory):
    """A target of each kind to which both outputs were published, and what the second publish said."""
    found = {}
    for kind in ("folder", "ssh", "sftp"):
        folder = tmp_path_factory.mktemp("hosts") / "www root"
        place = Place(folder, str(folder) if kind == "folder" else sshd.target(folder, kind), sshd.ssh)
        found[kind] = place, [place.publish(output) for output in (*outputs, outputs[1])]
    return found


@pytest.mark.parametrize("kind", ["folder", "ssh", "sftp"])
def test_the_same_stands_at_every_kind_of_target(hosts, released, kind):
    """Files, modes, what releases share: so that a test may begin with what another kind of target left."""
    assert standing(hosts[kind][0].folder) == standing(released[1])


def standing(folder):
    """What stands in a folder: kind and mode of each path, and the bytes or the first path of the same file."""
    found, firsts = {}, {}
    for path in sorted(folder.rglob("*")):
        seen, name = path.lstat(), path.relative_to(folder).as_posix()
        inside = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[name] = seen.st_mode, inside, firsts.setdefault(seen.st_ino, name)
    found.pop(".publish.lock", None)  # SFTP alone takes it away
    return found


@pytest.mark.parametrize("kind", ["folder", "ssh", "sftp"])
def test_the_same_again_is_nothing_to_do(hosts, kind):
    first, second, again = hosts[kind][1]
    assert (first.before, again.before, again.release) == (None, second.release, second.release)


def test_unchanged_files_are_shared_between_releases_and_everyone_may_read_them(outputs, place):
    mask = os.umask(0o077)
    try:
        place.publish(outputs[0])
        old = (place.folder / "current").resolve()
        place.publish(outputs[1])
        new = (place.folder / "current").resolve()
    finally:
        os.umask(mask)
    assert (old / "assets/site.css").stat().st_ino == (new / "assets/site.css").stat().st_ino
    assert {path.stat().st_mode & 0o777 for path in new.rglob("*")} == {0o755, 0o644}
    assert {path.stat().st_mode & 0o777 for path in (place.folder, new, new.parent)} == {0o755}


def test_a_damaged_live_release_is_replaced_and_its_damage_not_handed_on(outputs, released, place):
    place.holds(released[0])
    good = place.live
    broken = (place.folder / "current").resolve() / "notices/mou-ju-20240801-1/notice.txt"
    times = broken.stat()
    broken.write_bytes(broken.read_bytes().replace(b"2023", b"2024"))
    os.utime(broken, ns=(times.st_atime_ns, times.st_mtime_ns))  # as the server's own tools would not notice
    place.publish(outputs[0])
    assert place.live == good
    with pytest.raises(DiscloseError, match=r"changed: notices/mou-ju-20240801-1/notice\.txt"):
        place.rollback()
    assert place.live == good


def test_old_releases_are_pruned_and_the_live_one_never(outputs, released, place):
    place.holds(released[1])
    for number in range(2, 4):
        place.publish(outputs[number % 2], keep=2)
    assert [release.number for release in place.kept] == [3, 4]
    names = {path.name for path in (place.folder / "releases").iterdir()}
    assert names == {r.name for r in place.kept} | {f"{r.name}.sha256" for r in place.kept}


@pytest.mark.parametrize("kind", ["folder", "ssh", "sftp"])
def test_the_list_of_hashes_serves_sha256sum(hosts, kind):
    release = (hosts[kind][0].folder / "current").resolve()
    words = ["sha256sum", "--check", "--quiet", "--strict", release.with_name(release.name + ".sha256")]
    assert subprocess.run(words, cwd=release, check=False).returncode == 0


# -------------------------------------------------------------------------------------------- what stands in the way


def test_what_must_not_go_out_stops_a_publish(site, tmp_path):
    text = (site / "site.yml").read_text("utf-8")
    (site / "site.yml").write_text(text.replace("京ICP备12345678号", "〔ICP备案号〕"), "utf-8")
    done = disclose("--site", site, "publish", tmp_path / "www")
    assert done.returncode == 1
    assert "placeholder" in done.stderr
    assert "Nothing was published" in done.stderr
    assert not (tmp_path / "www").exists()


def test_an_output_that_was_changed_after_the_build_is_not_sent(outputs, place, tmp_path):
    output = shutil.copytree(outputs[0], tmp_path / "output")
    (output / "index.html").write_text("mine")
    (output / "draft.html").write_text("mine")
    with pytest.raises(DiscloseError, match=r"(?s)not as it was built.*extra: draft.html.*changed: index.html"):
        place.publish(output)
    assert not (place.folder / "current").exists()


@pytest.mark.parametrize("place", ["folder", "ssh"], indirect=True)  # SFTP has another lock: test_sftp.py
def test_a_publish_under_way_keeps_others_out_and_a_killed_one_does_not(outputs, released, place):
    place.holds(released[0])
    with (place.folder / ".publish.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for act in (lambda: place.publish(outputs[1]), place.rollback):
            with pytest.raises(DiscloseError, match=r"another publish is under way \(.+ on .+, process \d+\)"):
                act()
    place.publish(outputs[1])  # the lock's file is still there; what counts is who holds it
    assert len(place.kept) == 2


def test_two_publishes_at_once_leave_one_whole_site(site, tmp_path):
    words = [sys.executable, "-m", "generator", "--site", site, "publish", tmp_path / "www"]
    running = [subprocess.Popen([*map(str, words)], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [(process.communicate(timeout=300)[1], process.returncode) for process in running]
    assert all(code == 0 for _, code in ends), ends  # the second waits for the output, and finds nothing to do
    place = Place(tmp_path / "www", "")
    assert len(place.kept) == 1
    assert {path.name for path in place.folder.iterdir()} == {"releases", "current", ".publish.lock"}


def test_leftovers_of_a_killed_publish_are_cleared_away(outputs, released, place):
    place.holds(released[0])
    releases = place.folder / "releases"
    for name in (".incoming-dead", ".removing-000009-20250101T000000Z-bbbbbbbbbbbb"):
        (releases / name).mkdir()
        (releases / name / "index.html").write_text("half")
    (releases / "000009-20250101T000000Z-aaaaaaaaaaaa.sha256").write_text("")
    (place.folder / ".current.new").symlink_to("releases/nowhere")
    place.publish(outputs[1])
    assert {path.name for path in releases.iterdir() if path.is_dir()} == {release.name for release in place.kept}
    assert len(list(releases.glob("*.sha256"))) == 2
    assert not os.path.lexists(place.folder / ".current.new")


def test_a_folder_of_somebody_else_is_left_alone(outputs, place):
    (place.folder / "current").mkdir(parents=True)
    (place.folder / "current/index.html").write_text("ours")
    with pytest.raises(DiscloseError, match="was not made by disclose"):
        place.publish(outputs[0])
    assert (place.folder / "current/index.html").read_text() == "ours"


@pytest.mark.parametrize("name", [".publish.lock", ".current.new"])
def test_what_is_called_like_a_file_of_ours_is_left_alone(name, outputs, place, tmp_path):
    place.folder.mkdir()
    (tmp_path / "diary").write_text("mine")
    if name == ".publish.lock" and place.target.startswith("sftp:"):
        return  # there the lock is a file that is made anew, and never written through
    if name == ".publish.lock":
        (place.folder / name).symlink_to(tmp_path / "diary")
    else:
        (place.folder / name).write_text("mine")
    with pytest.raises(DiscloseError):
        place.publish(outputs[0])
    assert [(tmp_path / "diary").read_text(), (place.folder / name).read_text()] == ["mine", "mine"]
    assert not (place.folder / "current").exists()


@pytest.mark.parametrize("kind", ["file", "link", "link to a folder", "all of it"])
def test_what_no_publish_packed_is_neither_published_nor_taken_away(kind, site, tmp_path):
    """Of a folder beside the output all is sent."""
    build(site, site / "output")
    packed, place = site / ".output.packed", Place(tmp_path / "www", str(tmp_path / "www"))
    home = tmp_path / "home"
    (home / "a").mkdir(parents=True)
    (home / "a/passwd.txt.gz").write_text("secret")
    if kind == "all of it":
        packed.symlink_to(home)
        place.publish(site / "output")
        assert not packed.is_symlink()
    else:
        packed.mkdir()
        if kind == "file":
            (packed / "shell.php").write_text("mine")
        else:
            (packed / "a").symlink_to(home / "a" if kind == "link to a folder" else home / "a/passwd.txt.gz")
        with pytest.raises(DiscloseError, match="no publish put this here"):
            place.publish(site / "output")
        assert not (place.folder / "current").exists()
    assert (home / "a/passwd.txt.gz").read_text() == "secret"


def test_a_target_that_cannot_be_written_is_told_and_stays_as_it_is(outputs, place):
    place.folder.write_text("a file")
    with pytest.raises(DiscloseError, match="www root"):
        place.publish(outputs[0])
    assert place.folder.read_text() == "a file"


@pytest.mark.parametrize("inner", ["output", "output/inner"])
def test_the_output_is_no_target(site, inner):
    done = disclose("--site", site, "publish", site / inner)
    assert done.returncode == 2
    assert "is the folder that builds fill" in done.stderr


@pytest.mark.parametrize("target", ["", " ", "/", "~nobody-of-that-name/x", "content", "content/notices/x"])
def test_what_can_only_be_a_mistake_is_no_target(site, monkeypatch, target):
    monkeypatch.chdir(site)
    before = tree(site)
    done = disclose("publish", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a folder of its own, such as /srv/www/site" in done.stderr
    assert tree(site) == before


def test_the_home_folder_may_be_written_short(outputs, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    Place(tmp_path / "www", "~/www").publish(outputs[0])
    assert (tmp_path / "www/current/index.html").is_file()


@pytest.mark.parametrize("inner", ["current", "releases", "current/notices", "current/new"])
def test_a_release_is_no_target(outputs, released, place, inner):
    """Who names the web server's root instead of the folder above it would put a site into the site."""
    place.holds(released[0])
    before = tree(place.folder)
    wrong = Place(place.folder, f"{place.target}/{inner}", place.ssh)
    for act in (lambda: wrong.publish(outputs[1]), wrong.rollback):
        with pytest.raises(DiscloseError, match=r"lies among the releases of .*www root; name that folder"):
            act()
    assert tree(place.folder) == before


def test_a_signature_that_is_no_longer_there_is_told(site, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    words = ["--site", site, "publish", tmp_path / "www"]
    assert "not signed" not in disclose(*words, "--sign", key).stderr
    assert "The release before was signed; this one is not signed" in disclose(*words).stderr
    assert "not signed" not in disclose(*words).stderr


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--keep", "0"], "--keep", 2),
        (["--rollback", "1"], "Nothing has been published yet", 1),
    ],
)
def test_wrong_use_is_told(tmp_path, capsys, words, said, code):
    assert main(["publish", str(tmp_path / "www"), *words]) == code
    assert said in capsys.readouterr().err


def test_a_server_that_is_not_there_is_told(tmp_path, capfd):
    assert main(["publish", "ssh://127.0.0.1:9/srv/www", "--list", "--ssh", "ssh -F none -o BatchMode=yes"]) == 1
    told = capfd.readouterr().err
    assert "the connection ended; what is live stays as it was" in told
    assert "127.0.0.1: the server takes no SSH connection. Check the port" in told


def test_a_server_that_is_not_known_yet_is_told_with_what_to_do(sshd, tmp_path, capfd):
    ssh = f"ssh -F none -o BatchMode=yes -o UserKnownHostsFile={tmp_path / 'known'} -o StrictHostKeyChecking=yes"
    assert main(["publish", sshd.target(tmp_path / "www"), "--list", "--ssh", ssh]) == 1
    told = capfd.readouterr().err
    assert "Host key verification failed" in told
    assert "compare the fingerprint" in told


@pytest.mark.parametrize("target", ["D:\\wwwroot\\site", "d:", "\\\\server\\share"])
def test_a_folder_of_windows_is_told_with_what_to_do(target, capsys):
    assert main(["publish", target, "--list"]) == 2
    assert "make a zip and put it up there: disclose publish site.zip" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------------- small parts


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/srv/www", None),
        ("www", None),
        ("./a:b", None),
        ("web.mouqu.gov.cn:/srv/www", shell.RemoteFolder("web.mouqu.gov.cn", "", "/srv/www")),
        ("h:/srv/www", shell.RemoteFolder("h", "", "/srv/www")),
        ("me@web:site", shell.RemoteFolder("me@web", "", "site")),
        ("me@web:~/site", shell.RemoteFolder("me@web", "", "site")),
        ("me@[2001:db8::1]:/srv", shell.RemoteFolder("me@2001:db8::1", "", "/srv")),
        ("ssh://me@web:2222/srv/www", shell.RemoteFolder("me@web", "2222", "/srv/www")),
        ("ssh://web/~/site", shell.RemoteFolder("web", "", "site")),
        ("ssh://me@[::1]:22/srv", shell.RemoteFolder("me@::1", "22", "/srv")),
    ],
)
def test_a_target_is_a_folder_or_a_place_over_ssh(target, place):
    assert place_of(target) == place


@pytest.mark.parametrize(
    "target",
    ["ssh://", "ssh://web", "ssh:web", "web:", "-oProxyCommand=x:/srv", "web:/", "web:a\nb", "me@:/srv", "a b:/srv"],
)
def test_what_only_looks_like_ssh_is_refused(target):
    with pytest.raises(UsageError, match="not an address over SSH"):
        place_of(target)


def release(number, digest="a" * 12):
    return Release(number, "20251128T093000Z", digest)


def test_releases_are_ordered_by_number_whatever_the_clock_says():
    late = Release(1, "20990101T000000Z", "a" * 12)
    follows = next_release([late], NOW, b"manifest")
    assert follows.number == 2
    assert releases_among([follows.name, late.name, ".incoming-1", "x", late.name + ".sha256"]) == [late, follows]


def test_pruning_spares_what_is_live():
    every = [release(n) for n in range(1, 6)]
    assert to_prune(every, release(1), 2) == [release(2), release(3)]
    assert to_prune(every, release(5), 9) == []


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("", 2), ("1", 1), ("000002", 2), ("bb", 2), (Release(3, "20251128T093000Z", "c" * 12).name, 3)],
)
def test_a_release_is_chosen_by_number_name_or_digest(wanted, number):
    every = [release(1, "a" * 12), release(2, "b" * 12), release(3, "c" * 12)]
    assert chosen(every, every[2], wanted).number == number


@pytest.mark.parametrize("wanted", ["9", "aa", "zz"])
def test_a_release_that_is_not_clear_is_refused(wanted):
    every = [release(1), release(2)]
    with pytest.raises(DiscloseError, match="release"):
        chosen(every, every[1], wanted)


def test_changes_count_and_name_files():
    found = changes({"a": "1", "b": "1", "c": "1"}, {"b": "2", "c": "1", "d": "1"})
    assert list(found.rows()) == ["+ d", "~ b", "- a"]
    assert str(found) == "1 added, 1 changed, 1 removed, 1 unchanged"


def test_what_differs_is_named():
    assert [*differing({"a": "1", "b": "2", "x": ""}, {"a": "1", "b": "1", "c": "1"})] == [
        ("b", "changed"),
        ("c", "missing"),
        ("x", "extra"),
    ]


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "a/../x", "a//b", "a\nb", "", ".", "manifest.json", "a/", "a\\b", "./a"]
)
def test_a_manifest_that_leads_out_of_the_folder_is_refused(path):
    data = json.dumps({"files": {path: {"sha256": "0" * 64, "size": 1}}}).encode()
    with pytest.raises(DiscloseError, match="no build lists"):
        read_manifest(data, "manifest.json")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"files": 1}', b'{"files": {"a": 1}}', b"\xff", b"[" * 100000])
def test_what_is_no_manifest_is_refused(data):
    with pytest.raises(DiscloseError, match="build the site again"):
        read_manifest(data, "manifest.json")


def test_a_listing_that_is_none_is_refused():
    assert read_listing(f"{'0' * 64}  ./a b\n", "x") == {"a b": "0" * 64}
    with pytest.raises(DiscloseError, match="not a line"):
        read_listing("sha256sum: a: Input/output error\n", "x")


def test_a_folder_without_links_is_refused_before_anything_is_sent(outputs, tmp_path, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.symlink", refused)
    place = Place(tmp_path / "www", str(tmp_path / "www"))
    with pytest.raises(DiscloseError, match=r"make a zip and put it up there: disclose publish site\.zip"):
        place.publish(outputs[0])
    assert not list((place.folder / "releases").iterdir())
