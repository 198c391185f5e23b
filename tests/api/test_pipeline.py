"""The reader as a spaCy component, as a user of spaCy has it; what it finds is what `medgraph tag` writes."""

from __future__ import annotations

import json
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from api.errors import BadSettings
from api.pipeline import OF_SPAN, Component, Relation
from graph.schema import ENTITY_TYPES, PREDICATES
from ingest.errors import WeightsUnavailable

ENGLISH = [
    "The patient denies chest pain. Her mother had breast cancer. Metformin may cause lactic acidosis.",
    "Metformin causes nausea.\n\nNo evidence of pulmonary embolism. Ovarian and breast cancer were excluded.",
    "IL-6/TNF-alpha and BRCA1-mutated tumours: 5mg of warfarin causes bleeding.",
]
CHINESE = [
    "患者有高血压和糖尿病病史，否认冠心病。给予二甲双胍治疗糖尿病。",
    "二甲双胍可引起恶心、呕吐。患者母亲患乳腺癌。",
]
ODD = [
    "",
    " ",
    "\n\t \u3000",
    "🙂🙂 fever 🙂",
    "<p>Metformin</p> causes&nbsp;<b>nausea</b>.<br/>",
    "患者服用metformin后出现lactic acidosis，no fever。",
    "\x00İ\u200f\ufeff aspirin\r\ncauses\u2028bleeding",
]


@pytest.fixture(scope="module")
def english() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("medgraph")
    return nlp


@pytest.fixture(scope="module")
def chinese() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("medgraph")
    return nlp


def seen(doc: Doc) -> list[object]:
    """All that the component left in a Doc."""
    spans = [
        (s.start, s.end, s.label_, s.kb_id_, *(getattr(s._, name) for name in OF_SPAN)) for s in doc.spans["medgraph"]
    ]
    ents = [(e.start, e.end, e.label_, e.kb_id_, *(getattr(e._, name) for name in OF_SPAN)) for e in doc.ents]
    return [spans, ents, doc._.mentions, [plain(relation) for relation in doc._.relations]]


def plain(relation: Relation) -> tuple[object, ...]:
    """A relation without its Doc, so that those of two Docs are compared."""
    values = (getattr(relation, name) for name in Relation.__slots__)
    return tuple(
        [(s.start, s.end) for s in value]
        if isinstance(value, tuple)
        else str(value)
        if isinstance(value, Span)
        else value
        for value in values
    )


@pytest.mark.parametrize(("language", "texts"), [("en", ENGLISH), ("zh", CHINESE)])
def test_it_finds_what_medgraph_tag_writes(
    language: str,
    texts: list[str],
    tmp_path: Path,
    jsonl: Callable[..., Path],
    medgraph: Callable[..., Any],
    request: pytest.FixtureRequest,
) -> None:
    nlp: Language = request.getfixturevalue({"en": "english", "zh": "chinese"}[language])
    path, out = jsonl("in.jsonl", [{"id": n, "text": text} for n, text in enumerate(texts)]), tmp_path / "out.jsonl"
    assert medgraph("tag", str(path), "--ids", "canonical", "-o", str(out)).code == 0
    tagged = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert sum(len(one["mentions"]) for one in tagged) > 3
    assert sum(len(one["relations"]) for one in tagged) > 0
    for doc, one in zip(nlp.pipe(texts), tagged, strict=True):
        assert [
            (s.text, "|".join(s._.entities) or None, round(s._.score, 4), s._.polarity, s._.certainty, s._.experiencer)
            for s in doc.spans["medgraph"]
            if s.text in {m["text"] for m in one["mentions"]}
        ] == [
            (m["text"], m["id"], m["score"], m["polarity"], m["certainty"], m["experiencer"])
            for m in one["mentions"]
            if doc.char_span(m["start"], m["end"]) is not None
        ]
        assert len(doc.spans["medgraph"]) == len(one["mentions"])
        assert list(dict.fromkeys((m.start, m.end) for m in doc._.mentions)) == [
            (m["start"], m["end"]) for m in one["mentions"]
        ]
        assert [
            (r.subject, r.predicate or r.label, r.object, r.polarity, r.certainty, round(r.confidence, 4))
            for r in doc._.relations
        ] == [
            (r["subject"], r["predicate"], r["object"], r["polarity"], r["certainty"], r["confidence"])
            for r in one["relations"]
        ]


