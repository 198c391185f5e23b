from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import UnreadableSource
from ingest.model import Failure, Mapping
from ingest.sources.curated import obo

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))

HEADER = """\
format-version: 1.2
data-version: hp/releases/2031-02-03
ontology: hp.obo
"""
SMALL = (
    HEADER
    + """
[Term]
id: HP:0000001
name: All

[Term]
id: HP:0000118
name: Phenotypic abnormality
is_a: HP:0000001 ! All

[Term]
id: HP:0012823
name: Clinical modifier
is_a: HP:0000001 ! All

[Term]
id: HP:9000001
name: Blue ears
alt_id: HP:9000009
def: "Ears that are \\"blue\\", or nearly.\\nSeen in frost." [somebody:1]
synonym: "Ear blueness" EXACT []
synonym: "Blue lugs" RELATED layperson []
synonym: "Odd ears" BROAD []
synonym: "Blue left ear" NARROW layperson []
synonym: "Ears bluish" RELATED []
synonym: "Ceruleous ear" EXACT obsolete_synonym []
xref: SNOMEDCT_US:1234
xref: MSH:D000001 "something"
xref: https://example.org/not-an-id
is_a: HP:0000118 {source="x"} ! Phenotypic abnormality

[Term]
id: HP:9000002
name: obsolete Azure ears
is_obsolete: true
replaced_by: HP:9000001

[Term]
id: HP:9000003
name: obsolete Nothing at all
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""
)


def test_reads_what_a_term_says(write: Callable[..., Path]) -> None:
    records = list(obo.read(write("hp.obo", SMALL)))

    source = records[0]
    assert isinstance(source, Source)
    assert (source.id, source.kind, source.version, source.licence) == ("HPO", "curated", "2031-02-03", "HPO licence")
    entities = {e.id: e for e in records if isinstance(e, Entity)}
    assert entities["HP:9000001"] == Entity(
        "HP:9000001",
        "Phenotype",
        "Blue ears",
        (Name("Ear blueness"), Name("Blue lugs")),
        ("SNOMEDCT:1234", "MESH:D000001"),
        'Ears that are "blue", or nearly. Seen in frost.',
    )
    assert {e.id: e.type for e in entities.values()} == {
        "HP:0000001": "Concept",
        "HP:0000118": "Phenotype",
        "HP:0012823": "Concept",
        "HP:9000001": "Phenotype",
    }
    assert not [r for r in records if isinstance(r, Failure)]


def test_keeps_the_line_behind_an_assertion(write: Callable[..., Path]) -> None:
    said = [r for r in obo.read(write("hp.obo.gz", SMALL)) if isinstance(r, Assertion)]

    of_ears = next(a for a in said if a.subject == "HP:9000001")
    assert (of_ears.predicate, of_ears.object) == ("subclass_of", "HP:0000118")
    assert of_ears.sentence == 'is_a: HP:0000118 {source="x"} ! Phenotypic abnormality'
    assert (of_ears.source, of_ears.record, of_ears.extractor) == ("HPO", "HP:9000001", "obo/4")


def test_old_ids_become_mappings_before_any_entity(write: Callable[..., Path]) -> None:
    records = list(obo.read(write("hp.obo", SMALL)))

    mappings = [r for r in records if isinstance(r, Mapping)]
    assert mappings == [Mapping("HP:9000009", "HP:9000001"), Mapping("HP:9000002", "HP:9000001")]
    assert records.index(mappings[-1]) < min(i for i, r in enumerate(records) if isinstance(r, Entity))


def test_what_took_a_term_s_place_may_be_of_another_file(write: Callable[..., Path]) -> None:
    path = write("hp.obo", f"{SMALL}\n[Term]\nid: HP:1\nis_obsolete: true\nreplaced_by: MONDO:7\n")

    records = list(obo.read(path))

    assert Mapping("HP:1", "MONDO:7") in records
    assert not any(isinstance(r, Failure) for r in records)


@pytest.mark.parametrize(
    ("stanza", "reason"),
    [
        ("[Term]\nid: HP:1\n", "has no name"),
        ("[Term]\nname: secret words\n", "without an id"),
        ("[Term]\nid: HP:1\nname: x\ndef: secret words\n", "definition whose quotes cannot be told"),
        ("[Term]\nid: HP:1\nname: x\nsynonym: secret words\n", "synonym whose quotes cannot be told"),
        ("[Term]\nid: HP:1\nname: x\nsecret words\n", "without a tag"),
        ("[Term]\nid: HP:1\nname: x\nis_a: HP:9000003 ! secret words\n", "obsolete: HP:9000003"),
        ("[Term]\nid: HP:0000001\nname: secret words\n", "defined before"),
        ("[Term]\nid: HP:1\nname: x\nalt_id: HP:0000118\n", "a term of its own"),
        ("[Term]\nid: HP:1\nname: x\nalt_id: HP:9000009\n", "several"),
    ],
)
def test_a_malformed_stanza_costs_only_itself(write: Callable[..., Path], stanza: str, reason: str) -> None:
    path = write("hp.obo", f"{SMALL}\n{stanza}")

    records = list(obo.read(path))

    (failure,) = [r for r in records if isinstance(r, Failure)]
    assert reason in failure.reason
    assert "secret" not in failure.reason
    assert failure.file == str(path)
    assert failure.record.startswith("line ")
    assert len([r for r in records if isinstance(r, Entity)]) >= 4


def test_a_circle_of_parents_is_left_out_and_told(write: Callable[..., Path]) -> None:
    term = "\n[Term]\nid: HP:{0}\nname: x{0}\nis_a: HP:{1}\n"
    path = write("hp.obo", SMALL + term.format(1, 2) + term.format(2, 3) + term.format(3, 1) + term.format(4, 1))

    records = list(obo.read(path))

    reasons = [r.reason for r in records if isinstance(r, Failure)]
    assert reasons == [
        f"HP:{n} has a parent below it: HP:{n % 3 + 1} (in a circle: HP:1, HP:2, HP:3)" for n in (1, 2, 3)
    ]
    stated = {(r.subject, r.object) for r in records if isinstance(r, Assertion)}
    assert ("HP:4", "HP:1") in stated
    assert stated.isdisjoint({("HP:1", "HP:2"), ("HP:2", "HP:3"), ("HP:3", "HP:1")})


def test_a_file_cut_off_gives_what_was_whole(write: Callable[..., Path], tmp_path: Path) -> None:
    whole = write("hp.obo.gz", SMALL + "".join(f"\n[Term]\nid: HP:{i}\nname: x{i * 7919}\n" for i in range(5000)))
    cut = tmp_path / "cut.obo.gz"
    cut.write_bytes(whole.read_bytes()[:-4000])

    records = list(obo.read(cut))

    assert isinstance(records[0], Source)
    assert [r for r in records if isinstance(r, Entity)]
    assert "gzip" in next(r for r in records if isinstance(r, Failure)).reason


def test_what_is_no_ontology_is_one_failure(write: Callable[..., Path]) -> None:
    records = list(obo.read(write("x.obo", "ontology without a head\n")))

    assert [type(r) for r in records] == [Failure]
    with pytest.raises(UnreadableSource):
        list(obo.read(Path("/nowhere/hp.obo")))


@pytest.mark.parametrize(
    ("header", "source", "licence"),
    [
        ("ontology: doid\nremark: CC http://creativecommons.org/licenses/by/3.0/.", "DO", "CC-BY-3.0"),
        ("ontology: symp\n", "SYMP", "CC0-1.0"),
        (
            "ontology: zzz\nproperty_value: terms:license https://creativecommons.org/publicdomain/zero/1.0/",
            "ZZZ",
            "CC0-1.0",
        ),
    ],
)
def test_knows_source_and_licence(write: Callable[..., Path], header: str, source: str, licence: str) -> None:
    path = write("x.obo", f"format-version: 1.2\n{header}\n\n[Term]\nid: ZZZ:1\nname: one\n")

    first, entity = obo.read(path)

    assert isinstance(first, Source)
    assert (first.id, first.licence) == (source, licence)
    assert isinstance(entity, Entity)
    assert entity.type == "Concept"


@pytest.mark.data
def test_reads_the_symptom_ontology() -> None:
    path = DATA / "graph/symptom_ontology/symp.obo.gz"
    if not path.exists():
        pytest.skip(f"no {path}")
    records = list(obo.read(path))
    entities = [r for r in records if isinstance(r, Entity)]
    assert len(entities) > 800
    assert {e.type for e in entities} == {"Phenotype"}
    assert not [r for r in records if isinstance(r, Failure)]


def test_a_parent_may_be_defined_in_another_file(write: Callable[..., Path]) -> None:
    records = list(obo.read(write("part.obo", "format-version: 1.2\n\n[Term]\nid: HP:1\nname: x\nis_a: HP:2\n")))

    assert not [r for r in records if isinstance(r, Failure)]
    assert [(r.subject, r.object) for r in records if isinstance(r, Assertion)] == [("HP:1", "HP:2")]
