"""The real data, loaded once for the whole test run."""

import geopandas as gpd
import pytest
import shapely
from shapely import unary_union
from sqlalchemy import Engine, func, select

from data.places.near_border import BEYOND_BORDER_M, BORDER_M
from data.reading.area_queries import area_of_code, areas
from data.registry.status import read_status
from data.store.schema import Area, Facility, Locality, Population, RegisterTotal, Release, Service, WorkItem
from geo.crs import GEOGRAPHIC, to_metric

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def status(real_engine: Engine):
    with real_engine.connect() as connection:
        return read_status(connection)


def test_areas_of_2026_are_all_there(status) -> None:
    assert not status.is_invented
    assert [status.rows[level] for level in ("gmina", "powiat", "voivodeship")] == [2479, 380, 16]


def test_geometry_is_valid_and_drawn_borders_stay_shared(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        drawn = areas(connection)
        full = areas(connection, is_simplified=False)
    assert full.geometry.is_valid.all()
    assert drawn.geometry.is_valid.all()
    gminas = drawn[drawn["level"] == "gmina"]
    # The mirror's file is generalised already (28 vertices a gmina), so little is left to take away.
    assert shapely.coverage_is_valid(gminas.geometry.to_numpy())
    in_full = full.loc[full["level"] == "gmina", "geometry"]
    assert shapely.get_num_coordinates(gminas.geometry).sum() < shapely.get_num_coordinates(in_full).sum()
    powiat = drawn.set_index("area_code").loc["1206", "geometry"]
    own = gminas[gminas["area_code"].str.startswith("1206")]
    assert unary_union(list(own.geometry)).equals(powiat)


def test_population_sums_are_those_of_gus(status) -> None:
    assert status.population == {
        "persons": 38_265_013,
        "persons_65_plus": 7_119_985,
        "persons_80_plus": 1_683_970,
    }


def test_people_of_every_year_are_those_of_gus(status) -> None:
    told = {(row["year"], row["kind"]): row for row in status.residents}
    assert [told[year, "projected"]["persons"] for year in (2030, 2040)] == [37_049_551, 35_258_862]
    assert [told[year, "projected"]["persons_80_plus"] for year in (2030, 2040)] == [2_099_269, 3_053_648]
    assert told[2022, "counted"] == {
        "year": 2022,
        "kind": "counted",
        "persons": 37_766_327,
        "persons_65_plus": 7_353_455,
        "persons_80_plus": 1_600_312,
    }
    assert told[2024, "counted"]["persons"] == 37_489_087
    assert told[2024, "counted"]["persons_65_plus"] is None
    assert len(told) == 20


def test_every_gmina_has_eighteen_bands(real_engine: Engine) -> None:
    query = select(func.count(), func.count(func.distinct(Population.area_code)))
    with real_engine.connect() as connection:
        assert tuple(connection.execute(query).one()) == (2477 * 18, 2477)


def test_localities_have_their_gmina(real_engine: Engine) -> None:
    query = select(func.count(), func.count(Locality.gmina_code), func.count(Locality.population_persons))
    with real_engine.connect() as connection:
        everything, inside, peopled = connection.execute(query).one()
        krakow = connection.execute(
            select(Locality.gmina_code, Locality.population_persons).where(
                Locality.name == "Kraków", Locality.kind == "miasto"
            )
        ).one()
    assert (everything, inside) == (43_989, 43_984)
    assert peopled == 3_449
    assert tuple(krakow) == ("126101", 755_050)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1206012", ("120601", False)), ("1207132", ("120713", False)), ("2002162", ("200216", False))],
)
def test_codes_of_2026_find_their_area(real_engine: Engine, code: str, expected: tuple[str, bool]) -> None:
    with real_engine.connect() as connection:
        assert area_of_code(connection, code, "2026") == expected


def test_every_input_row_is_accepted_or_rejected_with_a_reason(status) -> None:
    rejected = {(row["source_code"], row["reason"]): row["rows"] for row in status.rejected}
    assert all(row["rows_read"] == row["rows_accepted"] + row["rows_rejected"] for row in status.releases)
    assert sum(rejected.values()) == sum(row["rows_rejected"] for row in status.releases)
    assert rejected["population", "part_of_gmina"] == 1302
    assert rejected["terc", "part_of_gmina"] == 1321


def test_totals_of_the_register_are_ours(real_engine: Engine) -> None:
    query = select(RegisterTotal).join(Release).where(Release.source_code == "malopolskie-dps")
    with real_engine.connect() as connection:
        totals = connection.execute(query).all()
    assert all(total.stated == total.computed for total in totals)
    places = {total.area_code: total.computed for total in totals if total.quantity == "capacity_places"}
    assert len(places) == 22
    assert (places["1206"], places["1261"]) == (817, 2158)


def test_homes_of_malopolskie_are_counted_once(status) -> None:
    (homes,) = [row for row in status.forms if (row.voivodeship_code, row.support_form) == ("12", "CAL-DPS")]
    assert (homes.capacity_places, homes.capacity_unknown) == (8126, 0)
    # Of the homes of other lists, polling stations mostly, all but eight are merged with a home of the register.
    assert (homes.facilities, homes.set_aside) == (89, 8)


