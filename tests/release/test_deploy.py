"""The configurations in deploy/ before a published release: headers on everything, and a browser without complaint."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from generator.cli import main
from tests.release.support import SBIN, Place

DEPLOY = Path(__file__).parents[2] / "deploy"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
}
"""GOV-SITE G-SEC-04."""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def put(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def wait_for(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def nginx(folder, root, port):
    """nginx with the configuration as it is, but for its port and root."""
    config = (DEPLOY / "nginx.conf").read_text("utf-8")
    config = put(config, "listen 80; ", f"listen 127.0.0.1:{port};")
    config = put(config, "listen [::]:80; ", "")
    config = put(config, "root /srv/www/site/current;", f'root "{root}";')
    (folder / "site.conf").write_text(re.sub(r"(?m)^    # 〔改〕.*$", "", config), "utf-8")
    shutil.copyfile("/etc/nginx/mime.types", folder / "mime.types")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/mime.types; include {folder}/site.conf; }}",
        "utf-8",
    )
    words = [shutil.which("nginx", path=SBIN), "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"]
    if subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() == "0":
        words += ["-g", "user root;"]  # else its workers could not pass the folder of the tests
    return words


def caddy(folder, root, port):
    """Caddy with the configuration as it is, but for its address and root."""
    config = (DEPLOY / "Caddyfile").read_text("utf-8")
    config = put(config, "www.example.gov.cn {", f"http://127.0.0.1:{port} {{")
    config = put(config, "root * /srv/www/site/current", f'root * "{root}"')
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + config, "utf-8")
    return ["caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]


@contextlib.contextmanager
def running(server, folder, root):
    name = "caddy" if server is caddy else "nginx"
    if shutil.which(name, path=SBIN) is None:
        pytest.skip(f"{name} is not installed: apt-get install {name}")
    folder.mkdir()
    port = free_port()
    log = (folder / "log").open("w")
    environment = {"PATH": SBIN, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = subprocess.Popen([*map(str, server(folder, root, port))], stdout=log, stderr=log, env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()
        log.close()


@pytest.fixture(scope="module", params=[nginx, caddy])
def served(request, released, tmp_path_factory):
    """A published release behind a web server: its port, and the target."""
    folder = tmp_path_factory.mktemp("served")
    place = Place(folder / "www", str(folder / "www"))
    place.holds(released[0])
    with running(request.param, folder / "server", place.folder / "current") as port:
        yield port, place, request.param.__name__


def get(port, path, **headers):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            return answer.status, answer.headers, answer.read()


KINDS = {
    "/": "text/html; charset=utf-8",
    "/index.html": "text/html; charset=utf-8",
    "/notices/mou-ju-20240801-1/": "text/html; charset=utf-8",
    "/notices/mou-ju-20240801-1/notice.json": "application/json",
    "/notices/mou-ju-20240801-1/notice.txt": "text/plain; charset=utf-8",
    "/assets/site.css": "text/css; charset=utf-8",
    "/assets/site.js": "(text|application)/javascript; charset=utf-8",
    "/assets/favicon.svg": "image/svg\\+xml",
    "/feed.xml": "application/atom\\+xml",
    "/units/mou-ju/feed.xml": "application/atom\\+xml",
    "/sitemap.xml": "(text|application)/xml",
    "/opensearch.xml": "(text/xml|application/(opensearchdescription\\+)?xml)",
    "/data/issues.csv": "text/csv; charset=utf-8",
    "/data/issues.ndjson": "application/x-ndjson",
    "/data/catalog.jsonld": "application/ld\\+json",
    "/data/disclosure.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/data/disclosure.sqlite": "application/",
    "/units/mou-ju/contact.vcf": "text/(x-)?vcard",
    "/units/mou-ju/deadlines.ics": "text/calendar",
    "/manifest.json": "application/json",
}


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_file_is_sent_with_its_type_and_all_headers(served, path):
    port, place, _ = served
    status, headers, data = get(port, path)
    assert status == 200
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert re.match(KINDS[path], headers["Content-Type"].lower()), headers["Content-Type"]
    assert headers["Cache-Control"] == "no-cache"
    name = path[1:] + "index.html" if path.endswith("/") else path[1:]
    assert data == place.live[name]


def test_an_original_file_is_saved_and_never_run(served):
    port, place, _ = served
    folder = place.folder / "current" / "notices/mou-ju-20240801-1/source"
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"PK")
    try:
        status, headers, _ = get(port, "/notices/mou-ju-20240801-1/source/a.docx")
    finally:
        shutil.rmtree(folder)
    assert status == 200
    assert headers["Content-Disposition"] == "attachment"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(port, "/index.html")[1]["Content-Disposition"] is None


def test_what_is_compressed_is_sent_as_it_is(served):
    port, place, _ = served
    for path in ("index.html", "assets/site.css", "data/issues.csv", "feed.xml"):
        _, headers, data = get(port, f"/{path}", **{"Accept-Encoding": "gzip, br"})
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Vary"] == "Accept-Encoding"
        assert data == place.live[path + ".gz"]
        assert gzip.decompress(data) == place.live[path]
        _, headers, data = get(port, f"/{path}", **{"Accept-Encoding": "identity"})
        assert headers["Content-Encoding"] is None
        assert data == place.live[path]


def test_what_bears_a_hash_is_kept_for_ever_and_all_else_is_asked_about(served):
    port, place, _ = served
    hashed = [path for path in place.live if re.match(r"search/(?!p/).*[-/].*\.js$", path)]
    assert len(hashed) > 5
    for path in hashed:
        assert get(port, f"/{path}")[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("search/index.js", "search/p/0.js", "search/p/s0.js", "search/index.html", "assets/site.js"):
        _, headers, _ = get(port, f"/{path}")
        assert headers["Cache-Control"] == "no-cache"
        assert get(port, f"/{path}", **{"If-None-Match": headers["ETag"]})[0] == 304


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/notices/nowhere/",
        "/search/p/",
        "/assets/",
        "/search/gone-aaaaaa.js",
        "/.publish.lock",
        "/../",
        "/%2e%2e/",
    ],
)
def test_what_is_not_there_gets_the_page_that_says_so_and_no_listing(served, path):
    port, place, _ = served
    status, headers, data = get(port, path)
    if path in ("/../", "/%2e%2e/"):
        assert status in (200, 400, 404)  # the root itself, or nothing: never what lies above it
        assert b"releases" not in data
        return
    assert status == 404
    assert data == place.live["404.html"]
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/issues/status/done/page-40/", "/issues/status/done/"),
        ("/notices/page-7/index.html", "/notices/"),
        ("/issues/page-2/?q=1", "/issues/"),
        ("/page-2/", "/"),
        ("/data/workbook.xlsx?x=1", "/data/"),
        ("/data/all.sqlite", "/data/"),
        ("/data/measures.ndjson", "/data/"),
        ("/data/2001/disclosure.xlsx", None),
        ("/issues/%0d%0aX-Evil:1/page-2/", None),
        ("/issues/page-2/feed.xml", None),
        ("//evil.example/page-2/", None),
        ("/deadlines/999999/", "/regions/999999/"),
        ("/changes/none/index.html", "/regions/none/"),
        ("/changes/999999/feed.xml", None),
    ],
)
def test_what_was_parted_since_leads_to_what_it_was_a_part_of(served, path, leads_to):
    port, place, _ = served
    status, headers, data = get(port, path)
    if leads_to is None:
        assert (status, data) == (404, place.live["404.html"])
        assert "X-Evil" not in headers
    else:
        assert (status, headers["Location"].partition("?")[0]) == (302, leads_to)
        assert {name: headers[name] for name in HEADERS} == HEADERS


def test_no_address_leads_to_another_host(served):
    port, _, _ = served
    assert get(port, "//evil/page-2/")[1].get("Location", "/").startswith("//") is False


def test_what_is_served_verifies(served, capsys):
    port, _, _ = served
    assert main(["--site", "/nowhere", "verify", f"http://127.0.0.1:{port}/"]) == 0
    assert " 0 compressed forms" not in capsys.readouterr().out


def test_a_publish_shows_at_once_and_so_does_a_rollback(outputs, released, tmp_path):
    place = Place(tmp_path / "www", str(tmp_path / "www"))
    place.holds(released[0])
    path = "/notices/mou-ju-20240801-1/notice.txt"
    with running(nginx, tmp_path / "server", place.folder / "current") as port:
        assert "已修订" in get(port, path)[2].decode()
        place.publish(outputs[1])
        assert "已修改" in get(port, path)[2].decode()
        place.rollback()
        assert "已修订" in get(port, path)[2].decode()


def in_a_folder(folder, root, port):
    """nginx with what deploy/README.md says of a sub-folder."""
    words = nginx(folder, root, port)
    path = folder / "site.conf"
    config, said = path.read_text("utf-8"), (DEPLOY / "README.md").read_text("utf-8")
    for line in re.findall(r"(?m)^    ((?:root|disable_symlinks|error_page) .+;)$", said):
        (before,) = re.findall(rf"(?m)^    {line.split()[0]} [^;]+;", config)
        config = put(config, before, line.replace("/srv/www/root", f'"{root}"'))
    path.write_text(config, "utf-8")
    return words


@pytest.mark.browser
def test_a_site_in_a_sub_folder_is_whole(site, tmp_path, chromium):
    text = (site / "site.yml").read_text("utf-8")
    (site / "site.yml").write_text(put(text, "www.mouqu.gov.cn/\n", "www.mouqu.gov.cn/gk/\n"), "utf-8")
    www = tmp_path / "www"
    assert main(["--site", str(site), "publish", str(www)]) == 0
    (tmp_path / "root").mkdir()
    (tmp_path / "root/gk").symlink_to(www / "current")
    page = chromium.new_page()
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    with running(in_a_folder, tmp_path / "server", tmp_path / "root") as port:
        address = f"http://127.0.0.1:{port}/gk/"
        assert main(["--site", str(site), "verify", address]) == 0
        for path in sorted(path.relative_to(site / "output").as_posix() for path in (site / "output").rglob("*.html")):
            answer = page.goto(address + path)
            assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
            assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
        page.goto(address)
        page.fill("main [name=q]", "采购")
        page.keyboard.press("Enter")
        page.click("main .hit a")
        assert page.url.startswith(f"{address}notices/")
        assert faults == []
        for wrong in ("nowhere/at/all", "notices/nowhere/", "assets/", "search/gone-aaaaaa.js"):
            assert page.goto(address + wrong).status == 404
            assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
            page.click("main a")
            assert page.url.startswith(address)
        assert [fault for fault in faults if "404" not in fault] == []
        assert get(port, "/gk/feed.xml")[1]["Content-Type"].startswith("application/atom+xml")
        assert get(port, "/index.html")[0] == 404
    page.close()


def test_the_plain_list_of_headers_says_the_same():
    everywhere, of_sources = (DEPLOY / "_headers").read_text("utf-8").split("/notices/*/source/*")
    headers = [dict(re.findall(r"^  ([\w-]+): (.+)$", text, re.MULTILINE)) for text in (everywhere, of_sources)]
    assert headers[0] == HEADERS | {"Cache-Control": "no-cache"}
    assert headers[1] == {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": "attachment",
    }


@pytest.mark.browser
def test_a_browser_finds_nothing_to_complain_of(served, chromium):
    port, _, name = served
    context = chromium.new_context()
    page = context.new_page()
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda one: None if f"//127.0.0.1:{port}/" in one.url or one.url[:5] == "data:" else faults.append(one.url),
    )
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + e.blockedURI))"
    )
    for path in ("", "notices/mou-ju-20240801-1/", "issues/", "deadlines/", "data/", "pages/help/"):
        page.goto(f"http://127.0.0.1:{port}/{path}", wait_until="load")
        assert page.title()
    page.goto(f"http://127.0.0.1:{port}/search/index.html?q=采购", wait_until="load")
    page.wait_for_selector("main .hit", timeout=20_000)
    assert faults == [], name
    answer = page.goto(f"http://127.0.0.1:{port}/nowhere/at/all", wait_until="load")
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    sizes = page.evaluate("[...document.styleSheets].map(s => s.cssRules.length)")
    assert sizes
    assert min(sizes) > 0
    assert [fault for fault in faults if "404" not in fault] == []
    context.close()
