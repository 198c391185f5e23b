from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.model import Entity, Source
from graph.sqlite.store import SqliteStore
from ingest.model import Document, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.statements import gate
from ingest.reading.statements.gate import Glance
from ingest.reading.statements.marking import Place
from ingest.reading.statements.reader import OnnxStatements
from training.statements.gate import fit, learn

PLACES = (Place(0, 1, "Drug"), Place(2, 3, "Disease"))
SAYS, SILENT = Glance("A B is treated by it", PLACES), Glance("A B were counted", PLACES)


def test_a_gate_shuts_for_what_states_nothing(tmp_path: Path) -> None:
    rows = [gate.features(one) for one in (SAYS, SILENT)] * 20
    margins = [np.array([2.0, -1.0], np.float32), np.array([-5.0, -5.0], np.float32)] * 20
    told = fit(rows, margins, np.arange(40) >= 20, tmp_path)
    assert told == {
        "units": 40, "units that state facts": 0.5, "held out": 20, "passed over": 0.5, "facts lost": 0.0
    }  # fmt: skip
    made = gate.opened(tmp_path / "gate.npz")
    assert made.opens(SAYS)
    assert not made.opens(SILENT)


def test_no_gate_is_made_of_too_little(tmp_path: Path) -> None:
    rows, margins = [gate.features(SILENT)] * 4, [np.array([-1.0], np.float32)] * 4
    with pytest.raises(ValueError, match="too few facts"):
        fit(rows, margins, np.array([True, False] * 2), tmp_path)


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
    assert told["passed over"] > 0.2
    assert told["facts lost"] == 0
