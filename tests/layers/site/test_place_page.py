"""What the page of a place says, worked by hand; and that no text of a register is read as markup."""

import json
import re
from datetime import date, datetime
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from data.finding.query_reader import QueryReader
from data.opening_hours import POLISH_TIME
from data.vocabulary import support_forms
from layers.site import finder_answers, light_pages, routes
from layers.site.gmina_page import gmina_page
from layers.site.place_data import place_data
from layers.site.place_page import place_page
from layers.site.sitemap import sitemap, sitemap_part
from layers.text import texts_of
from tests.support.asking import asked
from tests.support.tiny_world import service, tiny_registry

PL, EN = texts_of("pl"), texts_of("en")
HOME = "register:00000000000000aa"
MONDAY = datetime(2026, 11, 30, 17, 0, tzinfo=POLISH_TIME)
EVIL = "<script>alert(1)</script>\u2028\"'&"
FIRST = "120001"


def page_of(texts=PL, now=MONDAY, **changes):
    registry = tiny_registry([service(1, FIRST, facility_handle=HOME, **changes)])
    return place_page(registry, HOME, now=now, texts=texts)


def test_the_heading_begins_with_a_capital_letter():
    assert (
        page_of(visibility="gmina_centroid", facility_name="mieszkanie wspomagane").name
        == "Mieszkanie wspomagane"
    )


def test_what_is_not_known_is_said():
    page = page_of(phones=[], street_address=None, postal_code=None, locality_name=None, place_grade="gmina")
    [part] = page.parts
    assert page.no_phone == "Nie mamy numeru telefonu."
    assert page.calls == ()
    assert page.address == ("Adresu nie znamy.",)
    assert page.where == ("Gmina Pierwsza", "Położenie znamy tylko do gminy.")
    [how] = part.how
    assert how.startswith("Nasze listy nie podają, jak się zgłosić do tego miejsca ani ile kosztuje.")


def centre(**changes):
    return (
        service(2, FIRST, support_form="INS-OPS", need_groups=["all"], facility_name="OPS Pierwsza") | changes
    )


def test_a_place_without_a_telephone_says_whom_to_call_instead():
    home = service(1, FIRST, facility_handle=HOME, phones=["721 50 70"])
    page = place_page(tiny_registry([home, centre(phones=["12 222 22 22"])]), HOME, now=MONDAY, texts=PL)
    assert [(call.address, call.is_local) for call in page.calls] == [("", True)]
    [asked] = page.asked
    assert asked.lines == ("Zapytaj w gminie: OPS Pierwsza",)
    assert [call.address for call in asked.calls] == ["tel:+48122222222"]


def test_where_no_office_is_known_either_the_numbers_for_everybody_are_told():
    page = page_of(phones=[])
    assert "tel:112" in {call.address for asked in page.asked for call in asked.calls}
    assert page_of().asked == ()


def test_whom_a_home_takes_in_is_all_of_its_types_and_unknown_where_no_list_tells_one():
    rows = [
        service(1, FIRST, facility_handle=HOME, subtype="dla osób w podeszłym wieku", need_groups=["older"]),
        service(
            2,
            FIRST,
            facility_id=1,
            facility_handle=HOME,
            subtype="dla osób niepełnosprawnych fizycznie",
            need_groups=["disabled"],
        ),
    ]
    [part] = place_page(tiny_registry(rows), HOME, now=MONDAY, texts=EN).parts
    assert part.whom == "For whom: older people, people with disabilities"
    whole = list(support_forms()["CAL-DPS"].need_groups)
    [part] = page_of(EN, need_groups=whole, subtype=None).parts
    assert part.whom.startswith("For whom: the list does not say.")
    [part] = page_of(EN, need_groups=whole, subtype=None, support_form="DZI-KLS").parts
    assert part.whom.startswith("For whom: older people")


