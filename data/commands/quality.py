"""The command that tells how good the records are: the worst first, and how much is known by form."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine

from data.quality.areas import KNOWLEDGE, area_quality, doubts_of
from data.quality.records import PARTS, record_quality
from data.reading import area_queries, release_queries, service_queries
from data.reading.loaded_sources import describe_sources
from data.registry.quality_page import quality_page
from data.store.database_file import require_database
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.whole_file import whole_file
from data.vocabulary import support_forms
from geo.errors import SupportMapError
from geo.teryt import ALL_VOIVODESHIPS

MOST_RECORDS = 20


class UnknownFormError(SupportMapError, LookupError):
    """There is no such form of support."""


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("quality", help="tell how good the records are, and how much is known")
    command.add_argument("--voivodeship", choices=ALL_VOIVODESHIPS, metavar="CODE", help="only one, 02 to 32")
    command.add_argument("--form", metavar="CODE", help="only one form of support, for example CAL-DPS")
    command.add_argument(
        "--page", type=Path, metavar="PATH", help="write docs/data-quality.md, of all there is"
    )
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del settings
    if options.form is not None and options.form not in support_forms():
        raise UnknownFormError(
            f"expected the code of a form of support, found {options.form!r}; "
            f"there are {', '.join(support_forms())}",
            form=options.form,
        )
    require_database(engine)
    require_migrated(engine)
    with engine.connect() as connection:
        if options.page is not None:
            with whole_file(options.page) as made:
                made.write_text(quality_page(connection), encoding="utf-8")
            yield f"written: {options.page}"
            return
        yield from quality_lines(
            connection,
            voivodeship=options.voivodeship,
            form=options.form,
            on=date.today(),  # noqa: DTZ011 - whether a date is old is about the calendar here
        )


def quality_lines(
    connection: Connection, *, voivodeship: str | None, form: str | None, on: date
) -> Iterator[str]:
    """
    Yield a table of gminas by class of knowledge for each form, then one of the worst counted records.

    Parameters
    ----------
    voivodeship, form
        Codes to keep; None for all.
    on
        The day from which ages are counted.
    """
    services = service_queries.public_services(connection)
    coverage = service_queries.register_coverage(connection)
    areas = area_queries.areas(connection, "gmina").set_index("area_code")
    quality = record_quality(
        services,
        describe_sources(release_queries.releases(connection)),
        coverage,
        on=on,
        service_areas=service_queries.service_areas(connection),
    )
    records = services.join(quality).assign(area_code=services["gmina_code"])
    unconfirmed = records[records["is_unconfirmed"]]
    records = records[records["is_counted"]]
    listed = set(records["support_form"]) | set(coverage["support_form"])
    forms = [code for code in support_forms() if code in ({form} if form else listed)]
    if voivodeship is not None:
        areas = areas[areas["voivodeship_code"] == voivodeship]
        records = records[records["voivodeship_code"] == voivodeship]
        unconfirmed = unconfirmed[unconfirmed["voivodeship_code"] == voivodeship]
    records = records[records["support_form"].isin(forms)]

    yield f"gminas by how much is known of a form on {on}"
    yield f"  {'form':<8} {'complete, fresh':>16} {'complete, old':>14} {'partial':>8} {'nothing':>8}"
    for code in forms:
        known = area_quality(
            records,
            areas=areas,
            forms=(code,),
            register_coverage=coverage,
            doubts={code: doubts_of(services, coverage, code)},
            on=on,
        )["knowledge"]
        counts = known.value_counts().to_dict()
        fresh, old, partial = (int(counts.get(number, 0)) for number in sorted(KNOWLEDGE, reverse=True))
        yield f"  {code:<8} {fresh:>16} {old:>14} {partial:>8} {int(known.isna().sum()):>8}"
    yield ""
    yield from _worst(records)
    count = int(unconfirmed["support_form"].isin(forms).sum())
    yield f"beside them {count} addresses of polling stations, which nobody confirmed: counted nowhere"


def _worst(records: pd.DataFrame) -> Iterator[str]:
    """Yield the records whose quality is least, as far as anybody will read."""
    overdue = int(records["is_overdue"].sum())
    yield f"the worst of {len(records)} counted records; {overdue} are to be confirmed"
    heads = ("all", *(part.removesuffix("_score")[:6] for part in PARTS))
    yield "  " + "  ".join(f"{head:>6}" for head in heads) + "  review due  form      name (source), missing"
    ordered = records.sort_values(["quality_score", "source_code", "record_key"], kind="stable")
    for record in ordered.head(MOST_RECORDS).to_dict("records"):
        scores = (record["quality_score"], *(record[part] for part in PARTS))
        numbers = "  ".join(f"{'-' if pd.isna(score) else f'{score:.2f}':>6}" for score in scores)
        due = str(record["review_due_on"] or "undated")
        missing = ", ".join(record["missing_fields"]) or "nothing"
        yield (
            f"  {numbers}  {due:<10}  {record['support_form']:<8}  "
            f"{record['facility_name']} ({record['source_code']}), {missing}"
        )
