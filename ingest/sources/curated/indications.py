"""PharmacotherapyDB (Himmelstein et al., doi:10.7554/eLife.26726): what treats what, by three physicians.

A disease-modifying indication (DM) states `treats`, a symptomatic one (SYM) `palliates`, a non-indication (NOT) that
the drug does not treat the disease.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.drug_names import known
from ingest.sources.files.tables import rows
from ingest.sources.ids import curie
from text.context.judgement import Polarity

EXTRACTOR = "indications/2"
SOURCE = Source(
    "pharmacotherapydb",
    "curated",
    title="PharmacotherapyDB",
    version="1.0",
    licence="CC0-1.0",
    language="en",
    url="https://doi.org/10.7554/eLife.26726",
)

_CATEGORIES: dict[str, tuple[str, Polarity]] = {
    "DM": ("treats", "affirmed"),
    "SYM": ("palliates", "affirmed"),
    "NOT": ("treats", "negated"),
}


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each row its drug and disease, where new, before what it states. Raises UnreadableSource."""
    yield SOURCE
    names = known()
    declared: set[str] = set()
    for row in rows(path, ("doid_id", "drugbank_id", "disease", "drug", "category")):
        if isinstance(row, Failure):
            yield row
            continue
        disease, drug = curie(row["doid_id"]), curie(f"DRUGBANK:{row['drugbank_id']}")
        if not disease or not drug or row["category"] not in _CATEGORIES:
            yield Failure(str(path), f"line {row.number}", "a malformed id, or a category that is none of DM, SYM, NOT")
            continue
        if wrong := names.mistaken(drug, row["drug"]):
            yield Failure(str(path), f"line {row.number}", wrong)
            continue
        for entity in (Entity(disease, "Disease", row["disease"]), Entity(drug, "Drug", row["drug"])):
            if entity.id not in declared:
                declared.add(entity.id)
                yield entity
        predicate, polarity = _CATEGORIES[row["category"]]
        yield Assertion.new(
            drug,
            predicate,
            disease,
            source=SOURCE.id,
            sentence=row.line,
            polarity=polarity,
            qualifiers={name: row[name] for name in ("category", "n_curators", "n_resources") if row[name]},
            record=f"line {row.number}",
            extractor=EXTRACTOR,
        )
