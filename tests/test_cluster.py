"""`disclose build --cluster`: a scheduler and three workers of Dask, processes of their own on 127.0.0.1."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.base.diagnostics import UsageError
from generator.build.cluster import host_and_port
from generator.build.driver import build
from generator.cli import main
from tests.samples import make_site, notice, put_notice, variety
from tests.test_build import tree

pytestmark = pytest.mark.xdist_group("cluster")
ROOT = Path(__file__).parent.parent
WAIT = 60.0
"""Seconds that anything may take on a busy machine."""


def until(ask, what):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never happened: {what}")


def started(command, log, **more):
    """A process that says what it says into a file; Dask's own settings of whoever runs the tests are left out."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASK_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}
    with log.open("wb") as out:
        return subprocess.Popen([sys.executable, *map(str, command)], stdout=out, stderr=out, env=environment, cwd=ROOT)


class Machines:
    """A scheduler and its workers."""

    def __init__(self, folder, workers=3, scheme="tcp", options=(), environment=None):
        self.folder, self.scheme, self.options = folder, scheme, options
        self.environment = environment or {}
        self.gate = folder / "gate"
        self.gate.mkdir(parents=True)
        self.workers = {}
        """By name."""
        self.scheduler = self.start_scheduler()
        self.address = self.address_said()
        for _ in range(workers):
            self.add()

    def start_scheduler(self):
        place = self.folder / "scheduler.json"
        command = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard"]
        command += ["--protocol", self.scheme, "--scheduler-file", place]
        return started([*command, *self.options], self.folder / "scheduler.log", **self.environment)

    def address_said(self):
        def said():
            with contextlib.suppress(OSError, ValueError):
                return json.loads((self.folder / "scheduler.json").read_text("utf-8"))["address"]

        return until(said, "the scheduler is there")

    def add(self):
        name = str(len(list(self.folder.glob("worker*.log"))))
        command = ["-m", "distributed.cli.dask_worker", self.address, "--no-dashboard", "--no-nanny", "--nthreads", 1]
        command += ["--host", "127.0.0.1", "--memory-limit", 0, "--local-directory", self.folder / f"space{name}"]
        command += ["--name", name, "--preload", ROOT / "tests/held_worker.py", *self.options]
        environment = {"DISCLOSE_TEST_GATE": str(self.gate), **self.environment}
        self.workers[name] = started(command, self.folder / f"worker{name}.log", **environment)

    def ready(self):
        """As many workers as at first, all of them there."""
        for name, one in list(self.workers.items()):
            if one.poll() is not None:
                del self.workers[name]
                self.add()
        logs = [self.folder / f"worker{name}.log" for name in self.workers]
        until(lambda: all("Registered to" in log.read_text("utf-8") for log in logs), "all workers")

    @contextlib.contextmanager
    def told(self, what, text=""):
        """Workers that are told something (tests/held_worker.py)."""
        path = self.gate / what
        path.write_text(text, "utf-8")
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)
            for rest in self.gate.glob("stopped-*"):
                rest.unlink()

    def stopped(self):
        """The process that stopped first in the middle of its work."""
        return int(until(lambda: sorted(self.gate.glob("stopped-*")), "a worker works")[0].name.partition("-")[2])

    def end(self):
        for one in [*self.workers.values(), self.scheduler]:
            one.kill()
            one.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    found = Machines(tmp_path_factory.mktemp("machines"))
    yield found
    found.end()


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", [*variety(), *(notice(number) for number in range(5, 13))], "page_size: 4\n")


_COMMAND = "import sys; from generator.cli import main; sys.exit(main())"


class Run:
    """The command, run by itself."""

    def __init__(self, site, address, *more, **environment):
        words = ["--site", site, "build", "--output", site / "output", "--cluster", address, *more]
        own = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s", "LC_ALL": "C.UTF-8"}
        self.log = site.parent / "said.txt"
        self.process = started(["-c", _COMMAND, *words], self.log, **(own | environment))

    def done(self):
        """Exit status, and what was said."""
        try:
            return self.process.wait(WAIT), self.log.read_text("utf-8")
        finally:
            self.process.kill()


