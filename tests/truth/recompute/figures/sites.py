"""A view with new sites: what is missing before, and after they stand."""

from functools import cached_property

from tests.truth.recompute.figures.expected import Expected
from tests.truth.recompute.question import Question, packed
from tests.truth.recompute.raw import Raw


class ExpectedSites(Expected):
    """The figures of a view, and of the same with facilities opened at some localities."""

    def __init__(self, raw: Raw, question: Question, sites: tuple[dict, ...] = ()) -> None:
        super().__init__(raw, question)
        self.sites = sites

    @property
    def sites_count(self) -> float:
        """How many sites there are."""
        return len(self.sites)

    @property
    def sites_places(self) -> float:
        """Their places."""
        return sum(site["places"] for site in self.sites)

    @property
    def sites_excess(self) -> float:
        """How many more they are than are missing."""
        return self.sites_places - self.missing_places

    @property
    def sites_least(self) -> float:
        """Places of the smallest site that may be opened."""
        return int(self.question.siting.split("_")[1])

    @property
    def sites_most(self) -> float:
        """Places of the largest."""
        return int(self.question.siting.split("_")[2])

    @property
    def no_data_persons(self) -> float:
        """People of the scope of whom nobody knows whether they have a place in reach."""
        return float(self.gaps["no_data"].sum())

    @cached_property
    def missing_after(self) -> float:
        """Places that are missing when they stand."""
        form = self.question.form
        opened = [{"kind": "open", "support_form": form, **site} for site in self.sites]
        scenario = {"title": "", "support_form": form, "need_group": self.question.group, "changes": opened}
        return self.at(scenario=packed(scenario)).missing_places

    @property
    def sites_rest(self) -> float:
        """How many of their places lessen what is missing by nothing."""
        return self.sites_places - self.closed

    @property
    def closed(self) -> float:
        """By how much fewer are missing."""
        return self.missing_places - self.missing_after
