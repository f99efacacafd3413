"""Words that say whom a need is about: many needs have them."""

from typing import Final

from data.finding.typed import key_of

PEOPLE: Final = frozenset(
    key_of(word)
    for word in """
    mama mamy mamie mamą tata taty ojciec ojca ojcem matka matki matek matkami babcia babci dziadek dziadka syn
    syna synem córka córki
    mąż męża mężem żona żony teściowa dziecko dziecka dzieci dziećmi rodzina rodziny kobiet mężczyzn
    osoba osoby osób osobą
    starsza starszej starszą człowiek senior seniora seniorów seniorom seniors dom domu domem pomoc
    pomocy darmo
    mother mothers father fathers mum mom dad son daughter child children man woman women person people husband wife
    home house help free
    мама мами мамою матерів матері тато тата син сина дочка дитина дитини людина людини людей чоловік жінка жінки
    бабусі дім допомога
    """.split()  # noqa: SIM905  words read better as words
)
"""Whom it is about and other words of many needs: they tell little of which."""
