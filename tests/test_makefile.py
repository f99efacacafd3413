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


def test_benchmarks_all_run_and_what_missed_its_target_is_named_at_the_end(tmp_path):
    """A python that only says what it was asked, for which two of the benchmarks miss their targets."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "ran $*"\ncase "$*" in *.access|*.gaps) exit 1;; esac\n')
    python.chmod(0o755)
    words = [
        "make",
        "-s",
        f"BIN={python.parent}",
        f"VENV={tmp_path}",
        "-o",
        f"{tmp_path}/benchmarks",
        "-o",
        "tools",
    ]
    told = subprocess.run([*words, "bench"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    names = sorted(path.stem for path in (REPOSITORY / "benchmarks").glob("[a-z]*.py"))
    assert [line.rpartition(".")[2] for line in sorted(told.stdout.splitlines()) if "ran" in line] == names
    assert told.returncode != 0
    assert "error: targets missed by: access gaps\n" in told.stderr


def test_scripts_are_linted_by_check_and_tested_by_test():
    """Node's part is never passed over: where npm is missing the recipe installs it or fails."""
    told = subprocess.run(
        ["make", "-n", "test"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    order = [
        told.index(command) for command in ("npm run --silent lint", "npm test --silent", "python -m pytest")
    ]
    assert order == sorted(order)
