"""The tiny study, fresh for each test."""

import pytest
from tiny_study import Tiny


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    return Tiny(tmp_path)