def test_homes_of_kujawsko_pomorskie_are_counted_from_their_register(status) -> None:
    homes = {row.voivodeship_code: row for row in status.forms if row.support_form == "CAL-DPS"}
    kujawsko_pomorskie = homes["04"]
    assert (kujawsko_pomorskie.capacity_places, kujawsko_pomorskie.capacity_unknown) == (3990, 0)
    assert (kujawsko_pomorskie.facilities, kujawsko_pomorskie.set_aside) == (47, 30)


def test_homes_of_mazowieckie_and_podkarpackie_are_counted_from_their_registers(status) -> None:
    """Doors of Mazowieckie are merged with the register; of Podkarpackie 21 of 4,912 places are of short stay."""
    homes = {row.voivodeship_code: row for row in status.forms if row.support_form == "CAL-DPS"}
    short = {row.voivodeship_code: row for row in status.forms if row.support_form == "OPW-KRO"}
    assert (homes["14"].facilities, homes["14"].capacity_places) == (107, 9982)
    assert (homes["18"].facilities, homes["18"].capacity_places) == (53, 4912 - 21)
    assert (short["18"].facilities, short["18"].capacity_places) == (5, 21)
    # Polling stations that are no home of the register by their address: branches, doors that were renumbered.
    assert (homes["14"].set_aside, homes["18"].set_aside) == (8, 5)


def test_workshops_are_complete_in_every_voivodeship(status) -> None:
    workshops = {row.voivodeship_code: row for row in status.forms if row.support_form == "REI-WTZ"}
    assert sum(row.facilities for row in workshops.values()) == 724
    assert workshops["12"].facilities == 68
    (known,) = [form for form in status.knowledge if form.support_form == "REI-WTZ"]
    assert (len(known.complete), known.incomplete, known.nothing) == (16, (), ())


def test_gminas_have_their_own_centres(real_engine: Engine) -> None:
    query = (
        select(Facility.gmina_code, func.count())
        .join(Release, Facility.release_id == Release.id)
        .join(Service, Service.facility_id == Facility.id)
        .where(Release.source_code.in_(["malopolskie-ops", "slaskie-ops"]))
        .where(Service.support_form != "INS-PCPR")
        .group_by(Facility.gmina_code)
    )
    gminas = select(Area.area_code).where(Area.level == "gmina")
    with real_engine.connect() as connection:
        centres = dict(connection.execute(query).all())
        codes = set(connection.execute(gminas).scalars())
    # Also Szczawa, which was in Kamienica until 2024.
    assert {code for code, count in centres.items() if count > 1} == set()
    assert {"120705", "120713"} <= centres.keys()
    without = {code for code in codes - centres.keys() if code[:2] in {"12", "24"}}
    assert without == {"120102", "120103", "120106", "120501", "120702", "121305", "121508", "121611"}


def test_facilities_with_a_locality_have_a_point(real_engine: Engine) -> None:
    query = select(Facility.record_key).where(
        Facility.place_grade == "none",
        Facility.locality_name.is_not(None),
        Facility.id.not_in(
            select(Service.facility_id).where(Service.support_form.in_(["BEZ-STR", "BEZ-MPP"]))
        ),
    )
    explained = select(WorkItem.subject).where(WorkItem.kind.in_(["not_located", "locality_ambiguous"]))
    with real_engine.connect() as connection:
        without = set(connection.execute(query).scalars())
        assert without <= set(connection.execute(explained).scalars())
    assert len(without) <= 6


def test_facility_points_lie_in_their_gmina_or_too_near_to_say_another(real_engine: Engine) -> None:
    query = select(Facility.point, Area.geometry).join(Area, Area.area_code == Facility.gmina_code)
    with real_engine.connect() as connection:
        points, shapes = zip(
            *connection.execute(
                query.where(Facility.point.is_not(None), Facility.ended_release_id.is_(None))
            ).all(),
            strict=True,
        )
    assert len(points) > 1200
    points, shapes = (to_metric(gpd.GeoSeries(list(some), crs=GEOGRAPHIC)) for some in (points, shapes))
    distances = points.distance(shapes)
    assert distances.max() <= BEYOND_BORDER_M
    # Doors whose lists state the gmina on this side of the border that is drawn: the senior club in Rożnów (593 m), the
    # workshop in Okuniew (545 m) and a polling station in Chodzież (492 m).
    assert (distances > BORDER_M).sum() == 3
    # With them records and doors that lists, or official addresses, have on this side.
    assert (distances > 0).sum() == 19


def test_no_mail_address_of_a_person_is_stored(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        for model in (Facility, Service, WorkItem):
            for row in connection.execute(select(model)):
                assert "poczta.example" not in str(row)


def test_a_name_that_two_gminas_of_the_powiat_have_leaves_the_powiat(real_engine: Engine) -> None:
    """Wysoka: PRNG has that of Cekcyn alone, addresses that of Tuchola, too. Warzyn and Górki only addresses have."""
    keys = {
        "dom pomocy spolecznej w wysokiej||wysoka": (None, "0416"),
        "dom pomocy spolecznej w warzynie||warzyn": ("040703", None),
        "misericordia-gorki#01": ("220703", None),
        "emkielce#01": (None, "2604"),
    }
    query = select(Facility.record_key, Facility.gmina_code, Facility.powiat_code).where(
        Facility.record_key.in_(keys), Facility.ended_release_id.is_(None)
    )
    with real_engine.connect() as connection:
        assert {key: (gmina, powiat) for key, gmina, powiat in connection.execute(query)} == keys
