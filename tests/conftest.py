"""The whole run, done once a test session on a copy of the project."""

import pytest
from project import copy_project, throughcare


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The sample study run as `make report` runs it; its folder. Tests read it and change nothing in it."""
    place = copy_project(tmp_path_factory.mktemp("sample"))
    done = throughcare("run", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place
