from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.model import Entity, Source
from graph.sqlite.store import SqliteStore
from ingest.model import Document, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.statements import gate, labels
from ingest.reading.statements.gate import Glance
from ingest.reading.statements.marking import Place
from ingest.reading.statements.reader import OnnxStatements
from training.statements.gate import Shown, fit, learn

PLACES = (Place(0, 1, "Drug"), Place(2, 3, "Disease"))
SAYS, SILENT = Glance("A B is treated by it", PLACES), Glance("A B were counted", PLACES)


def shown(glance: Glance, facts: int, *, held: bool, kind: str = "documents", predicate: int = 0) -> Shown:
    counts = np.zeros(len(labels.PREDICATES), np.int64)
    counts[predicate] = facts
    return Shown(gate.features(glance), counts, 2.0 if facts else -5.0, kind, held)


def test_a_gate_shuts_for_what_states_nothing(tmp_path: Path) -> None:
    told = fit([shown(one, one is SAYS, held=at >= 10) for at in range(20) for one in (SAYS, SILENT)], tmp_path)
    assert told == {
        "units": 40, "units that state facts": 0.5, "held out": 20,
        "passed over of documents": 0.5, "facts lost of documents": 0.0,
    }  # fmt: skip
    made = gate.opened(tmp_path / "gate.npz")
    assert made.opens(SAYS)
    assert not made.opens(SILENT)


def test_it_stays_open_for_what_another_kind_of_text_is_full_of(tmp_path: Path) -> None:
    documents = [shown(SAYS if at % 2 else SILENT, at % 2, held=at % 4 < 2) for at in range(400)]
    # What states nothing in the documents says something in a leaflet, though less surely than it is silent there.
    leaflet = [shown(SILENT, 1, held=True, kind="written") for _ in range(4)]
    assert fit([*documents, *leaflet], tmp_path)["facts lost of written"] == 0
    assert gate.opened(tmp_path / "gate.npz").opens(SILENT)


def test_it_stays_open_for_a_predicate_that_is_rare(tmp_path: Path) -> None:
    many = [shown(SAYS if at % 2 else SILENT, 100 * (at % 2), held=at % 4 < 2) for at in range(400)]
    rare = [shown(SILENT, 1, held=True, predicate=7) for _ in range(60)]
    fit([*many, *rare], tmp_path)
    assert gate.opened(tmp_path / "gate.npz").opens(SILENT)


def test_no_gate_is_made_of_too_little(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few facts"):
        fit([shown(SILENT, 0, held=at % 2 == 0) for at in range(4)], tmp_path)


@pytest.mark.model
def test_it_learns_from_what_a_reader_says_of_documents(tmp_path: Path) -> None:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    known = [Entity("D:1", "Drug", "sumatriptan"), Entity("C:1", "Disease", "migraine")]
    graph.load(Source("names", "curated", title="Names"), known)
    texts = ("Sumatriptan treats migraine.", "Sumatriptan and migraine were recorded.")
    documents = [Document(f"N:{at}", "", (Section("text", texts[at % 2]),)) for at in range(24)]
    reader = OnnxStatements(Path(__file__).resolve().parents[3] / "models" / "statements-en")
    told = learn(reader, documents, DictionaryTagger(graph), tmp_path)
    graph.close()
    assert told["units"] == 24
    assert told["units that state facts"] == 0.5
    assert told["passed over of documents"] > 0.2
    assert told["facts lost of documents"] == 0
