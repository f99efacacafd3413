"""Titles as answers, in Polish, for each indicator: with zeros, without, and where nothing is known."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary import forms_for_group
from data.vocabulary.languages import LANGUAGES
from geo.breaks import classify
from geo.printed_numbers import MOST, UNSURE
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.explain import explanation
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording
from tests.support.kept import kept
from tests.support.tiny_world import GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
DPS = "Dom pomocy społecznej – osoby starsze"
WAY = "w odległości do 10 km w linii prostej"
EVERYWHERE = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
HALF = EVERYWHERE[:1]
REST = "; o pozostałych brak danych"


def home(number=1, gmina=FIRST, places=25):
    return service(number, gmina, capacity_places=places)


@kept
def table(services, *, claims=EVERYWHERE, world=None, **view):
    registry = tiny_registry(services, claims=claims, **(world or {}))
    return build_area_table(registry, View().with_changes(**{"distance_km": 10, "method": "2sfca", **view}))


def title_of(result, lang="pl"):
    return build_caption(result, texts_of(lang)).whole_title.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("places_per_1000", "w 2 gminach na 3 nie ma ani jednego miejsca dla tej grupy"),
        ("facilities_count", "w 2 gminach na 3 nie ma ani jednej placówki dla tej grupy"),
        ("coverage_share", f"w 1 gminie na 3 nikt z tej grupy nie ma placówki dla siebie {WAY}"),
        ("access_per_1000", f"w 1 gminie na 3 nikt nie ma żadnego miejsca dla tej grupy {WAY}"),
    ],
)
def test_zeros_are_counted(indicator, words):
    assert title_of(table([home()], indicator=indicator)) == f"{DPS}: {words}"


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        (
            "places_per_1000",
            "w 1 gminie na 2 objęte pełnym rejestrem nie ma ani jednego miejsca dla tej grupy",
        ),
        (
            "facilities_count",
            "w 1 gminie na 2 objęte pełnym rejestrem nie ma ani jednej placówki dla tej grupy",
        ),
        ("coverage_share", f"w 2 gminach każda osoba z tej grupy ma placówkę {WAY}{REST}"),
        ("access_per_1000", f"w 2 gminach ktoś z tej grupy ma miejsce {WAY}{REST}"),
    ],
)
def test_outside_complete_lists_nothing_is_no_zero(indicator, words):
    assert title_of(table([home()], claims=HALF, indicator=indicator)) == f"{DPS}: {words}"


def test_places_are_counted_wherever_they_stand_and_not_where_a_rate_is_told():
    """Shelters: "miejsca są w 2 powiatach", and the table of the view had places in four."""
    some = table([home(1, FIRST), home(2, SECOND, places=pd.NA)], claims=())
    assert title_of(some) == (
        f"{DPS}: co najmniej 2 placówki w 2 gminach, liczba miejsc: co najmniej 25, podaje ją 1 z 2. "
        "Liczbę na 1000 osób podajemy w 1 gminie; gdzie indziej jej nie znamy"
    )
    assert title_of(table([home(1, FIRST)], claims=())) == f"{DPS}: miejsca są w 1 gminie{REST}"


class TestOfOneArea:
    """ "Miejsca są w 1 województwie", where one was chosen, answered nothing."""

    @pytest.mark.parametrize(
        ("indicator", "said"),
        [
            ("places_per_1000", "1 placówka, liczba miejsc: 25; na 1000 osób: 83,3"),
            ("facilities_count", "1 placówka, liczba miejsc: 25"),
            ("coverage_share", f"placówkę {WAY} ma 100% osób z tej grupy"),
            ("access_per_1000", f"liczba miejsc na 1000 osób {WAY}: 83,3"),
        ],
    )
    def test_its_number_is_the_title(self, indicator, said):
        shown = table([home()], scope="12", level="voivodeship", indicator=indicator)
        assert title_of(shown) == f"{DPS}: {said}"

    def test_what_is_not_whole_is_at_least(self):
        shown = table([home(), home(2, places=pd.NA)], claims=(), scope="12", level="voivodeship")
        assert title_of(shown) == (
            f"{DPS}: co najmniej 2 placówki, liczba miejsc: co najmniej 25, podaje ją 1 z 2; "
            "na 1000 osób, licząc tylko te miejsca: co najmniej 83,3"
        )

    def test_nothing_is_nothing_without_a_count_of_areas(self):
        shown = table([home(1, THIRD)], scope="12", level="voivodeship")
        assert title_of(shown) == f"{DPS}: nie ma ani jednego miejsca dla tej grupy"

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_in_every_language(self, lang):
        shown = table([home()], scope="12", level="voivodeship", lang=lang)
        assert re.search(r"83[.,]3$", title_of(shown, lang))


class TestHeadingsOfGaps:
    """Two lines of a window of 1,366 px, three of a telephone; what belongs to them stands below."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("choices", [{}, {"own": True}, {"own": True, "year": 2035}])
    def test_they_are_short_and_nothing_is_lost(self, lang, choices):
        club = service(1, FIRST, support_form="DZI-KLS", capacity_places=1)
        shown = table(
            [club], claims=(), form="DZI-KLS", indicator="gap_share", norm=50, lang=lang,
            world={"projected": {"1200": 600}} if "year" in choices else None, **choices,
        )  # fmt: skip
        texts = texts_of(lang)
        caption = build_caption(shown, texts)
        assert len(caption.title) <= 130
        whole = f"{caption.title}. {caption.rest}".lower()
        for words in (
            Wording(shown, texts).group,
            texts.t("export_title_own", form="").strip(" ,") if "own" in choices else "",
            str(choices.get("year", "")),
            texts.t("gap.why_list"),
        ):
            assert words.lower() in whole
        assert caption.lines == f"{caption.rest}. {caption.subtitle}"


