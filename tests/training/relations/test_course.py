"""The relator from corpora to weights that run without torch, on made-up sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.errors import MalformedFile, WeightsUnavailable
from ingest.model import Mention
from ingest.reading.relations.onnx_relator import OnnxRelator, packed, unpacked
from training.relations.corpora import Example, corpora, phee_examples, pubtator_examples, trees

# Words of the little encoder's vocabulary.
DRUGS = ("aspirin", "naloxone", "warfarin", "digoxin", "metformin", "clonidine")
DISEASES = ("asthma", "renal failure", "hypotension", "lung cancer", "gout", "migraine")
TREES: dict[str, tuple[str, ...]] = {"MESH:D000001": ("C23.1",), "MESH:D000002": ("C23.1.5",)}
CAUSED, EASED = "We saw {disease} after {drug} was given.", "{drug} relieved {disease} in two patients."


def example(number: int, corpus: str, frame: str, drug: int, disease: int, *gold: str) -> Example:
    text = "A report.\n" + frame.format(drug=DRUGS[drug], disease=DISEASES[disease])
    spans = ((DRUGS[drug], "Drug", f"MESH:C00000{drug}"), (DISEASES[disease], "Disease", f"MESH:D00000{disease}"))
    mentions = sorted(
        (Mention(text.index(w), text.index(w) + len(w), w, type, id, 1.0) for w, type, id in spans),
        key=lambda m: m.start,
    )
    pair = spans[0][2], spans[1][2]
    return Example(f"PMID:{number}", corpus, text, tuple(mentions), frozenset((*pair, label) for label in gold))


def examples(start: int) -> list[Example]:
    made = []
    for at in range(start, start + 36):
        drug, disease = at % 6, at // 6 % 6
        made += [
            example(8 * at, "bc5cdr", CAUSED, drug, disease, "CID"),
            example(8 * at + 1, "bc5cdr", EASED, drug, disease),
            example(8 * at + 2, "biored", CAUSED, drug, disease, "Positive_Correlation"),
            example(8 * at + 3, "biored", EASED, drug, disease, "Negative_Correlation"),
            example(8 * at + 4, "biored", "{drug} here. Others had {disease}.", drug, disease),
            example(8 * at + 5, "phee", CAUSED, drug, disease, "ADE"),
            example(8 * at + 6, "phee", EASED, drug, disease, "treats"),
        ]
    return made


@pytest.fixture(scope="module")
def trained(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder as it is shipped, and its figures."""
    from training.relations.course import train
    from training.relations.export import export

    out = tmp_path_factory.mktemp("relations")
    best = train(examples(0), examples(36), str(base), out, TREES, epochs=6, rate=3e-3, tokens=1024, patience=6)
    assert best["cid"] > 95
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["loss"] < lines[0]["loss"] / 3
    # The same call goes on from where it was: all epochs are done.
    assert train(examples(0), examples(36), str(base), out, TREES, epochs=6, rate=3e-3) == best
    shipped = out / "relations-en"
    return shipped, export(out, str(base), shipped, examples(72), examples(36), TREES)


@pytest.mark.model
def test_an_epoch_reads_a_share_of_the_sentences(base: Path, tmp_path: Path) -> None:
    from training.relations.course import train

    steps = []
    for name, share in (("all", 1.0), ("few", 0.02)):
        train(examples(0), examples(36), str(base), tmp_path / name, {}, epochs=1, tokens=256, sentences=share)
        steps.append(json.loads((tmp_path / name / "log.jsonl").read_text())["step"])
    assert steps[1] < 0.85 * steps[0]  # two of seven examples are such sentences


@pytest.mark.model
def test_what_was_learned_is_found_without_torch(trained: tuple[Path, dict[str, Any]]) -> None:
    folder, figures = trained
    assert figures["CID"]["f1"] > 95
    assert figures["related by its type"]["f1"] > 95
    assert figures["PHEE pairs"]["f1"] > 95
    assert figures == json.loads((folder / "figures.json").read_text())
    assert (folder / "reliability.svg").read_text().startswith("<svg")
    relator = OnnxRelator(folder)
    assert relator.version == "relations-en/5"
    new = example(0, "", CAUSED, 3, 2)
    found = relator.find(new.text, new.mentions, "en")
    assert {(f.label, f.predicate) for f in found} == {
        ("CID", "causes"), ("Positive_Correlation", "causes"), ("ADE", "has_adverse_effect"),
    }  # fmt: skip
    for finding in found:
        assert (finding.subject, finding.object) == ("MESH:C000003", "MESH:D000002")
        assert new.text[finding.start : finding.end] == "We saw hypotension after digoxin was given."
        assert 0.5 < finding.confidence <= 1
        assert (finding.polarity, finding.certainty, finding.extractor) == ("affirmed", "certain", relator.version)


@pytest.mark.model
def test_only_drugs_and_diseases_become_facts(trained: tuple[Path, dict[str, Any]]) -> None:
    relator = OnnxRelator(trained[0])
    for new in (example(0, "", CAUSED, 3, 2), example(0, "", EASED, 1, 1)):
        found = relator.find(new.text, new.mentions, "en")
        facts = relator.find(new.text, new.mentions, "en", facts=True)
        assert [f for f in facts if f.firm] == [f for f in found if f.firm]
        assert all(f.label in ("CID", "ADE") for f in found if f.firm)
    sure = example(0, "", CAUSED, 3, 2)
    assert {f.label for f in relator.find(sure.text, sure.mentions, "en") if f.firm} >= {"CID"}
    genes = [replace(m, type="Gene") for m in sure.mentions]
    assert relator.find(sure.text, genes, "en", facts=True) == []
    # Where the forests see no promise the network is not asked: what is less than a fact is not looked for.
    hopeless = example(0, "", EASED, 1, 1)
    assert relator.find(hopeless.text, hopeless.mentions, "en")
    assert relator.find(hopeless.text, hopeless.mentions, "en", facts=True) == []


