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
    def sites_least(self) -> float:
        """Places of the smallest site that may be opened."""
        return int(self.question.siting.split("_")[1])

    @property
    def sites_most(self) -> float:
        """Places of the largest."""
        return int(self.question.siting.split("_")[2])

    @cached_property
    def _after(self) -> Expected:
        """The same when they stand."""
        form = self.question.form
        opened = [{"kind": "open", "support_form": form, **site} for site in self.sites]
        scenario = {"title": "", "support_form": form, "need_group": self.question.group, "changes": opened}
        return self.at(scenario=packed(scenario))

    @property
    def missing_after(self) -> float:
        """Places that are missing when they stand."""
        return self._after.missing_places

    @property
    def sites_rest(self) -> float:
        """How many of their places lessen what is missing by nothing."""
        return self.sites_places - self.closed

    @property
    def sites_rest_most(self) -> float:
        """The same in that of three worlds (least, estimate, most) in which the sites do least."""
        return self.sites_places - min(
            self.least_missing_places - self.least_missing_after,
            self.closed,
            self.most_missing_places - self.most_missing_after,
        )

    @property
    def closed(self) -> float:
        """By how much fewer are missing."""
        return self.missing_places - self.missing_after

    @property
    def floor_missing_after(self) -> float:
        """The least, where there may be more but not fewer then."""
        return self._after.floor_missing_places

    @property
    def ceiling_missing_after(self) -> float:
        """The most, where there may be fewer but not more then."""
        return self._after.ceiling_missing_places

    @property
    def certain_missing_after(self) -> float:
        """The number, where nothing is unsure then."""
        return self._after.certain_missing_places

    @property
    def least_missing_after(self) -> float:
        """The least then."""
        return self._after.least_missing_places

    @property
    def most_missing_after(self) -> float:
        """The most then."""
        return self._after.most_missing_places


class ExpectedEffect(ExpectedSites):
    """The figures of today, and those of the same view with its scenario."""

    def __init__(self, raw: Raw, question: Question, planned: Expected) -> None:
        super().__init__(raw, question)
        self.planned = planned

    def at(self, **changes: object) -> Expected:
        """Return the figures of today with other choices."""
        return Expected.asked(self.raw, self.question).at(**changes)

    @property
    def _after(self) -> Expected:
        return self.planned

    @property
    def out_after(self) -> float:
        """People who have nothing in reach for certain then."""
        return self.planned.out_persons

    @property
    def over_after(self) -> float:
        """People who have a facility in reach and no place in it then."""
        return self.planned.over_persons

    @property
    def no_data_after(self) -> float:
        """People of whom nobody knows then whether they have a place in reach."""
        return self.planned.no_data_persons

    @property
    def no_data_change(self) -> float:
        """How many more or fewer of them there are."""
        return abs(self.no_data_after - self.no_data_persons)
