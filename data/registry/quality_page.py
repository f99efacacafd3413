"""The page of docs/data-quality.md: what each source is, what became of its rows, and what is known to be missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection

from data.own_catalogue import whole_catalogue
from data.reading import area_queries, people_queries, release_queries
from data.reading.loaded_sources import describe_sources
from data.registry.counts import FormCount, official_comparison
from data.registry.status import Status, read_status
from data.store.settings import own_catalogue
from data.vocabulary import support_forms
from geo.teryt import COUNTRY

_COUNTED_FACILITIES: Final = "supply_facilities"
_FORM_OF: Final = {
    "supply_baths": "BEZ-LAZ",
    "supply_medical_points": "BEZ-MED",
    "supply_night_shelters": "BEZ-NOC",
    "supply_shelters": "BEZ-SCH",
    "supply_soup_kitchens": "ZYW-JAD",
}
"""Published counts of facilities by the form that they count; those of `supply_facilities` name theirs."""
_INTRO: Final = """\
# Data quality

Made from the loaded database by `python -m data quality --page docs/data-quality.md`; it is not written by hand.
State `{fingerprint}`, registers as of {as_of}. `python -m data status`, `totals`, `work` and `duplicates` tell the
same of any database, record by record.

A row is *rejected* when it is no record of what the source is read for (a total, a part of a gmina, a second entry) or
cannot be read; the load tells each with its row and reason. A source whose known figures do not come out is refused
whole, and what was loaded before stays.
"""
_PLACES: Final = """\
## How exactly facilities stand

Records of registers and lists whose source gives a street or a house number, and where they stand: at their door, on
their street (a neighbouring house, or the middle of the street), the others in the middle of their locality or gmina
([how addresses get a place](geocoding.md)). Protected places and polling stations are not counted.
"""
_GAPS: Final = """\
## Known gaps

Counts that others published, beside the facilities that our lists name there. Where the published count is greater,
our lists lack some, or some have closed since its day; where it is smaller, it is older or counts something narrower.
Nothing is added to our lists because of it.
"""
_HISTORY: Final = """\
## Days of queues and free places

What registers state over time (`layers say`, `/planowanie` and the XLSX tell it). *Months* are earlier months in a
file of a later day: they tell queues and free places alone, because the list of homes and their places are those of
the day of the file. A month that no file tells is no data. Each total that a register states on any of these days is
set beside the sum of its rows.
"""
_OFFICIAL: Final = """\
## Beside official totals

