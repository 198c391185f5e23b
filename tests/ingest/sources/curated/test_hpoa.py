from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from ingest.jobs.load import load
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated import hpoa

COLUMNS = (
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\t"
    "biocuration"
)
HEAD = f'#description: "made up"\n#version: 2031-02-03\n{COLUMNS}\n'


def _line(id: str, name: str, hp: str, **cells: str) -> str:
    values = {"database_id": id, "disease_name": name, "hpo_id": hp, "aspect": "P", **cells}
    return "\t".join(values.get(column, "") for column in COLUMNS.split("\t")) + "\n"


def _said(records: list[CuratedRecord]) -> list[Assertion]:
    return [r for r in records if isinstance(r, Assertion)]


def test_reads_a_finding_with_all_that_qualifies_it(write: Callable[..., Path]) -> None:
    line = _line(
        "OMIM:900001", "Blue ear disease", "HP:9000001",
        reference="PMID:77", evidence="PCS", onset="HP:0003577", frequency="3/7", sex="MALE", modifier="HP:0012828",
    )  # fmt: skip
    source, entity, assertion = hpoa.read(write("phenotype.hpoa", HEAD + line))

    assert source == Source(
        "HPOA", "curated", "Human Phenotype Ontology annotations", "2031-02-03",
        "HPO licence; Orphanet's part CC-BY-4.0", language="en", url="https://hpo.jax.org",
    )  # fmt: skip
    assert entity == Entity("OMIM:900001", "Disease", "Blue ear disease")
    assert isinstance(assertion, Assertion)
    assert (assertion.subject, assertion.predicate, assertion.object) == ("OMIM:900001", "has_phenotype", "HP:9000001")
    assert dict(assertion.qualifiers) == {
        "evidence": "PCS", "onset": "HP:0003577", "frequency": "3/7", "sex": "male", "modifier": "HP:0012828",
    }  # fmt: skip
    assert (assertion.record, assertion.sentence) == ("PMID:77", line.rstrip("\n"))
    assert assertion.polarity == "affirmed"


def test_not_negates(write: Callable[..., Path]) -> None:
    path = write("p.hpoa", HEAD + _line("ORPHA:5", "Green nose", "HP:1", qualifier="NOT"))

    (assertion,) = _said(list(hpoa.read(path)))

    assert assertion.polarity == "negated"
    assert assertion.record == "line 4"


@pytest.mark.parametrize(
    ("frequency", "polarity"),
    [("0/44", "negated"), ("0%", "negated"), ("HP:0040285", "negated"), ("1/44", "affirmed"), ("0/0", "affirmed"),
     ("0.5%", "affirmed"), ("", "affirmed")],
)  # fmt: skip
def test_a_frequency_of_none_negates(write: Callable[..., Path], frequency: str, polarity: str) -> None:
    path = write("p.hpoa", HEAD + _line("OMIM:1", "Green nose", "HP:6", frequency=frequency))

    (assertion,) = _said(list(hpoa.read(path)))

    assert assertion.polarity == polarity


@pytest.mark.parametrize(
    ("aspect", "term", "predicate"),
    [
        ("P", "HP:6", "has_phenotype"),
        ("H", "HP:6", "has_phenotype"),
        ("I", "HP:0000006", "has_inheritance"),
        ("C", "HP:0003577", "has_onset"),
        ("C", "HP:0003676", "has_course"),
        ("M", "HP:6", "has_modifier"),
    ],
)
def test_an_aspect_has_its_predicate(write: Callable[..., Path], aspect: str, term: str, predicate: str) -> None:
    path = write("p.hpoa", HEAD + _line("OMIM:1", "Green nose", term, aspect=aspect))

    (assertion,) = _said(list(hpoa.read(path)))

    assert (assertion.subject, assertion.predicate, assertion.object) == ("OMIM:1", predicate, term)
    assert ("aspect" in dict(assertion.qualifiers)) == (aspect == "H")


def test_the_day_of_the_last_curation_is_kept(write: Callable[..., Path]) -> None:
    days = "HPO:anna[2031-01-02]; HPO:ben[2029-12-31]"
    path = write("p.hpoa", HEAD + _line("OMIM:1", "Green nose", "HP:6", biocuration=days))

    (assertion,) = _said(list(hpoa.read(path)))

    assert dict(assertion.qualifiers)["date"] == "2031-01-02"