def test_entities_are_what_spacy_says_they_are(english: Language) -> None:
    doc = english(ENGLISH[0])
    by_text = {ent.text: ent for ent in doc.ents}
    assert {"chest pain", "breast cancer", "Metformin", "lactic acidosis"} <= by_text.keys()
    metformin = by_text["Metformin"]
    assert (metformin.label_, metformin.kb_id_, metformin._.name) == ("Drug", "MESH:D008687", "Metformin")
    assert metformin._.entities == ("MESH:D008687",)
    assert metformin._.reason
    assert 0 < metformin._.score <= 1
    assert by_text["chest pain"]._.polarity == "negated"
    assert by_text["breast cancer"]._.experiencer == "family"
    assert by_text["lactic acidosis"]._.certainty == "possible"
    assert {ent.label_ for ent in doc.ents} <= ENTITY_TYPES.keys()


def test_relations_point_into_the_document(english: Language) -> None:
    doc = english(ENGLISH[1])
    relation = next(r for r in doc._.relations if r.firm and r.predicate == "has_adverse_effect")
    assert relation.sentence.text == "Metformin causes nausea."
    assert [span.text for span in relation.subject_spans] == ["Metformin"]
    assert [span.text for span in relation.object_spans] == ["nausea"]
    assert relation.subject == relation.subject_spans[0].kb_id_
    assert relation.predicate in PREDICATES
    with pytest.raises(AttributeError):
        relation.polarity = "negated"


def test_a_mention_of_several_concepts_is_one_span(english: Language) -> None:
    doc = english("Ovarian and breast cancer were excluded.")
    (span,) = [span for span in doc.spans["medgraph"] if len(span._.entities) > 1]
    assert span.kb_id_ == span._.entities[0]
    assert [m.entity for m in doc._.mentions if m.start == span.start_char] == list(span._.entities)


def test_streaming_gives_what_one_by_one_gives(english: Language) -> None:
    texts = [*ENGLISH, *ODD, *CHINESE] * 2
    alone = [seen(english(text)) for text in texts]
    assert [seen(doc) for doc in english.pipe(texts, batch_size=4)] == alone
    with_context = english.pipe([(text, n) for n, text in enumerate(texts)], as_tuples=True, batch_size=3)
    assert [n for _, n in with_context] == list(range(len(texts)))


def test_a_stream_is_read_as_it_is_taken(english: Language) -> None:
    taken = []

    def stream() -> Iterator[str]:
        for n in range(1_000):
            taken.append(n)
            yield f"Metformin causes nausea {n}."

    docs = english.pipe(stream(), batch_size=5)
    assert next(docs).text.endswith("0.")
    assert len(taken) <= 20
    docs.close()  # type: ignore[attr-defined]  # it is a generator


def test_several_processes_give_what_one_gives(english: Language) -> None:
    texts = [*ENGLISH, "", *CHINESE] * 2
    alone = [seen(doc) for doc in english.pipe(texts)]
    assert [seen(doc) for doc in english.pipe(texts, n_process=2, batch_size=4)] == alone
    assert not multiprocessing.active_children()


