"""Why a page has no answer although nothing is wrong with the question."""

from geo.errors import SupportMapError


class JobError(SupportMapError, RuntimeError):
    """A computation was not made, or not to its end."""


class JobTooLongError(JobError, TimeoutError):
    """A computation took longer than it may, and was ended."""


class JobLostError(JobError):
    """The process of a computation ended before it: most often for want of memory."""


class PageLostError(JobLostError):
    """The process that writes light pages ended twice before a page was written, or took too long for it."""


class JobReplacedError(JobError):
    """The same visitor asked for something newer."""


class JobsFullError(JobError):
    """So many computations wait that one more would not be waited for."""


class AddressFullError(JobsFullError):
    """So many of the computations that wait were asked for from one address."""


class RegistryChangedError(SupportMapError, LookupError):
    """The registry that a computation is about is no longer the one in the database."""