def run(site, address, *more, **environment):
    return Run(site, address, *more, **environment).done()


def leftovers(site):
    return [path.name for path in site.iterdir() if path.name.startswith((".output.new", ".output.old", "output."))]


def expected(site):
    """What a build of this machine writes."""
    build(site, site.parent / "local/output", clean=True)
    return tree(site.parent / "local/output")


# ------------------------------------------------------------------------------------------------------ what it makes


def counts(said):
    return said.partition("(")[2].partition(")")[0]


def test_the_output_is_byte_for_byte_that_of_a_local_build(site, machines):
    machines.ready()
    whole = expected(site)
    status, said = run(site, machines.address)
    assert (status, said.count("\n")) == (0, 1), said
    assert tree(site / "output") == whole
    assert leftovers(site) == []


def test_an_edit_makes_what_it_makes_locally(site, machines):
    machines.ready()
    twin = make_site(site.parent / "twin", [*variety(), *(notice(number) for number in range(5, 13))], "page_size: 4\n")
    run(site, machines.address)
    build(twin, twin / "output")
    for folder in (site, twin):
        put_notice(folder, notice(7, title="另一个题目"))
    report = build(twin, twin / "output")
    status, said = run(site, machines.address)
    assert (status, counts(said)) == (0, f"{report.made} made, {report.changed} changed")
    assert tree(site / "output") == tree(twin / "output")
    report = build(site, site / "output")  # what it noted is true
    assert report.made == 0


def test_nothing_is_made_where_nothing_changed_and_nobody_is_asked(site):
    time.sleep(0.2)  # files that changed a moment ago are not believed
    build(site, site / "output")
    status, said = run(site, "tcp://127.0.0.1:1")
    assert (status, counts(said)) == (0, "0 made, 0 changed")


def test_templates_of_the_site(site, machines):
    machines.ready()
    (site / "templates/assets").mkdir(parents=True)
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            own = site / "templates" / path.relative_to(ROOT / "templates")
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(path.read_bytes())
    page = site / "templates/notice.html"
    page.write_text(page.read_text("utf-8") + "<!-- ours -->", "utf-8")
    (site / "templates/assets/own.css").write_text("a{}", "utf-8")
    whole = expected(site)
    assert run(site, machines.address)[0] == 0
    assert tree(site / "output") == whole
    assert "ours" in (site / f"output/notices/{notice(1).id}/index.html").read_text("utf-8")


def test_a_notice_that_cannot_be_read_stays_as_it_was(site, machines):
    machines.ready()
    build(site, site / "output")
    path = put_notice(site, notice(8))
    path.write_text("---\nid: [\n", "utf-8")
    put_notice(site, notice(9, title="另一个题目"))
    before = (site / f"output/notices/{notice(8).id}/index.html").read_bytes()
    assert run(site, machines.address)[0] == 1
    assert (site / f"output/notices/{notice(8).id}/index.html").read_bytes() == before
    assert "另一个题目" in (site / f"output/notices/{notice(9).id}/index.html").read_text("utf-8")


# ---------------------------------------------------------------------------------------------- who dies in the middle


def test_a_worker_killed_in_the_middle_the_build_is_whole(site, machines):
    machines.ready()
    whole = expected(site)
    with machines.told("hold") as hold:
        running = Run(site, machines.address)
        os.kill(machines.stopped(), signal.SIGKILL)
        hold.unlink()
        status, said = running.done()
    assert status == 0, said
    assert tree(site / "output") == whole
    assert leftovers(site) == []


