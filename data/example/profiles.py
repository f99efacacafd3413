"""How the lists of the example are read: one profile for each, all with the same columns."""

from data.example.lists import ExampleList

_FIELDS = {
    "facility_key": "source_id",
    "facility_name": "name",
    "status": "status",
    "support_form": "facility_kind",
    "subtype": "subtype",
    "organization_name": "operator",
    "street_address": "street_address",
    "postal_code": "postal_code",
    "locality_name": "locality",
    "stated_gmina_name": "gmina_name",
    "stated_gmina_code": "gmina_code",
    "stated_powiat_name": "powiat_name",
    "phones": "phone",
    "capacity_places": "places",
    "vacant_places": "vacant",
    "vacant_women": "vacant_women",
    "vacant_men": "vacant_men",
    "waiting_persons": "waiting",
    "waiting_days": "waiting_days",
    "service_opening_hours": "opening_hours",
    "fees_text": "fees",
    "languages": "languages",
    "wheelchair": "wheelchair",
    "service_area_codes": "areas",
    "stops": "stops",
    "visibility": "visibility",
    "origin": "origin",
    "latitude": "lat",
    "longitude": "lon",
    "file_place_grade": "grade",
    "stated_on": "stated_on",
    "note": "note",
}
"""Field of a record → header of the list."""
_TOTALS = ("capacity_places", "vacant_places", "vacant_women", "vacant_men", "waiting_persons")
TOTAL = "RAZEM"
"""What stands for the name in a row with the sums of a powiat."""


def profile(example: ExampleList) -> str:
    """Return the profile of a list as TOML."""
    lines = ["# Made by `python -m data example`.", "", "[register]", f'code = "{example.code}"']
    if example.voivodeship is not None:
        lines.append(f'voivodeship = "{example.voivodeship}"')
    if example.complete_for:
        claims = (
            f'    {{ form = "{form}", voivodeship = "{code}" }},' for form, code in example.complete_for
        )
        lines += ["complete_for = [", *claims, "]"]
    lines += ["", "[file]", 'format = "csv"', "", "[as_of]", r"file_name = '(?P<date>\d{4}-\d{2}-\d{2})'"]
    for field, header in _FIELDS.items():
        lines += ["", f"[columns.{field}]", f'header = "{header}"']
    if example.has_totals:
        quantities = ", ".join(f'"{quantity}"' for quantity in _TOTALS)
        lines += [
            "", "[totals]", 'column = "facility_name"', f"pattern = '^{TOTAL}$'", 'group = "stated_powiat_name"',
            f"quantities = [{quantities}]",
        ]  # fmt: skip
    return "\n".join([*lines, ""])


def file_name(example: ExampleList, day: str) -> str:
    """Return the name of a list's file of a day, in the folder of the region."""
    return f"lists/{example.code.removeprefix('przyklad-')}_{day}.csv"
