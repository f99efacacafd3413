"""The process that reads a binary format starts for each file: what frames need is not loaded there."""

import subprocess
import sys

from tests.support.folders import REPOSITORY

HEAVY = ("pandas", "numpy", "shapely", "geopandas", "sqlalchemy")


def test_it_starts_without_what_frames_need():
    """Pandas alone takes four times as long to load as a workbook to be read."""
    program = (
        f"import sys, data.sources.tables.worker; print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
