"""Registers of facilities: tiny worlds for every rule of reading, then each profile against its real file."""

import csv
import datetime as dt
import tomllib

import pandas as pd
import pytest
import xlsxwriter

from data.sources.cell_text import read_date, read_phones, read_powiat
from data.sources.registers.profile import load_profile
from data.sources.registers.profile_tables import File
from data.sources.registers.record_fields import FIELDS
from data.sources.registers.registers import read_register
from data.store.errors import RegisterError
from data.vocabulary import need_groups_of
from tests.support.folders import EXAMPLES, REGISTERS

PROFILE = """
[register]
code = "small"
form = "CAL-DPS"
voivodeship = "12"
key = ["facility_name", "locality_name"]

[columns.stated_powiat_name]
header = "Powiat"
fill = "merged"

[columns.facility_name]
header = "Dom"
fill = "merged"

[columns.note]
header = "Uwagi"
required = false

[columns.capacity_places]
header = "Liczba miejsc"

[totals]
column = "facility_name"
pattern = '^X$'
group = "stated_powiat_name"
quantities = ["capacity_places"]
"""


def _workbook(path, rows, merged=()):
    """Write rows to the first sheet; texts stay texts, even when they look like formulas."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Dane")
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, "")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value != "":
                    write = sheet.write_string if isinstance(value, str) else sheet.write_number
                    write(number, place, value)
    return path


def _profile(folder, text=PROFILE):
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path)


def _read(folder, rows, merged=(), text=PROFILE):
    return read_register(_profile(folder, text), _workbook(folder / "small.xlsx", rows, merged))


def _example(folder, name, code):
    example = tomllib.loads((EXAMPLES / f"registers_{name}.toml").read_text(encoding="utf-8"))
    path = _workbook(folder / f"{name}.xlsx", example["rows"], example["merged"])
    return read_register(load_profile(REGISTERS / f"{code}.toml"), path)


def _adds_up(staged):
    return staged.rows_read == len(staged.records) + len(staged.rejected)


HEADER = ["Powiat", "Dom", "Liczba miejsc", "Uwagi"]


class TestTinyWorlds:
    def test_merged_cells_speak_for_all_their_rows_and_totals_are_compared(self, tmp_path):
        rows = [
            HEADER,
            ["krakowski", "X", 30, ""],
            ["", "Dom Pod Lipą", 10, ""],
            ["", "", 20, ""],
            ["m. Kraków", "X", 8, ""],
            ["", "Dom Miejski", 7, ""],
        ]

        staged = _read(tmp_path, rows, merged=[(1, 0, 3, 0), (2, 1, 3, 1), (4, 0, 5, 0)])

        assert staged.rows_read == 5
        assert list(staged.records.columns) == list(FIELDS)
        assert list(staged.records["facility_name"]) == ["Dom Pod Lipą", "Dom Pod Lipą", "Dom Miejski"]
        assert staged.records["facility_key"].nunique() == 2
        assert list(staged.records["row_reference"]) == ["Dane!3", "Dane!4", "Dane!6"]
        assert list(staged.records["stated_powiat_name"]) == ["krakowski", "krakowski", "Kraków"]
        assert list(staged.records["is_city_powiat"]) == [False, False, True]
        assert list(staged.rejected["reason"]) == ["total_row", "total_row"]
        assert staged.totals.to_numpy().tolist() == [
            ["krakowski", "krakowski", "capacity_places", 30, 30],
            ["m. Kraków", "Kraków", "capacity_places", 8, 7],
        ]

    def test_blank_name_outside_a_merged_block_is_not_given_to_the_home_above(self, tmp_path):
        staged = _read(tmp_path, [HEADER, ["krakowski", "Dom", 10, ""], ["krakowski", "", 20, ""]])

        assert list(staged.rejected["reason"]) == ["missing_name"]
        assert _adds_up(staged)

    def test_fill_down_repeats_the_cell_above(self, tmp_path):
        text = PROFILE.replace('fill = "merged"', 'fill = "down"')

        staged = _read(tmp_path, [HEADER, ["krakowski", "Dom", 10, ""], ["", "", 20, ""]], text=text)

        assert list(staged.records["facility_name"]) == ["Dom", "Dom"]

    def test_missing_column_is_named_with_what_was_found_and_what_to_do(self, tmp_path):
        rows = [["Rejestr"], ["Powiat", "Dom", "Miejsca ogółem"], ["krakowski", "Dom", 10]]

        with pytest.raises(RegisterError) as caught:
            _read(tmp_path, rows)

        message = str(caught.value)
        assert "sheet 'Dane': expected a column headed 'Liczba miejsc'" in message
        assert "'Miejsca ogółem'" in message
        assert "[columns.capacity_places]" in message

    def test_missing_optional_column_is_no_error(self, tmp_path):
        staged = _read(tmp_path, [HEADER[:3], ["krakowski", "Dom", 10]])

        assert staged.records["note"].tolist() == [None]

    def test_two_columns_of_one_label_need_the_label_over_them(self, tmp_path):
        rows = [
            ["Powiat", "Dom", "Rok 2025", "Rok 2026"],
            ["", "", "Liczba miejsc", "Liczba miejsc"],
            ["krakowski", "Dom", 5, 6],
        ]
        text = PROFILE + "[file]\nheader_rows = 2\n"

        with pytest.raises(RegisterError, match="expected one column 'Liczba miejsc', found 2"):
            _read(tmp_path, rows, text=text)
        staged = _read(
            tmp_path, rows, text=text.replace('"Liczba miejsc"', '"Liczba miejsc"\nunder = "Rok 2026"')
        )

        assert staged.records["capacity_places"].tolist() == [6]

    def test_header_is_found_under_titles_and_in_other_white_space(self, tmp_path):
        rows = [["Rejestr"], [], ["POWIAT", "Dom ", "Liczba\nmiejsc *"], ["krakowski", "Dom", 10]]

        assert _read(tmp_path, rows).records["capacity_places"].tolist() == [10]

    @pytest.mark.parametrize(
        ("places", "reason"),
        [
            ("około 90", "not_a_number"),
            (12.5, "not_a_number"),
            (-1, "absurd_number"),
            (5001, "absurd_number"),
        ],
    )
    def test_wrong_number_of_places_rejects_the_row_and_shows_the_value(self, tmp_path, places, reason):
        staged = _read(
            tmp_path, [HEADER, ["krakowski", "Dom", places, ""], ["krakowski", "Drugi", "1 200", ""]]
        )

        assert list(staged.rejected["reason"]) == [reason]
        assert f"capacity_places: '{places}'" in staged.rejected["detail"][0]
        assert staged.records["capacity_places"].tolist() == [1200]
        assert _adds_up(staged)

    def test_empty_number_is_missing_and_not_zero(self, tmp_path):
        staged = _read(tmp_path, [HEADER, ["krakowski", "Dom", "", ""], ["krakowski", "Drugi", 0, ""]])

        assert staged.records["capacity_places"].isna().tolist() == [True, False]
        assert staged.records["capacity_places"].dtype == "Int64"

    def test_formulas_markup_and_dirt_stay_or_become_plain_text(self, tmp_path):
        rows = [
            HEADER,
            ["krakowski", '=HYPERLINK("x")', 1, "<script>alert(1)</script>"],
            ["krakowski", "Dom\x07 Pod\xa0  Lipą\u200b\t", 2, "pisz: jan.kowalski@poczta.example lub 12 345"],
        ]

        staged = _read(tmp_path, rows)

        assert list(staged.records["facility_name"]) == ['=HYPERLINK("x")', "Dom Pod Lipą"]
        assert list(staged.records["note"]) == ["<script>alert(1)</script>", "pisz: lub 12 345"]

    def test_missing_sheet_and_broken_file_are_told(self, tmp_path):
        rows = [HEADER, ["krakowski", "Dom", 10, ""]]
        with pytest.raises(RegisterError, match="expected the sheet 'Inny', found 'Dane'"):
            _read(tmp_path, rows, text=PROFILE + '[file]\nsheet = "Inny"\n')
        (tmp_path / "broken.xlsx").write_bytes((tmp_path / "small.xlsx").read_bytes()[:-100])

        with pytest.raises(
            RegisterError, match=r"broken\.xlsx: expected a whole archive, found a broken one"
        ):
            read_register(_profile(tmp_path), tmp_path / "broken.xlsx")

    def test_title_without_the_promised_date_is_an_error(self, tmp_path):
        text = PROFILE + "[as_of]\ntitle = 'stan na (?P<date>.+) r'\n"
        good = [["stan na 1 maja 2026 r."], HEADER, ["krakowski", "Dom", 10, ""]]

        assert _read(tmp_path, good, text=text).as_of == dt.date(2026, 5, 1)
        with pytest.raises(RegisterError, match="expected the date of the register"):
            _read(tmp_path, [["Rejestr"], *good[1:]], text=text)

    def test_cell_that_fits_no_split_rejects_its_row(self, tmp_path):
        text = PROFILE + "[columns.kind]\nheader = 'Typ'\nsplit = [{ pattern = '(?P<subtype>[A-D])' }]\n"
        rows = [[*HEADER, "Typ"], ["krakowski", "Dom", 1, "", "A"], ["krakowski", "Drugi", 2, "", "inny"]]

        staged = _read(tmp_path, rows, text=text)

        assert list(staged.records["subtype"]) == ["A"]
        assert staged.rejected["reason"].tolist() == ["unreadable_cell"]

    def test_words_of_a_section_title_hold_for_its_rows(self, tmp_path):
        text = PROFILE + "[[sections]]\ntitle = 'DLA (?P<subtype>.+)'\nhas_header = true\n"
        rows = [
            ["DLA SENIORÓW"],
            HEADER,
            ["krakowski", "Dom", 1, ""],
            ["DLA DZIECI"],
            HEADER,
            ["krakowski", "Dom", 2, ""],
        ]

        staged = _read(tmp_path, rows, text=text)

        assert list(staged.records["subtype"]) == ["SENIORÓW", "DZIECI"]
        with pytest.raises(RegisterError, match="expected a section headed"):
            _read(tmp_path, rows[1:3], text=text)

    def test_header_over_the_first_section_serves_all(self, tmp_path):
        text = PROFILE + "[[sections]]\ntitle = 'DLA (?P<subtype>.+)'\n"
        rows = [
            HEADER,
            ["DLA SENIORÓW"],
            ["krakowski", "Dom", 1, ""],
            ["DLA DZIECI"],
            ["krakowski", "Dom", 2, ""],
        ]

        records = _read(tmp_path, rows, text=text).records

        assert list(records["subtype"]) == ["SENIORÓW", "DZIECI"]
        assert len(set(records["facility_key"])) == 1

    @pytest.mark.parametrize(("title", "expected"), [("30 czerwca 2026", 6), ("31 maja 2026", 5)])
    @pytest.mark.parametrize("sections", ["", "[[sections]]\ntitle = 'DLA .+'\n"])
    def test_month_of_the_title_chooses_the_column(self, tmp_path, title, expected, sections):
        text = PROFILE + "[file]\nheader_rows = 2\n[as_of]\ntitle = 'na (?P<date>.+) r'\n" + sections
        text += "[columns.vacant_places]\nheader = '{roman_month}'\nunder = 'Wolne'\n"
        rows = [
            [f"stan na {title} r."],
            ["Powiat", "Dom", "Liczba miejsc", "Wolne", "", ""],
            ["", "", "", "V", "VI", "VII"],
            *([["DLA SENIORÓW"]] if sections else []),
            ["krakowski", "Dom", 10, 5, 6, ""],
        ]

        staged = _read(tmp_path, rows, merged=[(1, 3, 1, 5)], text=text)

        assert staged.records["vacant_places"].tolist() == [expected]
        assert staged.as_of == read_date(title)[0]

    def test_day_in_a_label_follows_the_register(self, tmp_path):
        text = PROFILE.replace('"Liczba miejsc"', '"Liczba miejsc na {date} r."')
        text += "[as_of]\ntitle = 'na (?P<date>[0-9.]+) r'\n"

        for day in (dt.date(2025, 3, 31), dt.date(2026, 12, 1)):
            rows = [["Powiat", "Dom", f"Liczba miejsc\nna {day:%d.%m.%Y} r."], ["krakowski", "Dom", 7]]
            staged = _read(tmp_path, rows, text=text)
            assert (staged.as_of, staged.records["capacity_places"].tolist()) == (day, [7])

    def test_columns_can_be_joined(self, tmp_path):
        text = PROFILE + "[columns.street]\nheader = 'Ulica'\n[columns.house]\nheader = 'Nr'\n"
        text += "[columns.street_address]\njoin = ['street', 'house']\njoin_with = '|'\n"
        text += "replace = [{ pattern = '^\\|', with = 'nr ' }, { pattern = '\\|', with = ' ' }]\n"
        rows = [
            [*HEADER, "Ulica", "Nr"],
            ["krakowski", "Dom", 1, "", "ul. Długa", 5],
            ["krakowski", "B", 1, "", "", 7],
        ]

        assert list(_read(tmp_path, rows, text=text).records["street_address"]) == ["ul. Długa 5", "nr 7"]

    def test_nothing_is_read_or_kept_from_the_row_that_ends_the_table(self, tmp_path):
        text = PROFILE + "[rows]\nend = '^Sporządził'\n"
        rows = [HEADER, ["krakowski", "Dom", 10, ""], ["Sporządziła:"], ["Anna Nikt"]]

        staged = _read(tmp_path, rows, text=text)

        assert (staged.rows_read, len(staged.records)) == (1, 1)

    def test_total_of_the_whole_register(self, tmp_path):
        text = PROFILE.replace('"stated_powiat_name"\nquantities', '"register"\nquantities')
        text = text.replace("column = \"facility_name\"\npattern = '^X$'", "pattern = '^[0-9]+$'")
        rows = [HEADER, ["krakowski", "Dom", 10, ""], ["tarnowski", "Drugi", 20, ""], ["", "", 31, ""]]

        staged = _read(tmp_path, rows, text=text)

        assert staged.totals.to_numpy().tolist() == [["razem", None, "capacity_places", 31, 30]]

    def test_order_of_rows_does_not_matter(self, tmp_path):
        rows = [["krakowski", f"Dom {number}", number, ""] for number in range(5)]

        forward = _read(tmp_path, [HEADER, *rows]).records.set_index("facility_name")["capacity_places"]
        backward = _read(tmp_path, [HEADER, *reversed(rows)]).records.set_index("facility_name")[
            "capacity_places"
        ]

        pd.testing.assert_series_equal(forward, backward.loc[forward.index])


ROW = {
    "source_id": "a#1",
    "name": "Noclegownia",
    "facility_kind": "BEZ-NOC",
    "locality": "Wałbrzych",
    "powiat_name": "Wałbrzych",
    "voivodeship": "dolnośląskie",
    "teryt_gmina": "026501",
    "lat": "50.7672",
    "lon": "16.2828",
    "geo_grade": "locality",
    "status": "as_of_source",
    "capacity_places": "20",
    "phone": "74 813 66 94; 74 647-01-01",
    "as_of_date": "2023-12",
    "email": "ktos@poczta.example",
    "source_url": "http://a.example/x (strona)",
    "website": "www.a.example",
    "intake_conditions": "referral; sober",
}


class TestCompiledRows:
    def _read(self, folder, *changes):
        # Two fields may be read from one column.
        columns = dict.fromkeys(
            label for column in self.profile().columns.values() for label in column.header
        )
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*columns, "email"], restval="")
            writer.writeheader()
            writer.writerows({**ROW, **change} for change in changes)
        return read_register(self.profile(), folder / "list.csv")

    @staticmethod
    def profile():
        return load_profile(REGISTERS / "compiled-homelessness.toml")

    def test_every_field_is_read_as_what_it_is(self, tmp_path):
        record = self._read(tmp_path, {}).records.iloc[0]

        assert record["facility_key"] == "a#1"
        assert record["row_reference"] == "2"
        assert record["support_form"] == "BEZ-NOC"
        assert record["voivodeship_code"] == "02"
        assert record["stated_gmina_code"] == "026501"
        assert (record["stated_powiat_name"], record["is_city_powiat"]) == ("Wałbrzych", True)
        assert (record["latitude"], record["longitude"]) == (50.7672, 16.2828)
        assert record["phones"] == [{"number": "74 813 66 94"}, {"number": "74 647-01-01"}]
        assert (record["stated_on"], record["stated_precision"]) == (dt.date(2023, 12, 1), "month")
        assert record["website"] == "http://www.a.example"
        assert record["source_url"] == "http://a.example/x"
        assert record["intake_text"] == "na skierowanie; wymagana trzeźwość"
        assert record["status"] == "active"
        assert record["vacancies_on"] is None
        assert "@" not in record.to_string()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"facility_kind": "XXX"}, "unknown_value"),
            ({"status": "burnt"}, "unknown_value"),
            ({"voivodeship": "mordor"}, "unknown_value"),
            ({"teryt_gmina": "126"}, "bad_code"),
            ({"lat": "16.2828", "lon": "50.7672"}, "swapped_coordinates"),
            ({"lat": "0"}, "absurd_coordinate"),
            ({"lat": ""}, "absurd_coordinate"),
            ({"lat": "NaN"}, "not_a_number"),
            ({"as_of_date": "2023-13"}, "unreadable_date"),
            ({"as_of_date": "0023"}, "absurd_date"),
            ({"website": "javascript:alert(1)"}, "unreadable_web_address"),
            ({"name": " "}, "missing_name"),
            ({"geo_grade": "exact"}, "unknown_value"),
        ],
    )
    def test_absurd_value_is_rejected_with_a_reason(self, tmp_path, change, reason):
        staged = self._read(tmp_path, change, {"source_id": "a#2"})

        assert list(staged.rejected["reason"]) == [reason]
        assert list(staged.records["facility_key"]) == ["a#2"]
        assert _adds_up(staged)

    def test_repeated_identifier_is_rejected(self, tmp_path):
        assert list(self._read(tmp_path, {}, {}).rejected["reason"]) == ["repeated_key"]

    def test_other_statuses_are_kept(self, tmp_path):
        changes = [
            {"source_id": word, "status": word} for word in ("closed", "planned", "suspended", "moved")
        ]

        assert list(self._read(tmp_path, *changes).records["status"]) == [
            "closed",
            "planned",
            "suspended",
            "moved",
        ]

    def test_wrong_encoding_is_told(self, tmp_path):
        (tmp_path / "list.csv").write_bytes("source_id,name\n1,Łaźnia".encode("iso-8859-2"))
        profile = self.profile()
        declared = profile.model_copy(update={"file": File(encoding="utf-8")})

        with pytest.raises(
            RegisterError, match=r"list\.csv, row 2: expected text in utf-8, found the bytes 0xA3"
        ):
            read_register(declared, tmp_path / "list.csv")


class TestCells:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("tel. 12 658 54 94\n tel.12 311 42 36", ["12 658 54 94", "12 311 42 36"]),
            ("tel.12 283 93 14 \nwew. 225", ["12 283 93 14 wew. 225"]),
            ("12 382 11 10 788 170 851", ["12 382 11 10", "788 170 851"]),
            ("728 956 743, 728 956 743", ["728 956 743"]),
            ("781784956", ["781 784 956"]),
            ("12 /422 12 11", ["12 /422 12 11"]),
            ("brak", []),
        ],
    )
    def test_phones(self, text, expected):
        assert read_phones(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("30 czerwca 2026 r.", (dt.date(2026, 6, 30), "day")),
            ("4 maja 2026", (dt.date(2026, 5, 4), "day")),
            ("październik 2025", (dt.date(2025, 10, 1), "month")),
            ("31.03.2025 r.", (dt.date(2025, 3, 31), "day")),
            ("2021", (dt.date(2021, 1, 1), "year")),
            ("31 czerwca 2026", None),
            ("wkrótce", None),
        ],
    )
    def test_dates(self, text, expected):
        assert read_date(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("krakowski", ("krakowski", False)),
            ("m. Kraków", ("Kraków", True)),
            ("Miasto Nowy Sącz", ("Nowy Sącz", True)),
            ("warszawski zachodni", ("warszawski zachodni", False)),
            ("Piotrków Trybunalski", ("Piotrków Trybunalski", True)),
            ("Powiat Zgierski", ("zgierski", False)),
            ("GRUDZIĄDZ", ("Grudziądz", True)),
            ("Bocheński", ("bocheński", False)),
        ],
    )
    def test_powiats(self, text, expected):
        assert read_powiat(text) == expected


class TestExamples:
    """The same family as the real files, small enough to check by eye and without the mirror."""

    def test_dps(self, tmp_path):
        staged = _example(tmp_path, "dps", "malopolskie-dps")
        records = staged.records

        assert staged.as_of == dt.date(2026, 6, 30)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (8, 5, 4)
        assert staged.totals["stated"].tolist() == staged.totals["computed"].tolist()
        brzeski = staged.totals.query("label == 'brzeski' and quantity == 'capacity_places'")
        assert brzeski["stated"].tolist() == [173]  # 98 of the gmina's home and 75 of the powiat's two
        first = records.iloc[1]
        assert first["facility_name"] == "Dom Pomocy Społecznej w Borzęcinie"
        assert first["organization_name"] == "Gmina Borzęcin"
        assert (first["street_address"], first["locality_name"]) == ("Borzęcin 591", "Borzęcin")
        assert first["subtype"] == "dla osób niepełnosprawnych fizycznie"
        assert (first["vacant_places"], first["vacant_women"], first["vacant_men"]) == (7, 3, 4)
        assert records["waiting_days"].tolist() == [0, 0, 360, 180, 75]

    def test_sds(self, tmp_path):
        staged = _example(tmp_path, "sds", "malopolskie-sds")
        records = staged.records

        assert list(records["facility_name"]) == [
            "ŚDS w Bieczu",
            "ŚDS, ul. Józefa 1",
            "ŚDS w Cerekwi",
            'ŚDS "Zielona Przystań"',
            "Klub Samopomocy, ul. Sienkiewicza 24",
        ]
        assert list(records["support_form"]) == ["DZI-SDS"] * 4 + ["DZI-KSP"]
        biecz = records.iloc[0]
        assert biecz["organization_name"] == 'Stowarzyszenie na Rzecz Pomocy Rodzinie "Nadzieja" w Bieczu'
        assert (biecz["stated_gmina_name"], biecz["stated_powiat_name"]) == ("Biecz", "gorlicki")
        assert (biecz["street_address"], biecz["locality_name"]) == ("ul. Parkowa 1", "Biecz")
        assert biecz["phones"] == [{"number": "13 440 61 22"}]
        assert biecz["subtype"] == (
            "osoby z niepełnosprawnością intelektualną, "
            "osoby z innymi przewlekłymi zaburzeniami czynności psychicznych"
        )
        assert biecz["note"] == (
            "filia: w Gorlicach, ul. Wyszyńskiego 18, 38-300 Gorlice; "
            "z 4 miejscami całodobowymi (21 osób w Bieczu, w filii 19 osób); telefon filii: 18 534 61 01"
        )
        assert records.iloc[2]["street_address"] == "Cerekiew 48"
        assert records["is_city_powiat"].tolist() == [False, True, False, True, None]
        assert staged.rejected["reason"].value_counts().to_dict() == {"total_row": 5, "counted_elsewhere": 1}
        assert staged.totals[["stated", "computed"]].to_numpy().tolist() == [[63, 63], [35, 35], [4, 4]]
        assert records["capacity_places"].sum() == 41 + 22 + 36 + 60 + 35


@pytest.mark.mirror
class TestRealFiles:
    @staticmethod
    def _read(mirror, code, file):
        staged = read_register(load_profile(REGISTERS / f"{code}.toml"), mirror / "registers" / file)
        assert _adds_up(staged)
        assert list(staged.records.columns) == list(FIELDS)
        assert staged.records["facility_name"].str.len().min() > 0
        assert "@" not in staged.records.to_csv()
        return staged

    @pytest.mark.parametrize(
        ("file", "expected", "krakow"),
        [
            ("dps_vacancies_2025-05-31.xlsx", (dt.date(2025, 5, 31), 113, 88, 8060), (833, 2163)),
            ("dps_vacancies_2025-10-31.xlsx", (dt.date(2025, 10, 31), 113, 88, 8022), (822, 2158)),
            ("dps_vacancies_2026-06-11.xlsx", (dt.date(2026, 5, 31), 113, 88, 8021), (817, 2158)),
            ("dps_vacancies_2026-07-15.xlsx", (dt.date(2026, 6, 30), 114, 89, 8126), (817, 2158)),
        ],
    )
    def test_dps(self, mirror, file, expected, krakow):
        staged = self._read(mirror, "malopolskie-dps", f"malopolskie/{file}")
        records, totals = staged.records, staged.totals

        homes, places = records["facility_key"].nunique(), records["capacity_places"].sum()
        assert (staged.as_of, len(records), homes, places) == expected
        assert set(staged.rejected["reason"]) == {"total_row"}
        assert totals["label"].nunique() == 22
        assert totals["stated"].tolist() == totals["computed"].tolist()
        stated = totals[totals["quantity"] == "capacity_places"].set_index("label")["computed"]
        assert (stated["krakowski"], stated["m. Kraków"]) == krakow
        cities = records.loc[records["is_city_powiat"] == True, "stated_powiat_name"]  # noqa: E712
        assert set(cities) == {"Kraków", "Nowy Sącz", "Tarnów"}
        assert (
            records[["street_address", "postal_code", "locality_name", "post_town", "subtype"]]
            .notna()
            .all(axis=None)
        )
        assert not records["facility_name"].str.contains(r"\d\d-\d{3}|ul\.|^Gmina|^Miasto|  ").any()

    def test_sds(self, mirror):
        staged = self._read(mirror, "malopolskie-sds", "malopolskie/sds_2026.xlsx")
        records = staged.records

        assert staged.as_of == dt.date(2026, 5, 4)
        assert records["support_form"].value_counts().to_dict() == {"DZI-SDS": 87, "DZI-KSP": 2}
        assert records["facility_key"].nunique() == 89
        assert records.groupby("support_form")["capacity_places"].sum().to_dict() == {
            "DZI-SDS": 3302,
            "DZI-KSP": 55,
        }
        assert staged.rejected["reason"].value_counts().to_dict() == {"total_row": 5, "counted_elsewhere": 1}
        # The file stores no sums of its two sections of houses, only of clubs and of places round the clock.
        assert staged.totals[["stated", "computed"]].to_numpy().tolist() == [[55, 55], [4, 4]]
        assert (
            records[["street_address", "postal_code", "locality_name", "organization_name"]]
            .notna()
            .all(axis=None)
        )
        assert records["note"].str.contains("filia:").sum() == 12
        assert not records["facility_name"].str.contains(r"\d\d-\d{3}|fil").any()
        assert records.loc[records["facility_name"] == "ŚDS Konary", "locality_name"].tolist() == ["Konary"]

    def test_senior_plus(self, mirror):
        staged = self._read(mirror, "malopolskie-senior-plus", "malopolskie/senior_plus_2026-06-02.xlsx")
        records = staged.records

        assert staged.as_of == dt.date(2026, 6, 2)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (107, 107, 107)
        assert records["capacity_places"].sum() == 2571
        assert set(records["support_form"]) == {"DZI-KLS", "DZI-DDS"}
        assert records["phones"].map(len).min() >= 1
        assert not any("." in phone["number"] for phones in records["phones"] for phone in phones)
        assert records.iloc[-1]["stated_powiat_name"] == "bocheński"
        assert records["locality_name"].notna().all()

    def test_dps_of_kujawsko_pomorskie(self, mirror):
        file = "kujawsko-pomorskie/dps_vacancies_2026-07-05.xls"
        staged = self._read(mirror, "kujawsko-pomorskie-dps", file)
        records, totals = staged.records, staged.totals

        assert staged.as_of == dt.date(2026, 6, 30)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (55, 50, 47)
        assert staged.rejected["reason"].tolist() == ["total_row"] * 5
        columns = ["capacity_places", "vacant_places", "waiting_persons"]
        assert records[columns].sum().tolist() == [3990, 73, 220]
        assert totals["stated"].tolist() == totals["computed"].tolist()
        # The last section has one home of 79 places and no total.
        assert totals.groupby("quantity")["stated"].sum()[columns].tolist() == [3990 - 79, 73, 220]
        assert records["subtype"].map(
            lambda text: need_groups_of("CAL-DPS", text)
        ).value_counts().to_dict() == {
            ("mental_health",): 12,
            ("disabled",): 4 + 11 + 1,
            ("older", "chronically_ill"): 13,
            ("older",): 9,
        }
        chelmno = records[records["locality_name"] == "Chełmno"]
        assert (chelmno["facility_key"].nunique(), chelmno["capacity_places"].tolist()) == (1, [19, 37, 87])
        cities = records.loc[records["is_city_powiat"] == True, "stated_powiat_name"]  # noqa: E712
        assert set(cities) == {"Bydgoszcz", "Grudziądz", "Toruń", "Włocławek"}
        assert records["locality_name"].notna().all()
        assert records["phones"].map(len).min() == 1
        assert not records["facility_name"].str.contains(r"\d\d-|ul\.|\(|  ").any()
        assert "sporządził" not in records.to_csv() + staged.rejected.to_csv()

    def test_the_year_before_of_kujawsko_pomorskie(self, mirror):
        """The newest month of the file is November."""
        staged = self._read(mirror, "kujawsko-pomorskie-dps", "kujawsko-pomorskie/dps_vacancies_2025.xls")
        records, totals = staged.records, staged.totals

        assert staged.as_of == dt.date(2025, 11, 30)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (55, 50, 47)
        assert records[["capacity_places", "vacant_places", "waiting_persons"]].sum().tolist() == [
            3989,
            34,
            183,
        ]
        assert totals["stated"].tolist() == totals["computed"].tolist()

    @pytest.mark.parametrize(
        ("file", "month", "vacant", "waiting"),
        [
            ("2025", dt.date(2025, 1, 31), 42, 223),
            ("2025", dt.date(2025, 4, 30), 32, 207),
            ("2025", dt.date(2025, 10, 31), 44, 196),
            ("2026-07-05", dt.date(2026, 1, 31), 30, 187),
            ("2026-07-05", dt.date(2026, 5, 31), 66, 219),
        ],
    )
    def test_an_earlier_month_of_kujawsko_pomorskie(self, mirror, file, month, vacant, waiting):
        profile = load_profile(REGISTERS / "kujawsko-pomorskie-dps.toml")
        path = mirror / f"registers/kujawsko-pomorskie/dps_vacancies_{file}.xls"
        staged = read_register(profile, path, month=month)
        assert staged.as_of == month
        assert staged.records[["vacant_places", "waiting_persons"]].sum().tolist() == [vacant, waiting]
        # Five sections state both of every month; places are those of the day of the file and compared there.
        assert staged.totals["quantity"].value_counts().to_dict() == {
            "vacant_places": 5,
            "waiting_persons": 5,
        }
        assert staged.totals["stated"].tolist() == staged.totals["computed"].tolist()

    def test_a_month_after_the_day_of_a_file_is_refused(self, mirror):
        profile = load_profile(REGISTERS / "kujawsko-pomorskie-dps.toml")
        path = mirror / "registers/kujawsko-pomorskie/dps_vacancies_2025.xls"
        for month in (dt.date(2025, 12, 31), dt.date(2024, 1, 31)):
            with pytest.raises(RegisterError, match=f"found {month:%Y-%m} and 2025-11-30"):
                read_register(profile, path, month=month)

    def test_dps_of_lodzkie(self, mirror):
        staged = self._read(mirror, "lodzkie-dps", "lodzkie/dps_vacancies_2026-07-12.xls")
        records = staged.records

        assert staged.as_of == dt.date(2025, 3, 31)
        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (58, 57, 56)
        assert records["vacant_places"].sum() == 217
        assert staged.totals.to_numpy().tolist() == [["razem", None, "vacant_places", 217, 217]]
        assert records["capacity_places"].isna().all()
        assert records[["street_address", "postal_code", "locality_name", "post_town"]].notna().all(axis=None)
        assert not records["facility_name"].str.contains(r"\d\d-\d{3}|ul\.(?! )|  ").any()
        cities = records.loc[records["is_city_powiat"] == True, "stated_powiat_name"]  # noqa: E712
        assert cities.value_counts().to_dict() == {"Łódź": 15, "Piotrków Trybunalski": 1, "Skierniewice": 1}
        branch = records[records["locality_name"] == "Rożdzały"]
        assert (branch["facility_key"].nunique(), branch["subtype"].nunique()) == (1, 2)

    def test_centres_of_malopolskie(self, mirror):
        staged = self._read(mirror, "malopolskie-ops", "malopolskie/ops_2026.csv")
        records = staged.records

        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (195, 191, 191)
        assert staged.rejected["reason"].value_counts().to_dict() == {"unknown_area": 2, "repeated_key": 2}
        assert records["support_form"].value_counts().to_dict() == {
            "INS-OPS": 161,
            "INS-PCPR": 16,
            "INS-CUS": 14,
        }
        assert (records["stated_on"] == dt.date(2026, 3, 6)).sum() == 126
        assert records["note"].str.contains("wymaga weryfikacji").sum() == 65
        # Codes are witnesses: where a town and the gmina round it share a name, only sure ones are taken.
        assert records["stated_gmina_code"].notna().sum() == 178
        assert records[["stated_gmina_name", "stated_gmina_code"]].notna().any(axis=1).all()
        assert records["street_address"].str.contains(r"\w \d|Świętego Jana$").all()
        assert not records["opening_hours_text"].str.contains("prowadzenie").fillna(value=False).any()
        doors = records.set_index("facility_name")["street_address"]
        assert doors["Gminny Ośrodek Pomocy Społecznej w Gorlicach"] == "Gorlice, ul. Ignacego Łukasiewicza 6"
        assert doors["Centrum Usług Społecznych w Mogilanach"] == "Rynek 2"
        assert doors["GOPS Charsznica"] == "ul. Kolejowa 20"
        assert doors["Gminny Ośrodek Pomocy Społecznej w Sieprawiu"] == "Kawęciny 30"

    def test_centres_of_slaskie(self, mirror):
        staged = self._read(mirror, "slaskie-ops", "slaskie/ops_2026.csv")
        records = staged.records

        assert (staged.rows_read, len(records), records["facility_key"].nunique()) == (167, 167, 167)
        assert records["support_form"].value_counts().to_dict() == {"INS-OPS": 164, "INS-CUS": 3}
        assert records["stated_gmina_name"].nunique() == 167
        assert not records["stated_gmina_name"].str.contains("Miejsko|Gmina").any()
        assert records["street_address"].isna().sum() == 4
        doors = records.set_index("stated_gmina_name")
        assert doors.loc["Pilchowice", ["street_address", "phones"]].tolist() == [
            "ul. Główna 52",
            [{"number": "730-179-561"}, {"number": "(32) 332-71-65"}],
        ]
        assert doors.loc["Irządze", "street_address"] == "Irządze 127a"
        assert doors.loc["Żarki", "facility_name"] == "Miejsko-Gminny Ośrodek Pomocy Społecznej w Żarkach"

    @pytest.mark.parametrize(
        ("name", "rows", "rejected", "with_capacity"),
        [
            ("homelessness", 283, {}, 82),
            ("disability", 161, {}, 35),
            ("other", 799, {"repeated_key": 17, "listed_twice": 8}, 3),
        ],
    )
    def test_compiled_lists(self, mirror, name, rows, rejected, with_capacity):
        staged = self._read(mirror, f"compiled-{name}", f"compiled/{name}.csv")
        records = staged.records

        accepted = rows - sum(rejected.values())
        assert (staged.rows_read, len(records)) == (rows, accepted)
        assert staged.rejected["reason"].value_counts().to_dict() == rejected
        assert records["facility_key"].nunique() == accepted
        assert records["capacity_places"].notna().sum() == with_capacity
        assert records["voivodeship_code"].nunique() == 16
        assert staged.as_of is None
        assert staged.totals.empty
        assert records["latitude"].isna().tolist() == records["file_place_grade"].isna().tolist()
