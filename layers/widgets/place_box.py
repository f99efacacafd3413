"""The search box: a place and a need in plain words; what is not sure is offered, never chosen."""

import streamlit as st

from data.finding.query_reader import LONGEST, QueryReader
from data.finding.understood import Understood
from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary.needs import Need, needs
from layers.answers.needed_forms import needed_forms
from layers.cache.query_readers import reader_of
from layers.text import Texts
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.plain import plain
from layers.words.example_words import place_hint
from layers.words.query_words import elsewhere_words, understood_words

_SHOWN = 8
_TYPED, _SEEN, _CANDIDATE, _NEED = "place_typed", "place_seen", "place_candidate", "need_candidate"


def choose_place(registry: Registry, view: View, texts: Texts) -> Place | None:
    """Draw the box, what was understood, and what has to be chosen; return the chosen place or None."""
    place = registry.places.get(view.place)
    if st.session_state.get(_SEEN) != view.place:
        # The address was opened or changed outside the box: the box follows it.
        st.session_state[_SEEN] = view.place
        st.session_state[_TYPED] = place.name if place else ""
    typed = st.text_input(
        texts.t("resident.place"),
        key=_TYPED,
        type="search",
        placeholder=place_hint(registry, texts),
        autocomplete="off",
        on_change=_take_typed,
        args=(registry,),
    )
    typed = typed[:LONGEST].strip()
    understood = reader_of(registry).read(typed) if typed else Understood()
    if not typed and not view.place:
        st.markdown(plain(texts.t("resident.start")))
    if view.place and place is None:
        st.warning(plain(texts.t("resident.place_gone")))
    if typed and understood.is_nothing and not understood.is_abroad:
        st.warning(plain(texts.t("find.nothing", typed=typed)))
    _show_understood(understood, view, place, texts)
    _show_needs(understood, texts)
    _show_candidates(understood, place, texts)
    if place is not None:
        st.markdown(plain(texts.t("resident.place_chosen", place=place_label(place, texts))))
    return place


def place_label(place: Place, texts: Texts) -> str:
    """Return a name that tells a place from its namesakes."""
    if place.powiat_name == place.gmina_name == place.name:  # a city that is a powiat of its own
        key = "place.city_gmina" if place.kind == "gmina" else "place.city"
    else:
        key = "place.gmina" if place.kind == "gmina" else "place.locality"
    return texts.t(
        key,
        name=place.name,
        kind=place.kind,
        gmina=place.gmina_name,
        powiat=place.powiat_name,
        voivodeship=place.voivodeship_name,
    )


def _show_understood(understood: Understood, view: View, place: Place | None, texts: Texts) -> None:
    need = understood.need or _chosen_need(understood)
    if need is not None and need.is_danger:
        st.warning(plain(texts.t("find.danger")))
    for said in understood_words(understood, texts, place=place):
        st.markdown(plain(said))
    if need is not None and (said := elsewhere_words(needed_forms(need, view.group), texts)):
        st.markdown(plain(said))


def _show_needs(understood: Understood, texts: Texts) -> None:
    """Offer the needs that may be meant."""
    if not understood.needs:
        return
    known = needs()
    chosen = _chosen_need(understood)
    st.session_state[_NEED] = chosen.code if chosen else None
    st.radio(
        texts.t("find.which_need"),
        [need.code for need in understood.needs],
        format_func=lambda code: plain(known[code].name(texts.lang)),
        key=_NEED,
        on_change=_take_need,
    )


def _chosen_need(understood: Understood) -> Need | None:
    """Return the offered need that was chosen."""
    chosen = st.session_state.get(_NEED)
    return next((need for need in understood.needs if need.code == chosen), None)


def _show_candidates(understood: Understood, place: Place | None, texts: Texts) -> None:
    found = [understood.place, *understood.others] if understood.place else [*understood.places]
    shown = found[:_SHOWN]
    keys = [match.key for match in shown]
    if not shown or (place is not None and (place.key not in keys or len(shown) == 1)):
        return
    labels = {match.key: plain(place_label(match, texts)) for match in shown}
    st.session_state[_CANDIDATE] = place.key if place else None
    # Once a place is chosen its namesakes step aside: the answer should be seen without scrolling.
    with st.expander(texts.t("resident.other_places")) if place else st.container():
        st.radio(
            texts.t("resident.which_place"),
            keys,
            format_func=labels.__getitem__,
            key=_CANDIDATE,
            on_change=_take_candidate,
        )
        if len(shown) == _SHOWN:
            example = shown[-1]
            st.caption(plain(texts.t("resident.many_places", name=example.name, powiat=example.powiat_name)))


def _take_typed(registry: Registry) -> None:
    """Put the place and the forms that are meant for sure into the address; the rest is offered."""
    typed = st.session_state[_TYPED][:LONGEST].strip()
    st.session_state[_NEED] = None
    reader: QueryReader = reader_of(registry)
    understood = reader.read(typed)
    changes = _changes_of(understood.need) if understood.need else {}
    is_need_alone = bool(understood.need or understood.needs) and not (
        understood.place or understood.places or understood.is_abroad
    )
    if not is_need_alone:
        changes["place"] = st.session_state[_SEEN] = understood.place.key if understood.place else ""
    change_view(**changes)


def _take_candidate() -> None:
    st.session_state[_SEEN] = st.session_state[_CANDIDATE] or ""
    change_view(place=st.session_state[_SEEN])


def _take_need() -> None:
    if chosen := st.session_state[_NEED]:
        change_view(**_changes_of(needs()[chosen]))


def _changes_of(need: Need) -> dict[str, object]:
    needed = needed_forms(need, current_view().group)
    return {"group": needed.group, "forms": needed.forms}
