"""Where a person applies: names are those of real lists."""

import pytest

from data.vocabulary import need_groups_of
from layers.answers.nearby import find_help
from layers.answers.service_rows import ServiceRows
from layers.answers.support_centre import APPLIED_AT, gmina_centres, is_part_of_centre, powiat_centres
from tests.layers.answers.test_nearby import NOW
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS

WHOLE = [
    "Miejski Ośrodek Pomocy Społecznej w Krakowie",
    "Gminne Centrum Usług Społecznych w Grybowie",
    "Centrum Usług Społecznych – Szczecin",
    "Miejski Ośrodek Pomocy Rodzinie w Zabrzu",
    "Miejski Ośrodek Pomocy Społecznej i Świadczeń Rodzinnych w Czchowie",
    "Ośrodek Pomocy Społecznej w Rudzińcu z siedzibą w Pławniowicach",
    "Gminny Ośrodek Pomocy Społecznej Radziechowy-Wieprz",
    "GOPS Jabłonka",
]
HOMELESS_TEAMS = [
    "Dział Pomocy Bezdomnym MOPS Kraków",
    "Zespół do spraw pomocy osobom bezdomnym MOPS Tarnów",
    "Zespół ds. osób bezdomnych i uchodźców MOPS Wrocław",
    "Dział ds. Osób Bezdomnych MOPS Katowice",
    "Dział ds. bezdomności MOPR w Kielcach",
]
OTHER_PARTS = [
    "MOPS w Krakowie – Filia nr 3",
    "Miejski Ośrodek Pomocy Rodzinie w Lublinie, Filia nr 2",
    "Ośrodek Pomocy Społecznej Dzielnicy Wola m.st. Warszawy",
    "Miejski Ośrodek Pomocy Społecznej – Rejonowy Zespół Pracy Socjalnej",
    "Terenowy Punkt Pomocy Społecznej nr 5 w Katowicach",
    "Dział Świadczeń Rodzinnych MOPS",
    "Sekcja Asystentów Rodziny GOPS",
    "Zespół ds. Pieczy Zastępczej",
    "Ośrodek Wsparcia Cudzoziemców",
    "Centrum Pomocy Osobom z Niepełnosprawnościami",
    "Markot MONAR",
]


def office(number, name, form="INS-OPS", gmina=FIRST, **changes):
    groups = list(need_groups_of(form, name))
    return service(number, gmina, support_form=form, facility_name=name, need_groups=groups, **changes)


def centres(*names, group="older", gmina=FIRST, of_powiat=False):
    registry = tiny_registry([office(number, name) for number, name in enumerate(names, start=1)])
    if of_powiat:
        return _names(powiat_centres(ServiceRows(registry.services), gmina_code=gmina))
    return _names(gmina_centres(ServiceRows(registry.services), gmina_code=gmina, group=group))


def _names(rows):
    return [row["facility_name"] for row in rows]


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_centre_is_everybodys(name):
    for group in ("older", "disabled", "homeless"):
        assert centres(name, group=group) == [name]
    assert centres(name, gmina=SECOND) == []


@pytest.mark.parametrize("team", HOMELESS_TEAMS)
def test_a_team_for_people_experiencing_homelessness_is_theirs_alone(team):
    whole = WHOLE[0]
    assert centres(team) == centres(team, group="disabled") == []
    assert centres(whole, team) == [whole]
    assert centres(whole, team, group="homeless") == [team, whole]


@pytest.mark.parametrize("part", OTHER_PARTS)
def test_a_branch_or_another_team_is_nobodys_centre(part):
    for group in ("older", "disabled", "homeless"):
        assert centres(part, WHOLE[0], group=group) == [WHOLE[0]]
        assert centres(part, group=group) == []


def test_a_record_loaded_before_names_told_groups_is_not_shown_either():
    team = service(1, FIRST, support_form="INS-OPS", facility_name=HOMELESS_TEAMS[0], need_groups=["all"])
    services = ServiceRows(tiny_registry([team]).services)
    assert gmina_centres(services, gmina_code=FIRST, group="older") == []


def test_the_powiats_centre_is_that_of_the_persons_powiat():
    rows = [
        office(1, "Powiatowe Centrum Pomocy Rodzinie w Bochni", "INS-PCPR"),
        office(2, WHOLE[0]),
    ]
    services = ServiceRows(tiny_registry(rows).services)
    assert powiat_centres(services, gmina_code=FIRST)[0]["facility_id"] == 1
    assert powiat_centres(services, gmina_code="120201") == []


