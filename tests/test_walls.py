"""The walls between rooms hold: what is smuggled through them, directly or through a neighbour, is refused."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SMUGGLED = {
    # A widget in an export: streamlit comes in through the neighbour.
    "layers/export/caption_notes.py": "from layers.widgets.notices import show_error",
    "layers/words/flags.py": "import streamlit",
    "layers/answers/captions.py": "from layers.text import texts_of",
    "data/reading/status_of_day.py": "from data.registry.status import read_status",
    "layers/widgets/pictures.py": "import matplotlib",
    "geo/tables.py": "import sqlalchemy",
    "geo/registers.py": "from data.catalogue import Source",
    "data/quality/pictures.py": "import matplotlib",
}
WALLS = [
    contract["name"]
    for contract in tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    copy = tmp_path_factory.mktemp("walls")
    for package in ("geo", "data", "layers"):
        shutil.copytree(
            REPOSITORY / package,
            copy / package,
            ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")],
        )
    shutil.copy(REPOSITORY / "pyproject.toml", copy)
    for path, line in SMUGGLED.items():
        (copy / path).write_text(f"{line}\n", encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False, env={"PYTHONPATH": ""}
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.mark.parametrize("wall", WALLS)
def test_every_wall_refuses(said, wall):
    assert f"{wall} BROKEN" in said


def test_what_comes_through_a_neighbour_is_named(said):
    assert "layers.export.caption_notes -> layers.widgets.notices" in said
    assert "layers.widgets.notices -> streamlit" in said
