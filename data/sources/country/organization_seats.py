"""Public benefit organisations (OPP) by the gmina of their seat: an entry of a register, no place of help."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data.sources.cell_text import one_line
from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns

_COLUMNS = ["krs", "name", "voivodeship", "powiat", "gmina", "town"]
_KRS = re.compile(r"\d{10}")
_MAY_LEAD = re.compile(
    r"PRZEMOC|OFIAR|KRYZYS|SAMOTN\w+ (?:MAT|MAM)|MATK\w* Z |DOM\w* MATKI|MATEK|SCHRONIENI|KOBIET",
    re.IGNORECASE,
)
"""Words of those who keep protected places: where they have their seat is not told."""
RECORD_COLUMNS = ["krs", "name", "gmina_code"]


@reader_of("a CSV file of public benefit organisations")
def read_organization_seats(
    path: Path, gmina_of: Callable[[str, str, str, str], tuple[str | None, str]]
) -> Staged:
    """
    Read the list of organisations.

    Parameters
    ----------
    path
        CSV in UTF-8: `krs` (10 digits), `name`, `voivodeship`, `powiat`, `gmina`, `town`, all by name. The guess of
        what an organisation does (`name_hint`) is not read.
    gmina_of
        The gmina that the last four mean, or the reason why none is sure (`data.places.seats`).

    Returns
    -------
    staged
        Records: `RECORD_COLUMNS`. Reasons of refusal: `may_lead_to_protected` (told without the name), `bad_code`,
        `missing_name`, `repeated_key`, `unknown_area`, and `ambiguous_area` where a town and the gmina round it share
        the name and the seat is in neither for sure.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    require_columns(table, _COLUMNS, file_name=path.name)
    records: list[dict[str, str]] = []
    refused: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    known: dict[tuple[str, ...], tuple[str | None, str]] = {}
    for number, row in enumerate(table[_COLUMNS].itertuples(index=False, name=None), start=2):
        krs, name, *place = map(one_line, row)
        where = tuple(place)
        if where not in known:
            known[where] = gmina_of(*place)
        gmina_code, reason = known[where]
        if _MAY_LEAD.search(name):
            refused.append((str(number), "may_lead_to_protected", ""))
            continue
        if _KRS.fullmatch(krs) is None:
            reason = "bad_code"
        elif not name:
            reason = "missing_name"
        elif krs in seen:
            reason = "repeated_key"
        if reason or gmina_code is None:
            refused.append((str(number), reason, f"{krs}: {', '.join(where)}"))
            continue
        seen.add(krs)
        records.append({"krs": krs, "name": name, "gmina_code": gmina_code})
    return Staged(pd.DataFrame(records, columns=RECORD_COLUMNS), rejected_rows(refused), rows_read=len(table))
