"""Loaded by the workers that tests start (`dask worker --preload`): files in a folder tell them what to do or be.

hold        stop before the second file of a task, until the file goes; stopped-PID says who did
program     be another program
blind       see another disk
site        read the site that the file names
deadly      die at the target that the file names
"""

import dataclasses
import os
import signal
import time
from pathlib import Path

from generator.base import staging
from generator.build import delegated, executor

GATE = Path(os.environ["DISCLOSE_TEST_GATE"])


def told(what):
    path = GATE / what
    return path.read_text("utf-8") if path.exists() else None


def dask_setup(worker):
    put, make, gathered, program = staging.Staging.put, executor.Maker.make, delegated._gathered, delegated._program
    count = [0]

    def held_put(self, path, data):
        count[0] += 1
        if told("hold") is not None and count[0] > 1:
            part = f"{self.folder}/half-{os.getpid()}"
            Path(part).write_bytes(data[:10])
            (GATE / f"stopped-{os.getpid()}").touch()
            while told("hold") is not None:
                time.sleep(0.01)
            Path(part).unlink(missing_ok=True)
        return put(self, path, data)

    def held_make(self, sections):
        count[0] = 0
        if (deadly := told("deadly")) and deadly in [one.name for section in sections for one in section.plan()]:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(self, sections)

    def other_gathered(build):
        if told("blind") is not None:
            elsewhere = dataclasses.replace(build.staging, folder=build.staging.folder.with_name("elsewhere"))
            build = dataclasses.replace(build, staging=elsewhere)
        if site := told("site"):
            build = dataclasses.replace(build, site=Path(site))
        return gathered(build)

    def other_program():
        return "another" if told("program") is not None else program()

    staging.Staging.put, executor.Maker.make = held_put, held_make
    delegated._gathered, delegated._program = other_gathered, other_program
