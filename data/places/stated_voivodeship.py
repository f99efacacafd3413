"""The voivodeship of records whose row does not name one: told by the gmina's code or by the point."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from data.places.world import AreaIndex
from data.sources.registers.kept_words import kept_reason
from data.sources.registers.registers import StagedRegister
from data.sources.staged import rejected_rows
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas


def with_voivodeships(staged: StagedRegister, areas: AreaIndex) -> StagedRegister:
    """
    Return the register with a voivodeship in every record.

    Map files name none: their points tell. A record whose code and point tell none either lies outside our
    boundaries; its row is rejected as `outside_areas`.
    """
    records = staged.records
    is_missing = records["voivodeship_code"].isna()
    if not is_missing.any():
        return staged
    found = records.loc[is_missing, "stated_gmina_code"].str[:2]
    points = gpd.GeoSeries.from_xy(
        records.loc[is_missing, "longitude"], records.loc[is_missing, "latitude"], crs=GEOGRAPHIC
    )
    located = gpd.GeoDataFrame(geometry=points[~points.is_empty])
    gminas = points_in_areas(located, areas.gminas).area_code.reindex(found.index)
    codes = records["voivodeship_code"].where(~is_missing, found.fillna(gminas.str[:2]))
    records = records.assign(voivodeship_code=codes)
    lost = records[records["voivodeship_code"].isna()]
    refused = rejected_rows(
        [
            (
                str(row["row_reference"]),
                "outside_areas",
                kept_reason(
                    f"latitude {row['latitude']}, longitude {row['longitude']}, expected a point in Poland",
                    support_form=row["support_form"],
                    visibility=row["visibility"],
                ),
            )
            for row in lost.to_dict("records")
        ]
    )
    return replace(
        staged,
        records=records.drop(index=lost.index).reset_index(drop=True),
        rejected=pd.concat([staged.rejected, refused], ignore_index=True),
    )
