"""Which services the example has: how many of each form, where, how large, how called and when open."""

from collections.abc import Iterable
from dataclasses import dataclass

_OFFICE = "Mo-Fr 07:30-15:30"
_DAY = "Mo-Fr 08:00-16:00"
_AFTERNOON = "Tu,Th 15:00-19:00"
_NIGHT = "Mo-Su 18:00-08:00"
_ALWAYS = "24/7"
CITY = ("city",)
TOWNS = ("city", "town", "seat")
LARGER = (*TOWNS, "suburb")
ANY = (*LARGER, "village", "far_village")
VILLAGES = ("suburb", "village", "far_village")


@dataclass(frozen=True)
class ProviderKind:
    """
    One kind of provider.

    `main` is how many there are in the main voivodeship, `beside` in each of the two others; `where` are the kinds of
    gminas that have one, in turn; `places` the least and most of what the form counts; `is_over_area` services come to
    people of the gmina and have no door that anybody goes to.
    """

    form: str
    name: str
    main: int
    beside: int
    where: tuple[str, ...]
    places: tuple[int, int] | None = None
    hours: str = ""
    fees: str = ""
    by: str = "gmina"
    is_over_area: bool = False
    has_title: bool = True


KINDS: Iterable[ProviderKind] = (
    ProviderKind("CAL-DPS", "Dom Pomocy Społecznej", 25, 3, ANY, (36, 118), _ALWAYS, by="powiat"),
    ProviderKind("DZI-KLS", "Klub „Senior+”", 46, 5, ANY, (15, 40), _DAY),
    ProviderKind("DZI-DDS", "Dzienny Dom „Senior+”", 13, 2, LARGER, (20, 35), _DAY, "do 300 zł miesięcznie"),
    ProviderKind("DZI-SDS", "Środowiskowy Dom Samopomocy", 22, 3, ANY, (20, 55), _DAY, by="powiat"),
    ProviderKind("REI-WTZ", "Warsztat Terapii Zajęciowej", 19, 2, LARGER, (25, 45), _DAY, by="ngo"),
    ProviderKind("DZI-DDP", "Dzienny Dom Pomocy", 7, 1, TOWNS, (20, 40), _DAY, "do 450 zł miesięcznie"),
    ProviderKind("DZI-KSN", "Klub Seniora", 24, 0, ANY, (20, 60), _AFTERNOON, by="ngo"),
    ProviderKind("DZI-KSP", "Klub Samopomocy", 3, 0, TOWNS, (10, 15), _AFTERNOON, by="ngo"),
    ProviderKind("DZI-COM", "Centrum Opiekuńczo-Mieszkalne", 3, 0, LARGER, (12, 20), _ALWAYS),
    ProviderKind(
        "DOM-UO",
        "Usługi opiekuńcze",
        30,
        0,
        ANY,
        (420, 3600),
        _OFFICE,
        "do 34 zł za godzinę",
        is_over_area=True,
    ),
    ProviderKind(
        "DOM-SUO", "Specjalistyczne usługi opiekuńcze", 9, 0, LARGER, (80, 640), _OFFICE, is_over_area=True
    ),
    ProviderKind("DOM-SAS", "Usługi sąsiedzkie", 8, 0, VILLAGES, (8, 40), _OFFICE, is_over_area=True),
    ProviderKind(
        "DOM-ASY", "Asystencja osobista", 6, 0, LARGER, (120, 720), _OFFICE, "bez opłat", is_over_area=True
    ),
    ProviderKind("MIE-TRE", "Mieszkanie treningowe", 5, 0, TOWNS, (3, 7), by="ngo"),
    ProviderKind("MIE-WSP", "Mieszkanie wspomagane", 9, 1, TOWNS, (3, 8), by="ngo"),
    ProviderKind("MIE-NM", "„Najpierw mieszkanie”", 1, 0, CITY, (12, 12), by="ngo", has_title=False),
    ProviderKind(
        "CAL-PLA", "Dom Opieki", 9, 1, LARGER, (18, 44), _ALWAYS, "od 5 900 zł miesięcznie", by="ngo"
    ),
    ProviderKind("CAL-RDP", "Rodzinny Dom Pomocy", 3, 0, VILLAGES, (5, 8), _ALWAYS, by="ngo"),
    ProviderKind("CAL-ZOL", "Zakład Opiekuńczo-Leczniczy", 7, 1, TOWNS, (24, 80), _ALWAYS, by="powiat"),
    ProviderKind("OPW-DZI", "Opieka wytchnieniowa – pobyt dzienny", 4, 0, LARGER, (6, 12), _DAY, "bez opłat"),
    ProviderKind("OPW-CAL", "Opieka wytchnieniowa – pobyt całodobowy", 2, 0, TOWNS, (4, 8), _ALWAYS),
    ProviderKind("OPW-KRO", "Wsparcie krótkoterminowe", 4, 0, TOWNS, (3, 8), _ALWAYS, by="powiat"),
    ProviderKind("BEZ-NOC", "Noclegownia", 13, 1, LARGER, (8, 30), _NIGHT, "bez opłat", by="ngo"),
    ProviderKind(
        "BEZ-SCH", "Schronisko dla osób w kryzysie bezdomności", 14, 1, LARGER, (16, 48), _ALWAYS, by="ngo"
    ),
    ProviderKind("BEZ-SUO", "Schronisko z usługami opiekuńczymi", 2, 0, TOWNS, (20, 36), _ALWAYS, by="ngo"),
    ProviderKind("BEZ-OGR", "Ogrzewalnia", 4, 0, TOWNS, (12, 30), "Nov-Mar Mo-Su 18:00-08:00", "bez opłat"),
    ProviderKind(
        "BEZ-STR", "Streetworking", 2, 0, CITY, None, "Mo-Fr 10:00-18:00", by="ngo", has_title=False
    ),
    ProviderKind(
        "BEZ-LAZ", "Łaźnia i pralnia", 3, 0, TOWNS, (20, 40), "Mo,We,Fr 09:00-14:00", "bez opłat", by="ngo"
    ),
    ProviderKind("BEZ-MED", "Punkt medyczny", 1, 0, CITY, None, "Tu,Th 16:00-19:00", "bez opłat", by="ngo"),
    ProviderKind(
        "BEZ-ODZ", "Punkt wydawania odzieży", 3, 0, TOWNS, None, "Tu 10:00-14:00", "bez opłat", by="ngo"
    ),
    ProviderKind(
        "ZYW-JAD", "Jadłodajnia", 7, 1, TOWNS, (60, 220), "Mo-Sa 11:00-14:00", "bez opłat", by="ngo"
    ),
    ProviderKind(
        "ZYW-DOW", "Posiłki dowożone do domu", 8, 0, LARGER, (20, 90), "Mo-Fr 11:00-14:00", is_over_area=True
    ),
    ProviderKind(
        "ZYW-PUN", "Punkt wydawania żywności", 14, 0, ANY, None, "We 10:00-15:00", "bez opłat", by="ngo"
    ),
    ProviderKind("ZYW-BAN", "Bank Żywności", 1, 0, CITY, None, _OFFICE, by="ngo"),
    ProviderKind(
        "KRY-OIK", "Ośrodek Interwencji Kryzysowej", 5, 1, TOWNS, (6, 16), _ALWAYS, "bez opłat", by="powiat"
    ),
    ProviderKind("KRY-DMK", "Dom dla matek z dziećmi", 2, 0, TOWNS, (12, 24), _ALWAYS, by="powiat"),
    ProviderKind("KRY-SOW", "Specjalistyczny Ośrodek Wsparcia", 2, 0, TOWNS, (10, 18), _ALWAYS, by="powiat"),
    ProviderKind(
        "KRY-POR", "Poradnictwo specjalistyczne", 12, 0, TOWNS, None, _AFTERNOON, "bez opłat", by="powiat"
    ),
    ProviderKind("REI-ZAZ", "Zakład Aktywności Zawodowej", 3, 0, TOWNS, (25, 50), _DAY, by="ngo"),
    ProviderKind("REI-CIS", "Centrum Integracji Społecznej", 4, 0, TOWNS, (25, 60), _DAY, by="ngo"),
    ProviderKind("REI-KIS", "Klub Integracji Społecznej", 9, 0, LARGER, (12, 30), _AFTERNOON),
    ProviderKind("REI-PS", "Przedsiębiorstwo społeczne", 5, 0, LARGER, (6, 18), _DAY, by="ngo"),
    ProviderKind(
        "MOB-D2D", "Transport od drzwi do drzwi", 6, 0, LARGER, None, _DAY, "5 zł za kurs", is_over_area=True
    ),
    ProviderKind("MOB-WYP", "Wypożyczalnia sprzętu", 11, 0, LARGER, None, "Mo,Th 09:00-13:00", by="ngo"),
    ProviderKind("INS-OWES", "Ośrodek Wsparcia Ekonomii Społecznej", 2, 0, CITY, None, _OFFICE, by="ngo"),
)
"""Offices of social assistance are made for every gmina and powiat by `providers`."""
