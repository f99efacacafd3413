"""Profiles are checked when they are loaded, and every profile of the repository is in order."""

from pathlib import Path

import pytest

from data.sources.registers.profile import load_profile
from data.store.errors import RegisterError
from geo.errors import SupportMapError
from tests.support.folders import REGISTERS

SMALL = """
[register]
code = "small"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name"]

[columns.facility_name]
header = "Nazwa"
"""


def _profile(folder: Path, text: str):
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path)


@pytest.mark.parametrize("path", sorted(REGISTERS.glob("*.toml")), ids=lambda path: path.stem)
def test_profiles_of_the_repository_are_in_order(path):
    profile = load_profile(path)

    assert profile.register_.code == path.stem
    assert "email" not in profile.columns
    assert not any("mail" in label.lower() for column in profile.columns.values() for label in column.header)


def test_small_profile_is_enough(tmp_path):
    profile = _profile(tmp_path, SMALL)

    assert profile.columns["facility_name"].header == ("Nazwa",)
    assert profile.file.sheet == 0
    assert profile.register_.complete_for == ()


@pytest.mark.parametrize(
    ("added", "key"),
    [
        ('hedder = "Nazwa"', "columns.facility_name.hedder"),
        ('[columns.capacity_places]\nheader = "Miejsca"\nfill = "sideways"', "columns.capacity_places.fill"),
        (
            '[columns.note]\nheader = "Uwagi"\nreplace = [{ pattern = "(", with = "" }]',
            "not a regular expression",
        ),
        ('[columns.places]\nheader = "Miejsca"', "columns.places is not a field"),
        ("[columns.note]\nto = 'note'", "columns.note needs a `header`"),
        ("[columns.note]\njoin = ['nowhere']", "columns.note.join takes columns with a `header`"),
        ("[columns.note]\nheader = 'Uwagi'\njoin = ['facility_name']", "columns.note.join takes columns"),
        ("[columns.x]\nheader = 'X'\nsplit = [{ pattern = '(?P<nonsense>.*)' }]", "names 'nonsense'"),
        (
            "[columns.x]\nheader = 'X'\nsplit = [{ pattern = '.*', set = { status = 'planowane' } }]",
            "status 'planowane' is none of active, planned,",
        ),
        ("[columns.status]\nheader = 'S'\nmap = { tak = 'dziala' }", "status 'dziala' is none of active"),
        ("[[sections]]\ntitle = 'A'\nform = 'NO-SUCH'", "'NO-SUCH' is not a support form"),
        (
            "[totals]\npattern = 'X'\ngroup = 'powiat'\nquantities = ['capacity_places']",
            "totals.group names 'powiat'",
        ),
    ],
)
def test_wrong_key_is_named(tmp_path, added, key):
    with pytest.raises(RegisterError, match=r"small\.toml has 1 wrong key") as caught:
        _profile(tmp_path, SMALL + added)

    assert key in str(caught.value)
    assert isinstance(caught.value, (SupportMapError, ValueError))


def test_register_without_identity_is_refused(tmp_path):
    with pytest.raises(RegisterError, match=r"register\.key must list"):
        _profile(tmp_path, SMALL.replace('key = ["facility_name"]', ""))


def test_broken_toml_is_told_with_its_place(tmp_path):
    with pytest.raises(RegisterError, match=r"should be a TOML file.*line 2"):
        _profile(tmp_path, "\n[register\n")