class TestWithTooFewPeopleForARate:
    """Shelters, of people spread over gminas; of those of the second there are too few for a rate."""

    @pytest.fixture(autouse=True)
    def _too_few(self, monkeypatch):
        people = self.shelters([FIRST]).rows["demand_persons"].astype(float)
        monkeypatch.setattr("layers.answers.measures.inputs.LEAST_ESTIMATED", people[FIRST])

    def shelters(self, gminas, *, claims=(), **view):
        rows = [
            home(number, gmina) | {"support_form": "BEZ-SCH", "need_groups": ["homeless"]}
            for number, gmina in enumerate(gminas, start=1)
        ]
        asked = {"scope": "12", "level": "gmina", "group": "homeless", "form": "BEZ-SCH", "is_estimate": True}
        registry = tiny_registry(rows, claims=claims)
        return build_area_table(registry, View().with_changes(**asked | view))

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            (
                "pl",
                (
                    "co najmniej 2 placówki w 2 gminach, liczba miejsc: co najmniej 50. Liczbę na 1000 osób podajemy "
                    "w 1 gminie; gdzie indziej jej nie znamy albo nie podajemy, bo osób jest za mało"
                ),
            ),
            (
                "uk",
                (
                    "щонайменше 2 заклади у 2 гмінах, кількість місць: щонайменше 50. Кількість на 1000 осіб подаємо "
                    "у 1 гміні; деінде ми її не знаємо або не подаємо, бо осіб замало"
                ),
            ),
            (
                "en",
                (
                    "at least 2 facilities in 2 gminas, places: at least 50. The number per 1,000 people "
                    "is told in 1 gmina; elsewhere it is not known, or not told because the people are too few"
                ),
            ),
        ],
    )
    def test_their_places_are_in_the_title_all_the_same(self, lang, said):
        result = self.shelters([FIRST, SECOND])
        assert result.rows["value"].notna().to_dict() == {FIRST: True, SECOND: False}
        assert title_of(result, lang).endswith(f": {said}")

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            (
                "pl",
                "liczbę miejsc na 1000 osób podajemy w 1 gminie; gdzie indziej jej nie znamy albo nie podajemy",
            ),
            ("uk", "кількість місць на 1000 осіб подаємо у 1 гміні; деінде ми її не знаємо або не подаємо"),
            (
                "en",
                "the number of places per 1,000 people is told in 1 gmina; elsewhere it is not known, or not told",
            ),
        ],
    )
    def test_a_kind_of_support_is_not_said_to_be_only_where_its_rate_is_told(self, lang, said):
        result = self.shelters([FIRST, SECOND], indicator="round_the_clock_per_1000")
        assert result.rows["value"].notna().to_dict() == {FIRST: True, SECOND: False}
        assert said in title_of(result, lang)

    def test_places_of_people_who_are_too_few_everywhere_are_no_lack_of_data(self):
        assert title_of(self.shelters([SECOND])).endswith(
            ": co najmniej 1 placówka w 1 gminie, liczba miejsc: co najmniej 25. "
            "Liczby na 1000 osób nie znamy albo nie podajemy, bo osób jest za mało"
        )
        assert title_of(self.shelters([SECOND], indicator="round_the_clock_per_1000")).endswith(
            "pobyt całodobowy: liczby miejsc na 1000 osób nie znamy albo nie podajemy, bo osób jest za mało"
        )
        assert title_of(self.shelters([])).endswith(": brak danych dla tego obszaru")

    def test_where_a_complete_list_has_nothing_there_is_no_place_however_few_they_are(self):
        result = self.shelters([FIRST], claims=(("BEZ-SCH", "12"),))
        assert result.rows["value"].notna().to_dict() == {FIRST: True, SECOND: False}
        assert title_of(result).endswith("w 1 gminie na 2 nie ma ani jednego miejsca")


