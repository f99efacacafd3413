"""The first page: what it is, one box, what is needed first, a door for each role, and what is known where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.registry.registry import Registry
from data.vocabulary import support_forms
from data.vocabulary.helplines import helplines
from data.vocabulary.languages import LANGUAGES
from layers.answers.known_areas import KnownArea, known_areas, parts_level
from layers.cache.first_outlines import first_outlines
from layers.site.finder_choices import Choice, hidden_fields, now_choices
from layers.site.finder_helplines import HelplineLine, helpline_lines
from layers.site.losses import lines_of_losses
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.view.page_addresses import DOORS, address_of_view
from layers.view.reading import Loss, lost_in, read_address, seen_on
from layers.view.view import View
from layers.words.area_names import names_of_level
from layers.words.example_words import place_hint


@dataclass(frozen=True)
class Door:
    """A way in: what it is called, where it leads, what one finds there."""

    label: str
    url: str
    about: str


@dataclass(frozen=True)
class PartOfMap:
    """One area of the small map, with the way to it and what is known there."""

    name: str
    url: str
    about: str
    path: str
    is_unknown: bool


@dataclass(frozen=True)
class FirstPage:
    """All words of the first page; `width` and `height` are those of the small map."""

    sentence: str
    losses: tuple[str, ...]
    ways: Mapping[str, str]
    hint: str
    hidden: Mapping[str, str]
    now: tuple[Choice, ...]
    doors: tuple[Door, ...]
    map_title: str
    width: int
    height: int
    parts: tuple[PartOfMap, ...]
    helplines: tuple[HelplineLine, ...]
    state: str
    others: tuple[Choice, ...]
    description: str


def first_page(registry: Registry, repeated: Mapping[str, Sequence[str]], texts: Texts) -> FirstPage:
    """
    Return the first page.

    Parameters
    ----------
    repeated
        What the address says: a view that its doors lead on with.
    """
    reading = read_address(repeated)
    view = replace(reading.view, lang=texts.lang)
    losses: tuple[Loss, ...] = (*reading.losses, *lost_in(registry, view, page="first"))
    outlines = first_outlines(registry)
    request = FinderRequest(view)
    return FirstPage(
        sentence=texts.t("example.sentence" if registry.state.is_invented else "first.sentence"),
        losses=lines_of_losses(seen_on("first", losses), registry, view, texts),
        ways={lang: _url("first", replace(view, lang=lang)) for lang in LANGUAGES},
        hint=place_hint(registry, texts),
        hidden=hidden_fields(request),
        now=now_choices(request, texts),
        doors=tuple(
            Door(texts.t(f"page.{door}"), _url(door, view), texts.t(f"first.door_{door}")) for door in DOORS
        ),
        map_title=texts.t(f"first.map_{parts_level(registry)}"),
        width=outlines.width,
        height=outlines.height,
        parts=_parts(registry, {one.code: one.path for one in outlines.areas}, view, texts),
        helplines=helpline_lines(helplines(), texts),
        state=state_words(registry, texts),
        others=tuple(Choice(texts.t(f"page.{name}"), _url(name, view)) for name in ("about", "method")),
        description=texts.t("finder.description"),
    )


def state_words(registry: Registry, texts: Texts) -> str:
    """Return of which day the data are and how much there is."""
    state = registry.state
    sizes = texts.t(
        "first.sizes",
        facilities=texts.t("count.facilities", count=state.facilities),
        voivodeships=texts.t("count.voivodeships", count=state.voivodeships),
    )
    if state.unconfirmed:
        sizes = f"{sizes}; {texts.t('origin.apart', count=state.unconfirmed)}"
    as_of = texts.t("first.newest", date=state.as_of) if state.as_of else texts.t("as_of_unknown")
    return texts.t("first.state", as_of=as_of, sizes=sizes)


def _parts(registry: Registry, paths: Mapping[str, str], view: View, texts: Texts) -> tuple[PartOfMap, ...]:
    level = parts_level(registry)
    names = names_of_level(registry, level, texts)
    return tuple(
        PartOfMap(
            name=names[area.code],
            url=_url("planner", _view_of(area.code, view)),
            about=_about(area, texts),
            path=paths[area.code],
            is_unknown=not area.facilities,
        )
        for area in known_areas(registry, level)
    )


def _view_of(code: str, view: View) -> View:
    if len(code) == 2:
        return view.with_choice(scope=code)
    return view.with_choice(scope=code[:2], level="powiat", chosen=code)


def _about(area: KnownArea, texts: Texts) -> str:
    found = texts.t("first.known", count=area.facilities) if area.facilities else texts.t("first.known_none")
    whole = texts.t("first.whole", whole=area.whole_forms, forms=len(support_forms()))
    return f"{found}; {whole}"


def _url(name: str, view: View) -> str:
    return address_of_view(name, {"lang": view.lang, **view.to_query()})
