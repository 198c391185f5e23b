"""The reader of statements from examples to weights that run without torch, on made-up sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.model import Mention
from ingest.reading.statements import labels
from ingest.reading.statements.marking import Place
from ingest.reading.statements.reader import OnnxStatements
from training.statements.corpora import Example

# Words of the little encoder's vocabulary.
DRUGS = ("aspirin", "naloxone", "warfarin", "digoxin", "metformin", "clonidine")
DISEASES = ("asthma", "gout", "hypotension", "migraine")
FRAMES = (
    ("We saw {1} after {0} was given.", "has_adverse_effect"),
    ("{0} relieved {1} in two patients.", "treats"),
    ("A report.  {0} here. Others had {1}.", ""),
)


def example(drug: str, disease: str, frame: str, predicate: str) -> Example:
    text = frame.format(drug, disease)
    places = sorted(
        (Place(text.index(word), text.index(word) + len(word), type) for word, type in
         ((drug, "Drug"), (disease, "Disease"))), key=lambda place: place.start
    )  # fmt: skip
    order = [place.type for place in places]
    facts = ((order.index("Drug"), predicate, order.index("Disease"), ""),) if predicate else ()
    return Example(text, "written note", "en", text, tuple(places), facts)


def examples(start: int) -> list[Example]:
    rows = [(drug, disease, *frame) for drug in DRUGS for disease in DISEASES for frame in FRAMES]
    return [example(*row) for row in rows[start::2]]


@pytest.fixture(scope="module")
def trained(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder as it is shipped, and its figures."""
    from training.statements.course import train
    from training.statements.export import export

    out = tmp_path_factory.mktemp("statements")
    best = train(examples(0), examples(1), str(base), out, epochs=12, rate=6e-3, tokens=256, patience=12)
    assert best["F1"] > 0.95
    # The same call goes on from where it was: all epochs are done.
    assert train(examples(0), examples(1), str(base), out, epochs=12, rate=6e-3, tokens=256) == best
    shipped = out / "statements-en"
    return shipped, export(out, str(base), shipped, "en", examples(1), None)


@pytest.mark.model
def test_a_training_goes_on_from_the_weights_of_another(
    trained: tuple[Path, dict[str, Any]], base: Path, tmp_path: Path
) -> None:
    from training.statements.course import train

    start = trained[0].parent / "weights.safetensors"
    best = train(examples(0), examples(1), str(base), tmp_path, epochs=1, rate=1e-9, tokens=256, start=start)
    assert best["F1"] > 0.95


@pytest.mark.model
def test_the_mean_of_weights_is_what_is_shipped(
    trained: tuple[Path, dict[str, Any]], base: Path, tmp_path: Path
) -> None:
    from safetensors.torch import load_file, save_file

    from training.statements.export import export

    weights = trained[0].parent / "weights.safetensors"
    wiped = tmp_path / "wiped.safetensors"
    save_file({name: 0 * value for name, value in load_file(weights).items()}, wiped)

    def shipped(mean_with: Path, share: float) -> tuple[bytes, float]:
        folder = tmp_path / f"{mean_with.stem}-{share}"
        figures = export(weights.parent, str(base), folder, "en", examples(1), None, (), mean_with, share)
        return (folder / "model.onnx").read_bytes(), figures["told"]["f1"]

    assert shipped(weights, 0.3)[1] == trained[1]["told"]["f1"]
    assert shipped(wiped, 1.0)[0] == (trained[0] / "model.onnx").read_bytes()
    assert shipped(wiped, 0.0)[1] < 80


def mentions(text: str, **types: str) -> list[Mention]:
    found = [(text.index(word), word, type) for word, type in types.items() if word in text]
    return [Mention(at, at + len(word), word, type, f"X:{word}", 1.0) for at, word, type in sorted(found)]


@pytest.mark.model
def test_what_is_shipped_reads_what_was_learned(trained: tuple[Path, dict[str, Any]]) -> None:
    reader = OnnxStatements(trained[0])
    text = "We saw gout after aspirin was given. Naloxone relieved asthma in two patients."
    here = mentions(text, aspirin="Drug", Naloxone="Drug", gout="Disease", asthma="Disease")
    found = reader.find(text, here, "en")
    assert [(f.subject, f.predicate, f.object, text[f.start : f.end].strip()) for f in found] == [
        ("X:aspirin", "has_adverse_effect", "X:gout", "We saw gout after aspirin was given."),
        ("X:Naloxone", "treats", "X:asthma", "Naloxone relieved asthma in two patients."),
    ]
    assert all(f.polarity == "affirmed" and 0 < f.confidence <= 1 for f in found)
    assert reader.find(text, here, "zh") == []
    assert reader.find(text, [], "en") == reader.find("", [], "en") == []
    assert reader.find("\ud800" + text, [], "en") == []
    assert trained[1]["told"]["f1"] > 95


@pytest.mark.model
def test_what_is_found_does_not_depend_on_company(trained: tuple[Path, dict[str, Any]]) -> None:
    reader = OnnxStatements(trained[0])
    one = "Naloxone relieved asthma in two patients."
    alone = reader.find(one, mentions(one, Naloxone="Drug", asthma="Disease"), "en")
    text = "We saw gout after aspirin was given. " + one
    here = mentions(text, aspirin="Drug", Naloxone="Drug", gout="Disease", asthma="Disease")
    together = [f for f in reader.find(text, here, "en") if f.subject == "X:Naloxone"]
    assert [f.confidence for f in together] == [f.confidence for f in alone]


@pytest.mark.model
def test_a_topic_is_the_subject_of_what_names_none(trained: tuple[Path, dict[str, Any]]) -> None:
    reader = OnnxStatements(trained[0])
    text = "naloxone relieved asthma in two patients."
    here = mentions(text, asthma="Disease")
    assert reader.find(text, here, "en") == []
    about = Mention(0, 8, "naloxone", "Drug", "X:naloxone", 1.0)
    found = reader.find(
        "relieved asthma in two patients.", mentions("relieved asthma", asthma="Disease"), "en", topic=about
    )
    assert {(f.subject, f.object) for f in found} <= {("X:naloxone", "X:asthma")}


@pytest.mark.model
def test_training_keeps_a_share_of_a_corpus_and_of_pairs(base: Path, tmp_path: Path) -> None:
    from training.statements.course import MOST_PAIRS, item, train

    steps = []
    for name, share in (("all", 1.0), ("few", 0.2)):
        train(examples(0), examples(1), str(base), tmp_path / name, epochs=1, tokens=64, shares={"written note": share})
        steps.append(json.loads((tmp_path / name / "log.jsonl").read_text())["step"])
    assert steps[1] < 0.5 * steps[0]
    from ingest.reading.recognition.onnx_recognizer import bare_tokenizer

    text = " ".join(["gout"] * 20)
    places = tuple(Place(5 * at, 5 * at + 4, "Disease") for at in range(20))
    many = Example("x", "written note", "en", text, places, ((0, "causes", 19, ""),))
    one = item(many, bare_tokenizer(tmp_path / "all" / "tokenizer.json"), np.random.default_rng(1))
    assert one is not None
    assert len(one.pairs) == MOST_PAIRS
    assert one.target[:, labels.PREDICATES.index("causes")].max() == 1
