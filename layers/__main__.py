"""
Pictures and tables from the command line, the same files as the coordinator's page gives.

    python -m layers snapshot --scope 12 --group older --form CAL-DPS --indicator places_per_1000
        --level gmina --distance-km 15 --lang pl --format png,svg,xlsx,csv --out DIR

    python -m layers card --area 120611 --indicator gap_share --out DIR

    python -m layers say "scope=12&level=powiat&indicator=gap_share" …

`say` prints what views say (sentences, table, card) as JSON, a view a line. Every option of the others has the page's
default. File names carry the snapshot id, so that files of two states of the registry never overwrite each other. The
command speaks English; `--lang` is the language of the files.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from data.registry.registry import Registry, read_registry
from data.scenarios.changes import ScenarioError
from data.sources.roads.graph import read_road_network
from data.sources.roads.rules import RoadGraphError
from data.store.engine import open_engine, require_database, require_migrated
from data.store.settings import Settings
from data.store.whole_file import end_tidily, whole_file
from data.vocabulary import forms_for_group, screen_groups
from data.vocabulary.languages import LANGUAGES
from geo.errors import OptionError, SupportMapError
from geo.teryt import ALL_VOIVODESHIPS, CODE_DIGITS, COUNTRY
from layers.answers.area_table import build_area_table
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.cache.settings_in_use import settings_in_use, use_settings
from layers.export.area_sheet import area_sheet
from layers.export.command import ALWAYS, WHERE_CHOSEN, option_of
from layers.export.files import FORMATS, export_bytes, file_name
from layers.export.place_names import main_towns
from layers.export.queue_sheet import queue_sheet
from layers.indicators import INDICATORS
from layers.indicators.indicator import LEVELS
from layers.own_output import keep_output
from layers.text import texts_of
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
from layers.view.reading import read_view
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.caption import build_caption
from layers.words.loss_words import loss_lines
from layers.words.messages import RegistryEmptyError
from layers.words.scenario_words import ScenarioWords

_NUMBERS = {
    "distance_km": DISTANCES_KM,
    "minutes": MINUTES,
    "detour_pct": DETOURS_PCT,
    "age_from": AGES,
    "year": YEARS,
}


ENDED_BY_PERSON = 130


class ChoiceError(SupportMapError, ValueError):
    """Options of the command do not fit together or do not fit the registry."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it worked, 1 with one message when not, 2 when an option cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        use_settings(Settings.from_environment())
        for line in _RUN[options.command](options):
            print(line)
    except SupportMapError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:
        # The driver's own words; SQLAlchemy adds the statement and its values, which may be private.
        print(f"error: the database refused: {str(error.orig).strip()}", file=sys.stderr)
        return 1
    except OSError as error:
        is_taken = isinstance(error, FileExistsError | NotADirectoryError)
        found = "there is a file in the place of the folder" if is_taken else error.strerror or error
        where = getattr(options, "out", "the output")
        print(f"error: cannot write to {where}: {found}; choose another folder (--out)", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return ENDED_BY_PERSON
    return 0


def _written_snapshot(options: argparse.Namespace) -> Iterator[object]:
    return iter(write_snapshot(_view(options), options.format, options.out))


def _written_card(options: argparse.Namespace) -> Iterator[object]:
    yield write_card(_view(options), options.area, options.out)


def _spoken(options: argparse.Namespace) -> Iterator[object]:
    addresses, reasons = _addresses(options.addresses), []
    for said in say(addresses):
        reasons += [said["error"]] if "error" in said else []
        yield json.dumps(said, ensure_ascii=False)
    if reasons:
        raise ChoiceError(f"{len(reasons)} of {len(addresses)} views say nothing; the first: {reasons[0]}")


_RUN: Final = {"snapshot": _written_snapshot, "card": _written_card, "say": _spoken}


def write_snapshot(view: View, formats: Sequence[str], folder: Path) -> list[Path]:
    """
    Write the view in each format into the folder, which is made if need be, and return the files.

    Raises
    ------
    NotMigratedError, RegistryEmptyError, RegistryMissingError
        If there is nothing to draw yet; each says what to run.
    ChoiceError, ScenarioError
        If the registry has no area of the scope, or the text of the scenario tells none.
    """
    world, earlier = _world(view)
    _note_misfits(world, view)
    registry = world.registry
    table = build_area_table(registry, view, world=world, earlier=earlier)
    if table.rows.empty:
        loaded = ", ".join(sorted(set(registry.areas["voivodeship_code"])))
        raise ChoiceError(
            f"expected areas of level {view.level} in scope {view.scope}, found none; "
            f"choose {COUNTRY} or a voivodeship of the registry: {loaded}",
            scope=view.scope,
        )
    caption = build_caption(table, texts_of(view.lang))
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file_format in formats:
        path = folder / file_name(table, file_format)
        content = export_bytes(
            table,
            registry.areas_of_level(view.level),
            registry.areas,
            caption,
            file_format=file_format,
            towns=main_towns(registry, view.scope),
            queue=queue_sheet(registry, table, texts_of(view.lang)),
        )
        with whole_file(path) as made:
            made.write_bytes(content)
        paths.append(path)
    return paths


def write_card(view: View, area_code: str, folder: Path) -> Path:
    """
    Write the card of an area as one A4 page (PDF) into the folder, which is made if need be, and return the file.

    Raises
    ------
    NotMigratedError, RegistryEmptyError, RegistryMissingError
        If there is nothing to draw yet; each says what to run.
    ChoiceError, OptionError, ScenarioError
        If the code is of no level, the registry has no such area, or the text of the scenario tells none.
    """
    level = {digits: name for name, digits in CODE_DIGITS.items()}.get(len(area_code))
    if level is None or not (area_code.isascii() and area_code.isdigit()):
        raise ChoiceError(
            f"expected the code of a voivodeship, powiat or gmina (2, 4 or 6 digits), found {area_code!r}",
            area=area_code,
        )
    if level == "gmina" and level not in view.levels and level in view.what.levels:
        raise ChoiceError(
            f"expected a powiat or a voivodeship (4 or 2 digits) for {view.indicator} of {view.form}, found the gmina "
            f"{area_code}: people come to this form from anywhere, so no gmina lacks it; choose --area {area_code[:4]}",
            area=area_code,
        )
    view = view.with_changes(scope=area_code[:2], level=level)
    world, earlier = _world(view)
    _note_misfits(world, view)
    today = view.date or date.today()  # noqa: DTZ011 - whether a date is old is about the calendar here
    area_code = world.registry.together.code_of(area_code)
    facts = area_facts(world, view, area_code, today=today, earlier=earlier)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"karta-obszaru_{area_code}_{facts.table.snapshot_id}.pdf"
    content = area_sheet(facts, build_caption(facts.table, texts_of(view.lang)))
    with whole_file(path) as made:
        made.write_bytes(content)
    return path


def say(addresses: Sequence[str]) -> Iterator[dict[str, Any]]:
    """
    Return what each view says, in the order of the addresses; the registry of a day is read once.

    Of an address that asks for what cannot be computed only `link` and `error` are told, and the next one follows.

    Raises
    ------
    NotMigratedError, RegistryEmptyError, RegistryMissingError
        If there is nothing to say yet; each says what to run.
    """
    # Its sentences under the map come with Streamlit, which the other commands need not wait for.
    from layers.say import lost_of_address, page_of_address, say_view, view_of_address  # noqa: PLC0415
    from layers.widgets.navigation import ADDRESSES  # noqa: PLC0415

    read = cache(_read_registry)
    worlds: dict[tuple[str, ...], tuple[World, Registry | None]] = {}

    def world_of(view: View) -> tuple[World, Registry | None]:
        key = (view.day, view.scenario, view.since, "line" if view.travel == "line" else "roads")
        if key not in worlds:
            worlds[key] = _world(view, read)
        return worlds[key]

    def said(address: str) -> dict[str, Any]:
        try:
            view = view_of_address(address)
            return {
                "page": ADDRESSES[page_of_address(address)],
                "lost": lost_of_address(address, world_of(view)[0].today.registry),
                **say_view(view, world_of),
            }
        except (OptionError, RoadGraphError, ScenarioError) as error:
            return {"link": address, "error": str(error)}

    return map(said, addresses)


def _addresses(words: Sequence[str]) -> list[str]:
    """Return the addresses of a command; `-` stands for the lines of the standard input."""
    if list(words) != ["-"]:
        return list(words)
    return [line.strip() for line in sys.stdin if line.strip()]


def _world(
    view: View, read: Callable[[date | None], Registry] | None = None
) -> tuple[World, Registry | None]:
    """Return the world of a view, with its scenario and its roads, and the registry that it is compared with."""
    read = read or _read_registry
    registry = read(view.date)
    if view.scenario:
        registry = apply_packed(registry, view.scenario).registry
    earlier = read(date.fromisoformat(view.since)) if view.since else None
    settings = settings_in_use()
    roads = settings.roads_of(is_invented=registry.state.is_invented) if view.travel != "line" else None
    return World(registry, network=read_road_network(roads) if roads else None), earlier


def _note_misfits(world: World, view: View) -> None:
    """Say which changes of the scenario are not in the numbers, and why."""
    if not world.registry.misfits:
        return
    today = world.today.registry
    applied = apply_packed(today, view.scenario)
    for line in ScenarioWords(today, texts_of("en")).problem_lines(applied.problems, applied.scenario):
        print(f"note: {line}", file=sys.stderr)


def _read_registry(day: date | None) -> Registry:
    engine = open_engine(settings_in_use().database_url)
    try:
        require_database(engine)
        require_migrated(engine)
        registry = read_registry(engine, day)
    finally:
        engine.dispose()
    if registry.areas.empty:
        raise RegistryEmptyError(
            "expected areas in the database, found none; run `python -m data load --commit --or-example`"
        )
    return registry


def _view(options: argparse.Namespace) -> View:
    form = options.form or FIRST_FORMS[options.group]
    suitable = forms_for_group(options.group)
    if form not in suitable:
        raise ChoiceError(
            f"expected a form of support for the group {options.group}, found {form!r}; "
            f"choose one of {', '.join(suitable)}",
            form=form,
        )
    chosen = {field: getattr(options, field) for field in (*ALWAYS, *WHERE_CHOSEN)}
    if options.command == "card":
        # The level is that of the area.
        chosen["level"] = "powiat"
    reading = read_view(
        {field: str(value) for field, value in chosen.items() if value is not None} | {"form": form}
    )
    for line in loss_lines(reading.losses, reading.view, texts_of("en")):
        print(f"note: {line}", file=sys.stderr)
    return reading.view


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


def _parser() -> argparse.ArgumentParser:
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


if __name__ == "__main__":
    end_tidily()
    keep_output()
    sys.exit(main())
