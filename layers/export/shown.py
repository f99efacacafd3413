"""A printed picture as a page shows it: Streamlit would make it smaller itself, for each visit and beside all pages."""

import io
from typing import Final

from PIL import Image

WIDEST_PX: Final = 1460
"""Streamlit decodes, resizes and encodes a wider picture where the page is drawn, half a second of a core."""
COMPRESSION: Final = 3
"""On a sheet of the tiny world (PNG of 470 kB) the highest level took six times as long and gave 520 kB."""


def for_page(picture: bytes) -> bytes:
    """Return a PNG at most as wide as Streamlit shows it; one that is narrow enough is returned as it is."""
    with Image.open(io.BytesIO(picture)) as opened:
        if opened.width <= WIDEST_PX:
            return picture
        height = round(opened.height * WIDEST_PX / opened.width)
        smaller = opened.convert("RGB").resize((WIDEST_PX, height), resample=Image.Resampling.LANCZOS)
    written = io.BytesIO()
    smaller.save(written, format="PNG", compress_level=COMPRESSION)
    return written.getvalue()
