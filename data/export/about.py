"""What every export says of itself: day, snapshot, licences, sources, and how to read it."""

from collections.abc import Mapping

from data.export.extract import Extract
from data.store.plain_text import plain_text

TITLE = "Mapa Wsparcia Społecznego: rejestr usług społecznych"
TITLE_EN = "Map of Social Support: registry of social services"
_READING = (
    (
        "Jak czytać",
        "Puste pole znaczy: nie wiadomo. To nie jest zero. Placówka, której tu nie ma, może istnieć.",
    ),
    (
        "How to read",
        "An empty field means: not known. It is not zero. A facility that is not here may exist.",
    ),
    (
        "Miejsca chronione",
        "Nie mają tu adresu, a ich punkt to środek gminy albo go nie ma. Nie wolno próbować ich odnaleźć.",
    ),
    (
        "Protected places",
        "They have no address here; their point is that of the gmina, or there is none. Do not try to find them.",
    ),
)


def about(extract: Extract) -> tuple[tuple[str, str], ...]:
    """Return label and text of each fact; notes come first, so that nobody can miss them."""
    return (
        *(("Uwaga / Note", note) for note in extract.notes),
        ("Tytuł / Title", f"{TITLE} / {TITLE_EN}"),
        ("Stan na dzień / As of", extract.as_of.isoformat()),
        ("Identyfikator stanu / Snapshot id", extract.snapshot_id),
        (
            "Zawartość / Content",
            ", ".join(
                (
                    f"placówki / facilities: {len(extract.facilities)}",
                    f"usługi / services: {len(extract.services)}",
                    f"podmioty / organizations: {len(extract.organizations)}",
                )
            ),
        ),
        *_READING,
        ("Licencje / Licences", " | ".join(licences(extract))),
        *(("Źródło / Source", line) for line in source_lines(extract)),
    )


def licences(extract: Extract) -> tuple[str, ...]:
    """Return the licences of the sources, each once; whoever uses the file keeps to all of them."""
    return tuple(sorted(dict.fromkeys(extract.sources["licence"])))


def source_lines(extract: Extract) -> list[str]:
    """Return one line a source: name, publisher, licence, attribution, day, address."""
    return [
        plain_text(
            "; ".join(
                str(part)
                for part in (
                    f"{row['name']} ({row['source_code']})",
                    row["publisher"],
                    f"licencja / licence: {row['licence']}" if row["licence"] else None,
                    f"autorstwo / attribution: {row['attribution']}" if row["attribution"] else None,
                    f"stan na / as of: {row['as_of'].isoformat()}" if row["as_of"] else None,
                    row["url"],
                )
                if part
            )
        )
        for row in extract.sources.to_dict("records")
    ]


def readme(extract: Extract, files: Mapping[str, str]) -> str:
    """Return the text that goes beside tables; `files` are their names and what a row of each is."""
    lines = [f"{label}: {text}" for label, text in about(extract)]
    listed = [f"{name}: {meaning}" for name, meaning in files.items()]
    return "\n".join([*lines, "", "Pliki / Files", *listed, ""])
