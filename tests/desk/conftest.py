"""A site with two notices, and its desk."""

from __future__ import annotations

import pytest

from tests.desk.tools import running
from tests.samples import make_site, variety


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """What this machine keeps of desks is kept elsewhere."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", variety())


@pytest.fixture
def desk(site):
    with running(site) as found:
        yield found
