"""Services as rows of plain values: a row of a frame costs a millisecond, one of these some microseconds."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import pandas as pd

Row = dict[Any, Any]
"""One service, or several that are one entry of a list, by the columns of `Registry.services`."""


class ServiceRows(Sequence[Row]):
    """
    The rows of a frame; each is made anew when it is asked for, so whoever has it may add to it.

    Parameters
    ----------
    services
        As `data.registry.registry.Registry.services`. The frame is not kept. Values are those of its
        `to_dict("records")`; equal texts are one text in memory.
    """

    def __init__(self, services: pd.DataFrame) -> None:
        known: dict[str, str] = {}
        self._names = tuple(services.columns)
        self._columns = [_plain(services[name], known) for name in self._names]
        self._count = len(services)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, position: int) -> Row: ...
    @overload
    def __getitem__(self, position: slice) -> list[Row]: ...
    def __getitem__(self, position: int | slice) -> Row | list[Row]:
        if isinstance(position, slice):
            return [self[number] for number in range(*position.indices(self._count))]
        return dict(zip(self._names, [column[position] for column in self._columns], strict=True))

    def __iter__(self) -> Iterator[Row]:
        return (self[position] for position in range(self._count))

    def at(self, positions: Iterable[int]) -> list[Row]:
        """Return the rows at some positions."""
        return [self[position] for position in positions]

    def column(self, name: str) -> list[Any]:
        """Return the values of a column, one for each row; not to be changed."""
        return self._columns[self._names.index(name)]


def _plain(values: "pd.Series[Any]", known: dict[str, str]) -> list[Any]:
    return [
        known.setdefault(value, value) if type(value) is str else value
        for value in values.astype(object).tolist()
    ]
