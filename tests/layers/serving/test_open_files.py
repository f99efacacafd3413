"""Tabs that are open hold files; the server may have as many as the system lets it."""

import subprocess
import sys

import pytest

from data.store.settings import REPOSITORY

_RAISED = """
import resource
from layers.serving.open_files import allow_open_files
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
print(allow_open_files(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(("soft", "hard", "raised"), [(256, 1024, 1024), (1024, 1024, 1024)])
def test_the_limit_is_raised_as_far_as_the_system_allows(soft, hard, raised):
    told = subprocess.run(
        [sys.executable, "-c", _RAISED.format(soft=soft, hard=hard)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [str(raised), str(raised), str(hard)]
