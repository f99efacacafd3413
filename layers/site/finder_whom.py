"""What the finder says of whom a place was asked for: chosen on the list, not known of it, or left out."""

from data.finding.understood import Understood
from layers.answers.resident_filters import Offered
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.words.filter_words import filter_in_sentence


def whom_lines(
    understood: Understood, request: FinderRequest, offered: Offered | None, texts: Texts
) -> list[str]:
    """
    Return what became of the words that say whom a place is for, in sentences.

    Nothing is said where a life may be in danger, and nothing of words that a need was read from, but for filters.

    Parameters
    ----------
    offered
        The filters of the list; None where there is no list yet.
    """
    if understood.danger or not (understood.need or understood.needs):
        return []
    on = [one.code for one in understood.whom if one.code in request.only]
    left = [one.text for one in understood.whom if one.code not in on and not one.is_of_need]
    said = []
    if offered is not None and on:
        known = [filter_in_sentence(code, texts) for code in on if code in offered.known]
        unknown = [filter_in_sentence(code, texts) for code in on if code not in offered.known]
        said += [texts.t("find.whom_chosen", filters=", ".join(known))] if known else []
        said += [texts.t("find.whom_unknown", filters=", ".join(unknown))] if unknown else []
    if left and not understood.needs:
        said.append(texts.t("find.unread", words=", ".join(left)))
    return said
