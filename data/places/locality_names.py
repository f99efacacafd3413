"""Names of localities as addresses write them, in words that can be compared."""

import re
from typing import Final

from data.store.names import fold

_SHORTENED: Final = re.compile(r"\b([nkp])/ ?(?=[^\W\d_])", re.IGNORECASE)
_WHOLE: Final = {"n": "nad ", "k": "koło ", "p": "pod "}


def fold_locality(name: str) -> str:
    """
    Return the folded name of a locality, with what stands before a river or a town written out.

    "Gródek N/Dunajcem", as the address register has it, and "Gródek nad Dunajcem" both become "grodek nad dunajcem".
    """
    return fold(_SHORTENED.sub(lambda found: _WHOLE[found[1].lower()], name))
