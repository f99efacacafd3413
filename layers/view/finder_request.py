"""What the address of a resident's search says: a view, what was typed, and how the list is shown."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Final

from data.finding.points import is_point
from data.vocabulary.needs import needs
from layers.view.needed_forms import needed_forms
from layers.view.offered import FILTERS
from layers.view.parameters import PLACE_KEY
from layers.view.reading import LONGEST_WRITTEN, Loss, read_address
from layers.view.view import View

PAGE_OF_LIST: Final = 15
MOST_SHOWN: Final = 600
LONGEST_TYPED: Final = 200
_SEPARATOR: Final = "."
_OF_LANGUAGE: Final = re.compile(r"language:[a-z]{2,3}")
_NAMES: Final = MappingProxyType(
    {
        "typed": "q",
        "before": "before",
        "near": "near",
        "need": "need",
        "only": "only",
        "is_unknown_shown": "unknown",
        "shown": "shown",
        "has_map": "map",
    }
)
"""Field of a request → its parameter; those of `View` keep their names."""


@dataclass(frozen=True)
class FinderRequest:
    """
    What a person asks the finder.

    Attributes
    ----------
    view
        Group, forms, distance, place and language.
    typed
        What stands in the box.
    before
        Key of the place that was chosen before the words in the box were typed: a need alone keeps it.
    near
        Key of the rounded point where the person is, on their own wish: it becomes the place.
    need
        Code of the need that group and forms are of; empty where a person chose forms.
    only
        Filters of the list (`layers.answers.resident_filters`).
    is_unknown_shown
        Whether the filtered list has the places too of which the answer is not known.
    shown
        How many cards of the list are on the page.
    has_map
        Whether the map was asked for.
    """

    view: View
    typed: str = ""
    before: str = ""
    near: str = ""
    need: str = ""
    only: tuple[str, ...] = ()
    is_unknown_shown: bool = False
    shown: int = PAGE_OF_LIST
    has_map: bool = False

    @property
    def is_fresh(self) -> bool:
        """Whether what was typed is still to be decided on."""
        return bool(self.typed) and not self.view.place

    def to_query(self) -> dict[str, str]:
        """Return the parameters of the address; the language is always among them, other defaults are not."""
        query = {"lang": self.view.lang, **self.view.to_query()}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _NAMES and value != field.default:
                query[_NAMES[field.name]] = _written(value)
        return query

    def with_choice(self, **changes: Any) -> "FinderRequest":
        """Return the request after a choice that makes another list: from its beginning, without what was typed."""
        return replace(
            self, **{"typed": "", "before": "", "near": "", "need": "", "shown": PAGE_OF_LIST, **changes}
        )


def read_request(
    repeated: Mapping[str, Sequence[str]], *, lang: str
) -> tuple[FinderRequest, tuple[Loss, ...]]:
    """
    Read an address; what it says and the request does not hold is a loss.

    Parameters
    ----------
    repeated
        Each parameter with everything that the address says of it.
    lang
        The language of the answer, whatever the address says of it.
    """
    own = {name: values[-1].strip() for name, values in repeated.items() if name in _READ and values}
    values, unread = {}, []
    for name, written in own.items():
        field, read = _READ[name]
        value = read(written)
        if value is None:
            unread.append(Loss("", f"{name}={written}"[: LONGEST_WRITTEN + 1], "", "unknown"))
        else:
            values[field] = value
    reading = read_address({name: said for name, said in repeated.items() if name not in _READ})
    request = FinderRequest(replace(reading.view, lang=lang), **values)
    return _of_its_need(request, are_forms_said="forms" in repeated), (*reading.losses, *unread)


def _of_its_need(request: FinderRequest, *, are_forms_said: bool) -> FinderRequest:
    """Return the request with the group and forms of its need, or without the need where other forms were chosen."""
    if not request.need:
        return request
    needed = of_need(request, request.need)
    if not are_forms_said:
        return needed
    return request if needed.view.forms == request.view.forms else replace(request, need="")


def of_need(request: FinderRequest, code: str) -> FinderRequest:
    """Return the request for a need: its group and its forms, as far as a page of a group has them."""
    needed = needed_forms(needs()[code], request.view.group)
    view = request.view.with_choice(group=needed.group, forms=needed.forms)
    return replace(request, view=view, need=code)


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return _SEPARATOR.join(value)
    return "1" if value is True else str(value)


def _typed(written: str) -> str | None:
    return " ".join(written.split())[:LONGEST_TYPED]


def _before(written: str) -> str | None:
    return written if not written or PLACE_KEY.fullmatch(written) else None


def _near(written: str) -> str | None:
    return written if not written or is_point(written) else None


def _need(written: str) -> str | None:
    return written if not written or written in needs() else None


def _only(written: str) -> tuple[str, ...] | None:
    codes = tuple(dict.fromkeys(filter(None, written.split(_SEPARATOR))))
    return codes if all(code in FILTERS or _OF_LANGUAGE.fullmatch(code) for code in codes) else None


def _yes(written: str) -> bool | None:
    return {"1": True, "0": False, "": False}.get(written)


def _shown(written: str) -> int | None:
    count = int(written) if re.fullmatch(r"[0-9]{1,3}", written) else 0
    return count if 0 < count <= MOST_SHOWN and count % PAGE_OF_LIST == 0 else None


_READ: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = MappingProxyType(
    {
        _NAMES[field]: (field, read)
        for field, read in {
            "typed": _typed,
            "before": _before,
            "near": _near,
            "need": _need,
            "only": _only,
            "is_unknown_shown": _yes,
            "shown": _shown,
            "has_map": _yes,
        }.items()
    }
)
