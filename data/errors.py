"""Errors of reading registers; those of other steps stand beside the code that raises them."""

from geo.errors import SupportMapError


class RegisterError(SupportMapError, ValueError):
    """A register file does not look as its profile says, or the profile itself is wrong."""


class UnreadableRowError(RegisterError):
    """
    One row of a register cannot be taken; the reader lists it as rejected and goes on.

    `reason` is a short code, `detail` the column and the value that was found.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", reason=reason, detail=detail)
        self.reason = reason
        self.detail = detail