def test_a_form_is_told_in_a_sentence_with_its_cost_its_steps_and_its_law():
    [part] = page_of().parts
    assert part.facts.what.startswith("Stały dom dla osób, które potrzebują opieki przez całą dobę")
    assert part.rules_whom[0].startswith("Dla kogo: Osoby, które z powodu wieku")
    assert part.facts.cost.startswith("Mieszkaniec płaci najwyżej 70% dochodu.")
    assert part.facts.steps[0].startswith("Złóż pisemny wniosek w OPS lub CUS")
    assert part.facts.steps_note == ""
    assert part.facts.source.startswith("Podstawa: ustawa o pomocy społecznej, art. 54")
    assert "Opis: listopad 2026" in part.facts.source


def test_what_is_not_confirmed_says_where_to_ask_and_what_nobody_knows_is_not_told():
    [part] = page_of(support_form="MIE-NM").parts
    assert part.facts.cost == ""
    assert part.facts.whom.endswith("sprawdź w ośrodku pomocy społecznej.)")
    assert part.facts.steps_note.endswith("sprawdź w ośrodku pomocy społecznej.)")
    assert "Nie znamy osobnych przepisów" in part.facts.source
    assert part.facts.source_url.startswith("https://")


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_the_page_places_steps_as_a_list_that_a_card_can_lead_to(ask, lang):
    page = ask(f"/placowka/{HOME}", f"lang={lang}").body.decode()
    steps = re.search(r'<h3 id="kroki-CAL-DPS">.*?<ol class="steps">(.*?)</ol>', page, re.DOTALL)[1]
    assert steps.count("<li>") == 5
    assert "70%" in page


def test_a_closed_door_says_when_it_opens_next():
    [part] = page_of(opening_hours="Mo-Fr 08:00-16:00", support_form="DZI-KSP").parts
    assert (part.door, part.hours[0]) == ("Teraz zamknięte", "Następne otwarcie: jutro, 8:00")
    friday = datetime(2026, 12, 4, 17, 0, tzinfo=POLISH_TIME)
    [part] = page_of(EN, friday, opening_hours="Mo-Fr 08:00-16:00", support_form="DZI-KSP").parts
    assert part.hours[0] == "Opens next: Monday, December 7, 8:00"


def test_before_a_holiday_of_which_hours_are_silent_no_opening_is_promised():
    eve = datetime(2026, 12, 24, 17, 0, tzinfo=POLISH_TIME)
    [part] = page_of(now=eve, opening_hours="Mo-Fr 08:00-16:00", support_form="DZI-KSP").parts
    assert not any("Następne otwarcie" in line for line in part.hours)


def test_free_places_have_their_day_and_grow_old():
    [part] = page_of(vacant_places=3, vacancies_on=date(2026, 11, 25)).parts
    assert part.vacancies == ("3 wolne miejsca – stan na 25 listopada 2026",)
    assert not part.is_vacancy_old


def test_each_form_of_a_place_has_a_part():
    rows = [
        service(1, FIRST, facility_handle=HOME),
        service(
            2, FIRST, facility_id=1, facility_handle=HOME, support_form="DZI-KSP", phones=["12 111 11 11"]
        ),
    ]
    page = place_page(tiny_registry(rows), HOME, now=MONDAY, texts=PL)
    assert [part.title for part in page.parts] == ["Dom pomocy społecznej", "Klub samopomocy"]
    assert [call.label for call in page.calls] == ["12 000 00 00", "12 111 11 11"]


def test_help_without_a_door_is_not_said_to_stand_nobody_knows_where():
    assert page_of(support_form="DOM-UO", geometry=None, place_grade="none").where == ("Gmina Pierwsza",)


@pytest.mark.parametrize("visibility", ["staff", "hidden"])
def test_staff_and_hidden_places_have_no_page(visibility):
    assert page_of(visibility=visibility) is None


