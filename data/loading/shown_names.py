"""How a facility and its organization are called: a protected place by no name that tells where it is."""

from collections.abc import Hashable, Iterable, Mapping

from data.loading.plan import FacilityPlan
from data.reading.address_in_text import holds_address, tells_address
from data.store.names import fold
from data.store.query_frames import Row
from data.vocabulary import support_forms


def shown_name(rows: list[Row], *, is_public: bool) -> str:
    """Return the name; that of a protected place gives way to its form's when it tells an address, its own or any."""
    name = str(rows[0]["facility_name"])
    if is_public or not _tells(name, rows, "street_address", "locality_name"):
        return name
    return support_forms()[rows[0]["support_form"]].name["pl"]


def _tells(name: str | None, rows: list[Row], *fields: str) -> bool:
    return holds_address(name) or tells_address(name, *(row[field] for row in rows for field in fields))


def shown_organization(rows: list[Row], *, gmina_name: str | None, is_public: bool) -> str | None:
    """
    Return who runs the facility, unless the name tells where a protected place is.

    The name of its gmina, which is shown anyway, may stand in the name of an organization.
    """
    name = rows[0]["organization_name"]
    is_town_hidden = all(fold(row["locality_name"] or "") != fold(gmina_name or "") for row in rows)
    fields = ("street_address", *(("locality_name",) if is_town_hidden else ()))
    return None if not is_public and _tells(name, rows, *fields) else organization_key(rows[0])


def silent_organizations(
    plans: Iterable[FacilityPlan], services_of: Mapping[Hashable, list[Row]]
) -> set[str | None]:
    """Return the organizations that rows of protected places name and no facility shows: their names may tell where."""
    shown = {plan.row["organization_key"] for plan in plans}
    protected = [plan.row["record_key"] for plan in plans if plan.row["visibility"] != "public"]
    return {organization_key(row) for key in protected for row in services_of[key]} - shown


def organization_key(row: Row) -> str | None:
    """Return how the source names the organization of a row: by its identifier, else by its name."""
    key: str | None = row["organization_key"] or row["organization_name"]
    return key
