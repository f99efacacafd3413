"""What is in the database now: releases, sums, facilities and places, rejected rows, open work items."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from data import queries
from data.schema import Area, Facility, Locality, Population, Release, Service


@dataclass(frozen=True)
class FormCount:
    """
    One form of support in one voivodeship.

    `facilities` and `capacity_places` are of counted services: active and not replaced by a complete
    register. `capacity_places` is the sum of what is known (None when nothing is), `capacity_unknown` how
    many services do not state it. `set_aside` counts active services that a complete register replaces.
    """

    voivodeship_code: str
    voivodeship_name: str
    support_form: str
    facilities: int
    capacity_places: int | None
    capacity_unknown: int
    set_aside: int


@dataclass(frozen=True)
class Status:
    """Everything that `python -m data status` tells; `to_json` has the same names."""

    is_invented: bool
    fingerprint: str
    as_of: date | None
    releases: list[dict[str, Any]]
    rows: dict[str, int]
    population: dict[str, int]
    forms: list[FormCount]
    rejected: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    work_items: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON; dates in ISO form."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    def lines(self) -> list[str]:
        """Return the same as lines to read."""
        return [
            *(["INVENTED REGION: these are not real data."] if self.is_invented else []),
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
            "",
            "rows",
            *_table((), [(name, count) for name, count in self.rows.items()]),
            "",
            "population",
            *_table((), [(name, count) for name, count in self.population.items()]),
            "",
            "facilities and places by voivodeship and form (+ : not every capacity is known)",
            *_table(
                ("", "voivodeship", "form", "facilities", "places", "set aside"),
                [
                    (
                        form.voivodeship_code,
                        form.voivodeship_name,
                        form.support_form,
                        form.facilities,
                        _places(form),
                        form.set_aside,
                    )
                    for form in self.forms
                ],
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
            "",
            "open work items",
            *_table((), list(self.work_items.items())),
        ]


def read_status(connection: Connection) -> Status:
    """Read the status of the current releases."""
    state = queries.registry_state(connection)
    work_items = queries.work_item_counts(connection)
    return Status(
        is_invented=state.is_invented,
        fingerprint=state.fingerprint,
        as_of=state.as_of,
        releases=_records(queries.releases(connection)),
        rows=_row_counts(connection),
        population=_population_sums(connection),
        forms=_form_counts(connection),
        rejected=_records(queries.rejected_counts(connection)),
        totals=_total_counts(connection),
        work_items={row["kind"]: int(row["items"]) for row in _records(work_items)},
    )


def _total_counts(connection: Connection) -> list[dict[str, Any]]:
    """Return how many totals each register states of a quantity, and how many equal our sums."""
    totals = queries.register_totals(connection)
    totals["equal"] = totals["stated"] == totals["computed"]
    grouped = totals.groupby(["source_code", "quantity"], sort=False)["equal"]
    return _records(grouped.agg(totals="size", equal="sum").reset_index())


def _records(frame: Any) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    rows: list[dict[str, Any]] = plain.where(plain.notna(), None).to_dict("records")
    return rows


def _current_ids() -> Any:
    return select(Release.id).where(Release.state == "current")


def _row_counts(connection: Connection) -> dict[str, int]:
    by_level = (
        select(Area.level, func.count().label("areas"))
        .where(Area.release_id.in_(_current_ids()))
        .group_by(Area.level)
    )
    levels = {row.level: int(row.areas) for row in connection.execute(by_level)}
    counts = {name: levels.get(name, 0) for name in ("gmina", "powiat", "voivodeship")}
    for name, model in (("locality", Locality), ("facility", Facility), ("service", Service)):
        query = select(func.count()).select_from(model).where(model.release_id.in_(_current_ids()))
        counts[name] = int(connection.execute(query).scalar_one())
    return counts


def _population_sums(connection: Connection) -> dict[str, int]:
    sums = [
        func.sum(case((Population.age_from >= age, Population.persons), else_=0)).label(name)
        for name, age in (("persons", 0), ("persons_65_plus", 65), ("persons_80_plus", 80))
    ]
    row = connection.execute(select(*sums).where(Population.release_id.in_(_current_ids()))).one()
    return {name: int(value or 0) for name, value in row._mapping.items()}  # noqa: SLF001 - its public name


def _form_counts(connection: Connection) -> list[FormCount]:
    is_counted = Service.set_aside_by.is_(None)
    query = (
        select(
            Facility.voivodeship_code,
            Service.support_form,
            func.count(func.distinct(case((is_counted, Facility.id)))).label("facilities"),
            func.sum(case((is_counted, Service.capacity_places))).label("capacity_places"),
            func.sum(case((is_counted & Service.capacity_places.is_(None), 1), else_=0)).label(
                "capacity_unknown"
            ),
            func.sum(case((is_counted, 0), else_=1)).label("set_aside"),
        )
        .join(Facility, Service.facility_id == Facility.id)
        .where(Service.release_id.in_(_current_ids()), Service.status == "active")
        .group_by(Facility.voivodeship_code, Service.support_form)
        .order_by(Facility.voivodeship_code, Service.support_form)
    )
    name_query = select(Area.area_code, Area.name).where(
        Area.release_id.in_(_current_ids()), Area.level == "voivodeship"
    )
    names = {row.area_code: row.name for row in connection.execute(name_query)}
    return [
        FormCount(
            voivodeship_code=row.voivodeship_code,
            voivodeship_name=names.get(row.voivodeship_code, ""),
            support_form=row.support_form,
            facilities=int(row.facilities),
            capacity_places=None if row.capacity_places is None else int(row.capacity_places),
            capacity_unknown=int(row.capacity_unknown),
            set_aside=int(row.set_aside),
        )
        for row in connection.execute(query)
    ]


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
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