GUS counts care homes (facilities) and the places of all stationary social care, which are more than those of care
homes. A load is refused where a complete register differs by more than the catalogue allows; a quantity without a
tolerance there (the places) is only set beside ours.
"""


@dataclass(frozen=True)
class PublishedCount:
    """How many facilities of a form somebody else counted in an area, beside ours."""

    area_code: str
    support_form: str
    published: int
    as_of_text: str
    ours: int


def quality_page(connection: Connection) -> str:
    """Return the page as Markdown; the same database gives the same page on every day."""
    status = read_status(connection)
    names = _voivodeships(connection)
    form_names = {known.support_form: known.name for known in status.knowledge}
    sources = describe_sources(release_queries.releases(connection))
    parts = [
        _INTRO.format(fingerprint=status.fingerprint, as_of=status.as_of or "unknown"),
        "## Sources\n",
        _table(
            ("source", "publisher", "as of", "rows", "in", "rejected", "reconciled with"),
            _source_rows(status, sources, whole_catalogue(own_catalogue())),
        ),
        "\n" + _HISTORY,
        _table(
            ("register", "days of files", "months in them", "months that no file tells", "stated totals"),
            _history_rows(status, sources),
        ),
        "\n## Where each form is listed\n",
        "*complete*: a list says that it has all, so no row is none; *incomplete*: at least those; *nothing*: no data.",
        "",
        _table(("form", "complete", "incomplete", "nothing"), _knowledge_rows(status, names)),
        "\n" + _PLACES,
        _table(
            ("where", "records", "door", "street", "at either"),
            [
                (names[of.area_code], of.records, of.door, of.street, f"{of.share:.0%}")
                for of in status.placed
            ],
        ),
        "\n" + _GAPS,
        _table(
            ("where", "form", "published", "day", "in our lists"),
            [
                (
                    names[count.area_code],
                    f"{count.support_form} {form_names[count.support_form]}",
                    count.published,
                    count.as_of_text,
                    count.ours,
                )
                for count in published_counts(people_queries.people_counts(connection), status.forms)
            ],
        ),
        "\n" + _OFFICIAL,
        _table(
            ("voivodeship", "quantity", "official", "in our lists", "register"),
            _official_rows(connection, names),
        ),
        "\n## Open work\n",
        "What a person should look at; `python -m data work KIND` lists it.\n",
        _table(("kind", "items"), list(status.work_items.items())),
    ]
    return "\n".join(parts) + "\n"


def published_counts(people_counts: pd.DataFrame, forms: Iterable[FormCount]) -> list[PublishedCount]:
    """
    Return the newest published count of each form and area, beside what our lists name.

    Parameters
    ----------
    people_counts
        As `data.reading.people_queries.people_counts` returns them: counts of facilities are kept among those of
        people.
    forms
        Ours by voivodeship and form.

    Returns
    -------
    counts
        By area and form; a count without a day is "day unknown" and gives way to any that has one.
    """
    ours: dict[tuple[str, str], int] = {}
    for form in forms:
        for code in (form.voivodeship_code, COUNTRY):
            key = (code, form.support_form)
            ours[key] = ours.get(key, 0) + form.facilities
    newest: dict[tuple[str, str], PublishedCount] = {}
    for row in people_counts.sort_values("as_of_text", na_position="first").to_dict("records"):
        indicator = str(row["indicator"])
        form_code = row["subgroup"] if indicator == _COUNTED_FACILITIES else _FORM_OF.get(indicator, "")
        if form_code not in support_forms():
            continue
        key = (str(row["area_code"]), str(form_code))
        day = row["as_of_text"] if isinstance(row["as_of_text"], str) else "day unknown"
        newest[key] = PublishedCount(*key, int(row["value"]), day, ours.get(key, 0))
    return [newest[key] for key in sorted(newest)]


def _source_rows(status: Status, sources: pd.DataFrame, catalogue: Any) -> Iterator[tuple[Any, ...]]:
    described = sources.set_index("source_code")
    checks = {source.code: source.check for source in catalogue.source}
    reasons: dict[str, list[str]] = {}
    for row in status.rejected:
        reasons.setdefault(row["source_code"], []).append(f"{row['rows']} {_words(row['reason'])}")
    for release in status.releases:
        code = release["source_code"]
        rejected = "; ".join(reasons.get(code, ())) or "0"
        yield (
            f"{described.loc[code, 'name']} (`{code}`)",
            described.loc[code, "publisher"],
            release["as_of"] or "not told",
            release["rows_read"],
            release["rows_accepted"],
            rejected,
            "; ".join(_reconciled(code, status, checks.get(code) or {}, release))
            or "nothing: it states no figures",
        )


def _history_rows(status: Status, sources: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    names = sources.set_index("source_code")["name"]
    for of in status.stated_days:
        yield (
            f"{names.get(of.source_code, of.source_code)} (`{of.source_code}`)",
            ", ".join(str(day) for day in of.days if day not in of.months),
            *(_months(months) for months in (of.months, of.missing_months)),
            f"{of.equal} of {of.totals} equal" if of.totals else "it states none",
        )


def _months(days: Sequence[date]) -> str:
    return ", ".join(f"{day:%Y-%m}" for day in days) or "–"


def _reconciled(
    code: str, status: Status, check: Mapping[str, int], release: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what the numbers of a source were set beside, and with what end."""
    yield from (f"{_words(name)} {figure}" for name, figure in check.items())
    yield from (
        f"{row['equal']} of {row['totals']} stated totals of {_words(row['quantity'])}"
        for row in status.totals
        if row["source_code"] == code
    )
    yield from (
        f"not compared: {why}"
        for why in release["totals_not_compared"]
        if not why.startswith("its profile names no totals")
    )


def _knowledge_rows(status: Status, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for known in status.knowledge:
        cells = (_areas(codes, names) for codes in (known.complete, known.incomplete, known.nothing))
        yield (f"{known.support_form} {known.name}", *cells)


def _areas(codes: Sequence[str], names: Mapping[str, str]) -> str:
    voivodeships = len(names) - 1
    if len(codes) == voivodeships:
        return "everywhere"
    if len(codes) > voivodeships // 2:
        return f"{len(codes)} of {voivodeships}"
    return ", ".join(names[code] for code in codes) or "–"


def _official_rows(connection: Connection, names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for row in official_comparison(connection).to_dict("records"):
        yield (
            names[row["area_code"]],
            _words(row["quantity"]),
            row["official"],
            row["ours"],
            "complete" if row["is_complete"] else "none that is complete",
        )


def _voivodeships(connection: Connection) -> dict[str, str]:
    areas = area_queries.areas(connection, "voivodeship")
    return {COUNTRY: "Poland", **dict(zip(areas["area_code"], areas["name"], strict=True))}


def _words(code: str) -> str:
    return code.replace("_", " ")


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a Markdown table; text of sources cannot end a cell."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )
