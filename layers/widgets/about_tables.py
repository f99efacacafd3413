"""The tables of the page about the data, in words: sources, totals, forms of support."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.registry.counts import FormCount
from data.store.names import polish_order
from data.vocabulary import form_groups, support_forms
from layers.text import Texts

_NOT_A_LIST = "–"
_RECORDS = ("added", "changed", "unchanged", "vanished")


def source_table(sources: pd.DataFrame, newest: Mapping[str, Any], texts: Texts) -> pd.DataFrame:
    """
    Return one row per source, lists of facilities first: its date, its rows, and what its newest release changed.

    Parameters
    ----------
    sources
        As `data.reading.loaded_sources.describe_sources` returns.
    newest
        Source code → row of its release in force, with `records_added` and the like.
    """
    sources = sources.assign(is_list=sources["kind"] == "register").sort_values(
        ["is_list", "name"],
        ascending=[False, True],
        kind="stable",
        key=lambda column: column.map(polish_order) if column.name == "name" else column,
    )
    table = {
        texts.t("about.source"): sources["name"].to_list(),
        texts.t("about.as_of"): [
            texts.t("as_of_unknown") if pd.isna(day) else texts.date(day) for day in sources["as_of"]
        ],
        texts.t("about.accepted"): [texts.number(int(rows)) for rows in sources["rows_accepted"]],
        texts.t("about.refused"): [texts.number(int(rows)) for rows in sources["rows_rejected"]],
    }
    for what in _RECORDS:
        table[texts.t(f"about.{what}")] = [
            texts.number(int(getattr(newest[code], f"records_{what}"))) if is_register else _NOT_A_LIST
            for code, is_register in zip(sources["source_code"], sources["is_list"], strict=True)
        ]
    return pd.DataFrame(table)


def official_table(
    comparison: pd.DataFrame, counts: list[FormCount], names: Mapping[str, str], texts: Texts
) -> pd.DataFrame:
    """
    Return official totals beside ours, one row per voivodeship and forms, with the difference in brackets.

    Ours are "at least" where the list is incomplete or a capacity unknown, and no data where nothing is known: an
    unknown number of places is not zero. Of a total without a tolerance, which counts other things too, no difference.

    Parameters
    ----------
    comparison
        As `data.registry.counts.official_comparison` returns.
    counts
        As `data.registry.counts.form_counts` returns.
    names
        Voivodeship code → name.
    """
    lines: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    for total in comparison.to_dict("records"):
        line = lines.setdefault((total["area_code"], tuple(total["support_forms"])), {})
        line[total["quantity"]] = total
    is_of_many_forms = len({forms for _, forms in lines}) > 1
    rows = []
    for (area_code, forms), totals in lines.items():
        known = [count for count in counts if count.voivodeship_code == area_code]
        known = [count for count in known if count.support_form in forms]
        is_complete = all(total["is_complete"] for total in totals.values())
        is_capacity_whole = is_complete and not any(count.capacity_unknown for count in known)
        # Of what is only evidence nothing is counted, and "at least 0" would tell nothing.
        has_facilities = any(count.facilities for count in known)
        has_capacity = any(count.capacity_places is not None for count in known)
        rows.append(
            {
                texts.t("about.voivodeship"): names.get(area_code, area_code),
                **({texts.t("about.form"): _names(forms, texts)} if is_of_many_forms else {}),
                texts.t("about.official_facilities"): _official(totals.get("facilities"), texts),
                texts.t("about.our_facilities"): _ours(
                    totals.get("facilities"),
                    texts,
                    is_whole=is_complete,
                    is_known=has_facilities or is_complete,
                ),
                texts.t("about.official_places"): _official(totals.get("capacity_places"), texts),
                texts.t("about.our_places"): _ours(
                    totals.get("capacity_places"), texts, is_whole=is_capacity_whole, is_known=has_capacity
                ),
                texts.t("about.list"): texts.t(f"about.list_{'complete' if is_complete else 'partial'}"),
            }
        )
    return pd.DataFrame(rows)


def compared_forms(comparison: pd.DataFrame, texts: Texts) -> str:
    """Return the names of the forms that official totals are of."""
    return _names(
        tuple(dict.fromkeys(form for forms in comparison["support_forms"] for form in forms)), texts
    )


def agreeing_totals(totals: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Return source code, number of totals that its register states, and how many equal the sum of its rows."""
    is_equal = totals["stated"] == totals["computed"]
    grouped = is_equal.groupby(totals["source_code"], sort=False).agg(["size", "sum"])
    return [(str(code), int(row["size"]), int(row["sum"])) for code, row in grouped.iterrows()]


def agreement_key(totals: int) -> str:
    """Return the key of the sentence on agreeing totals: "of a hundred" has a preposition of its own."""
    return "about.register_totals_agree_hundred" if 100 <= totals < 200 else "about.register_totals_agree"


def form_tables(texts: Texts) -> dict[str, pd.DataFrame]:
    """Return the forms of each group: name, legal basis, whether both were checked, and the review cycle."""
    tables = {}
    for code, group in form_groups().items():
        forms = [form for form in support_forms().values() if form.group == code]
        tables[group.name[texts.lang]] = pd.DataFrame(
            {
                texts.t("about.form"): [form.name[texts.lang] for form in forms],
                texts.t("about.verification"): [
                    texts.t(f"about.verification_{form.verification}") for form in forms
                ],
                texts.t("about.authority"): [form.authority for form in forms],
                texts.t("about.review"): [texts.number(form.review_days) for form in forms],
            }
        )
    return tables


def _official(total: Mapping[str, Any] | None, texts: Texts) -> str:
    return texts.t("no_data") if total is None else texts.number(int(total["official"]))


def _ours(total: Mapping[str, Any] | None, texts: Texts, *, is_whole: bool, is_known: bool) -> str:
    if total is None or not is_known:
        return texts.t("no_data")
    ours, official = int(total["ours"]), int(total["official"])
    if not is_whole:
        return texts.t("at_least", value=ours)
    if pd.isna(total["tolerance_pct"]):
        return texts.number(ours)
    sign = "+" if ours > official else "−" if ours < official else ""
    return f"{texts.number(ours)} ({sign}{texts.number(abs(ours - official))})"


def _names(forms: tuple[str, ...], texts: Texts) -> str:
    return ", ".join(support_forms()[form].name[texts.lang] for form in forms)
