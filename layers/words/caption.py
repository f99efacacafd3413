"""Everything that must stand on an export, put into words once for the picture and the tables alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from data.store.plain_text import plain_text
from layers.answers.area_table import AreaTable
from layers.indicators import KINDS
from layers.indicators.indicator import DISTANCE, FORM
from layers.text import Texts
from layers.words.day_words import iso_day
from layers.words.figures import figures_beside
from layers.words.legend_words import LegendWords
from layers.words.place_words import hollow_words
from layers.words.view_notes import ViewNotes
from layers.words.view_words import SourceLine, Wording

COLUMNS = (
    "area_code",
    "name",
    "powiat_name",
    "voivodeship_name",
    *KINDS,
    "sign",
    "remarks",
    "class_label",
    "oldest_dated_on",
)
"""Every column that a table can have; page and export take its head from the same words."""
PROVENANCE = ("snapshot_id", "warning")
"""What every row of a table keeps wherever it is pasted; the rest is told once, beside the table."""
CREDITED = ("CC BY", "ODbL", "OdbL", "Open Database")
"""How the names of licences begin that ask for a credit wherever their data are shown."""
PARENTS = {"powiat_name": ("gmina",), "voivodeship_name": ("gmina", "powiat")}
"""Columns with the name of a larger area, and the levels where they say something new."""


@dataclass(frozen=True)
class Caption:
    """
    The words of one export, in one language, ready to print.

    Attributes
    ----------
    title, rest, subtitle
        The answer as a sentence, short enough for a heading; what belongs to it and stands below (empty where it says
        all); then what is measured, where and by which areas.
    legend_title, legend_unit, legend_date
        Head of the legend; the unit is empty where classes have none.
    class_labels
        One label per class 1 to k, lowest first.
    class_note
        Who set the classes, or why there are none; empty for those of the method.
    symbol_labels
        Of a map of symbols, the round numbers that its legend shows, the highest first, with their words.
    symbol_highest
        What the largest symbol of that map stands for; 0 for a map of colours.
    symbol_area_label
        What the areas under symbols mean, which have no colour; empty for a map of colours.
    bound_labels
        Words of each pattern over the colours, by the code of the bound.
    zero_label
        None when no area can have a true zero.
    signs
        What zero, a missing number and each bound mean, to be read beside a table.
    no_data_legend, no_data
        The words for missing numbers, in the legend and in a cell.
    notes
        Sentences a reader needs so as not to misread: lower bounds, unknown people, straight lines.
    firm_notes
        Those of them that no picture leaves out.
    main_notes
        Those that a picture keeps before the others: whom the form takes in, and that there is no legal norm.
    more_notes
        Where those notes are that a picture has no room for.
    warning, warning_short
        Said loudly when the data are invented; else None.
    about
        Label and text of each fact, in the order of the second sheet.
    columns
        Head of each column, by column code.
    as_of_iso, snapshot_id
        Date and hash as they stand in file metadata.
    """

    language: str
    title: str
    rest: str
    subtitle: str
    legend_title: str
    legend_unit: str
    legend_date: str
    class_labels: tuple[str, ...]
    class_note: str
    symbol_labels: tuple[tuple[float, str], ...]
    symbol_highest: float
    symbol_area_label: str
    bound_labels: Mapping[str, str]
    zero_label: str | None
    signs: str
    no_data_legend: str
    no_data: str
    points_label: str
    hollow_label: str
    count_label: str
    new_label: str
    voivodeship_border: str
    powiat_border: str
    notes: tuple[str, ...]
    firm_notes: tuple[str, ...]
    main_notes: tuple[str, ...]
    more_notes: str
    as_of: str
    boundaries: str
    projection: str
    snapshot: str
    address: str
    sources_title: str
    sources: tuple[SourceLine, ...]
    more_sources: str
    all_sources: str
    warning: str | None
    warning_short: str | None
    description: str
    north: str
    kilometres: str
    sheet_names: tuple[str, str]
    about: tuple[tuple[str, str], ...]
    source_heads: tuple[str, ...]
    columns: Mapping[str, str]
    provenance: Mapping[str, str]
    as_of_iso: str
    snapshot_id: str

    @property
    def whole_title(self) -> str:
        """The title with what stands below it."""
        return ". ".join(filter(None, (self.title, self.rest)))

    @property
    def lines(self) -> str:
        """What stands below the title: the rest of it, then what is measured, where and by which areas."""
        return ". ".join(filter(None, (self.rest, self.subtitle)))

    def rest_of_sources(self, shown: int) -> tuple[str, ...]:
        """Return where the sources after the first `shown` are listed, then whose they are, as their licences ask."""
        where = self.more_sources if shown else self.all_sources
        named = dict.fromkeys(
            f"{source.attribution or source.publisher} ({source.licence})"
            if source.licence.startswith(CREDITED)
            else source.publisher
            for source in self.sources[shown:]
        )
        return (where, "; ".join(filter(None, named)))


def table_columns(table: AreaTable) -> tuple[str, ...]:
    """Return the columns that a table of the view has, the same numbers as on its page."""
    view = table.view
    parents = tuple(column for column, levels in PARENTS.items() if view.level in levels)
    # The answer stands last of the numbers, beside the words of its class; what is words has only these.
    figures = [column for column in figures_beside(table) if column != view.indicator]
    if not view.what.class_codes:
        figures += [view.indicator, "sign"]
    if figures:
        figures.append("remarks")
    classes = () if table.has_symbols else ("class_label",)
    dates = ("oldest_dated_on",) if view.question.is_of_knowledge else ()
    return ("area_code", "name", *parents, *figures, *classes, *dates)


def build_caption(table: AreaTable, texts: Texts) -> Caption:
    """
    Put everything an export must carry into words.

    Parameters
    ----------
    table
        The numbers of the view; the title counts its zeros, so that picture and table cannot disagree.
    texts
        The words of the language to print in.
    """
    # A second view beside that of a page may be of another day.
    view, texts = table.view, texts.on_day(table.view.date)
    t = texts.t
    words, legend = Wording(table, texts), LegendWords(table, texts)
    told = ViewNotes(words)
    title, rest, scope = words.title(), words.title_rest(), words.scope_name()
    whole_title, level = ". ".join(filter(None, (title, rest))), t(f"export_level_{view.level}")
    subtitle = t("export_subtitle", indicator=words.indicator, scope=scope, level=level)
    labels, zero = legend.class_labels(), legend.zero_label()
    signs, no_data_legend = legend.signs(), legend.no_data_legend()
    bounds, class_note = legend.bound_labels(), legend.class_note()
    said = [*([zero] if zero else []), *labels, no_data_legend, *bounds.values(), class_note]
    classes = "; ".join(part for part in said if part)
    sources, notes = tuple(map(words.source_line, table.sources)), told.all()
    kind = "_projected" if table.is_projection else ""
    of_none = "_none" if words.has_no_list else kind
    as_of, as_of_iso = t(f"export_as_of{of_none}", date=words.date), iso_day(table.days.newest)
    vintage, snapshot_id = plain_text(table.boundary_vintage), plain_text(table.snapshot_id)
    snapshot = t("export_snapshot", snapshot_id=snapshot_id)
    query = "?" + urlencode({**view.to_query(), "lang": texts.lang})
    warning = t("export_warning_invented") if table.is_invented else None
    about = [
        ("warning", warning),
        ("title", whole_title),
        ("indicator", words.indicator),
        ("unit", words.unit),
        ("group", words.group),
        ("form", words.form if FORM in view.what.choices else ""),
        ("scope", scope),
        ("level", level),
        ("distance", words.way if DISTANCE in view.what.choices else ""),
        (f"as_of{kind}", words.date),
        ("boundaries", vintage),
        ("snapshot", snapshot_id),
        ("address", query),
        ("classes", classes),
        ("no_data", t("export_label_no_data_text", column=t("export_column_remarks"))),
        ("signs", signs),
        ("sign_column", t("export_sign_column") if "sign" in table_columns(table) else ""),
        *(("note", note) for note in notes),
    ]
    provenance = {"snapshot_id": snapshot_id, "warning": warning or ""}
    columns = {code: t(f"export_column_{code}", **words.values) for code in (*COLUMNS, *PROVENANCE)}
    heads = ("source", "publisher", "licence", "attribution", "as_of", "url")
    return Caption(
        language=texts.lang,
        title=title,
        rest=rest,
        subtitle=subtitle,
        legend_title=words.indicator,
        legend_unit=t("export_legend_unit", unit=words.unit) if words.unit else "",
        legend_date=t(f"export_legend_date{of_none}", date=words.date),
        class_labels=labels,
        class_note=class_note,
        symbol_labels=legend.symbol_labels(),
        symbol_highest=legend.symbol_highest(),
        symbol_area_label=legend.symbol_area_label(),
        bound_labels=MappingProxyType(bounds),
        zero_label=zero,
        signs=signs,
        no_data_legend=no_data_legend,
        no_data=t("export_no_data"),
        points_label=t("export_points", form=words.form),
        hollow_label=hollow_words(table.services, texts),
        count_label=t("coarse.number"),
        new_label=t("map.new"),
        voivodeship_border=t("export_border_voivodeship"),
        powiat_border=t("export_border_powiat"),
        notes=notes,
        firm_notes=told.firm(),
        main_notes=told.main(),
        more_notes=t("export_more_notes"),
        as_of=as_of,
        boundaries=t("export_boundaries", vintage=vintage),
        projection=t("export_projection"),
        snapshot=snapshot,
        address=t("export_address", address=query),
        sources_title=t("export_sources"),
        sources=sources,
        more_sources=t("export_more_sources"),
        all_sources=t("export_all_sources"),
        warning=warning,
        warning_short=t("export_warning_short") if table.is_invented else None,
        description=t(
            "export_picture_description",
            title=whole_title,
            subtitle=subtitle,
            as_of=as_of,
            classes=classes,
            snapshot=snapshot,
        ),
        north=t("export_north"),
        kilometres=t("export_km"),
        sheet_names=(t("export_sheet_table"), t("export_sheet_about")),
        about=tuple((t(f"export_label_{code}"), text) for code, text in about if text),
        source_heads=tuple(t(f"export_label_{code}") for code in heads),
        columns=MappingProxyType(columns),
        provenance=MappingProxyType(provenance),
        as_of_iso=as_of_iso,
        snapshot_id=snapshot_id,
    )
