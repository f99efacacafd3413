"""
The registry from the command line.

    python -m data migrate            bring the database schema up to date
    python -m data load               show what a load of every source that changed would write
        --commit                      write it, in one transaction
        --details                     tell every rejected row and every record that changed
        --offline                     download nothing
        --or-example                  where no real source is found, keep what is loaded, or load the example region
        --again                       load files that `undo` took back, too
        --accept-difference REASON    take figures that differ from official ones; the reason is kept
        --file SHEET                  only this sheet, filled in, that `template` made
    python -m data template FORM --area CODE OUT.xlsx
                                      make a sheet of what is known, to fill in and load again
        --force                       replace the file if there is one
    python -m data boundaries FILE --vintage YEAR --attribution TEXT [--commit]
                                      load boundaries of gminas of your own (docs/boundaries.md)
    python -m data try PROFILE FILE   read a register as a profile says and tell what a load would; nothing is loaded
        --all                         every record, row and thing to look at, not the first 20
    python -m data undo               take the last load back, whole
    python -m data status [--json]    tell what is loaded
    python -m data totals             compare our totals with official ones
    python -m data changes SOURCE     tell what the newest release of a source changed
    python -m data history SOURCE RECORD
                                      tell what happened to a facility (record key or part of a name)
    python -m data export FORMAT PATH write the public registry to a file: gpkg, geojson, csv, xlsx, hsds, hsds-package
        --as-of DAY                   as it held on that day (YYYY-MM-DD)
        --group, --area, --form       only what is for a group, in an area (TERYT), of a form
        --force                       replace the file if there is one
    python -m data quality [--voivodeship 12] [--form CODE] [--page PATH]
                                      tell how much is known of areas, and the worst records, or write the page of docs
    python -m data work [KIND]        list what a person should look at, one line each
    python -m data duplicates [--all] list pairs of records that may be one facility
    python -m data merge ONE OTHER --because REASON [--force]
                                      say that two records (SOURCE:KEY each) are one facility
    python -m data part ONE OTHER --because REASON
                                      say that they are two
    python -m data protect            list what is protected, since when and why
    python -m data protect SOURCE:KEY [--as gmina_centroid|staff|hidden]
                                      hide a place at once, on every day (KEY may be @number; default: hidden)
        --lift --reason REASON        show it again; there is no other way
    python -m data correct            list corrections, and whether each is still needed
    python -m data correct SOURCE:KEY FIELD VALUE --reason REASON [--form CODE] [--by WHO]
                                      put one field of a record right, above its register, until it is undone
        --undo NUMBER --reason REASON take it back
    python -m data suggestions [list [--all] [--csv]]
                                      tell what readers report of places (docs/corrections.md)
    python -m data suggestions accept NUMBER [--field FIELD] [--value VALUE] [--reason REASON]
                                      make a correction of it
    python -m data suggestions answer|close NUMBER --because REASON
                                      answer or close it; its sender may read why
    python -m data suggestions show NUMBER | needs
                                      one report whole; what readers did not find, by area
    python -m data area CODE [--vintage YEAR]
                                      tell which gmina of our boundaries a TERYT code of another year means
    python -m data example [FOLDER]   make the files of the invented example region again

`status --json` prints one object with these keys, whose names do not change:

    is_invented   true when the example region is loaded and nothing of it is real
    fingerprint   12 hex digits that change with any release; null dates are unknown
    as_of         the newest date that a register speaks of
    not_loaded    what the catalogue names beside that, and is no data: source_code, name, kind, path, publisher,
                  publisher_url, is_needed (nothing can be shown without it), adds (what it would add),
                  last_year (of projections), complete_for (pairs of form and voivodeship)
    releases      source_code, is_invented, boundary_vintage, as_of, file_name, file_sha256, fingerprint,
                  loaded_at (UTC), rows_read, rows_accepted, rows_rejected; one object a source
    rows          gmina, powiat, voivodeship, locality, facility, service: rows of the current releases
    population    persons, persons_65_plus, persons_80_plus: of the count by narrow bands of age
    residents     year, kind (counted, projected), persons, persons_65_plus, persons_80_plus (null where the source
                  does not tell them): sums of all gminas
    forms         voivodeship_code, voivodeship_name, support_form, facilities,
                  capacity_places (sum of those known, or null),
                  capacity_unknown (services that do not state it),
                  set_aside (services that a complete register replaces); active services only
    knowledge     support_form, name, complete, incomplete, nothing (codes of voivodeships), and of a form that is
                  listed nowhere responsible_level and official_register, as the vocabulary says
    placed        area_code (00: the country), records (of registers and lists with a street or house number), door,
                  street: how many of them stand there
    rejected      source_code, reason, rows
    totals        source_code, quantity, totals (how many the register states), equal (to the sums of its rows)
    stated_days   source_code, days (on which it states free places or queues), months (those of them that are an
                  earlier month in a file), missing_months, totals and equal, as above, of all these days
    work_items    kind → number of open work items
    protection    records (protected now), once_public (those of them whose door anybody could see before)
    damaged       code of a source → what is wrong with its file; a load reads nothing of it
"""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError

from data.commands import (
    boundaries,
    correcting,
    duplicates,
    example,
    exporting,
    loading,
    protecting,
    quality,
    reading,
    suggesting,
    template,
    try_register,
)
from data.store.engine import open_engine
from data.store.settings import Settings
from data.store.whole_file import end_tidily
from geo.errors import SupportMapError

ENDED_BY_PERSON = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one message when it did not."""
    options = command_parser().parse_args(arguments)
    try:
        settings = Settings.from_environment()
        engine = open_engine(settings.database_url)
        try:
            for line in options.run(options, engine, settings):
                print(line)
        finally:
            engine.dispose()
    except BrokenPipeError:  # the reader of our output (`| head`) had enough
        sys.stdout = None
        return 0
    except SupportMapError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:
        # The driver's own words; SQLAlchemy adds the statement and its values, which may be private.
        print(f"error: the database refused: {str(error.orig).strip()}", file=sys.stderr)
        return 1
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(f"error: cannot read or write{place}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return ENDED_BY_PERSON
    return 0


def command_parser() -> argparse.ArgumentParser:
    """Return what reads the arguments of `python -m data`."""
    parser = argparse.ArgumentParser(
        prog="python -m data", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    loading.add_to(commands)
    reading.add_to(commands)
    duplicates.add_to(commands)
    protecting.add_to(commands)
    correcting.add_to(commands)
    suggesting.add_to(commands)
    try_register.add_to(commands)
    template.add_to(commands)
    boundaries.add_to(commands)
    quality.add_to(commands)
    exporting.add_to(commands)
    example.add_to(commands)
    return parser


if __name__ == "__main__":
    end_tidily()
    sys.exit(main())
