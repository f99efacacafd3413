"""Decay: how much less a place counts the farther it is. A weight from 0 to 1 for each cost of a trip."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geo.errors import OptionError

THIRDS = (1.0, 0.68, 0.22)
"""Weights of three equally wide zones, nearest first, after Luo and Qi (2009)."""


class Decay(Protocol):
    """A rule of weights. Values of it are frozen and can be compared, so they may be keys of a cache."""

    @property
    def furthest(self) -> float | None:
        """Cost beyond which the weight is 0; None where only the limit of the reach ends the catchment."""

    def weights(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weight of each cost, 0 to 1; costs are 0 or more, in the unit of the rule."""


@dataclass(frozen=True)
class NoDecay:
    """Everything within the limit of the reach counts fully, as in 2SFCA (Luo and Wang 2003)."""

    @property
    def furthest(self) -> None:
        """None: the limit of the reach ends the catchment."""

    def weights(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return 1 for each cost."""
        return np.ones(len(cost))


@dataclass(frozen=True)
class StepDecay:
    """
    Zones of equal weight, as in E2SFCA.

    Attributes
    ----------
    limits
        The greatest cost of each zone, rising, above 0; a cost exactly at it is in the zone. Beyond the last
        the weight is 0.
    zone_weights
        Weight of each zone, 0 to 1, never rising.

    Raises
    ------
    OptionError
        If limits do not rise, weights rise or are out of range, or there is not one weight per limit.
    """

    limits: tuple[float, ...]
    zone_weights: tuple[float, ...]

    def __post_init__(self) -> None:
        limits, weights = np.array(self.limits, dtype=float), np.array(self.zone_weights, dtype=float)
        if not (len(limits) and np.isfinite(limits).all() and limits[0] > 0 and (np.diff(limits) > 0).all()):
            raise OptionError(
                f"expected zones with rising limits above 0, found {self.limits}", limits=self.limits
            )
        is_in_range = len(weights) == len(limits) and ((weights >= 0) & (weights <= 1)).all()
        if not (is_in_range and (np.diff(weights) <= 0).all()):
            raise OptionError(
                f"expected {len(limits)} weights from 0 to 1 that never rise, found {self.zone_weights}",
                zone_weights=self.zone_weights,
            )

    @classmethod
    def by_thirds(cls, limit: float) -> "StepDecay":
        """
        Return three zones, each a third of the limit wide, with weights 1, 0.68 and 0.22.

        Notes
        -----
        Luo and Qi (2009) used these weights for 0-10, 10-20 and 20-30 minutes by car. They are convention, not
        measurement: nobody has measured how distance keeps people of Poland from social services.
        """
        return cls((limit / 3, 2 * limit / 3, limit), THIRDS)

    @property
    def furthest(self) -> float:
        """Limit of the last zone."""
        return self.limits[-1]

    def weights(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weight of the zone of each cost."""
        weights = np.zeros(len(cost))
        # From the outside in; a search in the limits would need twice the memory and time for few zones.
        for limit, weight in zip(self.limits[::-1], self.zone_weights[::-1], strict=True):
            np.putmask(weights, cost <= limit, weight)
        return weights


@dataclass(frozen=True)
class GaussianDecay:
    """
    A bell curve: 1 at cost 0, falling without steps.

    Attributes
    ----------
    sigma
        Width of the bell, above 0, in the unit of the costs.
    zero_at
        Cost at which the weight has fallen to 0, or None: then only the limit of the reach cuts the bell,
        and those just beyond it lose a weight of `exp(-limit² / (2 sigma²))` at once.

    Raises
    ------
    OptionError
        If a number is not finite and above 0.

    Notes
    -----
    With `g(c) = exp(-c² / (2 sigma²))` the weight is `g(c)`, or `(g(c) - g(zero_at)) / (1 - g(zero_at))` up to
    `zero_at` and 0 beyond: the form of Dai (2010).
    """

    sigma: float
    zero_at: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("sigma", self.sigma), ("zero_at", self.zero_at)):
            if value is not None and not (np.isfinite(value) and value > 0):
                raise OptionError(f"expected {name} above 0, found {value}", **{name: value})

    @classmethod
    def to_limit(cls, limit: float) -> "GaussianDecay":
        """
        Return the bell that is as wide as the limit and has fallen to 0 there (Dai 2010).

        This is the form to prefer: a person who moves a metre across the limit changes nothing at once.
        """
        return cls(sigma=limit, zero_at=limit)

    @property
    def furthest(self) -> float | None:
        """Cost at which the weight is 0, if it ever is."""
        return self.zero_at

    def weights(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the height of the bell at each cost."""
        weights = self._bell(cost)
        if self.zero_at is not None:
            floor = float(self._bell(np.array([self.zero_at]))[0])
            weights -= floor
            weights /= 1.0 - floor
            np.putmask(weights, cost >= self.zero_at, 0.0)
        return weights

    def _bell(self, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        # In place: there may be tens of millions of costs.
        bell = cost / self.sigma
        bell *= bell
        bell *= -0.5
        np.exp(bell, out=bell)
        return bell
