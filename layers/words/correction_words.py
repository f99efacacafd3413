"""What of a place was put right after its lists were made, in words: which fact, on which day, and why."""

from typing import Any

from layers.text import Texts


def correction_lines(corrections: object, texts: Texts) -> list[str]:
    """
    Return a line for each correction of a place; none where nothing was put right.

    Parameters
    ----------
    corrections
        As `data.reading.merged_services.read_services` gives them; anything else is none.
    """
    told: list[dict[str, Any]] = corrections if isinstance(corrections, list) else []
    return list(dict.fromkeys(_line(one, texts) for one in told))


def _line(one: dict[str, Any], texts: Texts) -> str:
    fact = texts.t(f"correction.field.{one['field']}")
    if one["reason"] is None:
        return texts.t("correction.line_no_reason", fact=fact, date=one["on"])
    return texts.t("correction.line", fact=fact, date=one["on"], reason=one["reason"])