@pytest.mark.model
def test_a_text_is_read_the_same_in_any_company(trained: tuple[Path, dict[str, Any]]) -> None:
    relator = OnnxRelator(trained[0])
    first, second = example(0, "", CAUSED, 3, 2), example(1, "", EASED, 1, 1)
    alone = relator.find(first.text, first.mentions, "en")
    relator.find(second.text, second.mentions, "en")
    assert OnnxRelator(trained[0]).find(first.text, first.mentions, "en") == alone
    assert relator.find(first.text, first.mentions, "zh") == []
    assert relator.find(first.text, first.mentions[:1], "en") == []
    torn = first.text + " \ud83d and \x00."
    # Half a character and a control character change nothing in where things stand.
    read = relator.find(torn, first.mentions, "en")
    assert {f.label for f in read} >= {"CID", "ADE"}
    assert {torn[f.start : f.end] for f in read} == {"We saw hypotension after digoxin was given."}


@pytest.mark.model
def test_numpy_computes_what_torch_computed(base: Path) -> None:
    import torch

    from ingest.reading.relations.encoding import MARKERS
    from ingest.reading.relations.head import Head
    from training.relations import network as relation_network

    torch.manual_seed(3)
    network = relation_network.make(str(base), vocabulary=20, labels=5, told=3, columns=4, markers=2 * len(MARKERS))
    network.eval()
    last, before = torch.randn(30, 32), torch.randn(30, 32)
    marks = [(1, 7), (12,), (20, 25, 28)]
    wide = torch.tensor([[1, 7, -1], [12, -1, -1], [20, 25, 28]])
    pairs = [(0, 1), (0, 2), (1, 2), (2, 0)]
    rows, prior = torch.randn(4, 4), torch.randn(4, 3)
    with torch.no_grad():
        expected = network.score(last, before, wide, torch.tensor(pairs), rows, prior)
    arrays = {name: value.numpy() for name, value in network.state_dict().items()}
    head = Head(arrays, network.heads, relation_network.BLOCK)
    found = head.score(last.numpy(), before.numpy(), marks, pairs, rows.numpy(), prior.numpy())
    for ours, theirs in zip(found, expected, strict=True):
        assert np.allclose(ours, theirs.numpy(), atol=1e-5)


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"model\.onnx"):
        OnnxRelator(tmp_path)


def test_trees_are_packed_without_loss(tmp_path: Path) -> None:
    assert unpacked(packed(TREES)) == TREES
    (tmp_path / "mesh_id_label_mappings.tsv").write_text(
        "D1\tPain\tAche\tC23.1|F01.2|G01\t\nD2\tWater\t\tD01.1\t\nD3\tShort\n", encoding="utf-8"
    )
    assert trees(tmp_path) == {"MESH:D1": ("C23.1", "F01.2")}


PUBTATOR = """{id}|t|Zantol and hives.
{id}|a|Or both.
{id}\t0\t6\tZantol\tChemical\tD1000001
{id}\t11\t16\thives\tDisease\tD2000001|D2000002
{id}\tCID\tD1000001\tD2000001
{id}\tCID\tD1000001\tD9999999

"""


def write_corpora(folder: Path) -> None:
    for name, train, dev in (("bc5cdr", (1, 2), (3,)), ("biored", (3, 4), (5,))):
        (folder / name).mkdir()
        for part, ids in (("train", train), ("dev", dev)):
            text = "".join(PUBTATOR.format(id=id) for id in ids)
            (folder / name / f"{part}.pubtator").write_text(text, encoding="utf-8")
    (folder / "phee").mkdir()
    event = {
        "event_type": "Adverse_event",
        "Treatment": {
            "text": [["zantol for gout"]], "start": [[10]], "Drug": {"text": [["zantol"]], "start": [[10]]},
            "Disorder": {"text": [["gout"]], "start": [[21]]},
        },
        "Effect": {"text": [["Hives"]], "start": [[0]]},
    }  # fmt: skip
    row = {"context": "Hives and zantol for gout.", "annotations": [{"events": [event]}]}
    for part, id in (("train", "5_1"), ("train", "6_2"), ("dev", "7_1")):
        with (folder / "phee" / f"{part}.json").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": id, **row}) + "\n")


def test_what_is_in_one_dev_set_is_trained_on_nowhere(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    train, held, dev = corpora(tmp_path)
    assert sorted(e.id for e in (*train, *held)) == ["6_2", "PMID:1", "PMID:2", "PMID:4"]
    assert sorted(e.id for e in dev) == ["7_1", "PMID:3", "PMID:5"]


def test_relations_are_between_what_is_mentioned(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    (one, _) = pubtator_examples(tmp_path / "bc5cdr" / "train.pubtator", "bc5cdr")
    assert one.gold == {("MESH:D1000001", "MESH:D2000001", "CID")}
    assert len(one.mentions) == 3
    (tmp_path / "bad.pubtator").write_text("1|t|Text\n1\t0\t3\tabc\tDisease\tD1\n", encoding="utf-8")
    with pytest.raises(MalformedFile):
        pubtator_examples(tmp_path / "bad.pubtator", "bc5cdr")


def test_events_become_pairs(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    (one,) = phee_examples(tmp_path / "phee" / "dev.json")
    assert one.gold == {("Drug:zantol", "Disease:hives", "ADE"), ("Drug:zantol", "Disease:gout", "treats")}
    assert [one.text[m.start : m.end] for m in one.mentions] == ["Hives", "zantol", "gout"]
