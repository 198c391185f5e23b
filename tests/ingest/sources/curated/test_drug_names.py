from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name
from ingest.model import Failure, Mapping
from ingest.sources.curated import drugbank, drugcentral, drugmechdb, guidelines, hetionet, hetionet_json, ndfrt
from ingest.sources.curated import indications as indicated
from ingest.sources.curated import interactions as interacting
from ingest.sources.curated.drug_names import known

Write = Callable[..., Path]


def test_the_lexicon_gives_a_drug_its_id() -> None:
    names = known()
    assert names.ids["etanercept"] == names.ids["enbrel"] == "DRUGBANK:DB00005"
    assert "nosuchdrug" not in names.ids
    assert names.same["DRUGBANK:DB00864"] == names.ids["tacrolimus"]
    assert names.names["DRUGBANK:DB00864"] == "Tacrolimus"


def test_a_name_under_the_id_of_another_drug_is_mistaken() -> None:
    names = known()
    assert not names.mistaken("DRUGBANK:DB00005", "Enbrel")
    assert not names.mistaken("DRUGBANK:DB00005", "nosuchdrug")
    assert not names.mistaken("DRUGBANK:DB00864", "TACROLIMUS")
    assert names.mistaken("DRUGBANK:DB00864", "etanercept") == (
        "DRUGBANK:DB00864, which is Tacrolimus, is given the name etanercept"
    )


def test_an_id_that_the_lexicon_lacks_is_mistaken_only_where_a_name_hangs_on_it() -> None:
    names = known()
    assert not names.mistaken("DRUGBANK:DB99901", "etanercept")
    assert names.mistaken("DRUGBANK:DB99901", "etanercept", alone=True).endswith("which is DRUGBANK:DB00005")
    assert not names.mistaken("CHEMBL:1", "etanercept", alone=True)


def _of(records: list[object]) -> tuple[list[object], list[Failure]]:
    failures = [record for record in records if isinstance(record, Failure)]
    return [record for record in records if isinstance(record, Entity | Assertion | Mapping)], failures


def test_the_map_of_ndfrt(write: Write) -> None:
    row = "x/NDFRT/N0000000007,ETANERCEPT,x/drugbank:DB00864\n"
    _, *records = ndfrt.read(write("map.csv", "NUI,FDASubstancePrefName,Drugbank_Bio2rdf\n" + row))
    good, (failure,) = _of(list(records))
    assert not good
    assert (failure.record, "Tacrolimus" in failure.reason) == ("line 2", True)


def test_aliases_of_another_and_of_the_shelf_are_left_out(write: Write) -> None:
    told = {
        "DB00005": ["Blue Relief", "Etanercept", "Etanzol", "Prograf", "Zolrelief"],
        "DB90001": ["Blue Zolin", "Relief Zolan", "Shared"],
        "DB90002": ["Blue Zolex", "Relief Zolum", "Shared"],
    }
    _, *records = drugbank.read(write("aliases.json", json.dumps(told)))
    good, (failure,) = _of(list(records))
    assert good[0] == Entity("DRUGBANK:DB00005", "Drug", "Etanercept", (Name("Etanzol"), Name("Zolrelief")))
    assert good[1] == Entity("DRUGBANK:DB90001", "Drug", "Blue Zolin", (Name("Relief Zolan"),))
    assert "Prograf" in failure.reason


def test_names_of_the_table_of_drugbank(write: Write) -> None:
    table = "drugbank_id\tname\ttype\tgroups\tatc_codes\nDB00864\tEtanercept\tx\ty\tL04AB01\n"
    _, *records = drugbank.read(write("slim.tsv", table))
    good, (failure,) = _of(list(records))
    assert not good
    assert failure.record == "entry DRUGBANK:DB00864"


def test_statements_under_the_id_of_another_drug_are_failures(write: Write) -> None:
    indications = "doid_id\tdrugbank_id\tdisease\tdrug\tcategory\nDOID:1\tDB00864\tblue ear\tEtanercept\tDM\n"
    nodes = "id\tname\tkind\nCompound::DB00864\tEtanercept\tCompound\n"
    network = {"metanode_kinds": [], "nodes": [{"kind": "Compound", "identifier": "DB00864", "name": "Etanercept"}]}
    for records in (
        indicated.read(write("indications.tsv", indications)),
        interacting.read(write("high.csv", "Etanercept$DB00864$Bluemycin$DB90001$\n")),
        hetionet.read(write("nodes.tsv", nodes)),
        hetionet_json.read(write("network.json", json.dumps(network))),
    ):
        good, (failure,) = _of(list(records))
        assert not good
        assert "Tacrolimus" in failure.reason


PATH = """directed: true
graph: {{_id: P1, drug_mesh: '{drug}', disease_mesh: MESH:D900001, drugbank: DB:DB00864}}
links: []
nodes:
  - {{id: '{drug}', label: Drug, name: etanercept}}
  - {{id: MESH:D900001, label: Disease, name: Blue ear}}
"""


@pytest.mark.parametrize(("drug", "facts"), [("MESH:C900001", 1), ("DB:DB00864", 0)])
def test_a_path_under_the_id_of_another_drug(write: Write, drug: str, facts: int) -> None:
    _, *records = drugmechdb.read(write("one.yaml", PATH.format(drug=drug)))
    good, (failure,) = _of(list(records))
    assert len([record for record in good if isinstance(record, Assertion)]) == facts
    assert not any("DRUGBANK:DB00864" in record.xrefs for record in good if isinstance(record, Entity))
    assert (failure.record, "Tacrolimus" in failure.reason) == ("one.yaml", True)


def test_one_id_with_the_names_of_two_drugs(write: Write) -> None:
    targets = [
        {"accession": "P90001", "struct_id": 9, "target_name": "Blue kinase", "name": name}
        for name in ("etanercept", "tacrolimus")
    ]
    _, *records = drugcentral.read(write("targets.json", json.dumps(targets)))
    good, (failure,) = _of(list(records))
    assert [record.canonical for record in good if isinstance(record, Mapping)] == ["DRUGBANK:DB00005"]
    assert failure.record == "entry 2"

    guideline = {
        "guideline": {"id": "PA1", "source": "CPIC"},
        "recommendations": [
            {"id": "PA2", "relatedChemicals": [{"id": "PA9", "name": name} for name in ("etanercept", "tacrolimus")]}
        ],
    }
    _, *records = guidelines.read(write("one.json", json.dumps(guideline)))
    good, (failure,) = _of(list(records))
    assert [record.canonical for record in good if isinstance(record, Mapping)] == ["DRUGBANK:DB00005"]
    assert failure.reason == "PHARMGKB:PA9 is given the names of two drugs"
