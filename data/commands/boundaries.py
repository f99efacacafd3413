"""The command that loads boundaries of an operator's own in place of those of the catalogue."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.commands.loading import reason, report
from data.loading.own_boundaries import Whose, load_boundaries
from data.sources.country.foreign_boundaries import MOST_M2, WIDTH_M, Reading
from data.store.schema_revision import has_no_schema, migrate
from data.store.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser(
        "boundaries", help="load boundaries of gminas of your own (docs/boundaries.md)"
    )
    command.add_argument("file", type=Path, help="a map file: GeoJSON, GeoPackage, Shapefile")
    command.add_argument(
        "--vintage", required=True, type=_vintage, help="the year they are of: 2027, or 2026-own"
    )
    command.add_argument("--attribution", required=True, help="whose they are, as maps must print it")
    command.add_argument("--publisher", help="who publishes them (default: the attribution)")
    command.add_argument("--licence", default="jak podaje wydawca", help="under which licence")
    command.add_argument(
        "--code-column", help="the column of TERYT codes (default: terc, JPT_KOD_JE, GISCO_ID…)"
    )
    command.add_argument("--name-column", help="the column of names (default: name, JPT_NAZWA_, LAU_NAME…)")
    command.add_argument(
        "--crs", help="the system of the coordinates, where the file does not say it or says it wrong"
    )
    command.add_argument("--swap-axes", action="store_true", help="the other axis comes first in the file")
    command.add_argument(
        "--sliver-m2",
        type=float,
        default=MOST_M2,
        help=f"largest overlap or gap that is closed ({MOST_M2:g} m²)",
    )
    command.add_argument(
        "--sliver-m",
        type=float,
        default=WIDTH_M,
        help=f"or how wide one of any length may be ({WIDTH_M:g} m)",
    )
    command.add_argument("--commit", action="store_true", help="write it, in one transaction")
    command.add_argument("--details", action="store_true", help="tell every rejected row and changed record")
    command.add_argument(
        "--offline", action="store_true", help="read mirror and cache only, download nothing"
    )
    command.add_argument("--accept-difference", metavar="REASON", type=reason, help="as of `load`")
    command.set_defaults(run=_boundaries)


def _vintage(text: str) -> str:
    """Return a year of boundaries."""
    if not re.fullmatch(r"\d{4}(?:-[a-z0-9]{1,12})?", text):
        raise argparse.ArgumentTypeError(f"expected a year such as 2027 or 2026-own, found {text!r}")
    return text


def _boundaries(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    settings.require_folders()
    if options.commit or has_no_schema(engine):
        migrate(engine)
    summary = load_boundaries(
        engine,
        settings,
        options.file,
        whose=Whose(
            vintage=options.vintage,
            name=f"Granice gmin ({options.vintage})",
            publisher=options.publisher or options.attribution,
            licence=options.licence,
            attribution=options.attribution,
        ),
        reading=Reading(
            code_column=options.code_column,
            name_column=options.name_column,
            crs=options.crs,
            is_swapped=options.swap_axes,
            most_m2=options.sliver_m2,
            width_m=options.sliver_m,
        ),
        report=report,
        is_committed=options.commit,
        accepted_difference=options.accept_difference,
    )
    if summary.report is not None:
        yield from summary.report.lines(is_detailed=options.details)
    if options.commit:
        yield f"boundaries of {options.vintage} hold until SUPPORT_MAP_BOUNDARIES names others, or until `undo`"
    else:
        yield "nothing was written: the same command with `--commit` writes it"
