"""The tiny region of the tests, nine invented squares, as files that a test may change."""

import hashlib
import shutil
import tomllib
from pathlib import Path

from data.store.settings import REPOSITORY, Settings

TINY_CATALOGUE = REPOSITORY / "tests" / "examples" / "tiny_region" / "catalogue.toml"
"""Its numbers can be counted by hand; conftest.py lets it be the example region of all tests."""
TINY_REGION = TINY_CATALOGUE.parent


def copy_region(folder: Path) -> Path:
    """Copy the tiny region and return its catalogue; the sources are as real as any to the load."""
    shutil.copytree(TINY_REGION, folder)
    catalogue = folder / "catalogue.toml"
    replace_text(catalogue, "is_invented = true", "is_invented = false")
    return catalogue


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace text that must be there, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_file(catalogue: Path, name: str, old: str, new: str) -> None:
    """Replace text in a source's file and give the catalogue its new checksum, as a new release would."""
    before = sha256_of(catalogue.parent / name)
    replace_text(catalogue.parent / name, old, new)
    replace_text(catalogue, before, sha256_of(catalogue.parent / name))


def settings_for(catalogue: Path) -> Settings:
    """Return settings whose mirror is the folder of the catalogue."""
    return Settings("sqlite://", catalogue.parent, catalogue.parent / "cache", is_download_allowed=False)


def source_codes(catalogue: Path) -> set[str]:
    """Return the codes of all sources."""
    return {source["code"] for source in tomllib.loads(catalogue.read_text(encoding="utf-8"))["source"]}


def sha256_of(path: Path) -> str:
    """Return the checksum that the catalogue gives a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


NEEDED_FILES = ("gminas.geojson", "terc.csv", "gmina_codes.csv", "population.csv")
"""Without these nothing of the tiny region can be shown."""


def keep_only(catalogue: Path, *names: str) -> None:
    """Delete every file of the region's sources but these, as in a mirror that has only some."""
    for source in tomllib.loads(catalogue.read_text(encoding="utf-8"))["source"]:
        for file in source["files"]:
            if file["path"] not in names:
                (catalogue.parent / file["path"]).unlink(missing_ok=True)