def test_several_threads_give_what_one_gives(english: Language) -> None:
    alone = [seen(english(text)) for text in ENGLISH]
    results: dict[int, list[object]] = {}

    def read(n: int) -> None:
        results[n] = seen(english(ENGLISH[n % 3]))

    threads = [Thread(target=read, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[n] for n in range(6)] == alone * 2


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("language", ["en", "zh", "xx"])
def test_odd_texts_are_read(text: str, language: str) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("medgraph")
    doc = nlp(text)
    assert doc.text == text
    for mention in doc._.mentions:
        assert text[mention.start : mention.end] == mention.surface
    assert len(doc.spans["medgraph"]) == len({(m.start, m.end, m.type) for m in doc._.mentions})
    assert seen(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == seen(doc)


def test_a_long_text_is_read() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("medgraph", config={"relations": False})
    filler = "The ward was quiet that day and nobody said a word of it to anyone. " * 7
    text = "".join(f"Metformin causes nausea in patient {n}. {filler}" for n in range(200))
    assert len(text) > 100_000
    doc = nlp(text)
    assert sum(span.text == "nausea" for span in doc.ents) >= 190
    assert all(text[m.start : m.end] == m.surface for m in doc._.mentions)


def test_a_document_survives_bytes_and_docbin(english: Language, tmp_path: Path) -> None:
    docs = list(english.pipe([*ENGLISH, ""]))
    assert [seen(Doc(english.vocab).from_bytes(doc.to_bytes())) for doc in docs] == [seen(doc) for doc in docs]
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    again = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(english.vocab))
    assert [seen(doc) for doc in again] == [seen(doc) for doc in docs]


def test_a_part_of_a_document_keeps_its_entities_apart_from_the_rest(english: Language) -> None:
    doc = english(ENGLISH[0])
    ent = next(ent for ent in doc.ents if ent.text == "breast cancer")
    part = doc[ent.start - 2 : ent.end].as_doc(copy_user_data=True)
    assert [(e.text, e._.experiencer) for e in part.ents] == [("breast cancer", "family")]
    # What counts in the offsets of the whole is not in the part.
    assert part._.relations == ()
    assert part._.mentions == ()


def test_a_document_of_no_component_has_nothing(english: Language) -> None:
    doc = english.make_doc("Metformin")
    assert (doc._.mentions, doc._.relations) == ((), ())


def test_a_pipeline_survives_disk_and_bytes(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("medgraph", config={"relations": False, "language": "en"})
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.get_pipe_config("medgraph")["relations"] is False
    other = spacy.blank("en")
    other.add_pipe("medgraph", config={"relations": False, "language": "en"})
    other.from_bytes(nlp.to_bytes())
    first = seen(nlp(ENGLISH[1]))
    assert seen(again(ENGLISH[1])) == first == seen(other(ENGLISH[1]))
    assert first[0]
    assert first[3] == []


def test_a_component_can_be_sent_to_another_process(english: Language) -> None:
    component = english.get_pipe("medgraph")
    assert isinstance(component, Component)
    again = pickle.loads(pickle.dumps(component))  # noqa: S301  # made here
    assert seen(again(english.make_doc(ENGLISH[0]))) == seen(english(ENGLISH[0]))


def test_pipelines_in_one_process_share_the_models(english: Language, chinese: Language) -> None:
    english("fever")
    chinese("发热")
    one, other = english.get_pipe("medgraph"), chinese.get_pipe("medgraph")
    assert isinstance(one, Component)
    assert isinstance(other, Component)
    assert one._opened is other._opened is not None


@pytest.mark.parametrize("mode", ["expand", "contract", "strict"])
def test_a_mention_within_a_token_is_not_lost(mode: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("medgraph", config={"alignment_mode": mode, "language": "zh"})
    # English tokens hold whole runs of Chinese.
    doc = nlp("患者服用二甲双胍治疗糖尿病")
    assert [token.text for token in doc] == [doc.text]
    surfaces = {mention.surface for mention in doc._.mentions}
    assert "二甲双胍" in surfaces
    assert {span.text for span in doc.spans["medgraph"]} == (set() if mode == "strict" else {doc.text})


def test_entities_of_another_component_stay(english: Language) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "WARD", "pattern": "ward seven"}, {"label": "WORD", "pattern": "nausea in"}])  # type: ignore[attr-defined]
    nlp.add_pipe("medgraph")
    doc = nlp("Metformin causes nausea in ward seven.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Metformin", "Drug"),
        ("nausea in", "WORD"),
        ("ward seven", "WARD"),
    ]
    assert "nausea" in {span.text for span in doc.spans["medgraph"]}


def test_missing_models_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    with pytest.raises(WeightsUnavailable, match="MEDGRAPH_MODELS"):
        nlp.add_pipe("medgraph", config={"models": str(tmp_path / "nowhere")})
    (tmp_path / "empty").mkdir()
    nlp.add_pipe("medgraph", config={"models": str(tmp_path / "empty")})
    with pytest.raises(WeightsUnavailable, match="ner-en"):
        nlp("Metformin")
    monkeypatch.setenv("MEDGRAPH_THREADS", "none")
    with pytest.raises(BadSettings, match="MEDGRAPH_THREADS"):
        spacy.blank("en").add_pipe("medgraph")


def test_an_option_that_cannot_be_is_refused() -> None:
    for config in ({"alignment_mode": "nearly"}, {"relations": "perhaps"}, {"unheard": 1}):
        with pytest.raises(ValueError, match="medgraph"):
            spacy.blank("en").add_pipe("medgraph", config=config)


def test_the_dictionary_of_a_graph_reads_too(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    nlp = spacy.blank("en")
    nlp.add_pipe("medgraph", config={"tagger": "dictionary"})
    doc = nlp("Aspirin does not cause cough.")
    assert [(ent.text, ent.kb_id_, ent._.polarity) for ent in doc.ents] == [
        ("Aspirin", "MESH:D001241", "affirmed"),
        ("cough", "HP:0012735", "negated"),
    ]
    assert [(r.subject, r.predicate, r.object, r.polarity) for r in doc._.relations] == [
        ("MESH:D001241", "causes", "HP:0012735", "negated")
    ]


def test_an_attribute_that_another_component_computes_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Span.remove_extension("polarity") if Span.has_extension("polarity") else None
    Span.set_extension("polarity", getter=lambda span: 0.5)
    try:
        with pytest.raises(ValueError, match="polarity"):
            spacy.blank("en").add_pipe("medgraph")
    finally:
        Span.remove_extension("polarity")
        if before is not None:
            Span.set_extension("polarity", default=before[0])
