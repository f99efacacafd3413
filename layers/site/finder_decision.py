"""What the words of the box mean for sure, as the request of another address."""

from dataclasses import replace

from data.finding.query_reader import QueryReader
from data.finding.understood import Understood
from layers.site.finder_choices import with_whom
from layers.view.finder_request import FinderRequest, of_need


def decided(request: FinderRequest, reader: QueryReader) -> FinderRequest | None:
    """
    Return the request with the place and the need that its words mean for sure; None where nothing is to be changed.

    A need alone keeps the place that was chosen before. Nothing is chosen below the certainty of
    `data.finding.place_reader`.
    """
    if request.near:
        return _near(request, reader)
    if not request.is_fresh:
        return None
    understood = reader.read(request.typed)
    found = _of_need(request, understood)
    is_need_alone = bool(understood.need or understood.needs) and not (
        understood.place or understood.places or understood.is_abroad
    )
    place = understood.place.key if understood.place else request.before if is_need_alone else ""
    if not place:
        # The need goes into the address; the words stay, for what they leave open.
        return replace(found, before="") if found.need != request.need else None
    return replace(found, view=replace(found.view, place=place), before="")


def _of_need(request: FinderRequest, understood: Understood) -> FinderRequest:
    """Return the request for the need that is meant, and for whom."""
    return with_whom(of_need(request, understood.need.code), understood) if understood.need else request


def _near(request: FinderRequest, reader: QueryReader) -> FinderRequest:
    """Return the request at the point where the person is, for the need that was typed: its place is that point."""
    understood = reader.read(request.typed) if request.typed else Understood()
    found = _of_need(request, understood)
    is_of_place = understood.place or understood.places or understood.is_abroad or understood.street
    view = replace(found.view, place=request.near)
    return replace(found, view=view, typed="" if is_of_place else request.typed, before="", near="")
