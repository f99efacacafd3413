"""Names of powiats as registers write them, and the marks that go with the name of a city."""

import re

_POWIAT_WORD = re.compile(r"^(?:powiat(?:u|owi|em|ach)?|powiecie|pow\.) *", re.IGNORECASE)
_LAND_POWIAT = re.compile(r"\w+(?:-\w+)?[scz]ki\b", re.IGNORECASE)
_INFLECTED = re.compile(r"(?<=[scz]k)(?:iego|iemu|im)\b", re.IGNORECASE)
_INFLECTED_SECOND = re.compile(r"i(?:ego|emu|m)\b", re.IGNORECASE)
_LAND_WORD = re.compile(r"[ (]*\bziemsk\w+\)?$", re.IGNORECASE)
_CITY = (
    r"(?:m(?:iasto|iasta|\.)?(?: ?na| z) praw(?:ach|ami) powiatu|m\. ?n\. ?p\. ?p\.|grodzk\w+"
    r"|m\. ?st(?:\.|oł\.|ołeczne\b)|miasto (?:st\.|stołeczne\b)|m\.|miasto\b)"
)
_CITY_BEFORE = re.compile(rf"^{_CITY} *[-:]? *(?=\S)", re.IGNORECASE)
_CITY_BEHIND = re.compile(rf"(?: *[-,–(] *| +)(?:{_CITY}|na prawach powiatu)\)?$", re.IGNORECASE)
_CAPITAL = re.compile(r"^(?:m\. ?st\.|m\. stołeczne|miasto (?:st\.|stołeczne)) *(?=\S)", re.IGNORECASE)


def read_powiat(text: str) -> tuple[str, bool]:
    """
    Return the bare name of a powiat and whether it is a city with the rights of one.

    Land powiats are named by an adjective ("krakowski", "pow. krakowskiego", "warszawski zachodni"), cities by
    their own name ("m. Kraków", "m.st. Warszawa", "miasto na prawach powiatu Kraków", "Piotrków Trybunalski"): the
    first word tells them apart.
    """
    name = _POWIAT_WORD.sub("", " ".join(text.split()).strip(" ,;"))
    bare = bare_city(name)
    if bare == name:
        name = _LAND_WORD.sub("", name)
        first, *others = _INFLECTED.sub("i", name).split(" ")
        if _LAND_POWIAT.match(first):
            was_inflected = first != name.split(" ")[0]
            words = [_INFLECTED_SECOND.sub("i", word) for word in others] if was_inflected else others
            return " ".join([first, *words]).lower(), False
        bare = name
    return bare.title() if bare.isupper() else bare, True


def bare_city(name: str) -> str:
    """Return the name of a city without what says that it is one: "Kraków - miasto", "m. st. Warszawa"."""
    before = None
    while before != name:
        before, name = name, _CITY_BEHIND.sub("", _CITY_BEFORE.sub("", name))
    return name


def without_capital(name: str) -> str:
    """Return the name of a locality without "m. st.", which stands before Warszawa."""
    return _CAPITAL.sub("", name)
