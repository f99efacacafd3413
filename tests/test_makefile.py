"""What make gives to what it starts."""

import os
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def test_python_may_keep_what_it_compiled():
    """Packages are installed uncompiled: without that each start of the application would compile all of them."""
    told = subprocess.run(
        ["make", "-s", "--eval", 'told: ; @echo "[$$PYTHONDONTWRITEBYTECODE]"', "told"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "[]\n"


def test_scripts_are_linted_by_check_and_tested_by_test():
    """Node's part is never passed over: where npm is missing the recipe installs it or fails."""
    told = subprocess.run(
        ["make", "-n", "test"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    order = [
        told.index(command) for command in ("npm run --silent lint", "npm test --silent", "python -m pytest")
    ]
    assert order == sorted(order)
