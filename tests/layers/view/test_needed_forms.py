"""The group and the forms that a need opens the resident's page with."""

import pytest

from data.vocabulary.needs import needs
from layers.view.needed_forms import needed_forms


@pytest.mark.parametrize(
    ("need", "chosen", "group", "forms", "others", "elsewhere"),
    [
        ("dps", "older", "older", ("CAL-DPS",), (), ()),
        ("dps", "disabled", "older", ("CAL-DPS",), (), ()),
        ("sds", "homeless", "disabled", ("DZI-SDS", "DZI-KSP", "REI-WTZ"), (), ()),
        ("bed_tonight", "older", "homeless", ("BEZ-NOC", "BEZ-OGR", "BEZ-SCH"), ("KRY-OIK",), ()),
        ("workshop", "older", "disabled", ("REI-WTZ", "DZI-SDS", "DZI-COM"), (), ()),
        # No page of a group has any of these: the group stays. What is for everybody is looked for all the same.
        ("suicidal", "disabled", "disabled", (), ("KRY-OIK",), ()),
        ("violence", "older", "older", ("KRY-POR",), ("KRY-OIK",), ("KRY-SOW", "KRY-DMK")),
        ("money", "older", "older", (), (), ("INS-OPS",)),
    ],
)
def test_a_need_opens_the_group_that_has_its_first_form(need, chosen, group, forms, others, elsewhere):
    needed = needed_forms(needs()[need], chosen)
    assert (needed.group, needed.forms, needed.elsewhere) == (group, forms, elsewhere)
    assert set(needed.searched) == {*forms, *others}
    assert list(needed.searched) == [form for form in needs()[need].forms if form in needed.searched]
