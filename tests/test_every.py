"""One test for all rows of a table fails with each row that is wrong."""

from operator import itemgetter

import pytest

from tests.every import every


def halves(number, half):
    assert number / half == 2, f"{number} is not twice {half}"


def test_every_row_that_fails_is_named():
    every([(2, 1), [4, 2]])(halves)()
    with pytest.raises(AssertionError, match=r"(?s)2 of 3 rows:.*\(3, 2\): .*3 is not twice 2.*\(1, 0\): ZeroDivision"):
        every([(2, 1), (3, 2), (1, 0)])(halves)()


def test_the_rows_of_a_group_are_its_own():
    def halved(name, number):
        halves(number, 0.5)

    test = every([("a", 1), ("b", 2)], by=itemgetter(0))(halved)
    assert test.__name__ == "halved"
    assert test.pytestmark[0].args == ("group", ["a", "b"])
    test("a")
    with pytest.raises(AssertionError, match="1 of 1 rows"):
        test("b")


def test_no_rows_are_no_proof():
    with pytest.raises(AssertionError, match="no rows"):
        every([])
