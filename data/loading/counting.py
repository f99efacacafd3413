"""What is counted where a register claims to be complete, so that nothing is counted twice."""

from collections.abc import Iterable, Mapping

from data.sources.registers.profile import RegisterProfile
from geo.errors import SupportMapError


class ClaimError(SupportMapError, ValueError):
    """Two registers claim to be complete for the same form in the same voivodeship."""


Claims = Mapping[tuple[str, str], str]
"""(form of support, voivodeship) → code of the source that is complete there."""


Exceptions = Mapping[tuple[str, str], tuple[str, ...]]
"""(form of support, voivodeship) → gminas where the complete register has no row but names a branch."""


def collect_claims(claimed: Iterable[tuple[str, str, str]]) -> Claims:
    """
    Gather claims of completeness.

    Parameters
    ----------
    claimed
        (form of support, voivodeship code, source code).

    Raises
    ------
    ClaimError
        If two sources claim the same: one of them cannot be right, and both would be counted.
    """
    claims: dict[tuple[str, str], str] = {}
    for form, voivodeship, source in claimed:
        other = claims.setdefault((form, voivodeship), source)
        if other != source:
            raise ClaimError(
                f"Expected one complete register of {form} in voivodeship {voivodeship}, found two: "
                f"{other} and {source}. Take the claim out of one profile (`complete_for`).",
                support_form=form,
                voivodeship_code=voivodeship,
                sources=[other, source],
            )
    return claims


def claims_of(profiles: Mapping[str, RegisterProfile]) -> list[tuple[str, str, str]]:
    """Return (form, voivodeship, source) for every claim of completeness; `profiles` are by source code."""
    return [
        (claim.form, claim.voivodeship, code)
        for code, profile in profiles.items()
        for claim in profile.register_.complete_for
    ]
