"""What was understood of a query, in sentences: what is sure, what is not, and what to do."""

from data.finding.understood import Understood
from data.places.place_search import Place
from data.vocabulary import support_forms
from layers.answers.support_centre import CENTRES
from layers.text import Texts
from layers.view.needed_forms import NeededForms
from layers.words.place_names import place_name


def understood_words(understood: Understood, texts: Texts, *, place: Place | None) -> list[str]:
    """
    Return what a page says of a query, in order.

    Parameters
    ----------
    place
        The place that the address of the page names: a need alone keeps it.
    """
    said = []
    if understood.need and place:
        names = {"need": understood.need.name(texts.lang), "place": place_name(place, texts)}
        said.append(texts.t("find.understood_both", **names))
    elif understood.need:
        said.append(texts.t("find.understood_need", need=understood.need.name(texts.lang)))
    if understood.is_abroad:
        said.append(texts.t("find.abroad"))
    if understood.street and place:
        answer = f"find.street_{understood.street_answer}"
        said.append(texts.t(answer, street=understood.street, place=place.name))
    if understood.is_giving:
        said.append(texts.t("find.giving"))
    if understood.unread and not (understood.is_nothing or understood.danger):
        said.append(texts.t("find.unread", words=", ".join(understood.unread)))
    if understood.is_abroad_too and not place:
        said.append(texts.t("find.abroad_too"))
    if understood.is_near:
        said.append(texts.t("find.near_point"))
    if (understood.need or understood.needs) and not (place or understood.places or understood.is_abroad):
        said.append(texts.t("find.ask_place"))
    return said


def elsewhere_words(needed: NeededForms, texts: Texts) -> str:
    """
    Return that a need has forms which no list here shows, and whom to ask; empty where there are none.

    The centre, whom every page names below its list, is told only where it is all there is: nobody asks it for itself.
    """
    told = [form for form in needed.elsewhere if not needed.forms or form not in CENTRES]
    if not told:
        return ""
    forms = ", ".join(support_forms()[form].name[texts.lang] for form in told)
    return texts.t("find.elsewhere" if needed.forms else "find.only_elsewhere", forms=forms)
