"""Values on their way into a script element, with nothing that could end it or be taken for a template."""

import json
import re
from typing import Any

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "'": "\\u0027",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
# In JSON itself a brace is followed by a quote or a brace that closes, so what is found here is inside a text.
_TEMPLATE_OPENING = re.compile(r"\{(?=[{%#])")


def script_json(value: Any) -> str:
    """
    Return JSON that is safe inside a script element of a folium page.

    Registers are not ours: a name may hold `</script>`, or `{{ … }}`, which branca would run as a template,
    because it renders every finished script once more. Polish letters stay as they are: escapes would make
    them three times as long.

    Raises
    ------
    ValueError
        If a number is NaN or infinite; missing values must be None.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return _TEMPLATE_OPENING.sub(r"\\u007b", text)
