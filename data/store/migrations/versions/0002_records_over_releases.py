"""Records that hold over several releases: loads that can be undone, history, HSDS 3.1 fields, duplicates."""

import sqlalchemy as sa
from alembic import context, op

from data.store.geometry_column import GeometryColumn

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_RELEASE_COLUMNS = (
    "load_id",
    "verified_on",
    "effective_on",
    "records_added",
    "records_changed",
    "records_unchanged",
    "records_vanished",
)


def upgrade() -> None:
    """
    Change the registry's tables.

    What was loaded goes, because rows of 0001 do not tell the records of HSDS apart; the next load reads the same
    files again.
    """
    is_postgis = op.get_bind().dialect.name == "postgresql"
    op.execute("DELETE FROM release")
    for table in ("service_area", "service", "facility", "organization"):
        op.drop_table(table)
    # Databases made before 0.1.0 was finished have a 0001 without this column.
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("register_coverage")}
    if "except_area_codes" not in known:
        op.add_column(
            "register_coverage",
            sa.Column("except_area_codes", sa.JSON(), nullable=False, server_default="[]"),
        )
    if is_postgis:  # SQLite forgets the check by itself when it makes the table anew
        op.drop_constraint(op.f("ck_release_state_is_known"), "release")
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left_source", sa.String(), nullable=False),
        sa.Column("left_key", sa.Text(), nullable=False),
        sa.Column("right_source", sa.String(), nullable=False),
        sa.Column("right_key", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "decided_by IN ('rule', 'person')", name=op.f("ck_duplicate_pair_decided_by_is_known")
        ),
        sa.CheckConstraint(
            "verdict IN ('same', 'doubtful', 'different')", name=op.f("ck_duplicate_pair_verdict_is_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint(
            "left_source",
            "left_key",
            "right_source",
            "right_key",
            name=op.f("uq_duplicate_pair_left_source_left_key_right_source_right_key"),
        ),
    )
    op.create_table(
        "load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_difference", sa.Text(), nullable=True),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load")),
    )
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("ended_release_id", sa.Integer(), nullable=True),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("record_key", sa.Text(), nullable=False),
        sa.Column("row_reference", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("core_hash", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("organization_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("street_address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("locality_name", sa.String(), nullable=True),
        sa.Column("stated_gmina_name", sa.String(), nullable=True),
        sa.Column("stated_gmina_code", sa.String(), nullable=True),
        sa.Column("stated_powiat_name", sa.String(), nullable=True),
        sa.Column("voivodeship_code", sa.String(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=True),
        sa.Column("gmina_code_of_words", sa.String(), nullable=True),
        sa.Column("gmina_code_of_point", sa.String(), nullable=True),
        sa.Column("place_grade", sa.String(), nullable=False),
        sa.Column("point", GeometryColumn("POINT"), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=True),
        sa.Column("opening_hours_text", sa.Text(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("wheelchair", sa.String(), nullable=True),
        sa.Column("barrier_free", sa.JSON(), nullable=False),
        sa.Column("transportation_text", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_precision", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(point IS NULL) = (place_grade = 'none')", name=op.f("ck_facility_graded_when_located")
        ),
        sa.CheckConstraint(
            "place_grade IN ('door', 'street', 'postal_code', 'locality', 'gmina', 'none')",
            name=op.f("ck_facility_place_grade_is_known"),
        ),
        sa.CheckConstraint(
            "verified_precision IN ('day', 'month', 'year')",
            name=op.f("ck_facility_verified_precision_is_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'gmina_centroid', 'staff', 'hidden')",
            name=op.f("ck_facility_visibility_is_known"),
        ),
        sa.CheckConstraint(
            "wheelchair IN ('yes', 'limited', 'no')", name=op.f("ck_facility_wheelchair_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["ended_release_id"],
            ["release.id"],
            name=op.f("fk_facility_ended_release_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_facility_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("release_id", "record_key", name=op.f("uq_facility_release_id_record_key")),
    )
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facility_ended_release_id"), ["ended_release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_facility_gmina_code"), ["gmina_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_facility_release_id"), ["release_id"], unique=False)
        batch_op.create_index(
            "uq_facility_open_version",
            ["source_code", "record_key"],
            unique=True,
            sqlite_where=sa.text("ended_release_id IS NULL"),
            postgresql_where=sa.text("ended_release_id IS NULL"),
        )

    op.create_table(
        "official_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("support_forms", sa.JSON(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("tolerance_pct", sa.Double(), nullable=True),
        sa.Column("as_of_text", sa.String(), nullable=True),
        sa.CheckConstraint(
            "quantity IN ('facilities', 'capacity_places')", name=op.f("ck_official_total_quantity_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_official_total_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_total")),
        sa.UniqueConstraint(
            "release_id",
            "area_code",
            "quantity",
            name=op.f("uq_official_total_release_id_area_code_quantity"),
        ),
    )
    with op.batch_alter_table("official_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_official_total_release_id"), ["release_id"], unique=False)

    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("ended_release_id", sa.Integer(), nullable=True),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("organization_key", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("legal_status", sa.Text(), nullable=True),
        sa.Column("year_incorporated", sa.Integer(), nullable=True),
        sa.Column("nip", sa.String(), nullable=True),
        sa.Column("regon", sa.String(), nullable=True),
        sa.Column("krs", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_release_id"],
            ["release.id"],
            name=op.f("fk_organization_ended_release_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_organization_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint(
            "release_id", "organization_key", name=op.f("uq_organization_release_id_organization_key")
        ),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organization_ended_release_id"), ["ended_release_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organization_release_id"), ["release_id"], unique=False)
        batch_op.create_index(
            "uq_organization_open_version",
            ["source_code", "organization_key"],
            unique=True,
            sqlite_where=sa.text("ended_release_id IS NULL"),
            postgresql_where=sa.text("ended_release_id IS NULL"),
        )

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("service_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("support_form", sa.String(), nullable=False),
        sa.Column("subtype", sa.String(), nullable=True),
        sa.Column("need_groups", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("capacity_places", sa.Integer(), nullable=True),
        sa.Column("capacity_women", sa.Integer(), nullable=True),
        sa.Column("capacity_men", sa.Integer(), nullable=True),
        sa.Column("vacant_places", sa.Integer(), nullable=True),
        sa.Column("vacant_women", sa.Integer(), nullable=True),
        sa.Column("vacant_men", sa.Integer(), nullable=True),
        sa.Column("waiting_persons", sa.Integer(), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("vacancies_on", sa.Date(), nullable=True),
        sa.Column("vacancies_expire_on", sa.Date(), nullable=True),
        sa.Column("intake_text", sa.Text(), nullable=True),
        sa.Column("eligibility_text", sa.Text(), nullable=True),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("required_documents", sa.JSON(), nullable=False),
        sa.Column("fees_text", sa.Text(), nullable=True),
        sa.Column("fees", sa.JSON(), nullable=False),
        sa.Column("funding", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("interpretation_text", sa.Text(), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=True),
        sa.Column("opening_hours_text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('active', 'planned', 'suspended', 'closed', 'moved', 'funding_only')",
            name=op.f("ck_service_status_is_known"),
        ),
        sa.CheckConstraint("capacity_places >= 0", name=op.f("ck_service_capacity_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_service_facility_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_facility_id"), ["facility_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_support_form"), ["support_form"], unique=False)

    op.create_table(
        "mobile_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locality_name", sa.String(), nullable=True),
        sa.Column("gmina_code", sa.String(), nullable=True),
        sa.Column("point", GeometryColumn("POINT"), nullable=True),
        sa.Column("opening_hours", sa.Text(), nullable=True),
        sa.Column("opening_hours_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_mobile_stop_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mobile_stop")),
        sa.UniqueConstraint("service_id", "position", name=op.f("uq_mobile_stop_service_id_position")),
    )
    op.create_table(
        "service_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_area_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_area")),
        sa.UniqueConstraint("service_id", "area_code", name=op.f("uq_service_area_service_id_area_code")),
    )
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_area_code"), ["area_code"], unique=False)

    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.add_column(sa.Column("load_id", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("verified_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("effective_on", sa.Date(), nullable=False))
        batch_op.add_column(sa.Column("records_added", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("records_changed", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("records_unchanged", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("records_vanished", sa.Integer(), nullable=False))
        batch_op.create_index(batch_op.f("ix_release_load_id"), ["load_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_release_load_id"), "load", ["load_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(
            op.f("ck_release_state_is_known"), "state IN ('current', 'previous', 'dropped', 'withdrawn')"
        )
    if is_postgis:
        op.create_index("gx_facility_point", "facility", ["point"], postgresql_using="gist")


def downgrade() -> None:
    """Make the tables of 0001 again, empty: the next load fills them."""
    op.execute("DELETE FROM release")
    for table in ("mobile_stop", "service_area", "service", "facility", "organization", "official_total"):
        op.drop_table(table)
    op.drop_table("duplicate_pair")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_release_state_is_known"), "release")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_release_load_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_release_load_id"))
        for column in _RELEASE_COLUMNS:
            batch_op.drop_column(column)
        batch_op.create_check_constraint(
            op.f("ck_release_state_is_known"), "state IN ('current', 'previous')"
        )
    op.drop_table("load")
    context.script.get_revision(down_revision).module.make_registry_tables()