@pytest.mark.parametrize(
    "indicator", ["places_per_1000", "facilities_count", "coverage_share", "access_per_1000"]
)
def test_nothing_known_is_said(indicator):
    assert title_of(table([], claims=(), indicator=indicator)) == f"{DPS}: brak danych dla tego obszaru"


def test_zeros_of_reach_are_out_of_the_areas_that_are_told():
    # The home of the second gmina stands nobody knows where: who has it within 2 km is no data.
    lost = service(2, SECOND, capacity_places=5, geometry=None, place_grade="none")
    result = table([lost], claims=HALF, indicator="coverage_share", distance_km=2)
    way = WAY.replace("10", "2")
    assert title_of(result) == (
        f"{DPS}: w 1 gminie na 1, dla której znamy odpowiedź (ze wszystkich: 3), nikt z tej grupy nie ma "
        f"placówki dla siebie {way}"
    )


class TestBalance:
    LISTED = tuple((form, "12") for form in forms_for_group("older"))

    def club(self, gmina):
        return service(9, gmina, support_form="DZI-KLS", capacity_places=12)

    def test_zero_is_no_place_of_the_kind_out_of_those_with_data(self):
        result = table([home(1), home(2, SECOND)], claims=self.LISTED, indicator="day_per_1000")
        assert title_of(result) == (
            "Osoby starsze – wsparcie w ciągu dnia: w 2 gminach na 2 z danymi nie ma ani jednego miejsca"
        )
        both = table(
            [home(1), home(2, SECOND), self.club(FIRST)], claims=self.LISTED, indicator="day_per_1000"
        )
        assert "w 1 gminie na 2 z danymi" in title_of(both)

    def test_some_and_nothing(self):
        result = table([home(), self.club(FIRST)], claims=self.LISTED, indicator="round_the_clock_per_1000")
        assert title_of(result) == (
            "Osoby starsze – pobyt całodobowy: w 1 gminie na 2 z danymi nie ma ani jednego miejsca dla tej grupy"
        )
        nothing = table([], indicator="day_per_1000")
        assert title_of(nothing) == "Osoby starsze – wsparcie w ciągu dnia: brak danych dla tego obszaru"

    def test_a_form_of_two_kinds_is_named(self):
        notes = build_caption(table([], indicator="day_per_1000", group="disabled"), texts_of("pl")).notes
        assert any("środowiskowy dom samopomocy" in note and "Niepewne" in note for note in notes)
        assert not any("Niepewne" in note for note in build_caption(table([]), texts_of("pl")).notes)


def gaps(services, **changes):
    return table(services, **{"indicator": "gap_share", "norm": 100.0, **changes})


TARGET = "do celu 100 na 1000"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("pl", "Gdyby nie było tu żadnej placówki, brakowałoby {}"),
        ("uk", "Якби тут не було жодного закладу, бракувало б {}"),
        ("en", "If no facility stood here, {} would be missing"),
    ],
)
def test_a_gap_where_nothing_is_listed_says_what_its_most_is(lang, said):
    """The heading told no most, and the rows of the table under it one each: one question has one answer."""
    answered = gaps([], claims=())
    caption = build_caption(answered, texts_of(lang))
    most = answered.rows["most_missing_places"].sum()
    assert most > 0
    assert caption.title.endswith(f": {texts_of(lang).t('gap.why_no_list')}")
    assert caption.rest.endswith(said.format(texts_of(lang).number(most)))
    words = " ".join(caption.notes)
    assert texts_of(lang).t("gap.range_note") in words
    assert texts_of(lang).t("gap.left_most") in words
    # A home of another voivodeship that nobody has in reach is on no list of this one.
    far = gaps([home(1, THIRD)], claims=(), scope="12", distance_km=2)
    caption = build_caption(far, texts_of(lang))
    assert texts_of(lang).t("gap.why_no_list") in caption.title
    # Its legend had the day of that list: Podlaskie, without any, that of its neighbours.
    near = gaps([home(1, THIRD)], claims=(), scope="12", distance_km=100)
    for nothing_here in (caption, build_caption(near, texts_of(lang))):
        assert texts_of(lang).t("export_no_list_form") in nothing_here.legend_date
        assert texts_of(lang).t("export_no_list_form") in nothing_here.as_of
    some = gaps([home(1, FIRST)], claims=(), scope="12", distance_km=2)
    listed = build_caption(some, texts_of(lang))
    assert texts_of(lang).t("gap.why_no_list") not in listed.title
    assert texts_of(lang).t("export_no_list_form") not in listed.legend_date


