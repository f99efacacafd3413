"""What is in the database now: releases, sums, facilities and places, rejected rows, open work items."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from data.catalogue import REAL_CATALOGUE
from data.reading import release_queries
from data.reading.editions import claims, current
from data.reading.loaded_sources import lists_of_everything
from data.reading.protection import once_public, protected_records
from data.reading.registry_state import registry_state
from data.reading.stated_days import StatedDays, stated_days
from data.registry.counts import FormCount, form_counts
from data.registry.knowledge_of_forms import FormKnowledge, knowledge_of_forms, say_knowledge
from data.registry.missing_sources import MissingSource, missing_sources, say_missing
from data.registry.placed_addresses import PlacedAddresses, placed_addresses
from data.registry.work_items import work_item_counts
from data.store.query_frames import plain_rows
from data.store.schema import Area

_EXAMPLE = (
    "EXAMPLE REGION: everything below is INVENTED, these are not real data.",
    "Real data take its place: put the publishers' files in the folder of SUPPORT_MAP_MIRROR, then run `make data`.",
    "",
)


@dataclass(frozen=True)
class Status:
    """Everything that `python -m data status` tells; `to_json` has the same names."""

    is_invented: bool
    fingerprint: str
    as_of: date | None
    not_loaded: list[MissingSource]
    releases: list[dict[str, Any]]
    rows: dict[str, int]
    population: dict[str, int]
    residents: list[dict[str, Any]]
    forms: list[FormCount]
    knowledge: list[FormKnowledge]
    placed: list[PlacedAddresses]
    rejected: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    stated_days: list[StatedDays]
    work_items: dict[str, int]
    protection: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON; dates in ISO form."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    def lines(self) -> list[str]:
        """Return the same as lines to read."""
        return [
            *(_EXAMPLE if self.is_invented else []),
            f"state {self.fingerprint}, registers as of {self.as_of or 'unknown'}",
            "",
            "releases",
            *_table(
                ("source", "boundaries", "as of", "loaded (UTC)", "read", "accepted", "rejected"),
                [
                    (
                        row["source_code"],
                        row["boundary_vintage"] or "-",
                        str(row["as_of"] or "-"),
                        f"{row['loaded_at']:%Y-%m-%d %H:%M}",
                        row["rows_read"],
                        row["rows_accepted"],
                        row["rows_rejected"],
                    )
                    for row in self.releases
                ],
            ),
            *(
                f"  {row['source_code']}: {row['file_name']}, in place of "
                f"{', '.join(row['takes_place_of'])} of the same day"
                for row in self.releases
                if row["takes_place_of"]
            ),
            "",
            "not loaded: no data of it; the file, its publisher, and what it would add",
            *(
                [line for missing in self.not_loaded for line in say_missing(missing)]
                or ["  none: all of the catalogue is loaded"]
            ),
            "",
            "rows",
            *_table((), [(name, count) for name, count in self.rows.items()]),
            "",
            "population",
            *_table((), [(name, count) for name, count in self.population.items()]),
            "",
            "residents of all gminas by year (31 December); - : the source does not tell this age",
            *_table(
                ("year", "kind", "persons", "65+", "80+"),
                [
                    (
                        row["year"],
                        row["kind"],
                        row["persons"],
                        "-" if row["persons_65_plus"] is None else row["persons_65_plus"],
                        "-" if row["persons_80_plus"] is None else row["persons_80_plus"],
                    )
                    for row in self.residents
                ],
            ),
            "",
            "facilities and places by voivodeship and form (+ : not every capacity is known; unconfirmed are addresses",
            "of polling stations, counted nowhere)",
            *_table(
                ("", "voivodeship", "form", "facilities", "places", "set aside", "unconfirmed"),
                [
                    (
                        form.voivodeship_code,
                        form.voivodeship_name,
                        form.support_form,
                        form.facilities,
                        _places(form),
                        form.set_aside,
                        form.unconfirmed,
                    )
                    for form in self.forms
                ],
            ),
            "",
            "where each form is listed, by code of voivodeship: complete (no row is none), incomplete (at least so",
            "many), nothing (no data)",
            *(say_knowledge(self.knowledge) if self.forms else ["  none"]),
            "",
            "records of registers and lists with a street or house number, by voivodeship (00: the country): at their",
            "door, on their street, and of 100 at either; the others stand in the middle of their locality or gmina",
            *_table(
                ("", "records", "door", "street", "of 100"),
                [(of.area_code, of.records, of.door, of.street, round(of.share * 100)) for of in self.placed],
            ),
            "",
            "rejected rows",
            *_table((), [(row["source_code"], row["reason"], row["rows"]) for row in self.rejected]),
            "",
            "totals stated by registers, beside the sums of their rows",
            *_table(
                ("source", "quantity", "totals", "equal"),
                [(row["source_code"], row["quantity"], row["totals"], row["equal"]) for row in self.totals],
            ),
            *(
                f"  {row['source_code']}: not compared: {why}"
                for row in self.releases
                for why in row["totals_not_compared"]
            ),
            "",
            "days on which registers state free places or queues (months: earlier ones in the file of a later day, of",
            "queues and free places alone), and how many stated totals equal the sums of the rows",
            *_table(
                (
                    "source",
                    "days",
                    "of them months",
                    "first",
                    "last",
                    "totals",
                    "equal",
                    "months that no file tells",
                ),
                [
                    (
                        of.source_code,
                        len(of.days),
                        len(of.months),
                        str(of.days[0]),
                        str(of.days[-1]),
                        of.totals,
                        of.equal,
                        ", ".join(f"{month:%Y-%m}" for month in of.missing_months) or "-",
                    )
                    for of in self.stated_days
                ],
            ),
            "",
            "open work items",
            *_table((), list(self.work_items.items())),
            "",
            "protected records (`protect` lists them); those that were ever public are masked on those days, too",
            *_table(
                (),
                [
                    ("protected now", self.protection["records"]),
                    ("once public and protected now", self.protection["once_public"]),
                ],
            ),
        ]


def read_status(connection: Connection, *, catalogue_path: Path = REAL_CATALOGUE) -> Status:
    """Read the status of the current releases, and what of the catalogue is not loaded."""
    state = registry_state(connection)
    work_items = work_item_counts(connection)
    replaced = release_queries.replaced_files(connection)
    silent = release_queries.totals_not_compared(connection)
    releases = release_queries.releases(connection)
    forms = form_counts(connection)
    return Status(
        is_invented=state.is_invented,
        fingerprint=state.fingerprint,
        as_of=state.as_of,
        not_loaded=list(missing_sources(set(releases["source_code"]), catalogue_path=catalogue_path)),
        releases=[
            row
            | {
                "takes_place_of": replaced.get(row["source_code"], []),
                "totals_not_compared": silent.get(row["source_code"], []),
            }
            for row in plain_rows(releases)
        ],
        rows=release_queries.row_counts(connection),
        population=release_queries.population_sums(connection),
        residents=plain_rows(release_queries.residents_sums(connection)),
        forms=forms,
        knowledge=_knowledge(connection, forms, loaded=set(releases["source_code"])),
        placed=placed_addresses(connection),
        rejected=plain_rows(release_queries.rejected_counts(connection)),
        totals=_total_counts(connection),
        stated_days=stated_days(connection),
        work_items={row["kind"]: int(row["items"]) for row in plain_rows(work_items)},
        protection={"records": len(protected_records(connection)), "once_public": once_public(connection)},
    )


def _knowledge(connection: Connection, forms: list[FormCount], *, loaded: set[str]) -> list[FormKnowledge]:
    """Return what is known of each form; a list that names every one with others is complete, too."""
    claim = claims(None)
    claimed = {
        (row.support_form, row.voivodeship_code)
        for row in connection.execute(select(claim.c.support_form, claim.c.voivodeship_code))
    }
    claimed |= {(form, area) for _, form, area in lists_of_everything(loaded)}
    voivodeships = connection.scalars(
        select(Area.area_code).where(current(Area), Area.level == "voivodeship").order_by(Area.area_code)
    ).all()
    return knowledge_of_forms(forms, claimed, voivodeships)


def _total_counts(connection: Connection) -> list[dict[str, Any]]:
    """Return how many totals each register states of a quantity, and how many equal our sums."""
    totals = release_queries.register_totals(connection)
    totals["equal"] = totals["stated"] == totals["computed"]
    grouped = totals.groupby(["source_code", "quantity"], sort=False)["equal"]
    return plain_rows(grouped.agg(totals="size", equal="sum").reset_index())


def _places(form: FormCount) -> str:
    if form.capacity_places is None:
        return "unknown" if form.facilities else "-"
    return f"{form.capacity_places}+" if form.capacity_unknown else str(form.capacity_places)


def _table(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[str]:
    """Return columns aligned for reading: numbers to the right, words to the left."""
    if not rows:
        return ["  none"]
    lines = [header, *rows] if header else rows
    widths = [max(len(str(line[column])) for line in lines) for column in range(len(lines[0]))]
    return [
        "  "
        + "  ".join(
            str(cell).rjust(width) if isinstance(rows[0][column], int) else str(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
