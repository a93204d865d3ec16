"""Fixtures that several folders of tests share."""

from __future__ import annotations

import pytest

from generator.build import build
from tests.samples import make_site, variety


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A built site of a few notices that show every kind of page: (site folder, output folder)."""
    folder = make_site(tmp_path_factory.mktemp("site"), variety(), "page_size: 4\n")
    output = folder / "output"
    report = build(folder, output)
    assert not report.failed, report.diagnostics
    return folder, output
