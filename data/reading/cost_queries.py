"""The SELECT of what places and hours of support cost, as it was announced."""

import pandas as pd
from sqlalchemy import Connection, select

from data.reading.editions import current
from data.store.query_frames import read_frame
from data.store.schema import KnownCost, Release

COST_COLUMNS = [
    *("support_form", "unit", "year", "voivodeship_code", "powiat_name", "name", "locality_name"),
    *("value_zl", "is_first_hand", "act", "source_url", "source_code"),
]


def known_costs(connection: Connection) -> pd.DataFrame:
    """
    Return announced costs, one row per home or gmina and year: `COST_COLUMNS`, the newest year first.

    `value_zl` is zł for a person's month (`unit` = month) or for an hour (`hour`).
    """
    columns = [getattr(KnownCost, name) for name in COST_COLUMNS[:-1]]
    query = (
        select(*columns, Release.source_code)
        .join(Release, KnownCost.release_id == Release.id)
        .where(current(KnownCost))
        .order_by(KnownCost.year.desc(), KnownCost.name, KnownCost.id)
    )
    return read_frame(connection, query)
