"""What a sheet offers to choose from."""

import pandas as pd

from data.sheets.known import _profiles


def test_a_profile_in_capitals_is_no_other_profile():
    """Three writings of one profile stood in the drop-down list of care homes."""
    subtypes = pd.Series(
        [
            "dla osób przewlekle psychicznie chorych",
            "dla osób w podeszłym wieku",
            "dla Osób Przewlekle Psychicznie Chorych",
            None,
            "",
            "dla osób przewlekle psychicznie chorych",
        ]
    )
    assert _profiles(subtypes) == ("dla osób przewlekle psychicznie chorych", "dla osób w podeszłym wieku")
    assert _profiles(subtypes[:0]) == ()
