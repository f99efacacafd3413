"""The page that tells how figures are computed: its sections, and which of them is about which number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from layers.view.page_addresses import METHOD_ADDRESS

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "metoda.md"
"""In Polish: the words of a method are agreed on in one language, and the page says so in the others."""
_HEAD: Final = re.compile(r"^## (?P<title>.+)\n<!-- (?P<columns>[a-z0-9_, ]+) -->\n", re.MULTILINE)


@dataclass(frozen=True)
class MethodSection:
    """One section: its anchor is the first of the columns that it is about."""

    title: str
    columns: tuple[str, ...]
    text: str

    @property
    def anchor(self) -> str:
        """The anchor of its head."""
        return self.columns[0].replace("_", "-")


@cache
def method_sections(file: Path = FILE) -> tuple[MethodSection, ...]:
    """
    Return the sections of the page in order; what stands before the first is for readers of the file.

    Raises
    ------
    ValueError
        If a head of the file is not followed by the columns that its section is about.
    """
    text = file.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    if len(heads) != text.count("\n## "):
        raise ValueError(
            f"expected the columns of each section in a comment under its head in {file.name}, found "
            f"{len(heads)} of {text.count(chr(10) + '## ')} heads with one; add `<!-- column, column -->`"
        )
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return tuple(
        MethodSection(
            title=head["title"],
            columns=tuple(name.strip() for name in head["columns"].split(",")),
            text=text[head.end() : end].strip(),
        )
        for head, end in zip(heads, ends, strict=True)
    )


@cache
def _anchors() -> Mapping[str, str]:
    return MappingProxyType(
        {column: section.anchor for section in method_sections() for column in section.columns}
    )


def method_address(column: str, lang: str) -> str:
    """
    Return the address of the section about a column, from any page of the application.

    Raises
    ------
    KeyError
        If no section is about it.
    """
    return f"{METHOD_ADDRESS}?lang={lang}#{_anchors()[column]}"
