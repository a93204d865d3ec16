"""The targets of `make fuzz`, shortly: our own errors, and not everything refused."""

import pytest

from tests.fuzz import TARGETS, fuzz


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs_end_in_our_own_errors(name):
    tried, _ = fuzz(name, count=60)
    assert tried == 60


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_that_is_whole_is_accepted(name):
    assert all(map(TARGETS[name].take, TARGETS[name].seeds))
