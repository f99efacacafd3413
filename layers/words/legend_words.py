"""The legend of a map in words: its classes or symbols, its zero, and what each mark over the colours means."""

from itertools import zip_longest

from geo.printed_numbers import DECIMALS, UNSURE
from layers.answers.area_table import AreaTable
from layers.maps.symbol_sizes import legend_values
from layers.text import Texts
from layers.view.class_limits import ClassLimits
from layers.words.figures import write_figure
from layers.words.others_words import key_by_group
from layers.words.titles import zero_kind


class LegendWords:
    """The words of the legend of one table in one language."""

    def __init__(self, table: AreaTable, texts: Texts) -> None:
        self.table, self.texts, self.view = table, texts, table.view

    def no_data_legend(self) -> str:
        """Return what the hatch of the map means."""
        of_words = f"export_{self.view.indicator}_nothing"
        return self.texts.t(of_words if self.view.what.class_codes else "export_no_data_legend")

    def zero_label(self) -> str | None:
        """Return the legend's words for zero, None when no area has a true zero."""
        kind = "stands" if self.view.question.is_what_stands else zero_kind(self.view)
        if kind == "gap_share":
            # Of one's own gmina, or of voivodeships, there is nobody else's to be counted.
            has_others = not self.view.question.is_own and self.view.level != "voivodeship"
            kind = f"gap_share_{self.view.level if has_others else 'own'}"
        elif self.view.question.is_own and self.texts.has(f"export_zero_{kind}_own"):
            kind = f"{kind}_own"
        if not self.table.classes.has_zero:
            return None
        return self.texts.t(key_by_group(f"export_zero_{kind}", self.table, self.texts))

    def signs(self) -> str:
        """Return what is read beside a table; zero is told as on the map, because none missing is not none there."""
        zero = self.zero_label()
        return "; ".join([*([zero] if zero else []), self.texts.t("signs.legend")])

    def class_labels(self) -> tuple[str, ...]:
        """Return the range of each class; none begins with the number that another ends with."""
        if self.view.what.class_codes:
            codes = self.view.what.class_codes
            return tuple(self.texts.t(f"export_{self.view.indicator}_{code}") for code in codes)
        lowers = self.table.classes.lowers
        return tuple(self._range(low, high) for low, high in zip_longest(lowers, lowers[1:]))

    def class_note(self) -> str:
        """Return what must be said of the classes: that a planner set them, or why there are none."""
        if self.table.has_symbols:
            if not self.symbol_labels():
                return ""  # no circle is drawn where nothing is known
            is_count = self.view.what.kind == "count"
            return self.texts.t("export_classes_symbols" if is_count else "export_classes_few")
        chosen = ClassLimits.from_address(self.view.classes)
        if chosen is None:
            return ""
        is_used = chosen.kind == self.view.what.kind
        return self.texts.t("export_classes_chosen" if is_used else "export_classes_other")

    def bound_labels(self) -> dict[str, str]:
        """Return the words of each pattern that the map has over its colours, by the code of the bound."""
        drawn = set(self.table.value_bounds)
        if self.table.parts:
            return {UNSURE: self.texts.t("export_bound_legend_parts")} if UNSURE in drawn else {}
        bounds = ("least", "most", "unsure")
        return {bound: self.texts.t(f"export_bound_legend_{bound}") for bound in bounds if bound in drawn}

    def symbol_labels(self) -> tuple[tuple[float, str], ...]:
        """Return the numbers whose symbols the legend shows, with their words; empty for a map of colours."""
        if not self.table.has_symbols:
            return ()
        column = self.view.indicator
        return tuple(
            (value, write_figure(value, column, self.texts))
            for value in legend_values(self.table.rows["value"])
        )

    def symbol_highest(self) -> float:
        """Return the number that the largest symbol of the map stands for; 0 for a map of colours."""
        return float(self.table.rows["value"].max()) if self.symbol_labels() else 0.0

    def symbol_area_label(self) -> str:
        """Return what the areas under symbols mean, which have no colour of their own; empty for a map of colours."""
        return self.texts.t("export_symbol_area") if self.symbol_labels() else ""

    def _range(self, low: float, high: float | None) -> str:
        """Return the numbers that are printed in a class, from `low` up to the last one before `high`."""
        is_share, t = self.view.what.kind == "share", self.texts.t
        ending = "%" if is_share else ""
        first = self.texts.number(low, decimals=DECIMALS)
        if high is None and not is_share:
            return t("export_class_last", low=first)
        if high is None:
            whole = self.texts.number(100)
            return (whole if low == 100 else t("export_class_range", low=first, high=whole)) + ending
        last = high - 10.0**-DECIMALS
        if low == 0 and round(last, DECIMALS) == 0:
            return f"<{self.texts.number(high, decimals=DECIMALS)}{ending}"
        # Zero has a class of its own, so the first one begins just above it.
        first = ">0" if low == 0 else first
        written = self.texts.number(last, decimals=DECIMALS)
        if is_share and high == 100:
            # The whole has a class of its own, too, and 99.97 % is more than 99.9.
            written = f"<{self.texts.number(high)}"
        return (written if written == first else t("export_class_range", low=first, high=written)) + ending
