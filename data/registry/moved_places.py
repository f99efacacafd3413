"""Where the page of a place stands now whose record speaks with others of the same facility."""

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection

from data.reading.clusters import merged_records
from data.reading.record_handles import protected_handles
from data.scenarios.scenario import digest_of_key
from data.store.visibility import is_public


def moved_places(connection: Connection, services: pd.DataFrame) -> Mapping[str, str]:
    """
    Return handles under which a facility had a page of its own → the handle of the facility that it is part of now.

    Also of records that no list has any more. Nothing is told of a group with a record that is, or ever was, protected:
    neither that it is the same place as an open one, nor that there was one.

    Parameters
    ----------
    services
        As `data.reading.merged_services.read_services` returns them, with `facility_handle`.
    """
    members = merged_records(connection)
    guarded = protected_handles(connection)
    shown = services[services["visibility"].map(is_public) & services["facility_handle"].notna()]
    handle_of = dict(
        zip(
            zip(shown["source_code"], shown["record_key"], strict=True),
            shown["facility_handle"],
            strict=True,
        )
    )
    moved: dict[str, str] = {}
    for _, group in members.groupby("cluster", sort=False):
        records = list(zip(group["source_code"], group["record_key"], strict=True))
        targets = [handle_of[record] for record in records if record in handle_of]
        if len(targets) == 1 and not any(record in guarded for record in records):
            moved |= {f"{source}:{digest_of_key(key)}": targets[0] for source, key in records}
    return {old: new for old, new in moved.items() if old != new}
