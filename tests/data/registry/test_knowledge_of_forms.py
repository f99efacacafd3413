"""Of each form: where a complete list is loaded, where only some list, where nothing, and whom to ask."""

from data.registry.counts import FormCount
from data.registry.knowledge_of_forms import knowledge_of_forms, say_knowledge
from data.vocabulary import support_forms


def _count(form: str, code: str, facilities: int, unconfirmed: int = 0) -> FormCount:
    return FormCount(code, code, form, facilities, None, 0, 0, unconfirmed)


COUNTS = [
    _count("CAL-DPS", "12", 89),
    _count("CAL-DPS", "10", 56),
    _count("CAL-DPS", "02", 0, unconfirmed=30),
    _count("BEZ-SCH", "12", 7),
]


def test_a_form_is_complete_incomplete_or_nothing_in_each_voivodeship():
    known = {
        one.support_form: one for one in knowledge_of_forms(COUNTS, {("CAL-DPS", "12")}, ["02", "10", "12"])
    }

    assert list(known) == list(support_forms())
    homes = known["CAL-DPS"]
    # Addresses of polling stations are counted nowhere: nothing is known there.
    assert (homes.complete, homes.incomplete, homes.nothing) == (("12",), ("10",), ("02",))
    assert homes.official_register == "", "whom to ask is told of forms that are listed nowhere"
    assert known["BEZ-SCH"].incomplete == ("12",)
    assert known["MIE-TRE"].nothing == ("02", "10", "12")


def test_a_complete_list_without_a_row_is_no_lack_of_data():
    (homes,) = [
        one for one in knowledge_of_forms([], {("CAL-DPS", "02")}, ["02"]) if one.support_form == "CAL-DPS"
    ]
    assert (homes.complete, homes.nothing) == (("02",), ())


def test_forms_known_nowhere_are_told_with_whom_to_ask():
    lines = say_knowledge(knowledge_of_forms(COUNTS, {("CAL-DPS", "12")}, ["02", "10", "12"]))

    assert any(
        line.startswith("  CAL-DPS ") and line.endswith(": complete 12; incomplete 10; nothing 02")
        for line in lines
    )
    nowhere = lines[lines.index("  listed nowhere, and whom to ask as far as the vocabulary says it:") :]
    (flats,) = [line for line in nowhere if line.startswith("    MIE-TRE ")]
    assert flats.endswith("(responsible: gmina/powiat/NGO; register: rejestr wojewody + lista NGO)")
    (care,) = [line for line in nowhere if line.startswith("    DOM-UO ")]
    assert care.endswith("(responsible: gmina)")