class TestGaps:
    def test_all_is_known(self):
        # Room for 250 of 300 people within 10 km, and 50 have no home there: 100 people are 10 places.
        assert title_of(gaps([home()])) == (
            f"{DPS}: {TARGET} brakuje 10 miejsc. Mieszka tu 50 osób, które nie mają placówki {WAY}"
        )

    @pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
    def test_it_is_the_same_at_every_level(self, level):
        whole = [title_of(gaps([home(places=15)], claims=HALF, level=one)) for one in ("gmina", level)]
        assert whole[0] == whole[1]

    def test_people_near_a_list_that_is_not_complete_are_in_the_most(self):
        # Room for 150 of 300: half of the 200 of the first village are 10 places. The second has 50 left over, the
        # third 50, of whom nothing is certain: at worst 10 places more. At best the second has its places elsewhere,
        # and the first 150 of these: 5 places.
        assert title_of(gaps([home(places=15)], claims=HALF)) == (
            f"{DPS}: {TARGET} brakuje co najmniej 5 miejsc (najwyżej 20). "
            "Dlaczego nie wiemy dokładnie: niepełne listy. Nasz szacunek, bez części osób: 10"
        )

    def test_at_least_and_at_most(self):
        # Nothing stands in reach of the first two: the 200 of the first are 20 places for certain.
        least = title_of(gaps([], claims=HALF))
        assert f"{TARGET} brakuje co najmniej 20 miejsc (najwyżej 35). " in least
        assert least.endswith(f". Mieszka tu co najmniej 200 osób, które nie mają placówki {WAY}")
        # Room for all in the scope of the list, and 50 beyond it of whom nothing is certain.
        none = title_of(gaps([home(places=30)], claims=HALF))
        # Nothing known is no zero.
        assert none == (
            f"{DPS}: nie wiadomo, czy {TARGET} brakuje miejsc: może brakować nawet 5. "
            "Dlaczego nie wiemy dokładnie: niepełne listy"
        )
        size = title_of(gaps([home(places=pd.NA)]))
        assert f"{TARGET} brakuje co najmniej 5 miejsc (najwyżej 35). " in size
        assert "Dlaczego nie wiemy dokładnie: nieznane liczby miejsc. " in size

    def test_nothing_is_missing(self):
        assert title_of(gaps([home(places=100)], distance_km=20)) == f"{DPS}: {TARGET} nie brakuje miejsc"

    def test_to_what_is_named_in_the_same_sentence(self):
        # 25 for 300 people and 10 for 50: 83.33 and 200, in the middle 141.67.
        assert "do mediany powiatów (141,67 na 1000) brakuje" in title_of(
            gaps([home(), home(2, THIRD, 10)], norm=0.0)
        )

    def test_without_a_norm_the_title_asks_for_a_target(self):
        assert (
            title_of(gaps([], norm=0.0)) == f"{DPS}: podaj cel (ile na 1000 osób), żeby policzyć, ile brakuje"
        )

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_no_sentence_says_that_people_lack_a_place(self, lang):
        caption = build_caption(gaps([home(places=15)], claims=HALF), texts_of(lang))
        said = " ".join([caption.title, caption.subtitle, *caption.notes, *caption.columns.values()]).lower()
        for words in (
            "brakuje miejsca",
            "osobom brakuje",
            "dla których brakuje",
            "бракує місця",
            "people lack",
        ):
            assert words not in said

    def test_the_norm_is_in_the_subtitle_and_its_origin_in_the_notes(self):
        caption = build_caption(gaps([home()]), texts_of("pl"))
        assert "do celu 100 na 1000 osób" in caption.subtitle
        assert any("ustawiony w tym widoku" in note for note in caption.notes)
        median = build_caption(gaps([home(), home(2, THIRD, 10)], norm=0.0), texts_of("pl"))
        assert "do mediany powiatów 141,67 na 1000 osób" in median.subtitle
        assert (
            median.columns["missing_places"] == "Ile miejsc brakuje do mediany powiatów 141,67 na 1000 osób"
        )
        assert any("Mediana powiatów: 141,67 na 1000 osób (liczba miejsc)" in note for note in median.notes)
        # One click away, and on every print.
        assert any("Normy ustawowej nie ma" in note for note in median.notes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_norm_nothing_has_a_blank(lang):
    """The subtitle of a gap without a target said "do … na 1000"."""
    texts = texts_of(lang)
    result = gaps([], norm=0.0)
    caption = build_caption(result, texts)
    said = [caption.title, caption.subtitle, caption.legend_title, caption.legend_unit, *caption.notes]
    said += caption.columns.values()
    for column in ("gap_share", "served_persons", "missing_places", "most_missing_places"):
        explained = explanation(result, column, FIRST, texts)
        said += [explained.name, explained.what, explained.formula]
    assert not [words for words in said if "…" in words]
    assert texts.t("gap.level_to_unset") in caption.subtitle


def test_unknown_people_are_said():
    result = table([], group="homeless", form="BEZ-SCH", indicator="gap_share", norm=5.0)
    assert title_of(result).endswith(": liczba osób z tej grupy nie jest znana w tym podziale")


def test_unknown_people_are_the_reason_that_there_is_no_norm():
    result = table([], group="homeless", form="BEZ-SCH", claims=(("BEZ-SCH", "12"),), scope="12")
    notes = build_caption(result, texts_of("pl")).notes
    # Places are known in all powiats; people are in none.
    assert any("liczbę miejsc na 1000 osób znamy w mniej niż połowie powiatów" in note for note in notes)


class TestClasses:
    CENTRES = (
        service(1, FIRST, support_form="INS-CUS", need_groups=["all"]),
        service(2, SECOND, support_form="INS-OPS", need_groups=["all"]),
    )
    ALL_CENTRES = (("INS-CUS", "12"),)

    def title(self, services=(), claims=(), plans=None, **changes):
        world = {"local_plans": plans or {}}
        return title_of(table(list(services), claims=claims, world=world, **changes))

    def test_a_list_complete_for_one_voivodeship_is_no_count_of_the_country(self):
        assert self.title(self.CENTRES, self.ALL_CENTRES, indicator="organisation") == (
            "Centrum usług społecznych (CUS): na liście, którą mamy, działa w 1 gminie; "
            "lista jest kompletna tylko dla województw: małopolskie"
        )
        assert self.title(self.CENTRES, indicator="organisation").endswith(
            "działa w 1 gminie; lista nie jest kompletna dla żadnego województwa"
        )

    def test_a_complete_list_counts_all_gminas(self):
        whole = {"claims": self.ALL_CENTRES, "indicator": "organisation", "scope": "12"}
        assert self.title(self.CENTRES, **whole) == ("Centrum usług społecznych (CUS) działa w 1 gminie na 2")
        assert self.title(**whole) == "Centrum usług społecznych (CUS) nie działa w żadnej z 2 gmin"

    def test_plans_are_counted_out_of_those_known(self):
        plans = {FIRST: "adopted", SECOND: "none"}
        assert self.title(plans=plans, indicator="local_plan") == (
            "Lokalny plan deinstytucjonalizacji: według zestawienia, które mamy, przyjęto go w 1 gminie; "
            "stan znamy w 2 gminach na 3"
        )
        assert self.title(plans=plans, indicator="local_plan", scope="12") == (
            "Lokalny plan deinstytucjonalizacji przyjęto w 1 gminie na 2"
        )
        assert "nie wymienia żadnego przyjętego; stan znamy w 1 gminie na 3" in (
            self.title(plans={SECOND: "none"}, indicator="local_plan")
        )

    @pytest.mark.parametrize(
        ("indicator", "subject"),
        [
            ("organisation", "Centrum usług społecznych (CUS)"),
            ("local_plan", "Lokalny plan deinstytucjonalizacji"),
        ],
    )
    def test_nothing_known_is_not_zero(self, indicator, subject):
        said = self.title(plans={"1200": "adopted"}, indicator=indicator)
        assert said == f"{subject}: nie znamy stanu w żadnej z 3 gmin"
        assert "0" not in said

    def test_a_hundred_has_another_preposition(self):
        result = table([], indicator="local_plan")
        whole = replace(result, class_of=pd.concat([result.class_of] * 61).head(182))
        assert title_of(whole).endswith("nie znamy stanu w żadnej ze 182 gmin")


class TestYearAndScenario:
    def test_the_year_is_said_where_it_counts(self):
        world = {"projected": {"1200": 600, "2400": 60}}
        later = table([home()], world=world, year=2035)
        assert title_of(later).startswith(f"{DPS}, prognoza ludności na 2035 r., miejsca dzisiejsze: ")
        assert any("SZACUNEK na rok 2035" in note for note in build_caption(later, texts_of("pl")).notes)
        # How many homes there are does not depend on a year that the address still holds.
        count = table([home()], world=world, year=2035, indicator="facilities_count")
        assert "2035" not in title_of(count)
        assert not any("2035" in note for note in build_caption(count, texts_of("pl")).notes)

    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            ("pl", ", stan list na 30 czerwca 2025"),
            ("uk", ", стан списків на 30 червня 2025\u202fр."),
            ("en", ", lists as of 30 June 2025"),
        ],
    )
    def test_an_earlier_day_is_named_and_nothing_of_it_is_of_today(self, lang, said):
        world = {"projected": {"1200": 600, "2400": 60}}
        # The page may be of now where a second map is of that day.
        earlier = table([home()], world=world, level="powiat", day="2025-06-30", year=2035)
        caption = build_caption(earlier, texts_of(lang))
        assert said in caption.title
        words = " ".join([*caption.notes, *caption.columns.values()])
        assert texts_of(lang).t("export_places_today") not in words
        assert texts_of(lang).t("part.kept_today") not in words
        for indicator in ("organisation", "knowledge"):
            assert said in title_of(table([home()], indicator=indicator, day="2025-06-30"), lang)
        # People and local plans are those of now on any day.
        for indicator in ("people", "local_plan"):
            assert said not in title_of(table([home()], indicator=indicator, day="2025-06-30"), lang)

    def test_plans_of_now_are_not_told_of_an_earlier_day(self):
        plans = table(
            [], world={"local_plans": {"120001": "adopted"}}, indicator="local_plan", day="2025-06-30"
        )
        notes = build_caption(plans, texts_of("pl")).notes
        assert any(
            "nie z dnia 30 czerwca 2025: zestawienia planów z tego dnia nie mamy" in note for note in notes
        )
        assert not any("Spisy placówek takie" in note for note in notes)

    def test_a_kind_of_support_that_is_not_told_of_few_people_is_not_said_to_be_unknown(self, monkeypatch):
        shelters = [home() | {"support_form": "BEZ-SCH", "need_groups": ["homeless"]}]
        registry = tiny_registry(shelters, claims=(("BEZ-SCH", "12"),))
        asked = {"group": "homeless", "is_estimate": True, "indicator": "round_the_clock_per_1000"}
        view = View().with_changes(scope="12", level="gmina", **asked)
        people = build_area_table(registry, view).rows["demand_persons"].astype(float)
        monkeypatch.setattr("layers.answers.measures.inputs.LEAST_ESTIMATED", people[FIRST])
        few = build_area_table(registry, view)
        assert few.rows["is_few"].to_dict() == {FIRST: False, SECOND: True}
        assert few.rows["value"].notna().to_dict() == {FIRST: True, SECOND: False}
        assert title_of(few).endswith("nie podajemy, bo osób jest za mało")

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_scenario_is_never_shown_as_today(self, lang):
        change = Change(kind="open", support_form="CAL-DPS", gmina_code=SECOND, locality_key="2", places=10)
        packed = to_text(Scenario("Dom w Drugiej", "CAL-DPS", "older", (change,)))
        result = table([home()])
        planned = replace(result, view=result.view.with_changes(scenario=packed))
        caption = build_caption(planned, texts_of(lang))
        assert "Dom w Drugiej" in caption.title
        assert any("Dom w Drugiej" in note for note in caption.notes)
        assert "Dom w Drugiej" not in build_caption(result, texts_of(lang)).title


