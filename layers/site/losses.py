"""What an address asks for and a light page does not show, in words."""

from collections.abc import Sequence

from data.registry.registry import Registry
from geo.teryt import COUNTRY
from layers.text import Texts
from layers.view.reading import Loss
from layers.view.view import View
from layers.words.example_words import country_name
from layers.words.loss_words import loss_lines, names_of_lost


def lines_of_losses(losses: Sequence[Loss], registry: Registry, view: View, texts: Texts) -> tuple[str, ...]:
    """Return a sentence for each loss, each once."""
    if not losses:
        return ()
    areas = names_of_lost(losses, registry, texts)
    areas[f"scope:{COUNTRY}"] = country_name(texts, is_example=registry.state.is_invented)
    return tuple(dict.fromkeys(loss_lines(losses, view, texts, areas=areas)))
