"""Work in several processes: in order, all at once, and nothing stays behind when somebody dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.base.diagnostics import ContentError, Diagnostic, DiscloseError
from generator.base.workers import in_processes, processors
from generator.cli import main

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_results_come_in_order_whatever_is_shared(jobs):
    shared = {"not": lambda: "sendable"}
    assert list(in_processes(lambda n: (n, shared["not"]()), range(40), jobs=jobs)) == [
        (n, "sendable") for n in range(40)
    ]
    assert list(in_processes(str, [], jobs=jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_items_may_be_added_until_the_first_result_is_asked_for(jobs):
    items = [1, 2]
    found = in_processes(lambda n: (n, os.getpid()), items, jobs=jobs, lost=lambda n: (n, 0))
    items += [3, 4, 5, 6]
    results = list(found)
    assert [n for n, _ in results] == [1, 2, 3, 4, 5, 6]
    if jobs == 1 and threading.active_count() > 1:  # beside threads that others left, one job must not fork
        assert {pid for _, pid in results[:2]} == {os.getpid()}
        return
    assert not {pid for _, pid in results[:2]} & {pid for _, pid in results[2:]}
    assert gone({pid for _, pid in results})


def test_a_process_is_replaced_when_it_has_lived_its_time():
    found = list(in_processes(lambda n: (n, os.getpid()), range(40), jobs=2, life=0))
    assert [n for n, _ in found] == list(range(40))
    assert len({pid for _, pid in found}) == 40
    assert gone({pid for _, pid in found})


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no processors can be kept from a process here")
def test_only_processors_that_may_be_used_count():
    mine = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(mine)})
        assert processors() == 1
    finally:
        os.sched_setaffinity(0, mine)
    assert processors() == len(mine)


@pytest.mark.parametrize("command", [["build"], ["check"], ["publish", "www"], ["verify"]])
@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_processes_is_one_or_more(command, number, capsys):
    assert main([*command, "--jobs", number]) == 2
    assert f"--jobs: a number of processes, 1 or more; not “{number}”" in capsys.readouterr().err


def test_an_error_of_the_work_is_raised_here():
    def fail(number):
        raise ContentError([Diagnostic(code="x", message=f"fault {number}")])

    with pytest.raises(ContentError, match="fault 0"):
        list(in_processes(fail, range(4), jobs=2))


def test_closed_before_anything_was_asked_it_ends_its_processes(capfd, tmp_path):
    def work(number):
        (tmp_path / str(os.getpid())).touch()
        time.sleep(60)

    found = in_processes(work, range(4), jobs=2)
    while len(pids := {int(path.name) for path in tmp_path.iterdir()}) < 2:
        time.sleep(0.01)
    found.close()
    assert gone(pids)
    assert capfd.readouterr() == ("", "")


def test_a_process_that_dies_is_told():
    with pytest.raises(DiscloseError, match="ended from outside"):
        list(in_processes(lambda _: os.kill(os.getpid(), signal.SIGKILL), range(4), jobs=2))


_WORK = """
import os, sys, time
from generator.cli import main
from generator.cli import main
from generator.base.workers import in_processes, processors
import generator.commands.build as command

def build(*_, **__):
    for pid in in_processes(lambda n: (os.getpid(), time.sleep(n / 5)), range(40), jobs=2):
        print(pid[0], flush=True)

command.build = build
sys.exit(main(["build"]))
"""


@pytest.fixture
def working():
    """A command whose work takes long, and the processes that do it."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WORK], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    pids = {int(process.stdout.readline()) for _ in range(4)}
    yield process, pids
    process.kill()
    process.communicate()


def gone(pids, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_ctrl_c_ends_all_without_a_traceback(working):
    process, pids = working
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.strip() == "Stopped; what was written is whole."
    assert gone(pids)


def test_who_interrupts_the_program_while_it_loads_is_told_the_same(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.cli.importlib.import_module", interrupted)
    assert main(["--lang", "en", "build"]) == 130
    assert capsys.readouterr().err == "\nStopped; what was written is whole.\n"


def test_no_process_outlives_the_one_that_began_it(working):
    process, pids = working
    process.kill()
    process.wait()
    assert gone(pids)