def test_changes_say_what_they_rest_on():
    result = table([home()], indicator="day_per_1000", since="2025-01-01")
    notes = build_caption(result, texts_of("pl")).notes
    assert any("Zmiana od 1 stycznia 2025" in note for note in notes)


@pytest.mark.parametrize(("travel", "words"), [("line", "10 km"), ("car", "30 minut jazdy samochodem")])
def test_the_description_says_how_far_is_near(travel, words):
    """Of a way by car the sheet must not say kilometres, and of places without a way nothing."""
    result = table([home()], indicator="coverage_share")
    result = replace(result, view=result.view.with_changes(travel=travel))
    label = texts_of("pl").t("export_label_distance")
    assert words in dict(build_caption(result, texts_of("pl")).about)[label]


def test_the_description_tells_no_distance_where_none_counts():
    label = texts_of("pl").t("export_label_distance")
    assert label not in dict(build_caption(table([home()]), texts_of("pl")).about)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "indicator",
    ["places_per_1000", "coverage_share", "access_per_1000", "gap_share", "day_per_1000", "organisation"],
)
def test_every_language_has_the_same_numbers_in_its_title(lang, indicator):
    result = table([home()], claims=HALF, indicator=indicator, norm=100.0)

    def numbers(words):
        # English thousands are written with the sign that is the decimal comma of the others.
        plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", words.replace("\u00a0", ""))
        return sorted(word for word in re.split(r"[ ,.:;()]", plain) if word.isdigit())

    assert numbers(title_of(result, lang)) == numbers(title_of(result))