def test_a_protected_place_tells_machines_its_gmina_alone():
    page = page_of(visibility="gmina_centroid", street_address=None, postal_code=None, locality_name=None)
    data = place_data(page, "https://mapa.example/x")
    assert data["address"] == {"@type": "PostalAddress", "addressCountry": "PL", "addressRegion": "Pierwsza"}
    assert "geo" not in data
    assert page.where == ("Gmina Pierwsza",)
    assert any("ze względu na bezpieczeństwo" in line for line in page.address)


@pytest.mark.parametrize(("grade", "is_told"), [("door", True), ("street", False), ("locality", False)])
def test_machines_are_told_the_point_of_a_door_alone(grade, is_told):
    data = place_data(page_of(place_grade=grade), "https://mapa.example/x")
    assert ("geo" in data) == is_told


def test_what_is_only_evidence_is_told_as_such_and_kept_from_search_engines(monkeypatch):
    evidence = {"origin": "polling_station", "is_counted": False, "is_unconfirmed": True}
    registry = tiny_registry([service(1, FIRST, facility_handle=HOME, **evidence)])
    monkeypatch.setattr(light_pages, "open_registry", lambda: registry)
    app = Starlette(routes=routes.site_routes())
    page = asked(app, f"/placowka/{HOME}").body.decode()
    assert page.count("Podobno tu jest") == 3  # as a notice and in two descriptions
    assert "Nikt nie potwierdził tego miejsca – zadzwoń przed wizytą" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    listed = asked(app, "/sitemap.xml").body.decode()
    assert "/gmina/120001" in listed
    assert HOME not in listed
    assert "Podobno tu jest" in asked(app, f"/gmina/{FIRST}").body.decode()


@pytest.fixture
def ask(monkeypatch):
    """Give a function that asks for light pages of a registry that is not invented."""
    registry = tiny_registry([service(1, FIRST, facility_handle=HOME)])
    monkeypatch.setattr(light_pages, "open_registry", lambda: registry)
    app = Starlette(routes=routes.site_routes())
    return lambda path, query="", **headers: asked(
        app, path, query, headers={"host": "mapa.example"} | headers
    )


@pytest.mark.parametrize("lang", ["pl", "uk", "en"])
def test_a_place_as_machines_read_it(ask, lang):
    page = ask(f"/placowka/{HOME}", f"lang={lang}").body.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (data["@type"], data["name"], data["telephone"]) == ("Place", "Placówka 1", "+48120000000")
    assert data["@id"] == f"http://mapa.example/placowka/{HOME}?lang={lang}"
    assert "noindex" not in page


def test_robots_are_led_to_the_sitemap_where_the_proxy_speaks_tls(ask):
    asked_for = ask("/robots.txt", **{"x-forwarded-proto": "https"}).body.decode()
    assert asked_for == "User-agent: *\nAllow: /\nSitemap: https://mapa.example/sitemap.xml\n"


def test_a_silent_database_is_said(ask, monkeypatch):
    monkeypatch.setattr(light_pages, "database_silent_since", lambda: MONDAY)
    assert "baza nie odpowiada" in ask(f"/gmina/{FIRST}").body.decode()


def test_no_text_of_a_register_is_read_as_markup(monkeypatch):
    said = service(1, FIRST)
    texts = dict.fromkeys(_texts(said), EVIL)
    lists = {"phones": [EVIL], "barrier_free": [EVIL], "required_documents": [EVIL], "languages": [EVIL]}
    evil = {**texts, **lists, "opening_hours": None, "service_opening_hours": None, "gmina_name": EVIL}
    registry = tiny_registry([service(1, FIRST, facility_handle=HOME, **evil)])
    monkeypatch.setattr(light_pages, "open_registry", lambda: registry)
    app = Starlette(routes=routes.site_routes())
    monkeypatch.setattr(finder_answers, "reader_of", lambda registry: QueryReader(registry.places))
    for path, query in (
        (f"/placowka/{HOME}", ""),
        (f"/gmina/{FIRST}", ""),
        ("/pomoc", f"lang=pl&place=g:{FIRST}&q={quote(EVIL)}"),
    ):
        answer = asked(app, path, query, headers={"host": "mapa.example"})
        page = answer.body.decode()
        assert answer.status == 200
        assert page.count("&lt;script&gt;alert(1)") >= 3
        ours = r'type="application/ld\+json"|src="/vendor/ours/finder-(?:box|list).js\?v=[0-9a-f]+" defer'
        without_data = re.sub(f"<script (?:{ours})>[^<]*</script>", "", page)
        assert "<script" not in without_data
        assert "alert(1)</" not in page
    found = re.search(r'ld\+json">([^<]*)</script>', asked(app, f"/placowka/{HOME}").body.decode())
    assert json.loads(found[1])["name"] == EVIL


