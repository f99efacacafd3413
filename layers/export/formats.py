"""
A format of files, each a line in the table of those who offer it: what a browser calls it, and how it is written.

`layers.export.files` offers files of a view, `cost_files` of a diagnosis and `scenario_files` of a scenario. A button's
words are at `…download_NAME` in `layers/text`. What browsers call a format is a name here, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, ParamSpec

Content = ParamSpec("Content")

PNG: Final = "image/png"
SVG: Final = "image/svg+xml"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
TXT: Final = "text/plain"
JSON: Final = "application/json"


@dataclass(frozen=True)
class FileFormat(Generic[Content]):
    """
    One way to write something into a file.

    Attributes
    ----------
    media_type
        What browsers call it.
    write
        From what is to be written to the file's bytes.
    """

    media_type: str
    write: Callable[Content, bytes]
