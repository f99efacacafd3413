"""What a card and a page say of one service: how far, open or not, whom to call, whose it is, where it is from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.store.grades import EXACT_GRADES
from data.store.own_sheets import CORRECTIONS, is_own_sheet
from data.vocabulary import can_be_own, support_forms
from layers.answers.service_today import CHECKED
from layers.text import Texts
from layers.words.correction_words import correction_lines
from layers.words.form_words import programme_notes
from layers.words.own_sheet_words import own_sheet_words
from layers.words.place_words import radius_words
from layers.words.service_facts import access_lines, capacity_line, text_of
from layers.words.source_words import capital, day_words, unnamed_source

_UNSHOWN_FIELDS: Final = frozenset({"is_counted", "is_unconfirmed", "set_aside_by"})
PAGED: Final = frozenset({"public", "gmina_centroid"})
"""Places of any other visibility have no page of their own, also where a list of doorless help tells of them."""


@dataclass(frozen=True)
class SourceName:
    """What a source is called, and who publishes it."""

    name: str
    publisher: str | None


SourceNames = Mapping[str, SourceName]
"""By the code of a source."""


def names_of(sources: pd.DataFrame) -> SourceNames:
    """Return the names of sources: `source_code`, `name`, `publisher`."""
    rows = zip(sources["source_code"], sources["name"], sources["publisher"], strict=True)
    return {code: SourceName(name, publisher or None) for code, name, publisher in rows}


@once_for_registry
def source_names(registry: Registry) -> SourceNames:
    """Return the names of the sources of a registry."""
    return names_of(registry.named_sources)


def distance_words(service: dict[str, Any], texts: Texts, *, is_address_below: bool = False) -> str:
    """
    Return how far a service is, as far as that is known; the list and the map say the same.

    From the middle of a town to the middle of the same town is no distance that anybody travels. From a rounded point
    (`is_from_rounded`) it is told in whole kilometres.
    """
    metres = service.get("distance_m")
    if metres is None or pd.isna(metres):
        return ""
    grade = service["place_grade"]
    if shared := service.get("same_place"):
        has_address = is_address_below and text_of(service, "street_address")
        return texts.t(f"card.same_{shared}{'_address' if has_address else ''}")
    is_rounded = bool(service.get("is_from_rounded"))
    distance = texts.rounded_distance(float(metres)) if is_rounded else texts.distance(float(metres))
    if grade == "gmina":
        return texts.t("card.distance_gmina", distance=distance, gmina=text_of(service, "gmina_name"))
    is_exact, radius = grade in EXACT_GRADES, radius_words(service, texts)
    if radius:
        key = "card.distance_street" if is_exact else "card.distance_locality_radius"
        return texts.t(key, distance=distance, radius=radius)
    if is_exact:
        return texts.t("card.distance_rounded" if is_rounded else "card.distance", distance=distance)
    return texts.t("card.distance_locality", distance=distance)


def outside_words(service: dict[str, Any], texts: Texts) -> str:
    """Return that a club or day home of another gmina is to be asked; it is never left out for that."""
    is_outside = service.get("is_of_other_gmina", False) and can_be_own(service["support_form"])
    return texts.t("use.ask_outside") if is_outside else ""


def door_words(service: dict[str, Any], texts: Texts) -> str:
    """Tell whether a service is open, or that a holiday leaves it open; nothing when its hours do not tell."""
    if service["is_open"] is None and not service.get("is_holiday_untold"):
        return ""
    if service["is_open"] is None:
        return texts.t("card.holiday" if phones_of(service) else "card.holiday_no_phone")
    return texts.t("card.open") if service["is_open"] else texts.t("card.closed")


def shared_points(services: Iterable[Mapping[Any, Any]]) -> int:
    """Return how many services have a point that is only another town's middle and not theirs alone."""
    at = Counter(
        row["distance_m"]
        for row in services
        if row["place_grade"] not in EXACT_GRADES and not row["same_place"]
    )
    return sum(count for count in at.values() if count > 1)


