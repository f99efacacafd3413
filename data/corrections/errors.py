"""What cannot be corrected or decided, said with the field, the value and what to do."""

from geo.errors import SupportMapError


class CorrectionError(SupportMapError, ValueError):
    """A correction would be no field, no value of it, of no use, or not for this command; nothing was changed."""


class SuggestionError(SupportMapError, ValueError):
    """There is no such suggestion, or it cannot be decided so; nothing was changed."""


class FloodError(SupportMapError, RuntimeError):
    """More came in a while than is taken; nothing was kept."""


class HourFloodError(FloodError):
    """More came in an hour than is taken, and less than on a day: in an hour there is room again."""
