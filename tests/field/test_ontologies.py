"""Ontologies and mappings as they are found: half escaped, without a name, in old spellings, with denials."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Told = Callable[..., Any]


def entity(told: Told, id: str) -> dict[str, Any]:
    (one,) = told("entity", id, "--json")["entities"]
    return dict(one)


def synonyms(one: dict[str, Any]) -> list[str]:
    return [name["text"] for name in one["synonyms"]]


def test_braces_and_quotes_that_are_not_escaped_as_they_should_be(told: Told, field: Path) -> None:
    assert told("load", "--json", field / "ontologies" / "braces.obo")["failed"] == []
    assert entity(told, "CHEBI:900001")["name"] == "poly{acid}"
    assert entity(told, "CHEBI:900002")["name"] == "oxydi{ethyl} ester"
    assert synonyms(entity(told, "CHEBI:900003")) == ["1,1',1\"-tripropyl ester", "1,1',1\"-tripropyl salt"]


def test_a_replacement_in_another_spelling(told: Told, field: Path) -> None:
    assert told("load", "--json", field / "ontologies" / "obsolete.obo")["failed"] == []
    assert entity(told, "HP:9000002")["id"] == entity(told, "HP:9000004")["id"] == "HP:9000001"


def test_ontologies_without_a_name_stand_side_by_side(told: Told, field: Path) -> None:
    for name in ("no_header_a.obo", "no_header_b.obo"):
        told("load", "--json", field / "ontologies" / name)
    assert entity(told, "SYMP:0900001")["name"] == "Invented symptom alpha"
    assert entity(told, "DOID:900001")["name"] == "Invented disease beta"


def test_a_denied_mapping_merges_nothing(told: Told, field: Path) -> None:
    told("load", "--json", *(field / "ontologies" / name for name in ("not.sssom.tsv", "mondo.obo", "doid.obo")))
    assert entity(told, "DOID:900001")["id"] == "MONDO:0900001"
    assert entity(told, "DOID:900002")["id"] == "DOID:900002"


TERM = "format-version: 1.2\nontology: test\n\n[Term]\nid: T:1\nname: first\n{}\n\n[Term]\nid: T:2\nname: second\n"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ('synonym: "a "quoted" name" EXACT []', ['a "quoted" name']),
        ('synonym: "an 8" disc" EXACT layperson [x:y "said \\"so\\""]', ['an 8" disc']),
        ('exact_synonym: "of old" [x:y]', ["of old"]),
        ('broad_synonym: "too broad" []\nnarrow_synonym: "too narrow" []\nrelated_synonym: "related" []', []),
        ('synonym: "on two \\\nlines" EXACT []', ["on two lines"]),
        ('synonym: "braced \\{x\\}" EXACT [] {source="y"} ! why', ["braced {x}"]),
        ('  synonym: "indented" EXACT []', ["indented"]),
        ('synonym: "narrow one" NARROW []\nsubset: some\ncreated_by: somebody', []),
    ],
)
def test_synonyms_in_the_forms_they_come_in(told: Told, tmp_path: Path, lines: str, names: list[str]) -> None:
    path = tmp_path / "test.obo"
    path.write_text(TERM.format(lines), encoding="utf-8")
    assert told("load", "--json", path)["failed"] == []
    assert synonyms(entity(told, "T:1")) == names


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('synonym: "never closed EXACT []', "a synonym whose quotes cannot be told"),
        ("def: no quotes", "a definition whose quotes cannot be told"),
        ("name: another", "a second name"),
        ("alt_id: nothing", "an alternative id that is no identifier"),
        ("replaced_by: http://example.org/x", "a replacement that is no identifier"),
        ("no tag at all", "a line without a tag"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_costs_that_line(
    told: Told, tmp_path: Path, line: str, reason: str
) -> None:
    path = tmp_path / "test.obo"
    path.write_text(TERM.format(line), encoding="utf-8")
    (failure,) = told("load", "--json", path, code=4)["failed"]
    assert failure["record"] == "line 7"
    assert reason in failure["reason"]
    assert "T:1" in failure["reason"]
    assert entity(told, "T:1")["name"] == "first"


def test_what_names_an_obsolete_term_is_told_so(told: Told, tmp_path: Path) -> None:
    ontology = tmp_path / "hp.obo"
    ontology.write_text(
        "format-version: 1.2\nontology: hp\n\n[Term]\nid: HP:0000118\nname: Phenotypic abnormality\n\n"
        "[Term]\nid: HP:9000001\nname: obsolete Old\nis_obsolete: true\nconsider: HP:0000118\n",
        encoding="utf-8",
    )
    columns = (
        "database_id disease_name qualifier hpo_id reference evidence onset frequency sex modifier aspect biocuration"
    )
    cells = ["OMIM:1", "Some disease", "", "HP:9000001", "", "PCS", "", "", "", "", "P", ""]
    annotations = tmp_path / "phenotype.hpoa"
    annotations.write_text("#version: 1\n" + "\t".join(columns.split()) + "\n" + "\t".join(cells) + "\n")
    waiting = told("load", "--json", ontology, annotations)["waiting"]
    assert waiting["assertions"] == 1
    ((id, why),) = [(one["id"], one["known"]) for one in waiting["for"]]
    assert id == "HP:9000001"
    assert "obsolete" in why
    assert "consider HP:0000118" in why


def test_a_table_that_denies_or_found_nothing_merges_nothing(told: Told, field: Path, tmp_path: Path) -> None:
    table = tmp_path / "all.sssom.tsv"
    table.write_text(
        "#predicate_modifier: Not\nsubject_id\tpredicate_id\tobject_id\n"
        "MONDO:0900001\tskos:exactMatch\tDOID:900001\nMONDO:0900002\tskos:exactMatch\tsssom:NoTermFound\n",
        encoding="utf-8",
    )
    told("load", "--json", table, field / "ontologies" / "mondo.obo", field / "ontologies" / "doid.obo")
    assert entity(told, "DOID:900001")["id"] == "DOID:900001"
