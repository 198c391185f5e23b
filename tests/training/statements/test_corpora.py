from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import MalformedFile
from ingest.model import Mention
from ingest.reading.statements import labels
from training.relations.corpora import Example as Document
from training.statements.corpora import as_disease, of_documents, placed, renamed, target, written
from training.statements.learn import WRITTEN


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def answer(rows: np.ndarray, row: int, name: str) -> float:
    return float(rows[row, labels.OUTPUTS.index(name)])


def test_a_written_sentence_has_its_mentions_and_facts(tmp_path: Path) -> None:
    lines = ("leaflet\t\t[aspirin|Drug] may cause [bleeding|Disease].\t1 has_adverse_effect 2 ?",)
    (example,) = written(table(tmp_path / "x.tsv", *lines), "en")
    assert example.text == "aspirin may cause bleeding."
    assert [(m.start, m.end, m.type) for m in example.mentions] == [(0, 7, "Drug"), (18, 26, "Disease")]
    assert example.facts == ((0, "has_adverse_effect", 1, "?"),)
    rows = target(example, [(0, 1)])
    assert answer(rows, 0, "has_adverse_effect") == 1
    assert answer(rows, 0, "treats") == 0
    assert answer(rows, 0, "causes") == -1, "what is near to it is not known"
    assert answer(rows, 0, "binds") == -1, "what cannot be is not asked"
    assert [answer(rows, 0, flag) for flag in labels.FLAGS] == [0, 1, 0]


def test_a_topic_is_the_first_mention(tmp_path: Path) -> None:
    lines = ("leaflet\tDrug:aspirin\tDo not use in [gout|Disease].\t0 contraindicated_in 1",)
    (example,) = written(table(tmp_path / "x.tsv", *lines), "en")
    assert example.topic == ("aspirin", "Drug")
    assert example.types == ["Drug", "Disease"]
    assert example.facts == ((0, "contraindicated_in", 1, ""),)


@pytest.mark.parametrize(
    "line",
    [
        "leaflet\t\t[aspirin|Drug]\t1 heals 2",
        "leaflet\t\t[aspirin|Drug]\t1 treats 2",
        "leaflet\t\t[aspirin|Thing]\tnone",
        "leaflet\t\t[aspirin|Drug]",
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(MalformedFile, match="line 2"):
        written(table(tmp_path / "x.tsv", "note\t\tNothing.\tnone", line), "en")


def test_a_placed_sentence_is_cut_from_its_document(tmp_path: Path) -> None:
    row = {"document": "PMID:1", "start": 9, "end": 29, "mentions": [[9, 16, "Drug"], [25, 29, "Disease"]],
           "facts": "1 treats 2 -"}  # fmt: skip
    path = table(tmp_path / "x.jsonl", json.dumps(row), json.dumps({**row, "document": "PMID:2"}))
    (example,) = placed(path, {"PMID:1": "A title.\naspirin against gout. More."})
    assert example.names == ["aspirin", "gout"]
    assert answer(target(example, [(0, 1)]), 0, "denied") == 1


def test_a_fact_of_another_place_of_the_same_name_is_not_known(tmp_path: Path) -> None:
    line = "note\t\t[aspirin|Drug] for [gout|Disease]; [aspirin|Drug] was stopped.\t1 treats 2"
    (example,) = written(table(tmp_path / "x.tsv", line), "en")
    rows = target(example, [(0, 1), (2, 1)])
    assert (answer(rows, 0, "treats"), answer(rows, 1, "treats")) == (1, -1)


def document(corpus: str, *gold: tuple[str, str, str]) -> Document:
    text = "Title.\naspirin, heparin and gout."
    places = (("aspirin", "Drug", "D:1"), ("heparin", "Drug", "D:2"), ("gout", "Disease", "C:1"))
    mentions = tuple(
        Mention(text.index(name), text.index(name) + len(name), name, type, id, 1.0) for name, type, id in places
    )
    return Document("PMID:1", corpus, text, mentions, frozenset(gold))


def test_an_annotated_corpus_tells_what_is_not_related() -> None:
    (example,) = of_documents([document("bc5cdr", ("D:1", "C:1", "CID"))])
    rows = target(example, [(0, 2), (1, 2)])
    assert (rows[0] == -1).all(), "related somewhere in the document: by which sentence nobody knows"
    assert answer(rows, 1, "has_adverse_effect") == 0
    assert answer(rows, 1, "treats") == -1, "of treatments that corpus does not tell"


def test_events_of_sentences_are_facts() -> None:
    (example,) = of_documents([document("phee", ("D:1", "C:1", "ADE"), ("D:2", "C:1", "treats"))])
    rows = target(example, [(0, 2), (1, 2)])
    assert answer(rows, 0, "has_adverse_effect") == answer(rows, 1, "treats") == 1
    assert answer(rows, 0, "denied") == -1


def test_names_and_types_vary_without_moving_the_facts(tmp_path: Path) -> None:
    line = "note\t\t[aspirin|Drug] eased [fever|Phenotype].\t1 treats 2"
    (example,) = written(table(tmp_path / "x.tsv", line), "en")
    other = renamed(example, {("en", "Drug"): ["paracetamol"]}, np.random.default_rng(1), 1.0)
    assert other.text == "paracetamol eased fever."
    assert other.names == ["paracetamol", "fever"]
    assert as_disease(example, np.random.default_rng(1), 1.0).types == ["Drug", "Disease"]


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_the_shipped_tables_can_be_read_and_have_every_predicate(language: str) -> None:
    examples = written(WRITTEN[language], language)
    told = [(e.types[s], name, e.types[o]) for e in examples for s, name, o, _ in e.facts]
    assert {name for _, name, _ in told} == set(labels.PREDICATES)
    for subject, name, object in told:
        assert labels.allowed(subject, object, turned=False)[labels.PREDICATES.index(name)], (subject, name, object)
