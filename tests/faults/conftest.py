"""The tiny study, fresh for each test."""

import pytest
from faults.going import Going, study_without_extracts
from tiny_study import Tiny


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    return Tiny(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Tiny:
    """A tiny study published by a process of its own; tests copy it and change nothing in it."""
    tiny = study_without_extracts(tmp_path_factory.mktemp("published") / "tiny")
    going = Going(tiny)
    assert going.end() == 0, going.said
    return tiny
