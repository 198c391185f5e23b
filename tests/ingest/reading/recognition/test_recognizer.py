"""The shipped English recognizer, and what it is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import WeightsUnavailable
from ingest.reading.recognition import labels
from ingest.reading.recognition.consistency import consistent
from ingest.reading.recognition.gazetteer import CLASSES, FEATURES, Gazetteer
from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
from ingest.reading.recognition.recognizer import Span

MODEL = Path(__file__).resolve().parents[4] / "models" / "ner-en"


@pytest.fixture(scope="module")
def recognizer() -> OnnxRecognizer:
    return OnnxRecognizer(MODEL, threads=2)


def found(recognizer: OnnxRecognizer, text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.label) for s in recognizer.recognize([text])[0]]


def test_names_of_six_types(recognizer: OnnxRecognizer) -> None:
    text = (
        "Naloxone reversed the hypotension that clonidine caused in rats. A BRCA1 mutation, c.68_69delAG, was found in "
        "women with breast cancer, and HeLa cells were treated with cisplatin."
    )
    names = found(recognizer, text)
    for expected in (
        ("Naloxone", "Chemical"), ("hypotension", "Disease"), ("clonidine", "Chemical"), ("rats", "Species"),
        ("BRCA1", "Gene"), ("breast cancer", "Disease"), ("cisplatin", "Chemical"), ("c.68_69delAG", "Variant"),
    ):  # fmt: skip
        assert expected in names


def test_the_same_in_any_company(recognizer: OnnxRecognizer) -> None:
    texts = [f"Aspirin {'was given and ' * n}relieved headache in {n} patients." for n in range(1, 40, 4)]
    together = recognizer.recognize(texts)
    assert together == [recognizer.recognize([text])[0] for text in texts]
    assert list(reversed(together)) == recognizer.recognize(list(reversed(texts)))


def test_a_long_text_is_read_to_its_end(recognizer: OnnxRecognizer) -> None:
    sentence = "Metformin is given for diabetes mellitus. "
    text = sentence * 200
    spans = recognizer.recognize([text])[0]
    drugs = [s.start for s in spans if text[s.start : s.end] == "Metformin"]
    assert drugs == [n * len(sentence) for n in range(200)]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n", ".", "(" * 3_000, "a" * 20_000, "\u200f\u202e\u0000\x07", "🙂" * 50 + " aspirin 🙂",
        "<p>ASPIRIN &amp; WARFARIN</p>", "l1ver fa1lure ~~ rn0rphine |||", "\ud800 aspirin", "阿司匹林治疗头痛",
    ],
)  # fmt: skip
def test_odd_texts(recognizer: OnnxRecognizer, text: str) -> None:
    end = 0
    for span in recognizer.recognize([text])[0]:
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_offsets_stay_within_any_text(text: str) -> None:
    recognizer = _shared()
    end = 0
    for span in recognizer.recognize([text])[0]:
        assert end <= span.start < span.end <= len(text)
        end = span.end


_OPENED: list[OnnxRecognizer] = []


def _shared() -> OnnxRecognizer:
    if not _OPENED:
        _OPENED.append(OnnxRecognizer(MODEL, threads=1))
    return _OPENED[0]


def test_a_folder_without_weights(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match=r"model\.onnx"):
        OnnxRecognizer(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "gazetteer.npz", "config.json"):
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())
    (tmp_path / "model.onnx").write_bytes((MODEL / "model.onnx").read_bytes()[:100_000])
    with pytest.raises(WeightsUnavailable, match=r"model\.onnx"):
        OnnxRecognizer(tmp_path)
    (tmp_path / "model.onnx").write_bytes((MODEL / "model.onnx").read_bytes())
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(WeightsUnavailable, match="does not hold a recognizer"):
        OnnxRecognizer(tmp_path)


def test_gazetteer_takes_the_longest_name_and_minds_the_case_of_symbols(tmp_path: Path) -> None:
    table = Gazetteer.build(
        [("breast cancer", "Disease"), ("breast", "Anatomy"), ("cancer", "Disease"), ("REST", "GeneSymbol")]
    )
    table.save(tmp_path / "names.npz")
    table = Gazetteer.load(tmp_path / "names.npz")
    text = "Breast cancers rest; REST"
    words, features = table.features(text)
    names = [text[a:b] for a, b in words.tolist()]
    assert names == ["Breast", "cancers", "rest", "REST"]
    assert features.shape == (4, FEATURES)

    def column(kind: str, inside: bool) -> list[int]:
        return [int(n) for n in features[:, 2 * CLASSES.index(kind) + inside]]

    assert column("Disease", inside=False) == [1, 0, 0, 0]
    assert column("Disease", inside=True) == [0, 1, 0, 0]
    assert column("Anatomy", inside=False) == [1, 0, 0, 0]
    assert column("GeneSymbol", inside=False) == [0, 0, 0, 1]


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 10_000))
def test_viterbi_is_the_best_of_all_sequences(words: int, types: int, seed: int) -> None:
    import itertools

    generator = np.random.default_rng(seed)
    count = 2 * types + 1
    scores = generator.normal(size=(words, count)).astype(np.float32)
    moves = labels.transitions(count) + generator.normal(size=(count, count)).astype(np.float32)

    def total(path: tuple[int, ...]) -> float:
        steps = [moves[0, path[0]], *(moves[a, b] for a, b in itertools.pairwise(path))]
        return float(sum(steps) + sum(scores[at, label] for at, label in enumerate(path)))

    if count**words > 4_000:
        return
    best = max(itertools.product(range(count), repeat=words), key=total)
    assert total(tuple(labels.viterbi(scores, moves))) == pytest.approx(total(best), abs=1e-4)


def test_an_abbreviation_takes_the_type_of_its_long_form() -> None:
    text = "Chronic obstructive pulmonary disease (COPD) is common; COPD kills."
    long = Span(0, 37, "Disease", 0.97)
    spans = consistent(text, [long])
    assert [(text[s.start : s.end], s.label) for s in spans] == [
        ("Chronic obstructive pulmonary disease", "Disease"), ("COPD", "Disease"), ("COPD", "Disease"),
    ]  # fmt: skip
