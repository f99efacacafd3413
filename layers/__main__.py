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

from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.scenarios.changes import ScenarioError
from data.sources.roads.graph import read_road_network
from data.sources.roads.rules import RoadGraphError
from data.store.database_file import require_database
from data.store.engine import open_engine
from data.store.schema_revision import require_migrated
from data.store.settings import Settings
from data.store.whole_file import end_tidily, whole_file
from geo.errors import OptionError, SupportMapError
from geo.teryt import CODE_DIGITS, COUNTRY
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.cache.settings_in_use import settings_in_use, use_settings
from layers.export.area_sheet import area_sheet
from layers.export.files import export_bytes, file_name
from layers.export.map_names import map_names
from layers.export.queue_sheet import queue_sheet
from layers.options import ChoiceError, command_parser, read_options
from layers.own_output import keep_output
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.caption import build_caption
from layers.words.loss_words import loss_lines
from layers.words.messages import RegistryEmptyError
from layers.words.scenario_words import ScenarioWords

ENDED_BY_PERSON = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it worked, 1 with one message when not, 2 when an option cannot be read."""
    options = command_parser().parse_args(arguments)
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
    caption = build_caption(table, texts_of(view.lang, view.date))
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
            towns=map_names(registry, view),
            queue=queue_sheet(registry, table, texts_of(view.lang, view.date)),
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
    content = area_sheet(facts, build_caption(facts.table, texts_of(view.lang, view.date)))
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
    from layers.said_address import lost_of_address, page_of_address, view_of_address  # noqa: PLC0415
    from layers.say import say_view  # noqa: PLC0415
    from layers.view.page_addresses import ADDRESSES  # noqa: PLC0415

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
    """Return the view that options say; what of them it does not hold is noted beside the output."""
    reading = read_options(options)
    for line in loss_lines(reading.losses, reading.view, texts_of("en")):
        print(f"note: {line}", file=sys.stderr)
    return reading.view


if __name__ == "__main__":
    end_tidily()
    keep_output()
    sys.exit(main())
