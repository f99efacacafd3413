"""A drawn sheet as the bytes of a file, with what must be in its metadata: PNG at 300 dpi or SVG."""

import io
import re
from typing import Final
from xml.sax.saxutils import escape

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG

from layers.export.paper import FONT, Sheet
from layers.words.caption import Caption

PROGRAM: Final = "Mapa Wsparcia Społecznego"
_SVG_FONTS: Final = f"'{FONT}', Verdana, 'Noto Sans', Arial, sans-serif"


def sheet_png(sheet: Sheet, caption: Caption) -> bytes:
    """Return a sheet as PNG."""
    metadata = {
        "Title": caption.title,
        "Description": caption.description,
        "Source": " | ".join(source.text for source in caption.sources),
        "Copyright": _licences(caption),
        "Creation Time": caption.as_of_iso,
        "Snapshot": caption.snapshot_id,
        "Software": PROGRAM,
        **({"Warning": caption.warning} if caption.warning else {}),
    }
    buffer = io.BytesIO()
    FigureCanvasAgg(sheet.figure).print_png(buffer, metadata=metadata)
    return buffer.getvalue()


def sheet_svg(sheet: Sheet, caption: Caption) -> bytes:
    """Return a sheet as SVG, which screen readers can read."""
    metadata = {
        "Title": caption.title,
        "Description": caption.description,
        "Source": " | ".join(source.text for source in caption.sources),
        "Rights": [_licences(caption)],
        "Date": caption.as_of_iso,
        "Identifier": caption.snapshot_id,
        "Language": caption.language,
        "Creator": [PROGRAM],
    }
    buffer = io.StringIO()
    FigureCanvasSVG(sheet.figure).print_svg(buffer, metadata=metadata)
    return _described(buffer.getvalue(), caption).encode()


def _licences(caption: Caption) -> str:
    return "; ".join(dict.fromkeys(source.licence for source in caption.sources if source.licence))


def _described(svg: str, caption: Caption) -> str:
    """
    Return the SVG with name, description and language for screen readers, and with fonts to fall back on.

    Only our own markup is touched: in text `<` is always escaped, so no name of a place can look like a tag.
    """
    head = (
        f'<svg role="img" aria-labelledby="picture-title picture-description" xml:lang="{caption.language}" '
    )
    description = f'</title>\n <desc id="picture-description">{escape(caption.description)}</desc>'
    svg = svg.replace("<svg ", head, 1)
    svg = svg.replace("<title>", '<title id="picture-title">', 1)
    svg = svg.replace("</title>", description, 1)
    return re.sub(rf"(<text style=\"[^\"<>]*)'{FONT}'", rf"\1{_SVG_FONTS}", svg)