def test_classes_are_not_needed_for_the_title_of_gaps():
    whole = gaps([home()])
    values = pd.Series([0.1, 0.2, 0.3], index=whole.rows.index)
    assert title_of(replace(whole, classes=classify(values))) == title_of(whole)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("pl", "(80 lat i więcej)"), ("en", "(80 and over)"), ("uk", "(80 років і старші)")],
)
def test_an_age_that_is_not_the_usual_one_is_named_where_people_are_counted(lang, said):
    result = gaps([home(places=15)])
    older = replace(result, view=result.view.with_changes(age_from=80))
    caption = build_caption(older, texts_of(lang))
    # The subtitle of a gap names no group; that of a rate does.
    assert said in caption.title
    rate = build_caption(
        table([home()], indicator="places_per_1000", level="powiat", age_from=80), texts_of(lang)
    )
    assert said in rate.subtitle
    assert said not in title_of(result, lang)


@pytest.mark.parametrize(
    ("lang", "today", "planned"),
    [
        ("pl", "dzisiejszy poziom", "poziom z tego scenariusza"),
        ("en", "today’s level", "the level of this scenario"),
        ("uk", "нинішній рівень", "рівень цього сценарію"),
    ],
)
def test_places_to_add_to_a_scenario_keep_the_level_of_the_scenario(lang, today, planned):
    change = Change(
        kind="open", support_form="CAL-DPS", gmina_code=SECOND, longitude=20.0, latitude=50.0, places=5
    )
    packed = to_text(Scenario("Dom w Drugiej", "CAL-DPS", "older", (change,)))
    result = gaps([home(places=15)])
    with_scenario = replace(result, view=result.view.with_changes(scenario=packed))
    for column in ("places_to_keep", "places_to_keep_2030", "places_to_keep_2035"):
        assert today in build_caption(result, texts_of(lang)).columns[column]
        assert planned in build_caption(with_scenario, texts_of(lang)).columns[column]
        assert today not in build_caption(with_scenario, texts_of(lang)).columns[column]
    said = [kept_words(one, lang) for one in (result, with_scenario)]
    assert said[0] != said[1]


