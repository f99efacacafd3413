"""How many people an address stands for: more in a town of blocks than in the villages around it."""

import pandas as pd


def newest_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Return what is last known of the parts of each urban-rural gmina.

    Parameters
    ----------
    rows
        As `data.reading.people_queries.town_parts` returns them: those of one gmina may come from several sources, the
        newest last, and not each tells ages.

    Returns
    -------
    parts
        The same columns of persons, indexed by `gmina_code`; each as last told.
    """
    persons = [column for column in rows.columns if "persons" in column]
    return rows.groupby("gmina_code")[persons].last()


def weights_of_cells(cells: pd.DataFrame, parts: pd.DataFrame, *, is_of_older: bool) -> pd.Series:
    """
    Return the people that the addresses of each cell stand for, in a measure that holds within one gmina.

    Parameters
    ----------
    cells
        `gmina_code`, `addresses`, `town_addresses` (missing where the town's are not known).
    parts
        As `newest_parts` returns them.
    is_of_older
        Whether people of 65 and more are spread: their own numbers are taken where both parts tell them.

    Returns
    -------
    weights
        Indexed like the cells. Where both parts of a gmina have people and addresses, persons: those of the town are
        spread over its addresses, those of the villages over all others. Elsewhere the addresses themselves.

    Notes
    -----
    Flats at one address count once, so that addresses alone give a town too few: in 710 urban-rural gminas 9.5
    percentage points of the gmina's people on average (docs/method.md).
    """
    codes, addresses = cells["gmina_code"], cells["addresses"].astype(float)
    in_town = cells["town_addresses"].astype(float)
    town, rural = _persons(parts, is_of_older=is_of_older)
    a_town, a_rural = town.reindex(codes).to_numpy(), rural.reindex(codes).to_numpy()
    of_town, of_rural = in_town, addresses - in_town
    all_town, all_rural = (part.groupby(codes).transform("sum") for part in (of_town, of_rural))
    by_parts = of_town * a_town / all_town + of_rural * a_rural / all_rural
    is_known = (a_town > 0) & (a_rural > 0) & (all_town > 0) & (all_rural > 0) & in_town.notna()
    weights: pd.Series = by_parts.where(is_known, addresses)
    return weights


def _persons(parts: pd.DataFrame, *, is_of_older: bool) -> tuple[pd.Series, pd.Series]:
    """Return people of the town and of the villages, both of one kind and day."""
    told = {side: parts[f"{side}_persons"].astype(float) for side in ("town", "rural")}
    if is_of_older:
        older = {side: parts[f"{side}_persons_65_plus"].astype(float) for side in told}
        is_told = older["town"].notna() & older["rural"].notna()
        told = {side: older[side].where(is_told, persons) for side, persons in told.items()}
    return told["town"], told["rural"]
