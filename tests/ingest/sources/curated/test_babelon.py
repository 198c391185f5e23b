from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.model import Failure
from ingest.sources.curated import babelon, obo

HEAD = (
    "source_language\ttranslation_language\tsubject_id\tpredicate_id\tsource_value\ttranslation_value\t"
    "translation_status\n"
)
ROWS = (
    "en\tzh\tHP:9000001\trdfs:label\tBlue ears\t蓝耳\tOFFICIAL\n"
    "en\tzh-CN\tHP:9000001\toio:hasExactSynonym\tEar blueness\t耳蓝\tCANDIDATE\n"
    "en\tzh\tHP:9000001\tIAO:0000115\tEars that are blue\t蓝色的耳朵\tOFFICIAL\n"
    "en\tzh\tHP:9000002\trdfs:label\tGreen nose\t\tNOT_TRANSLATED\n"
)


def test_declares_the_translation_beside_the_label(write: Callable[..., Path]) -> None:
    source, entity = babelon.read(write("hp-zh.babelon.tsv.gz", HEAD + ROWS))

    assert isinstance(source, Source)
    assert (source.id, source.language, source.licence) == ("HPO-zh", "zh", "HPO licence")
    assert entity == Entity("HP:9000001", "Phenotype", "Blue ears", (Name("蓝耳", "zh"), Name("耳蓝", "zh")))


def test_quotes_around_a_cell_are_no_part_of_a_name(write: Callable[..., Path]) -> None:
    row = 'en\tzh\tHP:9000003\trdfs:label\t"N,N-blue ""ears"""\t"N,N-蓝耳"\tOFFICIAL\n'

    _, entity = babelon.read(write("t.tsv", HEAD + row))

    assert entity == Entity("HP:9000003", "Phenotype", 'N,N-blue "ears"', (Name("N,N-蓝耳", "zh"),))


def test_the_ontology_keeps_name_and_type_in_the_graph(write: Callable[..., Path], tmp_path: Path) -> None:
    ontology = write(
        "hp.obo", "format-version: 1.2\nontology: hp\n\n[Term]\nid: HP:9000001\nname: Ears, blue\n"
    )  # outside the branch of abnormalities, hence a Concept
    store = SqliteStore(tmp_path / "g.sqlite")
    for reader, path in ((babelon, write("t.tsv", HEAD + ROWS)), (obo, ontology)):
        source, *entities = reader.read(path)
        assert isinstance(source, Source)
        store.load(source, [e for e in entities if isinstance(e, Entity)])

    merged = store.entity("HP:9000001", access=None)

    assert (merged.name, merged.type) == ("Ears, blue", "Concept")
    assert Name("蓝耳", "zh") in merged.synonyms
    store.close()


def test_malformed_rows_are_failures(write: Callable[..., Path]) -> None:
    bad = "en\tzh\tsecret\trdfs:label\tx\ty\tOFFICIAL\nen\tzh\tHP:2\trdfs:label\tsecret\t\tOFFICIAL\n"

    records = list(babelon.read(write("t.tsv", HEAD + bad + ROWS)))

    # As they come, so that none waits in memory.
    assert [f.record for f in records[:2] if isinstance(f, Failure)] == ["line 2", "line 3"]
    assert isinstance(records[2], Source)
    assert "secret" not in repr([f.reason for f in records if isinstance(f, Failure)])
    assert len([e for e in records if isinstance(e, Entity)]) == 1