def kept_words(result, lang):
    words = Wording(result, texts_of(lang)).values  # noqa: PD011 - no frame
    return [texts_of(lang).t(f"explain.{part}.places_to_keep_later", **words) for part in ("what", "formula")]


def test_a_year_without_a_forecast_is_not_told_to_be_unknown_today():
    result = table([home()], indicator="places_per_1000", year=2035, level="powiat")
    rows = result.rows.assign(demand_persons=float("nan"), value=float("nan"))
    unknown = replace(result, rows=rows)
    assert title_of(unknown).endswith(": nie mamy prognozy liczby osób z tej grupy na rok 2035")
    notes = build_caption(unknown, texts_of("pl")).notes
    assert "Nie mamy prognozy liczby osób z tej grupy na rok 2035. Pokazujemy to, co wiadomo." in notes
    assert not any("stan na 31 grudnia 2020" in note for note in notes)


def test_a_scenario_of_another_form_says_that_nothing_changes_here():
    change = Change(
        kind="open", support_form="DZI-KLS", gmina_code=FIRST, longitude=19.9, latitude=50.0, places=30
    )
    packed = to_text(Scenario("Kluby", "DZI-KLS", "older", (change,)))
    notes = ViewNotes(Wording(table([home()], scenario=packed), texts_of("pl"))).all()
    assert "Żadna zmiana scenariusza „Kluby” nie dotyczy tej formy: liczby są takie jak dziś." in notes
    own = to_text(Scenario("Domy", "CAL-DPS", "older", (replace(change, support_form="CAL-DPS"),)))
    assert any(
        "tak byłoby po" in note
        for note in ViewNotes(Wording(table([home()], scenario=own), texts_of("pl"))).all()
    )


