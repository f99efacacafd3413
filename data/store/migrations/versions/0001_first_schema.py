"""first schema."""

import sqlalchemy as sa
from alembic import op

from data.store.geometry_column import GeometryColumn

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table; PostGIS also gets its extension and spatial indexes."""
    is_postgis = op.get_bind().dialect.name == "postgresql"
    if is_postgis:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("boundary_vintage", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_accepted", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('current', 'previous')", name=op.f("ck_release_state_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_source_code"), ["source_code"], unique=False)

    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("teryt_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("powiat_code", sa.String(), nullable=True),
        sa.Column("voivodeship_code", sa.String(), nullable=False),
        sa.Column("boundary_vintage", sa.String(), nullable=False),
        sa.Column("area_km2", sa.Double(), nullable=False),
        sa.Column("geometry", GeometryColumn("MULTIPOLYGON"), nullable=False),
        sa.Column("geometry_simplified", GeometryColumn("MULTIPOLYGON"), nullable=False),
        sa.Column("label_point", GeometryColumn("POINT"), nullable=False),
        sa.CheckConstraint(
            "level IN ('gmina', 'powiat', 'voivodeship')", name=op.f("ck_area_level_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_area_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("release_id", "area_code", name=op.f("uq_area_release_id_area_code")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_release_id"), ["release_id"], unique=False)

    op.create_table(
        "area_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("vintage", sa.String(), nullable=False),
        sa.Column("teryt_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("is_parent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_area_code_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_code")),
        sa.UniqueConstraint(
            "release_id", "vintage", "teryt_code", name=op.f("uq_area_code_release_id_vintage_teryt_code")
        ),
    )
    with op.batch_alter_table("area_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_code_release_id"), ["release_id"], unique=False)

    op.create_table(
        "locality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=True),
        sa.Column("stated_gmina_name", sa.String(), nullable=False),
        sa.Column("stated_powiat_name", sa.String(), nullable=False),
        sa.Column("stated_voivodeship_name", sa.String(), nullable=False),
        sa.Column("is_gmina_name_agreed", sa.Boolean(), nullable=False),
        sa.Column("population_persons", sa.Integer(), nullable=True),
        sa.Column("point", GeometryColumn("POINT"), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_locality_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality")),
    )
    with op.batch_alter_table("locality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_locality_gmina_code"), ["gmina_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_locality_release_id"), ["release_id"], unique=False)

    op.create_table(
        "people_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("subgroup", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("as_of_text", sa.String(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_people_count_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_count")),
    )
    with op.batch_alter_table("people_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_count_release_id"), ["release_id"], unique=False)

    op.create_table(
        "population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_population_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint(
            "release_id", "area_code", "age_from", name=op.f("uq_population_release_id_area_code_age_from")
        ),
    )
    with op.batch_alter_table("population", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_population_release_id"), ["release_id"], unique=False)

    op.create_table(
        "register_coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("support_form", sa.String(), nullable=False),
        sa.Column("voivodeship_code", sa.String(), nullable=False),
        sa.Column("except_area_codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_register_coverage_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_coverage")),
        sa.UniqueConstraint(
            "release_id",
            "support_form",
            "voivodeship_code",
            name=op.f("uq_register_coverage_release_id_support_form_voivodeship_code"),
        ),
    )
    with op.batch_alter_table("register_coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_coverage_release_id"), ["release_id"], unique=False)

    op.create_table(
        "register_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("computed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_register_total_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_total")),
    )
    with op.batch_alter_table("register_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_total_release_id"), ["release_id"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("row_reference", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_rejected_row_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
    )
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejected_row_release_id"), ["release_id"], unique=False)

    op.create_table(
        "work_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_work_item_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_item")),
    )
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_item_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_item_release_id"), ["release_id"], unique=False)

    make_registry_tables()
    if is_postgis:
        op.create_index("gx_area_geometry", "area", ["geometry"], postgresql_using="gist")


def make_registry_tables() -> None:
    """Make the tables that revision 0002 replaces, and that taking it back makes again."""
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_organization_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("release_id", "name", name=op.f("uq_organization_release_id_name")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_release_id"), ["release_id"], unique=False)

    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("record_key", sa.String(), nullable=False),
        sa.Column("row_reference", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street_address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("locality_name", sa.String(), nullable=True),
        sa.Column("stated_gmina_name", sa.String(), nullable=True),
        sa.Column("stated_gmina_code", sa.String(), nullable=True),
        sa.Column("stated_powiat_name", sa.String(), nullable=True),
        sa.Column("voivodeship_code", sa.String(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=True),
        sa.Column("place_grade", sa.String(), nullable=False),
        sa.Column("point", GeometryColumn("POINT"), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("opening_hours_text", sa.Text(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_facility_organization_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_facility_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("release_id", "record_key", name=op.f("uq_facility_release_id_record_key")),
    )
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facility_gmina_code"), ["gmina_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_facility_release_id"), ["release_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
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
        sa.Column("intake_text", sa.Text(), nullable=True),
        sa.Column("set_aside_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('active', 'planned', 'suspended', 'closed', 'moved', 'funding_only')",
            name=op.f("ck_service_status_is_known"),
        ),
        sa.CheckConstraint("capacity_places >= 0", name=op.f("ck_service_capacity_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_service_facility_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_service_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_facility_id"), ["facility_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_support_form"), ["support_form"], unique=False)

    op.create_table(
        "service_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_service_area_release_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_area_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_area")),
        sa.UniqueConstraint("service_id", "area_code", name=op.f("uq_service_area_service_id_area_code")),
    )
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_area_code"), ["area_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_area_release_id"), ["release_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("gx_facility_point", "facility", ["point"], postgresql_using="gist")


def downgrade() -> None:
    """Drop every table; the PostGIS extension stays, others may use it."""
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_area_release_id"))
        batch_op.drop_index(batch_op.f("ix_service_area_area_code"))

    op.drop_table("service_area")
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_support_form"))
        batch_op.drop_index(batch_op.f("ix_service_release_id"))
        batch_op.drop_index(batch_op.f("ix_service_facility_id"))

    op.drop_table("service")
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facility_release_id"))
        batch_op.drop_index(batch_op.f("ix_facility_gmina_code"))

    op.drop_table("facility")
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_item_release_id"))
        batch_op.drop_index(batch_op.f("ix_work_item_kind"))

    op.drop_table("work_item")
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rejected_row_release_id"))

    op.drop_table("rejected_row")
    with op.batch_alter_table("register_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_total_release_id"))

    op.drop_table("register_total")
    with op.batch_alter_table("register_coverage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_coverage_release_id"))

    op.drop_table("register_coverage")
    with op.batch_alter_table("population", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_population_release_id"))

    op.drop_table("population")
    with op.batch_alter_table("people_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_count_release_id"))

    op.drop_table("people_count")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_release_id"))

    op.drop_table("organization")
    with op.batch_alter_table("locality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_locality_release_id"))
        batch_op.drop_index(batch_op.f("ix_locality_gmina_code"))

    op.drop_table("locality")
    with op.batch_alter_table("area_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_code_release_id"))

    op.drop_table("area_code")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_release_id"))

    op.drop_table("area")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_source_code"))

    op.drop_table("release")
