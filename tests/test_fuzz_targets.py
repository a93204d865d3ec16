"""The targets of `make fuzz`, shortly: our own errors, and not everything refused."""

import os
import shutil
import signal

import pytest

from tests import fuzz_targets
from tests.fuzz import fuzz
from tests.fuzz_targets import OFFICE, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_end_in_our_own_errors(name):
    tried, _ = fuzz(name, count=60)
    assert tried == 60


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_that_is_whole_is_accepted(name):
    assert set(TARGETS[name].take(TARGETS[name].seeds())) == {True}


def test_a_pdf_at_which_its_process_dies_is_refused_and_the_rest_goes_on(monkeypatch):
    worker = fuzz_targets._worker()

    def die(data, *_):
        if data == b"deadly":
            os.kill(os.getpid(), signal.SIGSEGV)
        return pages_of(data, *_)

    pages_of = worker.pages_of
    monkeypatch.setattr(worker, "pages_of", die)
    good = TARGETS["reader-pdf"].seeds()[0]
    assert list(TARGETS["reader-pdf"].take([good, b"deadly", good, b"%PDF-1.7", good])) == [
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", OFFICE)
def test_files_for_libreoffice(name):
    assert list(OFFICE[name].take(OFFICE[name].seeds())) == [True]
    assert fuzz(name, count=5)[0] == 5
