"""Records in force whose rows say what they said before: they stay as they are, unread and unplanned."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from data.loading.plan import TakenOver
from data.loading.timeline import Step
from data.loading.versions import Known
from data.sources.registers.staged_register import StagedRegister
from data.store.schema import Facility


def printed_records(connection: Connection, source_code: str) -> dict[str, str]:
    """Return the prints of rows that are kept with records in force of a source, and the keys of these."""
    query = select(Facility.row_print, Facility.record_key).where(
        Facility.source_code == source_code,
        Facility.ended_release_id.is_(None),
        Facility.row_print.is_not(None),
    )
    return {str(row.row_print): row.record_key for row in connection.execute(query)}


def is_still_so(prints: Mapping[str, str], known: Mapping[str, Known], step: Step) -> bool:
    """
    Tell whether records that a file takes over, by their prints, are still in force.

    Files are read to tell their day before any of them is written, so that another of the same load may have changed
    them. One that becomes history is not compared with what is in force.
    """
    return not step.is_history and all(
        key in known and known[key].row_print == row_print for key, row_print in prints.items()
    )


def taken_over(staged: StagedRegister, known: Mapping[str, Known]) -> TakenOver:
    """Return the records of `known` that a register takes over."""
    organizations = {known[key].organization_key for key in staged.taken_over}
    return TakenOver(frozenset(staged.taken_over), frozenset(key for key in organizations if key is not None))
