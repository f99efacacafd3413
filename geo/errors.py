"""The family of errors that a user may see; every child also inherits the closest builtin."""


class SupportMapError(Exception):
    """
    Root of all errors raised on purpose.

    The message says what was expected, what was found and what to do. `facts` keeps the same as values.
    """

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class CrsError(SupportMapError, ValueError):
    """A frame has the wrong coordinate system for what is asked of it."""


class FrameError(SupportMapError, ValueError):
    """A frame lacks a column, repeats a key or holds a value out of range."""


class TerytError(SupportMapError, ValueError):
    """A TERYT code cannot be read or has no area in the boundary vintage."""


class GeometryError(SupportMapError, ValueError):
    """A geometry is broken in a way that cannot be repaired without guessing."""


class OptionError(SupportMapError, ValueError):
    """An option of a computation is outside its range: a distance, a count, a tolerance."""
