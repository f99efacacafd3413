"""The invented region in a folder of the test's own."""

from pathlib import Path

import pytest

from tests.support.invented import copy_region


@pytest.fixture
def region(tmp_path: Path) -> Path:
    return copy_region(tmp_path / "region")
