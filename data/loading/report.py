"""The table that a load shows: rows, records and reasons of every release, without the words of protected places."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data.duplicates.protected_doors import without_protected
from data.reading.history import RecordChange, release_changes
from data.store.schema import Load, RejectedRow, Release

MOST_RECORDS = 1000
"""Records of one release that are told one by one; the counts are of all."""


@dataclass(frozen=True)
class ReleaseReport:
    """
    One release of a load.

    `rows_read` is `rows_accepted` plus `rows_rejected`; records are facilities, each of one or more rows.
    """

    source_code: str
    file_name: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    records_added: int
    records_changed: int
    records_unchanged: int
    records_vanished: int
    reasons: dict[str, int]
    rejected: tuple[tuple[str, str, str], ...]
    """(row reference, reason, detail), at most `MOST_RECORDS`."""
    records: tuple[RecordChange, ...]
    """Empty for the first release of a source: everything in it is new."""


@dataclass(frozen=True)
class LoadReport:
    """Every release that a load wrote or would write, and the differences that its reason explains."""

    load_id: int
    releases: tuple[ReleaseReport, ...]
    differences: tuple[str, ...]

    def lines(self, *, is_detailed: bool = False) -> list[str]:
        """Return the table to read; `is_detailed` adds each rejected row and each record that changed."""
        lines = [_HEADER]
        for release in self.releases:
            lines.append(
                f"{release.source_code:<24} {release.rows_read:>7} {release.rows_accepted:>9} "
                f"{release.rows_rejected:>9} {release.records_added:>8} {release.records_changed:>8} "
                f"{release.records_unchanged:>10} {release.records_vanished:>9}  {release.file_name}"
            )
            lines += [f"    {count} rows rejected: {reason}" for reason, count in release.reasons.items()]
            if is_detailed:
                lines += [f"    row {row}: {reason}: {detail}" for row, reason, detail in release.rejected]
                lines += [line for record in release.records for line in say_record(record)]
        return [*lines, *(f"accepted difference: {sentence}" for sentence in self.differences)]


_HEADER = (
    f"{'source':<24} {'rows':>7} {'accepted':>9} {'rejected':>9} {'added':>8} {'changed':>8} "
    f"{'unchanged':>10} {'vanished':>9}  file"
)


def say_record(record: RecordChange) -> list[str]:
    """Return a record's change as lines: what, then one line for each field."""
    lines = [f"    {record.kind} {record.source_code}:{record.record_key}  {record.name}"]
    lines += [f"        {change.field}: {change.before} → {change.after}" for change in record.fields]
    return lines


def read_load_report(connection: Connection, load_id: int) -> LoadReport:
    """Read what a load wrote; inside its own transaction this is the plan."""
    releases = connection.execute(
        select(Release).where(Release.load_id == load_id).order_by(Release.id)
    ).mappings()
    differences = connection.execute(select(Load.differences).where(Load.id == load_id)).scalar_one()
    return LoadReport(load_id, tuple(_release(connection, dict(row)) for row in releases), tuple(differences))


def _release(connection: Connection, row: dict[str, object]) -> ReleaseReport:
    reasons = (
        select(RejectedRow.reason, func.count().label("rows"))
        .where(RejectedRow.release_id == row["id"])
        .group_by(RejectedRow.reason)
        .order_by(RejectedRow.reason)
    )
    rejected = (
        select(RejectedRow.row_reference, RejectedRow.reason, RejectedRow.detail)
        .where(RejectedRow.release_id == row["id"])
        .order_by(RejectedRow.id)
        .limit(MOST_RECORDS)
    )
    found = connection.execute(rejected).all()
    is_first = not (row["records_changed"] or row["records_unchanged"] or row["records_vanished"])
    columns = ReleaseReport.__annotations__
    return ReleaseReport(
        **{name: row[name] for name in columns if name.startswith(("rows_", "records_"))},  # type: ignore[arg-type]
        source_code=str(row["source_code"]),
        file_name=str(row["file_name"]),
        reasons={of.reason: int(of.rows) for of in connection.execute(reasons)},
        rejected=tuple(
            (r.row_reference, r.reason, detail)
            for r, detail in zip(found, without_protected(connection, [r.detail for r in found]), strict=True)
        ),
        records=() if is_first else tuple(release_changes(connection, row["id"], limit=MOST_RECORDS)),  # type: ignore[arg-type]
    )
