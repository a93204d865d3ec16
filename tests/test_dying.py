"""Whoever dies at a file is named, and the rest goes on: tests/dying.py, in a process of its own."""

import subprocess
import sys
from pathlib import Path


def test_a_file_at_which_a_process_dies_is_named_and_the_rest_goes_on():
    """A process that has threads must not fork, and those that run tests side by side have them."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "tests/dying.py"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], check=False, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "14 passed" in done.stdout