_REMOVE = """
import sys
from distributed import Client

async def remove(name, dask_scheduler):
    [found] = [worker for worker in dask_scheduler.workers.values() if str(worker.name) == name]
    await dask_scheduler.remove_worker(found.address, stimulus_id="test")

with Client(sys.argv[1], set_as_default=False) as client:
    client.run_on_scheduler(remove, sys.argv[2])
"""
"""Lets the scheduler believe that a worker has gone."""


def test_a_worker_believed_dead_goes_on_and_spoils_nothing(site, machines):
    machines.ready()
    build(site, site / "output")
    for number in range(5, 13):
        put_notice(site, notice(number, title=f"第{number}个题目"))
    whole = expected(site)
    with machines.told("hold"):
        running = Run(site, machines.address)
        sleeping = machines.stopped()
        os.kill(sleeping, signal.SIGSTOP)
    try:
        assert running.process.poll() is None
        [name] = [name for name, one in machines.workers.items() if one.pid == sleeping]
        subprocess.run([sys.executable, "-c", _REMOVE, machines.address, name], check=True)
        status, said = running.done()
        assert status == 0, said
        assert tree(site / "output") == whole
    finally:
        os.kill(sleeping, signal.SIGCONT)
    time.sleep(1)
    assert tree(site / "output") == whole
    assert leftovers(site) == []
    machines.ready()


def test_a_target_at_which_every_worker_dies_is_named_and_kept(site, machines):
    machines.ready()
    name = f"notices/{notice(11).id}/"
    build(site, site / "output")
    put_notice(site, notice(11, title="另一个题目"))
    put_notice(site, notice(12, title="第三个题目"))
    before = (site / "output" / name / "index.html").read_bytes()
    environment = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    others = Machines(site.parent / "others", workers=4, environment=environment)
    try:
        others.ready()
        with others.told("deadly", name):
            status, said = run(site, others.address)
    finally:
        others.end()
    assert status == 1
    assert f"{name}: error[unreadable]" in said
    assert (site / "output" / name / "index.html").read_bytes() == before
    assert "第三个题目" in (site / f"output/notices/{notice(12).id}/index.html").read_text("utf-8")
    assert leftovers(site) == []
    assert not build(site, site / "output").failed
    assert tree(site / "output") == expected(site)


@pytest.fixture
def small(site, tmp_path):
    """A scheduler with one worker, which may be killed, and a site that was built."""
    found = Machines(tmp_path / "small", workers=1)
    found.ready()
    build(site, site / "output")
    put_notice(site, notice(7, title="另一个题目"))
    yield found
    found.end()


def test_the_scheduler_killed_in_the_middle_nothing_is_changed(site, small):
    before = tree(site / "output")
    with small.told("hold"):
        running = Run(site, small.address)
        small.stopped()
        small.scheduler.kill()
        status, said = running.done()
        assert status == 1
        assert said.startswith(f"{small.address}: the scheduler of the cluster has gone")
        assert said.count("\n") == 1
        assert tree(site / "output") == before
        assert leftovers(site) == []
    time.sleep(0.5)  # the worker finds that it is over
    assert tree(site / "output") == before
    assert leftovers(site) == []
    assert run(site, small.address)[0] == 1
    build(site, site / "output")
    assert tree(site / "output") == expected(site)


