"""The lock files: they hold on every Python that we name, and the plain one has nothing that only extras need."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from data.store.settings import REPOSITORY

VERSIONS = ("3.11", "3.12", "3.13")
_INCLUDED = re.compile(r"^-r (\S+)$", re.MULTILINE)
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==", re.MULTILINE)


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _own(file: str) -> list[str]:
    return [_name(name) for name in _PINNED.findall((REPOSITORY / file).read_text(encoding="utf-8"))]


def _locked(file: str) -> set[str]:
    """Return what is installed by a lock file and those that it includes."""
    included = _INCLUDED.findall((REPOSITORY / file).read_text(encoding="utf-8"))
    return set(_own(file)).union(*map(_locked, included))


def _asked_on(distribution: importlib.metadata.Distribution, version: str) -> set[str]:
    """Return what a library needs on a version of Python, its extras left out."""
    environment = {"python_version": version, "python_full_version": f"{version}.9", "extra": ""}
    requirements = map(Requirement, distribution.requires or ())
    return {
        _name(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("file", ["requirements.lock", "requirements-extras.lock", "requirements-dev.lock"])
def test_no_library_of_a_lock_asks_for_more_on_another_python(file: str, version: str) -> None:
    locked = _locked(file)
    missing = {
        name: absent
        for name in locked
        if (
            absent := _asked_on(importlib.metadata.distribution(name), version)
            - locked
            - {"pip", "setuptools"}
        )
    }
    assert missing == {}


def test_pythons_of_the_project_are_those_that_are_looked_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert f"VERSIONS := {' '.join(VERSIONS)}" in (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def test_what_only_extras_need_is_not_in_the_plain_lock() -> None:
    extras = {"osmium", "rasterio", "psycopg", "psycopg-binary"}
    assert extras.isdisjoint(_locked("requirements.lock"))
    assert extras <= _locked("requirements-extras.lock")
    assert (
        _locked("requirements.lock")
        <= _locked("requirements-extras.lock")
        <= _locked("requirements-dev.lock")
    )


def test_one_pin_stands_in_one_lock() -> None:
    own = [name for path in sorted(REPOSITORY.glob("requirements*.lock")) for name in _own(path.name)]
    assert len(own) > len(_locked("requirements.lock"))
    assert sorted(own) == sorted(set(own))


def test_pins_that_are_apart_are_refused(tmp_path: Path) -> None:
    below, above = tmp_path / "plain.lock", tmp_path / "more.lock"
    below.write_text("numpy==1.0 \\\n    --hash=sha256:aa\n", encoding="utf-8")
    above.write_text(
        "idna==3.0 \\\n    --hash=sha256:bb\nnumpy==2.0 \\\n    --hash=sha256:cc\n", encoding="utf-8"
    )
    command = [sys.executable, str(REPOSITORY / "packaging" / "own_pins.py"), str(above), str(below)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "found others of numpy" in ended.stderr
    above.write_text(
        "idna==3.0 \\\n    --hash=sha256:bb\nnumpy==1.0 \\\n    --hash=sha256:aa\n", encoding="utf-8"
    )
    subprocess.run(command, check=True)
    assert above.read_text(encoding="utf-8") == "-r plain.lock\nidna==3.0 \\\n    --hash=sha256:bb\n"


def test_locks_name_no_index(tmp_path: Path) -> None:
    for path in REPOSITORY.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index-url|--find-links|--trusted-host", text), path.name


def test_packages_of_node_are_tools_only_pinned_by_digest_and_from_no_named_registry() -> None:
    asked = json.loads((REPOSITORY / "package.json").read_text(encoding="utf-8"))
    assert asked["private"] is True
    assert "dependencies" not in asked
    locked = json.loads((REPOSITORY / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {path: package for path, package in locked.items() if path}
    assert {f"node_modules/{name}" for name in asked["devDependencies"]} <= set(installed)
    assert [path for path, package in installed.items() if "integrity" not in package] == []
    assert [path for path, package in installed.items() if "resolved" in package] == []


def test_each_package_of_node_is_said_in_contributing() -> None:
    asked = json.loads((REPOSITORY / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {name for name in asked if f"`{name}`" not in text} == set()


def test_installing_it_as_a_package_is_refused_in_words() -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-build-isolation",
        "--dry-run",
        str(REPOSITORY),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "an application that is run from its folder" in ended.stdout + ended.stderr
    assert "make run" in ended.stdout + ended.stderr


def _as_in_a_shell() -> dict[str, str]:
    """Return the environment without what a `make` that runs the tests leaves for a `make` below it."""
    return {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}
    }


def test_make_with_a_python_that_is_not_there_says_so_in_one_line(tmp_path: Path) -> None:
    command = ["make", "-C", str(REPOSITORY), f"VENV={tmp_path / 'venv'}", "PYTHON=python3.9.9", "run"]
    ended = subprocess.run(command, env=_as_in_a_shell(), capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    words = (
        "error: expected Python 3.11, 3.12 or 3.13, found none that is called python3.9.9; leave PYTHON out"
    )
    assert ended.stderr.startswith(words)


def test_make_without_a_suitable_python_says_which_it_looks_for(tmp_path: Path) -> None:
    command = [
        "make",
        "-C",
        str(REPOSITORY),
        f"VENV={tmp_path / 'venv'}",
        "PYTHON=",
        f"{tmp_path / 'venv'}/bin/python",
    ]
    ended = subprocess.run(command, env=_as_in_a_shell(), capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "expected Python 3.11, 3.12 or 3.13" in ended.stderr