def confirm_words(service: dict[str, Any], texts: Texts) -> str:
    """Return why a person should call before going, and nothing for a record of an office checked in time."""
    if not service["is_to_confirm"]:
        return ""
    reason = "unofficial" if service["checked"] == CHECKED else service["checked"]
    advice = "card.confirm" if phones_of(service) else "card.confirm_no_phone"
    return texts.t(advice, reason=texts.t(f"card.{reason}"))


def suspended_words(service: Mapping[Any, Any], texts: Texts) -> str:
    """Return that a newer list says that this door is closed for now; nothing where none does."""
    day = service.get("suspended_beside")
    return "" if day is None else texts.t("card.suspended_beside", date=day)


def source_words(service: Mapping[Any, Any], sources: SourceNames, texts: Texts) -> str:
    """
    Return the publisher, or for a merged facility the names of all lists that anything on its card is from.

    What is from an own sheet, or was put right, is said apart (`own_sheet_words`, `correction_words`).
    """
    origins = service.get("field_sources") or {}
    codes = list(
        dict.fromkeys(
            code
            for field, of in origins.items()
            if field not in _UNSHOWN_FIELDS
            for code in of
            if code != CORRECTIONS and not (is_own_sheet(code) and service.get("said_on"))
        )
    )
    if len(codes) > 1:
        names = [sources[code].name if code in sources else unnamed_source(code, texts) for code in codes]
        return texts.t("card.merged", sources="; ".join(names))
    code = service["source_code"]
    publisher = sources[code].publisher if code in sources else None
    return texts.t("card.source", source=publisher or unnamed_source(code, texts))


def has_page(service: Mapping[Any, Any]) -> bool:
    """Tell whether the place of a service has a page with a lasting address."""
    return service["visibility"] in PAGED and isinstance(service.get("facility_handle"), str)


def phones_of(service: dict[str, Any]) -> list[str]:
    """Return the telephones of a service as its list writes them."""
    return [phone for phone in service["phones"] or [] if isinstance(phone, str)]


def address_lines(service: dict[str, Any], texts: Texts) -> list[str]:
    """Return the address, or that it is not given for safety; of a service that stops at several places its stop."""
    if stop := text_of(service, "stop_name"):
        return [texts.t("card.stop", name=stop)]
    post = " ".join(filter(None, [text_of(service, "postal_code"), text_of(service, "locality_name")]))
    address = ", ".join(filter(None, [text_of(service, "street_address"), post]))
    lines = [address] if address else []
    if service["visibility"] != "public":
        lines.append(texts.t("card.place_protected", gmina=text_of(service, "gmina_name")))
    return lines


def detail_lines(service: dict[str, Any], texts: Texts, *, note: str) -> list[str]:
    """Return who runs it, for whom it is, what followed its programme, how many places, access, and a note."""
    lines = []
    organization = text_of(service, "organization_name")
    if organization and organization != service["facility_name"]:
        lines.append(texts.t("card.organization", name=organization))
    if service.get("subtypes"):
        lines.append(texts.t("card.subtypes", subtypes="; ".join(service["subtypes"])))
    lines += programme_notes([service["support_form"]], texts)
    if capacity := capacity_line(service, texts):
        lines.append(capacity)
    lines += access_lines(service, texts)
    if note:
        lines.append(texts.t("card.note", note=note))
    return lines


def origin_line(service: dict[str, Any], sources: SourceNames, texts: Texts) -> str:
    """Return of which day a record is and where it is from."""
    return f"{capital(day_words(service, texts))} · {source_words(service, sources, texts)}"


def unchecked_lines(service: dict[str, Any], texts: Texts) -> list[str]:
    """Return what an own sheet says of a record, what was put right, and what of its form nobody has checked."""
    own = own_sheet_words(service.get("said_on"), texts)
    lines = [*([own] if own else []), *correction_lines(service.get("corrections"), texts)]
    verification = support_forms()[service["support_form"]].verification
    if verification != "yes":
        lines.append(texts.t(f"card.form_{verification}"))
    return lines
