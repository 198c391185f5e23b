import json
from pathlib import Path

from evaluation.sentences.questions import Question
from retrieval.answering.features import NAMES
from retrieval.answering.ranker import SentenceRanker, weights_in
from retrieval.faiss_index import FaissIndexes
from retrieval.model import DocumentInfo, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher
from training.sentences.learn import choices_of, learn

MODELS = Path(__file__).resolve().parents[3] / "models"
TEXTS = {
    "D:1": "Colchicine in gout\nWe studied colchicine in gout. It helped 12 of 40 men.",
    "D:2": "Zinc and the cold\nWe studied zinc in colds. A cold was shorter by two days.",
}
QUESTIONS = [
    Question("q1", "How many men were helped by colchicine?", "D:1", ((50, 74),)),
    Question("q2", "By how many days does zinc shorten a cold?", "D:2", ((43, 74),), chinese="锌使感冒缩短几天？"),
    Question("q3", "Who is not there?", "D:9", ((0, 3),)),
]


def test_weights_are_written_and_what_they_reach_is_said(tmp_path: Path) -> None:
    encoder = OnnxEncoder(MODELS / "minilm-l6-int8")
    store = PassageStore(tmp_path / "passages.sqlite")
    for id, text in TEXTS.items():
        passage = Passage(passage_id(id, 0, len(text), text), id, 0, "abstract", 0, len(text), text)
        info = DocumentInfo(id, title=text.split("\n")[0])
        store.replace([(info, [passage], encoder.encode([text]))], encoder=encoder.name)
    searcher = Searcher(store, encoder, FaissIndexes(), tmp_path / "index")
    ranker = SentenceRanker(dict.fromkeys(NAMES, 0.0), encoder, store)
    choices = list(choices_of(QUESTIONS, store, searcher, ranker))
    assert [choice.way for choice in choices] == ["document en", "found en"] * 2 + ["document zh", "found zh"]
    assert all(choice.gold.sum() == 1 for choice in choices)
    told = learn(QUESTIONS, store, searcher, ranker, tmp_path / "weights")
    assert told["questions"] == 2
    assert set(told["document en"]) == {"top1", "top3"}
    assert weights_in(tmp_path / "weights")["words"] >= 0
    assert json.loads((tmp_path / "weights" / "weights.json").read_text())["format"] == 1
    store.close()
