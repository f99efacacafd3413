"""Names of protected places and of who runs them."""

import pytest

from data.loading.shown_names import shown_name, shown_organization


def row(name: str, organization: str | None = None, **changes: str | None) -> dict[str, str | None]:
    return {
        "facility_name": name,
        "organization_name": organization,
        "organization_key": None,
        "support_form": "KRY-DMK",
        "street_address": "ul. Tajemna 7",
        "locality_name": "Sekretowo",
        "postal_code": "32-777",
    } | changes


@pytest.mark.parametrize(
    "name",
    [
        "Dom przy Tajemnej",
        "Dom 32-777",
        "Dom 32 777",
        "Dom [32777]",
        "Dom (54,8923 16,1473)",
        "Dom 54°53'32\"N",
        "Dom 412345 784512",
        "Dom w Sekretowie",
        "Dom 9F4R2PVM+X4",
    ],
)
def test_name_that_tells_gives_way_to_that_of_the_form(name) -> None:
    assert shown_name([row(name)], is_public=False) == "dom dla matek z małoletnimi dziećmi i kobiet w ciąży"
    assert shown_name([row(name)], is_public=True) == name
    assert shown_organization([row("Dom", name)], gmina_name="Wydumka", is_public=False) is None


def test_address_of_any_row_of_the_place_counts() -> None:
    rows = [row("Dom na Szarej"), row("Dom na Szarej", street_address="ul. Szara 2")]
    assert shown_name(rows[:1], is_public=False) == "Dom na Szarej"
    assert shown_name(rows, is_public=False) != "Dom na Szarej"


def test_organization_may_be_called_by_the_gmina_that_is_shown_anyway() -> None:
    here = row("Dom", "Ośrodek w Wydumce", locality_name="Wydumka")
    assert shown_organization([here], gmina_name="Wydumka", is_public=False) == "Ośrodek w Wydumce"
    assert shown_organization([here], gmina_name="Makietowo", is_public=False) is None
