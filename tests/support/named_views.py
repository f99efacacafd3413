"""
Ten views of the example region whose data and texts are kept as hashes: what moves code must not move them.

`python -m tests.support.named_views` prints what each says, `--write` keeps its hash; a change of one needs a line in
`CHANGELOG.md`. In a process of its own, because tests know another example region.
"""

import hashlib
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from unittest.mock import patch

from data.loading.load import load_all
from data.registry.reading import read_registry
from data.registry.registry import Registry
from data.sources.roads.graph import read_road_network
from data.store.engine import open_engine
from data.store.schema_revision import migrate
from data.store.settings import Settings
from layers import say
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.said_address import view_of_address
from layers.view.view import View
from tests.support.folders import GOLDEN, REPOSITORY

FILE = GOLDEN / "named_views.json"
REGION = REPOSITORY / "data" / "example" / "region"
ON = date(2026, 11, 29)
"""The day from which ages of records are counted."""
_OF_GMINAS = "/planowanie?scope=98&level=gmina"
_OF_POWIATS = "/planowanie?scope=98&level=powiat"
VIEWS = {
    "clubs missing in gminas": f"{_OF_GMINAS}&form=DZI-KLS&indicator=gap_share&distance_km=15",
    "care homes per 1,000 in 2035": f"{_OF_POWIATS}&form=CAL-DPS&indicator=places_per_1000&year=2035",
    "who reaches a workshop": f"{_OF_GMINAS}&group=disabled&form=REI-WTZ&indicator=coverage_share&distance_km=30",
    "access to clubs by e2sfca": f"{_OF_GMINAS}&form=DZI-KLS&indicator=access_per_1000&method=e2sfca",
    "shelters, in Ukrainian": f"{_OF_POWIATS}&group=homeless&form=BEZ-SCH&indicator=gap_share&lang=uk",
    "what is known, in English": "/planowanie?scope=00&level=voivodeship&form=CAL-DPS&indicator=knowledge&lang=en",
    "balance of support": f"{_OF_POWIATS}&indicator=day_per_1000",
    "plans": f"{_OF_GMINAS}&indicator=local_plan",
    "a card": f"{_OF_GMINAS}&form=DZI-KLS&indicator=gap_share&chosen=980101",
    "today beside 2035": "/porownanie?scope=98&level=powiat&form=CAL-DPS&indicator=gap_share&other=y2035",
}


def example_registry(folder: Path) -> Registry:
    """Return the registry of the example region, loaded as real sources are."""
    engine = open_engine(f"sqlite:///{folder / 'example.sqlite'}")
    migrate(engine)
    settings = Settings("", REGION, folder / "cache", is_download_allowed=False)
    load_all(engine, settings, catalogue_path=REGION / "catalogue.toml")
    try:
        return read_registry(engine)
    finally:
        engine.dispose()


def said(registry: Registry, address: str) -> str:
    """Return all that a view says, its numbers among it, as one text."""
    today = World(registry, network=lambda: read_road_network(REGION / "roads.graphml"))

    def world_of(view: View) -> tuple[World, None]:
        return (World(apply_packed(registry, view.scenario).registry) if view.scenario else today), None

    with patch.object(say, "_today", lambda _view: ON):
        told = say.say_view(view_of_address(address), world_of)
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)
    # The state is told by what decides it, the vocabulary and the reader's revision among it: no word, no number.
    for state in {told["snapshot_id"], told.get("other", told)["snapshot_id"]}:
        text = text.replace(str(state), "state")
    return text


def hash_of(text: str) -> str:
    """Return what is kept of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    """Print what each view says; with `--write`, keep the hashes of today."""
    with tempfile.TemporaryDirectory() as folder:
        registry = example_registry(Path(folder))
        texts = {name: said(registry, address) for name, address in VIEWS.items()}
    if "--write" in sys.argv:
        hashes = {name: hash_of(text) for name, text in texts.items()}
        FILE.write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    else:
        sys.stdout.write(json.dumps(texts, ensure_ascii=False))


if __name__ == "__main__":
    main()
