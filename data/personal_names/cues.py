"""Words beside which a single surname or first name is a person's: titles, posts, "kontakt", "pani"."""

from collections.abc import Sequence

from data.personal_names.tokens import Token, word_set

HONORIFICS = frozenset({"pan", "pani"})
OF_MANY = frozenset({"państwo", "małżeństwo", "rodzina", "małżonek"})
TITLES = word_set("dr doktor mgr magister lek lekarz med prof profesor inż inżynier hab ks ksiądz dypl")
MONASTIC = word_set("s o br siostra brat ojciec diakon")
"""Titles that stand before a first name alone; the abbreviations mean other things too."""
POSTS = word_set(
    "kierownik kierowniczka dyrektor dyrektorka wicedyrektor prezes prezeska wiceprezes koordynator koordynatorka "
    "opiekun opiekunka psycholog psycholożka terapeuta terapeutka pedagog prawnik prawniczka radca mediator "
    "mediatorka tłumacz tłumaczka rehabilitant rehabilitantka fizjoterapeuta fizjoterapeutka masażysta pielęgniarka "
    "pielęgniarz wójt burmistrz sołtys sołtyska prezydent starosta księgowa księgowy sekretarz sekretarka portier "
    "portierka dozorca kapelan proboszcz gospodarz gospodyni kucharz kucharka asystent asystentka wolontariusz "
    "wolontariuszka inspektor inspektorka specjalista specjalistka administrator administratorka zastępca "
    "zastępczyni pracownik pracownica instruktor instruktorka logopeda doradca doradczyni streetworker "
    "przewodniczący przewodnicząca właściciel właścicielka prowadzący prowadząca przełożona przełożony"
)
OFFICES = word_set("wójt burmistrz prezydent starosta marszałek wojewoda")
"""An adjective after one of these is of its seat: "Starosta Bocheński"."""
_CONTACTS = word_set(
    "kontakt kontaktować kontaktowy osoba tel telefon dzwonić zadzwonić telefonować pytać zapytać zapis zapisywać "
    "zgłoszenie zgłaszać rejestracja prowadzić przyjmować dyżur dyżurować umówić umawiać rozmowa odbierać udzielać "
    "sekretariat kom mail umówienie podpisać sprawa"
)
CALLS = word_set("pytać zapytać prosić poprosić dzwonić zadzwonić telefonować kontakt kontaktować")
"""Words after which, if need be through "do", "z" or "o", a first name alone is a person's."""
CALENDAR = word_set(
    "poniedziałek wtorek środa czwartek piątek sobota niedziela styczeń luty marzec kwiecień maj czerwiec lipiec "
    "sierpień wrzesień październik listopad grudzień wigilia wielkanoc święto zima lato jesień wiosna"
)
INSTITUTIONS = word_set(
    "dom domek szkoła szpital sala salon pokój plac park klub ośrodek centrum punkt dział zespół biuro sekretariat "
    "świetlica schronisko noclegownia pensjonat willa hotel dworek dwór zakątek młyn rynek stacja parter piętro "
    "kuchnia stołówka panna panienka boża góra wola wieś most apteka gmina miasto powiat oddział filia rada koło "
    "krzyż cukiernia bar gabinet"
)
"""Nouns that name places and things, whatever surname the dictionary finds in them."""
TOWNS = frozenset({"lewin"})
"""First names of the dictionary that stand, with an adjective, for a town rather than a person: "Lewin Brzeski"."""
DIVINE = word_set("jezus chrystus bóg maryja duch opatrzność")
_CUES = HONORIFICS | TITLES | POSTS | _CONTACTS
_REACH = 4


def has_cue(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word just before says that a person follows; a colon does where nothing else can follow it."""
    for token in reversed(tokens[max(place - _REACH, 0) : place]):
        if token.text in {";", "!", "?"}:
            return False
        if token.lemmas & _CUES:
            return True
    return place > 0 and tokens[place - 1].text == ":"