def test_in_a_city_with_powiat_rights_the_citys_centre_does_the_powiats_tasks():
    rows = [
        # It stands in the city and is of the powiat round it.
        {**office(1, "Powiatowe Centrum Pomocy Rodzinie w Krakowie", "INS-PCPR"), "gmina_code": "126101"},
        {**office(2, WHOLE[0]), "gmina_code": "126101"},
        {**office(3, HOMELESS_TEAMS[0]), "gmina_code": "126101"},
    ]
    services = ServiceRows(tiny_registry(rows).services)
    assert [row["facility_id"] for row in powiat_centres(services, gmina_code="126101")] == [2]
    assert powiat_centres(services, gmina_code="120601") == []


@pytest.mark.parametrize(
    ("forms", "gmina", "powiat"),
    [
        ((), ["OPS Pierwsza"], None),
        (("CAL-DPS",), ["OPS Pierwsza"], None),
        (("REI-WTZ",), None, ["PCPR Pierwsza"]),
        (("CAL-DPS", "REI-WTZ"), ["OPS Pierwsza"], ["PCPR Pierwsza"]),
    ],
)
def test_the_chosen_forms_decide_whose_centre_is_shown(forms, gmina, powiat):
    registry = tiny_registry([office(1, "OPS Pierwsza"), office(2, "PCPR Pierwsza", "INS-PCPR")])
    place = registry.places.get("l:1")
    found = find_help(registry, place, group="disabled", forms=forms, distance_km=15, now=NOW)
    for centre, expected in [(found.support_centre, gmina), (found.powiat_centre, powiat)]:
        assert (None if centre is None else _names(centre)) == expected


@pytest.mark.mirror
def test_no_gmina_of_malopolskie_and_slaskie_shows_an_older_person_another_groups_team(real_registry):
    services = real_registry.services[real_registry.services["is_counted"]]
    services = list(ServiceRows(services[services["support_form"].isin(APPLIED_AT)]))
    codes = real_registry.areas_of_level("gmina")["area_code"]
    codes = codes[codes.str[:2].isin(["12", "24"])]
    found = {
        group: {code: gmina_centres(services, gmina_code=code, group=group) for code in codes}
        for group in ("older", "homeless")
    }
    counts = [len(centres) for centres in found["older"].values()]
    # Eight gminas are on no list: their office is said to be unknown.
    assert (len(counts), counts.count(0), counts.count(1), counts.count(2)) == (349, 8, 339, 2)
    for centres in found["older"].values():
        assert not any(map(is_part_of_centre, _names(centres)))
        assert not any("bezdomn" in name.lower() for name in _names(centres))
        assert all("all" in row["need_groups"] for row in centres)
    assert _names(found["older"]["126101"]) == ["Miejski Ośrodek Pomocy Społecznej w Krakowie"]
    assert _names(found["homeless"]["126101"]) == [
        "Dział Pomocy Bezdomnym MOPS Kraków",
        "Miejski Ośrodek Pomocy Społecznej w Krakowie",
    ]
    assert _names(found["older"]["120611"]) == ["Centrum Usług Społecznych w Skawinie"]
    # In Wrocław only the team is listed: an older person is told that the centre is not known.
    assert gmina_centres(services, gmina_code="026401", group="older") == []


def test_one_office_is_told_once_and_by_its_name_of_now():
    """As in Skawina: the services centre, what it was made of, and the same centre said by a polling station."""
    name = "Centrum Usług Społecznych w Skawinie"
    cus = office(1, name, "INS-CUS", phones=["12 276 21 37"])
    ops = office(2, "Miejsko-Gminny Ośrodek Pomocy Społecznej Skawina", phones=["12 276-21-37"])
    said = office(3, name, "INS-CUS", phones=[], is_counted=False, is_unconfirmed=True)
    other = office(4, "Miejski Ośrodek Pomocy Społecznej", phones=["12 000 00 00"])

    def names(*rows):
        found = gmina_centres(
            ServiceRows(tiny_registry(list(rows)).services), gmina_code=FIRST, group="older"
        )
        return [row["service_id"] for row in found]

    assert names(cus, ops, said) == [1]
    # Another telephone may be another office, as in Zabrze; and what only a polling station says makes nothing old.
    assert names(cus, other) == [1, 4]
    assert names(said, ops) == [3, 2]
    assert names(said) == [3]