def _texts(row):
    """Give the names of what lists write as text; what we decide by (forms, codes, grades) is not theirs."""
    ours = {"facility_handle", "support_form", "status", "gmina_code", "powiat_code", "voivodeship_code"}
    ours |= {"place_grade", "visibility", "origin", "dated_precision", "verified_precision", "set_aside_by"}
    ours |= {
        "source_code",
        "wheelchair",
        "vacancies_on",
        "vacancies_expire_on",
        "verified_on",
        "field_sources",
    }
    return {
        name for name, value in row.items() if (value is None or isinstance(value, str)) and name not in ours
    }


def test_a_gmina_tells_what_a_whole_register_does_not_list_and_what_no_list_covers():
    page = gmina_page(
        tiny_registry([service(1, FIRST, facility_handle=HOME)]), "120002", now=MONDAY, texts=PL
    )
    older = page.groups[0]
    assert older.shelves == ()
    assert older.found == "Nasze listy nie wymieniają tu pomocy dla tej grupy. To nie znaczy, że jej nie ma."
    assert older.silence[0] == (
        "Rejestry, które podają wszystkie takie placówki, nie wymieniają w tej gminie żadnej: dom pomocy społecznej."
    )
    assert "dom pomocy społecznej" not in older.silence[1]
    beyond = gmina_page(tiny_registry([service(1, FIRST)]), "240001", now=MONDAY, texts=PL).groups[0]
    [line] = beyond.silence
    assert "dom pomocy społecznej" in line


def test_a_home_for_others_is_not_told_as_none():
    """A register that states a home for older people has not said that there is none for anybody else."""
    page = gmina_page(tiny_registry([service(1, FIRST, facility_handle=HOME)]), FIRST, now=MONDAY, texts=PL)
    older, disabled = page.groups[:2]
    assert [shelf.title for shelf in older.shelves] == ["Dom pomocy społecznej"]
    assert not any(
        "nie wymieniają w tej gminie żadnej" in line for line in (*older.silence, *disabled.silence)
    )
    assert disabled.silence[0] == (
        "W tej gminie stoją też takie placówki, ale listy podają je dla innych osób. Zapytaj, kogo przyjmują: dom "
        "pomocy społecznej."
    )


def test_a_gmina_without_centre_and_office_says_so():
    page = gmina_page(tiny_registry([service(1, FIRST)]), FIRST, now=MONDAY, texts=PL)
    assert page.centres == ()
    assert page.office == ("Nie mamy adresu i telefonu ośrodka ani urzędu tej gminy.",)


def test_a_long_sitemap_is_a_list_of_parts():
    paths = [f"/x/{number}" for number in range(5)]
    whole = sitemap(paths, "https://mapa.example", most=2)
    assert whole.count("<loc>") == 3
    assert "https://mapa.example/sitemap/3.xml" in whole
    parts = [sitemap_part(paths, "https://mapa.example", number, most=2) for number in (1, 2, 3)]
    assert sum(part.count("<loc>") for part in parts) == 5
    assert sitemap_part(paths, "https://mapa.example", 4, most=2) is None
    assert sitemap_part(paths, "https://mapa.example", 1) is None
