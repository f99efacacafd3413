"""Options of the commands: how a view is said on a command line, and what cannot be."""

import argparse
from datetime import date
from pathlib import Path

from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.languages import LANGUAGES
from geo.errors import SupportMapError
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.export.command import ALWAYS, WHERE_CHOSEN, option_of
from layers.export.files import FORMATS
from layers.indicators import INDICATORS
from layers.indicators.indicator import LEVELS
from layers.view.class_limits import ClassLimits
from layers.view.offered import (
    AGES,
    DETOURS_PCT,
    DISTANCES_KM,
    FIRST_FORMS,
    METHODS,
    MINUTES,
    MOST_NORM,
    TRAVELS,
    YEARS,
)
from layers.view.reading import Reading, read_view
from layers.view.view import View

_NUMBERS = {
    "distance_km": DISTANCES_KM,
    "minutes": MINUTES,
    "detour_pct": DETOURS_PCT,
    "age_from": AGES,
    "year": YEARS,
}


class ChoiceError(SupportMapError, ValueError):
    """Options of the command do not fit together or do not fit the registry."""


def read_options(options: argparse.Namespace) -> Reading:
    """
    Return the view that options say, and what of them it does not hold.

    Raises
    ------
    ChoiceError
        If the form of support is not one for the group.
    """
    form = options.form or FIRST_FORMS[options.group]
    suitable = forms_for_group(options.group)
    if form not in suitable:
        raise ChoiceError(
            f"expected a form of support for the group {options.group}, found {form!r}; "
            f"choose one of {', '.join(suitable)}",
            form=form,
        )
    chosen = {field: getattr(options, field) for field in (*ALWAYS, *WHERE_CHOSEN)}
    # The median is what a view has without a target of its own.
    chosen["norm"] = options.norm or None
    if options.command == "card":
        # The level is that of the area.
        chosen["level"] = "powiat"
    return read_view(
        {field: str(value) for field, value in chosen.items() if value is not None} | {"form": form}
    )


def command_parser() -> argparse.ArgumentParser:
    """Return what reads the arguments of `python -m layers`."""
    parser = argparse.ArgumentParser(
        prog="python -m layers", description="Pictures and tables without a browser."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    snapshot = commands.add_parser("snapshot", help="write a map and its table as PNG, SVG, XLSX and CSV")
    _add_view(snapshot)
    snapshot.add_argument(
        "--format", default=tuple(FORMATS), type=_formats, help=f"some of {','.join(FORMATS)}"
    )
    card = commands.add_parser("card", help="write the card of one area as a page of A4 (PDF)")
    card.add_argument(
        "--area", required=True, metavar="CODE", help="voivodeship, powiat or gmina, for example 120611"
    )
    _add_view(card)
    speaking = commands.add_parser("say", help="print what views say, as JSON: a view a line")
    speaking.add_argument(
        "addresses",
        nargs="+",
        metavar="ADDRESS",
        help="a link of the application, or what stands behind its `?`; `-`: read them from the standard input",
    )
    return parser


def _add_view(options: argparse.ArgumentParser) -> None:
    """Add the options that say a view, and the folder."""
    default = View()
    options.add_argument(
        "--scope",
        default=default.scope,
        choices=(COUNTRY, *ALL_VOIVODESHIPS),
        help="00 (Poland) or a voivodeship",
    )
    options.add_argument(
        "--group", default=default.group, choices=screen_groups(), help="whom the support is for"
    )
    options.add_argument(
        "--form", help="code of a form of support, for example CAL-DPS; default: the group's first"
    )
    options.add_argument("--indicator", default=default.indicator, choices=list(INDICATORS))
    options.add_argument("--level", default=default.level, choices=LEVELS)
    options.add_argument("--travel", default=default.travel, choices=TRAVELS, help="how to measure the way")
    for field, choices in _NUMBERS.items():
        # A distance that nobody says is the usual one of the form.
        usual = None if field == "distance_km" else getattr(default, field)
        options.add_argument(option_of(field), default=usual, type=int, choices=choices)
    options.add_argument("--own", action="store_true", help="only residents of its own gmina come")
    options.add_argument(
        "--estimate", dest="is_estimate", action="store_true", help="spread people that are known above"
    )
    options.add_argument("--norm", default=default.norm, type=_norm, help="places per 1,000; 0: the median")
    options.add_argument("--method", default=default.method, choices=METHODS, help="of access")
    options.add_argument("--scenario", default=default.scenario, help="as its link holds it: 1.…")
    for field, use in (
        ("day", "the registry of that day; default: now"),
        ("since", "compare the balance with it"),
    ):
        options.add_argument(option_of(field), type=date.fromisoformat, metavar="YYYY-MM-DD", help=use)
    options.add_argument(
        "--classes",
        default=default.classes,
        type=_classes,
        help="limits of classes as the link holds them: r_1_2.5_5",
    )
    options.add_argument("--lang", default=default.lang, choices=LANGUAGES, help="language of the files")
    options.add_argument("--out", default=Path(), type=Path, metavar="DIR", help="folder for the files")


def _formats(text: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [part for part in formats if part not in FORMATS]
    if unknown or not formats:
        raise argparse.ArgumentTypeError(f"expected some of {','.join(FORMATS)}, found {text!r}")
    return formats


def _norm(text: str) -> float:
    norm = float(text)
    if not 0 <= norm <= MOST_NORM:
        raise argparse.ArgumentTypeError(f"expected 0 to {MOST_NORM:g} places per 1,000 people, found {text}")
    return norm


def _classes(text: str) -> str:
    if text and ClassLimits.from_address(text) is None:
        raise argparse.ArgumentTypeError(
            f"expected r (per 1,000) or s (per cent) and 2 to 5 ascending limits, as in r_1_2.5_5, found {text!r}"
        )
    return text