def test_the_last_worker_killed_in_the_middle_is_told(site, small):
    before = tree(site / "output")
    with small.told("hold"):
        running = Run(site, small.address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s")
        os.kill(small.stopped(), signal.SIGKILL)
        status, said = running.done()
    assert status == 1
    assert "has had no worker for 2 seconds" in said
    assert said.count("\n") == 1
    assert tree(site / "output") == before
    assert leftovers(site) == []


def test_the_command_killed_in_the_middle_the_next_build_clears_away(site, small):
    before = tree(site / "output")
    with small.told("hold"):
        running = Run(site, small.address)
        small.stopped()
        running.process.kill()
        running.process.wait()
        assert tree(site / "output") == before
        assert len(leftovers(site)) == 2
        build(site, site / "output")  # while the worker still has its work in hand
        assert leftovers(site) == []
    whole = expected(site)
    time.sleep(0.5)
    assert tree(site / "output") == whole
    assert leftovers(site) == []


def test_ctrl_c_ends_at_once(site, small):
    before = tree(site / "output")
    with small.told("hold"):
        running = Run(site, small.address)
        small.stopped()
        began = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        status, said = running.done()
        assert time.monotonic() - began < 10
        assert (status, said.strip()) == (130, "Stopped; what was written is whole.")
        assert tree(site / "output") == before
        assert leftovers(site) == []
    assert run(site, small.address)[0] == 0
    assert tree(site / "output") == expected(site)


# ---------------------------------------------------------------------------------------------- who is not the same


REFUSALS = [
    ("program", "has another disclose, Python or library than this machine"),
    ("blind", "does not see"),
    ("site", "reads other files in"),
]


@pytest.mark.parametrize(("what", "message"), REFUSALS)
def test_a_worker_that_would_make_something_else_is_refused(site, machines, what, message):
    machines.ready()
    build(site, site / "output")
    other = make_site(site.parent / "other", variety())
    put_notice(site, notice(7, title="另一个题目"))
    before = tree(site / "output")
    with machines.told(what, str(other)):
        status, said = run(site, machines.address)
    assert (status, said.count("\n")) == (1, 1)
    assert message in said
    assert tree(site / "output") == before
    assert leftovers(site) == []


@pytest.mark.parametrize("change", ["content/sources/a.txt", "templates/assets/own.css"])
def test_files_that_are_published_as_they_are_must_be_the_same_too(site, machines, change):
    machines.ready()
    other = make_site(site.parent / "other", [*variety(), *(notice(n) for n in range(5, 13))], "page_size: 4\n")
    for folder, text in ((site, "a"), (other, "aa")):
        (folder / "templates/assets").mkdir(parents=True)
        (folder / change).parent.mkdir(parents=True, exist_ok=True)
        (folder / change).write_text(text, "utf-8")
    with machines.told("site", str(other)):
        status, said = run(site, machines.address)
    assert status == 1
    assert "reads other files in" in said


# --------------------------------------------------------------------------------------------------- who is not there


def test_nobody_there(site):
    build(site, site / "output")
    put_notice(site, notice(7, title="另一个题目"))
    before = tree(site / "output")
    status, said = run(site, "tcp://127.0.0.1:1")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("tcp://127.0.0.1:1: no scheduler of a cluster can be reached there: Connection refused")
    assert tree(site / "output") == before
    assert leftovers(site) == []


@pytest.mark.parametrize("greeting", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_somebody_else_there(site, greeting):
    with socket.create_server(("127.0.0.1", 0)) as server, contextlib.ExitStack() as kept:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        running = Run(site, address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s")
        server.settimeout(WAIT)
        for _ in range(2):  # whether there is somebody, and who
            other = kept.enter_context(server.accept()[0])
            with contextlib.suppress(OSError):
                other.sendall(greeting)
        status, said = running.done()
    assert (status, said.count("\n")) == (1, 1), said
    why = "what answers does not speak as a scheduler does" if greeting else "no answer within 2 seconds"
    assert said.startswith(f"{address}: no scheduler of a cluster can be reached there: {why}; nothing was changed.")
    assert not (site / "output").exists()
    assert leftovers(site) == []


def test_a_worker_is_no_scheduler(site, machines):
    machines.ready()
    log = machines.folder / f"worker{next(iter(machines.workers))}.log"
    [address] = set(re.findall(r"worker at: +(tcp://\S+)", log.read_text("utf-8")))
    status, said = run(site, address)
    assert (status, said.count("\n")) == (1, 1), said
    assert "is a part of a cluster, but not its scheduler" in said


WRONG = [
    "localhost:8786",
    "http://a:8786",
    "tcp://a",
    "tcp://:8786",
    "tcp://a:b",
    "tcp://a:99999",
    "tls://",
    "tcp://a:1/b",
]


@pytest.mark.parametrize("address", [*WRONG, ""])
def test_what_is_no_address_is_refused_at_once(site, address, capsys):
    with pytest.raises(UsageError):
        host_and_port(address)
    assert main(["--site", str(site), "build", "--cluster", address]) == 2
    assert "is no scheduler's address; write tcp://HOST:8786" in capsys.readouterr().err


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """One certificate that all have, as `openssl` makes it, and what tells Dask of it."""
    folder = tmp_path_factory.mktemp("tls")
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=disclose"]
    words += ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    told = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(folder / "cert.pem")}
    for who in ("CLIENT", "SCHEDULER", "WORKER"):
        told[f"DASK_DISTRIBUTED__COMM__TLS__{who}__CERT"] = str(folder / "cert.pem")
        told[f"DASK_DISTRIBUTED__COMM__TLS__{who}__KEY"] = str(folder / "key.pem")
    return told


def test_by_tls_who_has_no_certificate_of_the_authority_is_not_let_in(site, tmp_path, certificates):
    secret = Machines(tmp_path / "secret", workers=1, scheme="tls", environment=certificates)
    try:
        secret.ready()
        assert run(site, secret.address, **certificates)[0] == 0
        assert tree(site / "output") == expected(site)
        put_notice(site, notice(7, title="另一个题目"))
        before = tree(site / "output")
        status, said = run(site, secret.address)
        assert (status, said.count("\n")) == (1, 1)
        assert "tls:// needs certificates: let DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in said
        lost = certificates | {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(tmp_path / "none.pem")}
        status, said = run(site, secret.address, **lost)
        assert (status, said.count("\n")) == (1, 1)
        assert "the certificates that Dask is told of cannot be used" in said
        status, said = run(site, secret.address.replace("tls:", "tcp:"))
        assert (status, said.count("\n")) == (1, 1)
        assert "no scheduler of a cluster can be reached there" in said
        status, said = run(site, secret.address.replace("tls:", "tcp:"), DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION="1")
        assert "Dask is told to encrypt everything" in said
        stranger = tmp_path / "stranger"
        stranger.mkdir()
        words = ["-subj", "/CN=x", "-keyout", stranger / "key.pem", "-out", stranger / "cert.pem"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *words], check=True, capture_output=True
        )
        own = {name: value.replace(str(Path(value).parent), str(stranger)) for name, value in certificates.items()}
        status, said = run(site, secret.address, **own)
        assert (status, said.count("\n")) == (1, 1)
        assert "no scheduler of a cluster can be reached there: [SSL: CERTIFICATE_VERIFY_FAILED]" in said
        authority = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE"  # he may know it: it is no secret
        status, said = run(site, secret.address, **(own | {authority: certificates[authority]}))
        assert (status, said.count("\n")) == (1, 1)
        assert "no scheduler of a cluster can be reached there" in said
        assert tree(site / "output") == before
    finally:
        secret.end()


def test_addresses():
    assert host_and_port("tcp://a.example:8786") == ("a.example", 8786)
    assert host_and_port("tls://[::1]:1") == ("::1", 1)


def test_without_dask(site, monkeypatch, capsys):
    for name in [name for name in sys.modules if name.partition(".")[0] == "distributed"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["--site", str(site), "build", "--cluster", "tcp://127.0.0.1:8786"]) == 1
    assert 'pip install "disclose[cluster]"' in capsys.readouterr().err
    assert not (site / "output").exists()


_LOCAL = """
import sys
from generator.cli import main
main(["--site", sys.argv[1], "build", "--jobs", "1"])
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"asyncio", "dask", "distributed"}))
"""


def test_a_local_build_loads_nothing_of_it(site):
    done = subprocess.run([sys.executable, "-c", _LOCAL, site], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == [""]