def test_places_that_some_state_are_told_where_not_all_do():
    result = table([home(1), home(2, places=None)], level="voivodeship", claims=())
    assert title_of(result).startswith(
        f"{DPS}: co najmniej 2 placówki w 1 województwie, liczba miejsc: co najmniej 25, "
        "podaje ją 1 z 2. Na 1000 osób liczymy tylko te miejsca"
    )


def test_the_note_of_a_gap_says_how_many_people_its_estimate_leaves_out():
    # Nobody listed anything in the third gmina, whose 50 older people may have places or not.
    result = table([home(1)], claims=HALF, indicator="gap_share", norm=500)
    (left,) = (note for note in ViewNotes(Wording(result, texts_of("pl"))).all() if "pomija" in note)
    left_out = round(result.answer.no_data_persons)
    assert left_out > 0
    assert (
        f"czy starcza dla nich miejsc: {left_out} z {round(result.answer.people_persons)}. „Najwyżej”" in left
    )


@pytest.mark.parametrize("indicator", ["facilities_count", "coverage_share", "access_per_1000", "knowledge"])
def test_a_level_that_stands_beside_a_map_is_named_with_its_number(indicator):
    """Clubs told places fewer "than the median of powiats or a target gives", and neither which nor how many."""
    # 25 places for 300 people of one powiat, 25 for 50 of the other: the middle of 83.33 and 500.
    homes = [home(), home(2, THIRD)]
    caption = build_caption(table(homes, indicator=indicator), texts_of("pl"))
    assert "niż daje mediana powiatów 291,67 na 1000 osób" in caption.columns["norm_missing_places"].replace(
        "\xa0", " "
    )
    target = build_caption(table(homes, indicator=indicator, norm=5), texts_of("pl"))
    assert "niż daje cel 5 na 1000 osób" in target.columns["norm_missing_places"].replace("\xa0", " ")


@pytest.mark.parametrize(
    ("bounds", "ending"),
    [(["", ""], ""), (["unsure", ""], " (nie wszędzie na pewno)"), (["unsure", "most"], " (niepewne)")],
)
def test_somebody_has_a_facility_for_certain_only_where_the_table_is_certain(bounds, ending):
    result = table([home(), home(2, SECOND)], claims=HALF, indicator="coverage_share", distance_km=2)
    told = list(result.rows.index[result.class_of.notna()])
    assert len(told) == 2
    rows = result.rows.assign(value=result.rows["value"].where(result.rows["value"].isna(), 0.5))
    # `Bound` is written so in the frames of bounds.
    marks = {"": "", "unsure": UNSURE, "most": MOST}
    known = result.bounds.assign(
        value=pd.Series([marks[one] for one in bounds], index=told).reindex(
            result.bounds.index, fill_value=""
        )
    )
    said = title_of(replace(result, rows=rows, bounds=known))
    assert f"ktoś z tej grupy ma placówkę w odległości do 2 km w linii prostej{ending}{REST}" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", [code for code in INDICATORS if INDICATORS[code].is_of_group("older")])
def test_own_residents_are_named_in_every_title(indicator, lang):
    services = [service(1, FIRST, support_form="DZI-DDS", capacity_places=25)]
    named = []
    for own in (True, False):
        view = View().with_changes(form="DZI-DDS", indicator=indicator, own=own, norm=5.0)
        result = build_area_table(tiny_registry(services, claims=(("DZI-DDS", "12"),)), view)
        title, texts = title_of(result, lang), texts_of(lang)
        is_counted = texts.t("export_title_own", form="").strip(", ") in title
        named.append(is_counted or texts.t("export_title_own_unused") in title)
    assert named == [True, False]
