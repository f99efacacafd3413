"""
The words of the field: groups of people, forms of support, and what a register's subtype narrows them to.

Every entry is one line of a CSV file in this folder; docs/vocabulary.md tells what the columns hold. Functions that
take a `folder` read another copy of the files, for a change that is to be tried before it is made.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from data.store.visibility import VISIBILITIES
from data.vocabulary.entries import CusArea, FormGroup, NeedGroup, PeopleIndicator, SupportForm, SupportKind
from data.vocabulary.kinds import NO_KIND, SUPPORT_KINDS
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import Line, VocabularyError, by_code, read_lines

__all__ = [
    "FOLDER",
    "CusArea",
    "FormGroup",
    "NeedGroup",
    "PeopleIndicator",
    "SupportForm",
    "SupportKind",
    "VocabularyError",
    "can_be_own",
    "cus_areas",
    "form_groups",
    "forms_for_group",
    "has_door",
    "has_profiles",
    "is_valid_on",
    "is_wide",
    "kind_of",
    "need_groups",
    "need_groups_of",
    "people_indicators",
    "profile_groups",
    "profile_lines",
    "screen_groups",
    "support_forms",
]

FOLDER = Path(__file__).parent
DI_CLASSES = ("community", "conditional", "institutional", "enabling")
DELIVERY_MODES = ("point", "home", "area", "mobile", "remote", "transport")
CAPACITY_UNITS = (
    "places",
    "people",
    "jobs",
    "items",
    "tonnes",
    "meals_per_day",
    "uses_per_day",
    "trips_per_month",
    "hours_per_month",
    "hours_per_year",
    "",
)
COUNTED_IN_PLACES = ("places", "jobs")
"""Units of which some can be vacant."""
VERIFICATIONS = ("yes", "partial", "unverified")
USES = ("near", "wide")
"""How a form is used: every day by whoever is in reach, or by people from elsewhere who come to live or stay there."""
OF_COUNCIL = "day"
"""The group of forms of which a council may say that only its own residents come."""

_NAMES = tuple(f"name_{language}" for language in LANGUAGES)
_USES = tuple(f"use_{language}" for language in LANGUAGES)
_FORM_COLUMNS = (
    "code",
    "group",
    *_NAMES,
    "need_groups",
    "di_class",
    "delivery_modes",
    "capacity_unit",
    "use",
    "use_authority",
    *_USES,
    "kind",
    "is_kind_sure",
    "kind_note",
    "default_visibility",
    "authority",
    "verified",
    "valid_from",
    "valid_to",
    "responsible_level",
    "official_register",
    "cus_areas",
    "review_days",
    "vacancy_days",
    "osm_tags",
    "osm_name",
)
_CODE = re.compile(r"[A-Z]{3}-[A-Z0-9]{2,5}")
_TAG = re.compile(r"(?P<key>[a-z][a-z0-9_]*(?::[a-z0-9_]+)*)=(?P<value>[a-z0-9_]+)")


@cache
def people_indicators() -> tuple[PeopleIndicator, ...]:
    """Return the figures about groups that the application shows, in the order of showing."""
    columns = ("indicator", "subgroup", "need_group", "base_level", "base_as_of", *_NAMES)
    return tuple(
        PeopleIndicator(
            indicator=line.word("indicator"),
            subgroup=line.text("subgroup"),
            need_group=line.one_of("need_group", need_groups()),
            base_level=line.text("base_level"),
            base_as_of=line.text("base_as_of"),
            name=line.names(),
        )
        for line in read_lines(FOLDER, "people_indicators", columns)
    )


@cache
def need_groups(folder: Path = FOLDER) -> Mapping[str, NeedGroup]:
    """Return every need group by code, in the order they are shown."""
    lines = read_lines(folder, "need_groups", ("code", *_NAMES, "is_on_screen"))
    return by_code(lines, lambda line: NeedGroup(line.text("code"), line.names(), line.yes("is_on_screen")))


@cache
def form_groups(folder: Path = FOLDER) -> Mapping[str, FormGroup]:
    """Return every group of forms by code, in the order they are shown."""
    lines = read_lines(folder, "form_groups", ("code", *_NAMES))
    return by_code(lines, lambda line: FormGroup(line.text("code"), line.names()))


@cache
def cus_areas(folder: Path = FOLDER) -> Mapping[str, CusArea]:
    """Return the areas of the CUS act by code, in the order of the act."""
    lines = read_lines(folder, "cus_areas", ("code", *_NAMES))
    return by_code(lines, lambda line: CusArea(line.text("code"), line.names()))


@cache
def support_forms(folder: Path = FOLDER) -> Mapping[str, SupportForm]:
    """
    Return every form of support by code, in the order they are shown.

    Raises
    ------
    VocabularyError
        If a line is not as docs/vocabulary.md says; names the file, the line and the column.
    """
    return by_code(read_lines(folder, "support_forms", _FORM_COLUMNS), lambda line: _form(line, folder))


@cache
def screen_groups() -> tuple[str, ...]:
    """Return the codes of the groups that people choose from."""
    return tuple(code for code, group in need_groups().items() if group.is_on_screen)


@cache
def forms_for_group(group: str) -> tuple[str, ...]:
    """Return the codes of forms meant for the group; enabling forms are left out."""
    return tuple(
        code
        for code, form in support_forms().items()
        if group in form.need_groups and form.di_class != "enabling"
    )


def has_door(form: str) -> bool:
    """Tell whether the form is given at a place; without one it covers areas and never gets a point."""
    return "point" in support_forms()[form].delivery_modes


def kind_of(form: str) -> SupportKind:
    """Return the kind of a form; one that the vocabulary no longer has is of no kind."""
    known = support_forms().get(form)
    return known.kind if known else SupportKind(NO_KIND, is_sure=True, note="")


def is_wide(form: str) -> bool:
    """Tell whether people come to the form from anywhere; a gmina without it lacks nothing by itself."""
    return support_forms()[form].use == "wide"


def can_be_own(form: str) -> bool:
    """Tell whether a council may keep the form for residents of its gmina, as the law lets it."""
    known = support_forms()[form]
    return known.group == OF_COUNCIL and known.use == "near" and has_door(form)


def is_valid_on(form: str, day: dt.date) -> bool:
    """Tell whether the law knew the form on a day, first and last day included; an unknown one is no limit."""
    known = support_forms()[form]
    return (known.valid_from or dt.date.min) <= day <= (known.valid_to or dt.date.max)


def has_profiles(form: str) -> bool:
    """Tell whether registers tell, by a profile of each place, which groups a form is for."""
    return bool(profile_lines(form))


def need_groups_of(form: str, subtype: str | None) -> tuple[str, ...]:
    """
    Return the groups that a service is for.

    The register's own words narrow them: places of a DPS for children with intellectual disabilities are not
    places for older people. A combined profile serves the groups of all its parts. Words that match nothing
    leave the groups of the form.
    """
    return profile_groups(form, subtype) or support_forms()[form].need_groups


def profile_groups(form: str, subtype: str | None) -> tuple[str, ...]:
    """Return the groups that the register's own words name; none where they name none."""
    words = (subtype or "").lower()
    named = [
        group for line, groups in profile_lines(form) if line.text("pattern") in words for group in groups
    ]
    return tuple(dict.fromkeys(named))


