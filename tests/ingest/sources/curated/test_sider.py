from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.model import Assertion, Entity, Source
from ingest.model import Failure, Mapping
from ingest.sources.curated import sider
from ingest.sources.detect import detect

FLAT, STEREO = "CID100900001", "CID000900002"
EFFECTS = (
    f"{FLAT}\t{STEREO}\tC9000001\tLLT\tC9000001\tBlue ear\n"
    f"{FLAT}\t{STEREO}\tC9000001\tPT\tC9000002\tEar discolouration\n"
    "secret\tsecret\tC9000001\tPT\tC9000002\tEar discolouration\n"
)
FREQUENCIES = "".join(
    f"{FLAT}\t{STEREO}\tC9000001\t{placebo}\t{told}\t0.1\t0.2\tPT\t{concept}\t{name}\n"
    for placebo, told, concept, name in (
        ("", "21%", "C9000002", "Ear discolouration"), ("", "1.5%", "C9000002", "Ear discolouration"),
        ("", "postmarketing", "C9000002", "Ear discolouration"), ("placebo", "3%", "C9000002", "Ear discolouration"),
        ("placebo", "1%", "C9000003", "Sneezing"), ("", "rare", "C9000004", "Hiccups"),
    )
)  # fmt: skip
INDICATIONS = (
    f"{FLAT}\tC9000005\tNLP_indication\tEar pain\tPT\tC9000005\tEar pain\n"
    f"{FLAT}\tC9000006\ttext_mention\tNose pain\tPT\tC9000006\tNose pain\n"
)
DRUG = "PUBCHEM.COMPOUND:900002"


def test_side_effects(write: Callable[..., Path]) -> None:
    write("drug_names.tsv", f"{FLAT}\tEtanercept\n")
    path = write("meddra_all_se.tsv.gz", EFFECTS)
    assert detect(path) == "sider"
    source, *records = sider.read(path)

    assert isinstance(source, Source)
    assert (source.version, source.licence) == ("4.1", "CC-BY-NC-SA-4.0")
    assert [r for r in records if isinstance(r, Entity | Mapping)] == [
        Mapping(DRUG, "DRUGBANK:DB00005"), Entity(DRUG, "Drug", "Etanercept"),
        Entity("UMLS:C9000002", "Phenotype", "Ear discolouration"),
    ]  # fmt: skip
    (fact,) = [a for a in records if isinstance(a, Assertion)]
    assert (fact.subject, fact.predicate, fact.object) == (DRUG, "has_adverse_effect", "UMLS:C9000002")
    assert fact.record == f"{FLAT} C9000002"
    assert [f.record for f in records if isinstance(f, Failure)] == ["line 3"]


def test_frequencies_of_an_effect_are_one_statement(write: Callable[..., Path]) -> None:
    path = write("meddra_freq.tsv", FREQUENCIES)
    assert detect(path) == "sider"
    facts = [a for a in sider.read(path) if isinstance(a, Assertion)]
    assert [(a.object, dict(a.qualifiers)) for a in facts] == [
        ("UMLS:C9000002", {"frequency": "1.5-21%, postmarketing", "placebo": "3%"}),
        ("UMLS:C9000004", {"frequency": "rare"}),
    ]


def test_only_what_is_found_to_be_an_indication_is_one(write: Callable[..., Path]) -> None:
    path = write("meddra_all_indications.tsv", INDICATIONS)
    assert detect(path) == "sider"
    records = list(sider.read(path))
    (fact,) = [a for a in records if isinstance(a, Assertion)]
    assert (fact.predicate, fact.object, fact.confidence) == ("treats", "UMLS:C9000005", 0.7)
    assert Entity("PUBCHEM.COMPOUND:900001", "Drug", "PubChem compound 900001") in records
    write("meddra_all_se.tsv.gz", EFFECTS)
    assert {a.subject for a in sider.read(path) if isinstance(a, Assertion)} == {DRUG}


def test_two_drugs_of_one_flat_compound_are_kept_apart(write: Callable[..., Path]) -> None:
    write("drug_names.tsv", "CID100004583\tofloxacin\n")
    write("meddra_all_indications.tsv", "CID100004583\tC9000005\tNLP_indication\tEar pain\tPT\tC9000005\tEar pain\n")
    path = write(
        "meddra_all_se.tsv",
        "CID100004583\tCID000004583\tC9000001\tPT\tC9000002\tEar discolouration\n"
        "CID100004583\tCID000149096\tC9000001\tPT\tC9000004\tHiccups\n",
    )
    records = list(sider.read(path))
    drugs = [r for r in records if isinstance(r, Entity) and r.type == "Drug"]
    assert [(d.id.partition(":")[2], d.name) for d in drugs] == [("4583", "Ofloxacin"), ("149096", "Levofloxacin")]
    assert [a.object for a in records if isinstance(a, Assertion)] == ["UMLS:C9000002", "UMLS:C9000004"]