@pytest.mark.parametrize(
    ("title", "name", "synonyms"),
    [
        ("#154700 BLUE EAR SYNDROME; BES", "BLUE EAR SYNDROME", ("BES",)),
        ("%154700 Blue ear;;Ear, blue; BE1", "Blue ear", ("Ear, blue", "BE1")),
        ("Blue ear disease 96", "Blue ear disease 96", ()),
        ("17-beta ear deficiency", "17-beta ear deficiency", ()),
        (" ; ", "", ()),
    ],
)
def test_names_of_diseases(title: str, name: str, synonyms: tuple[str, ...]) -> None:
    assert hpoa.names(title) == (name, tuple(Name(s) for s in synonyms))


def test_an_old_release_has_its_columns_in_a_comment(write: Callable[..., Path]) -> None:
    head = "#description: made up\n#date: 2019-01-02\n#DatabaseID\tDiseaseName\tQualifier\tHPO_ID\n"
    lines = _line("OMIM:1", "#154700 GREEN NOSE; GN", "HP:1", reference="PMID:7")

    source, entity, assertion = hpoa.read(write("p.hpoa", head + lines))

    assert isinstance(source, Source)
    assert source.version == "2019-01-02"
    assert entity == Entity("OMIM:1", "Disease", "GREEN NOSE", (Name("GN"),))
    assert isinstance(assertion, Assertion)
    assert assertion.record == "PMID:7"


def test_a_disease_has_all_the_names_its_lines_give_it(write: Callable[..., Path]) -> None:
    lines = _line("OMIM:1", "Green nose", "HP:1") + _line("OMIM:1", "Nose, green", "HP:2")

    entities = [r for r in hpoa.read(write("p.hpoa", HEAD + lines)) if isinstance(r, Entity)]

    assert entities == [Entity("OMIM:1", "Disease", "Green nose", (Name("Nose, green"),))]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (_line("secret words", "x", "HP:1"), "PREFIX:local"),
        (_line("OMIM:1", "x", "MP:1"), "PREFIX:local"),
        (_line("OMIM:1", "x", "HP:1", aspect="Q"), "aspect"),
        (_line("OMIM:1", "x", "HP:1", qualifier="secret"), "qualifier"),
        (_line("OMIM:1", "", "HP:1"), "disease_name"),
        ("OMIM:1\tsecret\n", "hpo_id"),
    ],
)
def test_a_malformed_line_costs_only_itself(write: Callable[..., Path], line: str, reason: str) -> None:
    path = write("p.hpoa", HEAD + line + _line("OMIM:2", "Green nose", "HP:6"))

    records = list(hpoa.read(path))

    (failure,) = [r for r in records if isinstance(r, Failure)]
    assert failure.record == "line 4"
    assert reason in failure.reason
    assert "secret" not in failure.reason
    assert [a.subject for a in _said(records)] == ["OMIM:2"]


def test_a_file_without_the_columns_is_a_failure(write: Callable[..., Path]) -> None:
    records = list(hpoa.read(write("p.hpoa", "database_id\tdisease_name\nOMIM:1\tx\n")))

    assert [r for r in records if isinstance(r, Failure)]
    assert not _said(records)


GENES = "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n"


def test_in_a_folder_the_diseases_are_loaded_before_their_genes(write: Callable[..., Path], tmp_path: Path) -> None:
    write("hpo/genes_to_phenotype.txt", GENES + "77\tBLU1\tHP:1\tBlue ears\t-\tOMIM:900001\n")
    write("hpo/hp.obo", "format-version: 1.2\nontology: hp\n\n[Term]\nid: HP:1\nname: Blue ears\n")
    folder = write("hpo/phenotype.hpoa", HEAD + _line("OMIM:900001", "Blue ear disease", "HP:1")).parent
    store = SqliteStore(tmp_path / "g.sqlite")

    *_, progress = load([folder], graph=store)

    assert progress.done.failed == ()
    assert [r.predicate for r in store.neighbours("OMIM:900001", access=None)] == [
        "gene_associated_with",
        "has_phenotype",
    ]
    store.close()


def test_genes_and_their_diseases(write: Callable[..., Path]) -> None:
    path = write(
        "genes_to_phenotype.txt",
        GENES + "77\tBLU1\tHP:1\tBlue ears\t-\tOMIM:900001\n"
        "77\tBLU1\tHP:2\tGreen nose\t-\tOMIM:900001\n"
        "x\tBLU1\tHP:2\tGreen nose\t-\tOMIM:900001\n",
    )

    source, entity, assertion, failure = hpoa.read_genes(path)

    assert isinstance(source, Source)
    assert source.id == "HPOA-genes"
    assert entity == Entity("NCBIGene:77", "Gene", "BLU1")
    assert isinstance(assertion, Assertion)
    assert (assertion.predicate, assertion.object, assertion.record) == (
        "gene_associated_with",
        "OMIM:900001",
        "line 2",
    )
    assert isinstance(failure, Failure)
    assert failure.record == "line 4"