def profile_lines(form: str) -> tuple[tuple[Line, tuple[str, ...]], ...]:
    """Return the lines of the profiles of a form (`data.vocabulary.profiles`), each with the groups that it is for."""
    columns = ("support_form", "pattern", "type", *_NAMES, "need_groups", "authority")
    return tuple(
        (line, line.several_of("need_groups", need_groups()))
        for line in read_lines(FOLDER, "subtypes", columns)
        if line.text("support_form") == form
    )


def _form(line: Line, folder: Path) -> SupportForm:
    if not _CODE.fullmatch(line.text("code")):
        raise line.error("code", "a code such as CAL-DPS")
    valid_from, valid_to = line.day("valid_from"), line.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        raise line.error("valid_to", f"a day that is not before {valid_from}")
    capacity_unit = line.one_of("capacity_unit", CAPACITY_UNITS)
    is_in_places = capacity_unit in COUNTED_IN_PLACES
    if not is_in_places and line.text("vacancy_days"):
        raise line.error("vacancy_days", "nothing: the form is not counted in places")
    verification = line.one_of("verified", VERIFICATIONS)
    return SupportForm(
        code=line.text("code"),
        name=line.names(),
        need_groups=line.several_of("need_groups", need_groups(folder)),
        di_class=line.one_of("di_class", DI_CLASSES),
        delivery_modes=line.several_of("delivery_modes", DELIVERY_MODES),
        capacity_unit=capacity_unit,
        use=line.one_of("use", USES),
        use_authority=line.text("use_authority"),
        use_words=line.words("use"),
        kind=SupportKind(
            line.one_of("kind", (*SUPPORT_KINDS, NO_KIND)), line.yes("is_kind_sure"), line.text("kind_note")
        ),
        default_visibility=line.one_of("default_visibility", VISIBILITIES),
        authority=line.word("authority"),
        is_verified=verification == "yes",
        verification=verification,
        group=line.one_of("group", form_groups(folder)),
        valid_from=valid_from,
        valid_to=valid_to,
        responsible_level=line.text("responsible_level"),
        official_register=line.text("official_register"),
        cus_areas=line.several_of("cus_areas", cus_areas(folder), can_be_none=True),
        review_days=line.days("review_days"),
        vacancy_days=line.days("vacancy_days") if is_in_places else None,
        osm_tags=_osm_tags(line),
        osm_name=_osm_name(line),
    )


def _osm_tags(line: Line) -> Mapping[str, tuple[str, ...]]:
    """Return the tags; a key that stands twice may have either value."""
    tags: dict[str, tuple[str, ...]] = {}
    for tag in filter(None, line.text("osm_tags").split(";")):
        match = _TAG.fullmatch(tag)
        if match is None or match["value"] in tags.get(match["key"], ()):
            raise line.error(
                "osm_tags", "tags such as amenity=social_facility parted by semicolons, each once"
            )
        tags[match["key"]] = (*tags.get(match["key"], ()), match["value"])
    return MappingProxyType(tags)


def _osm_name(line: Line) -> tuple[str, ...]:
    words = tuple(line.text("osm_name").split(";")) if line.text("osm_name") else ()
    if words and (
        not line.text("osm_tags") or not all(part.strip() for word in words for part in word.split("&"))
    ):
        raise line.error("osm_name", "words parted by semicolons or &, and tags in `osm_tags`")
    return words
