"""Settings to parts. The only module that names adapters, and that opens files of weights and names."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.answering import answerer
from api.home import home, open_salt, open_trail
from api.index_words import told
from api.language_model import open_model
from api.lexicon import open_bilingual, open_glossary
from api.memory import index_budget
from api.parts import Current, Opened, Part
from api.same_ids import SameIds
from api.settings import Settings
from qa.asked import learnt
from qa.differential.engine import Differential
from qa.differential.groups import Groups, opened_in
from qa.differential.kept import Kept
from qa.drugs.check import DrugEngine
from qa.drugs.nearest import Nearest
from qa.drugs.page.conditions import TYPES
from qa.drugs.page.gather import Pages
from qa.drugs.repurpose.opening import opened_from
from qa.verdicts import findings
from qa.verdicts.findings import Findings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from api.callers.table import KeyTable
    from graph.store import GraphStore
    from ingest.jobs.ledger import Ledger
    from ingest.reading.recognition.recognizer import Recognizer
    from ingest.reading.relations.model import Relator
    from ingest.reading.tagger import Annotator, Tagger
    from ingest.reading.trained_tagger import Models
    from qa.answer import Answerer
    from qa.drugs.repurpose.rank import Repurposing
    from retrieval.answering.ranker import SentenceRanker
    from retrieval.encoder import Encoder
    from retrieval.passages import PassageStore
    from retrieval.search import Searcher
    from text.context.judge import Context


class Parts:
    """The parts of one process, each opened when it is first called. Use as a context manager; safe in several threads.
    `parts.graph()` is the store, `parts.graph.ping()` says how it is."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opened = opened = Opened()
        self.graph: Part[GraphStore] = Part(
            opened, lambda: open_graph(settings), ping=lambda graph: graph.ping(), close=lambda graph: graph.close()
        )
        self.passages: Part[PassageStore] = Part(
            opened,
            lambda: open_passages(settings),
            ping=lambda passages: f"change {passages.sequence()}",
            close=lambda passages: passages.close(),
        )
        self.ledger: Part[Ledger] = Part(opened, lambda: open_ledger(settings), close=lambda ledger: ledger.close())
        self.keys: Part[KeyTable] = Part(opened, lambda: open_keys(settings), close=lambda keys: keys.close())
        """The API keys of the home, and the labels that were granted to their owners."""
        self.trail = open_trail(settings)
        """The trail of who did what, or None where none is kept."""
        self.salt: Part[bytes] = Part(opened, lambda: open_salt(settings))
        """The secret of patients' pseudonyms, made when it is first asked for."""
        self.encoder: Part[Encoder] = Part(
            opened,
            lambda: open_encoder(settings),
            ping=lambda encoder: f"{encoder.name}, {encoder.dimension} dimensions",
            close=lambda encoder: encoder.close(),
        )
        self.searcher: Part[Searcher] = Part(
            opened,
            lambda: open_searcher(settings, self.passages(), self.encoder()),
            ping=lambda searcher: told(searcher.vectors, self.encoder().name, settings.index_memory),
            close=lambda searcher: searcher.close(),
        )
        self.sentences: Part[SentenceRanker] = Part(
            opened, lambda: open_sentences(settings, self.encoder(), self.passages())
        )
        """What ranks the sentences of found passages."""
        self.context: Part[Context] = Part(opened, lambda: open_context(settings))
        """What texts say of their mentions."""
        self.models: Part[Models] = Part(
            opened,
            lambda: open_models(settings, self.context()),
            ping=lambda models: models.version,
            close=lambda models: models.close(),
        )
        """The trained recognizers and the linker."""
        self.relator: Part[Relator] = Part(opened, lambda: open_relator(settings), ping=lambda relator: relator.version)
        """What finds relations between mentions."""
        self.reader: Part[Annotator] = Part(opened, lambda: open_reader(settings, self.models()))
        """What reads texts by the trained models alone: no graph is opened."""
        self.tagger: Current[Tagger] = Current(
            opened,
            lambda: self.graph().names_version(),
            lambda: open_tagger(settings, self.graph(), self.models, self.context()),
        )
        """What reads texts by the names that the graph holds now. Reading millions of names takes a while."""
        self.model: Part[BaseChatModel | None] = Part(opened, lambda: open_model(settings))
        """The language model, or None where none is set."""
        self.groups: Part[Groups | None] = Part(opened, lambda: opened_in(settings.models / "disease-groups"))
        """What says which groups of diseases a text speaks of, or None where its weights are not there."""
        self.topics: Part[learnt.Weights | None] = Part(
            opened, lambda: learnt.opened_in(settings.models / "questions", self.encoder().name)
        )
        """What says which topic a question is about, or None where there are no weights for this encoder."""
        self.differential: Part[Differential] = Part(
            opened, lambda: Differential(Kept(home(settings) / "differential"))
        )
        """What ranks diseases; what it has read of the graph is kept under MEDGRAPH_HOME."""
        self.same_ids: Part[SameIds] = Part(opened, SameIds)
        self.answerer: Part[Answerer] = Part(opened, self._answerer)
        self.drugs: Part[DrugEngine] = Part(opened, lambda: DrugEngine(self.graph()))
        self.drug_pages: Part[Pages] = Part(opened, lambda: Pages(self.graph()))
        self.nearest_diseases: Part[Nearest] = Part(opened, lambda: Nearest(self.graph(), TYPES))
        """The names of diseases and findings that are near to one that none bears."""
        self.findings: Part[Findings | None] = Part(opened, lambda: findings.opened_in(settings.models / "findings"))
        """What judges the conclusions of studies, or None where its weights are not there."""
        self.repurposing: Part[Repurposing] = Part(opened, lambda: opened_from(settings.models / "repurposing"))

    def plain(self) -> Tagger:
        """What reads texts where no graph is needed: the trained models, unless the settings ask for the dictionary."""
        return self.tagger() if self.settings.tagger == "dictionary" else self.reader()

    def fingerprint(self) -> str:
        """64 hex digits over everything stored: graph, passages and vectors; ids count as what they stand for."""
        graph = self.graph()
        both = f"{graph.fingerprint()} {self.passages().fingerprint(graph.mappings())}"
        return hashlib.sha256(both.encode()).hexdigest()

    def generations(self) -> dict[str, str | int]:
        """What the stores that are open were at: the graph's version and the passages' last change."""
        opened: dict[str, str | int] = {}
        if self.graph.is_open():
            opened["graph"] = self.graph().version()
        if self.passages.is_open():
            opened["passages"] = self.passages().sequence()
        return opened

    def _topics(self) -> tuple[learnt.Weights, Encoder] | None:
        weights = self.topics()
        return (weights, self.encoder()) if weights is not None else None

    def close(self) -> None:
        """Close what is open, the last first. Closing twice is harmless."""
        self._opened.close()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answerer(self) -> Answerer:
        return answerer(
            self.graph(),
            self.searcher(),
            self.model(),
            seconds=self.settings.llm_timeout,
            reader=self.reader if self.settings.tagger != "dictionary" else None,
            repurposing=self.repurposing,
            differential=self.differential(),
            sentences=self.sentences,
            findings=self.findings,
            topics=self._topics(),
        )


def open_graph(settings: Settings) -> GraphStore:
    """The store that MEDGRAPH_GRAPH_URL names. Raises StoreUnavailable, StoreCorrupt."""
    match urlsplit(settings.graph_url).scheme:
        case "sqlite":
            from graph.sqlite.store import SqliteStore

            home(settings)
            return SqliteStore(settings.graph_path)
        case _:  # settings let no other scheme through than those of the Neo4j driver
            from graph.neo4j.store import Neo4jStore

            return Neo4jStore(
                settings.graph_url,
                settings.graph_user,
                settings.graph_password.get_secret_value(),
                database=settings.graph_database,
            )


def open_passages(settings: Settings) -> PassageStore:
    """The passages of MEDGRAPH_HOME. Raises StorageUnavailable, StorageFull, IndexCorrupt."""
    from retrieval.passages import PassageStore

    return PassageStore(home(settings) / "passages.sqlite")


def open_ledger(settings: Settings) -> Ledger:
    """The ledger of MEDGRAPH_HOME. Raises LedgerUnavailable, LedgerFull, LedgerCorrupt."""
    from ingest.jobs.ledger import Ledger

    return Ledger(home(settings) / "ledger.sqlite")


def open_keys(settings: Settings) -> KeyTable:
    """The keys of MEDGRAPH_HOME. Raises HomeUnavailable, HomeFull, HomeCorrupt."""
    from api.callers.table import FILE, KeyTable

    return KeyTable(home(settings) / FILE)


def open_searcher(settings: Settings, passages: PassageStore, encoder: Encoder) -> Searcher:
    """The search over these passages, on a GPU where MEDGRAPH_GPU says so. Raises AcceleratorUnavailable."""
    from retrieval.faiss_index import FaissIndexes
    from retrieval.search import Searcher

    budget = index_budget(settings.index_memory)
    indexes = FaissIndexes(gpu=settings.gpu, budget=budget, record=passages.recorded)
    return Searcher(passages, encoder, indexes, home(settings) / "index", open_glossary())


def open_sentences(settings: Settings, encoder: Encoder, passages: PassageStore) -> SentenceRanker:
    """What ranks sentences, by the weights of the models' folder. Raises EncoderUnavailable."""
    from retrieval.answering.ranker import SentenceRanker, weights_in

    return SentenceRanker(weights_in(settings.models / "sentences"), encoder, passages, open_glossary())


def open_encoder(settings: Settings) -> Encoder:
    """The encoder that MEDGRAPH_ENCODER names, with that of MEDGRAPH_CHINESE_ENCODER for Chinese: see
    `retrieval.opening`. Raises EncoderUnavailable."""
    from retrieval.opening import encoder_of

    return encoder_of(settings.models, settings.encoder, settings.chinese_encoder, threads=settings.threads)


@contextmanager
def beside(settings: Settings, encoder: Encoder) -> Iterator[Encoder]:
    """What gives the vectors of `encoder` out of a process of its own; where that is on a GPU, `encoder` itself."""
    from retrieval.encoder_process import ProcessEncoder
    from retrieval.family_encoder import FamilyEncoder
    from retrieval.onnx_encoder import OnnxEncoder

    english = encoder.of("rest") if isinstance(encoder, FamilyEncoder) else encoder
    if not isinstance(english, OnnxEncoder):
        yield encoder
        return
    with closing(ProcessEncoder(encoder, (sys.executable, "-m", "api.encoding"), settings.environment())) as other:
        yield other


def open_models(settings: Settings, context: Context) -> Models:
    """`context` with the recognizers and the linker under MEDGRAPH_MODELS; MEDGRAPH_TAGGER names the English one.

    Raises WeightsUnavailable.
    """
    from ingest.reading.linking.linker import Linker
    from ingest.reading.recognition.chinese_recognizer import ChineseRecognizer
    from ingest.reading.recognition.onnx_recognizer import OnnxRecognizer
    from ingest.reading.trained_tagger import Models

    english: Recognizer
    if settings.tagger in ("trained", "dictionary"):
        folder = settings.models / "ner-en"
        if settings.gpu:
            from ingest.reading.recognition.torch_recognizer import TorchRecognizer

            english = TorchRecognizer(folder)
        else:
            english = OnnxRecognizer(folder)
    elif (Path(settings.tagger).expanduser() / "model.onnx").is_file():
        english = OnnxRecognizer(Path(settings.tagger).expanduser())
    else:
        from ingest.reading.recognition.transformers_recognizer import TransformersRecognizer

        english = TransformersRecognizer(settings.tagger)
    chinese = ChineseRecognizer(settings.models / "ner-zh")
    return Models(english, chinese, Linker(settings.models / "linker-mesh"), open_bilingual(), context)


def open_context(settings: Settings) -> Context:
    """The rules with the weights under MEDGRAPH_MODELS for dialogues and for notes, as far as there are some.

    Raises WeightsUnavailable.
    """
    from ingest.errors import WeightsUnavailable
    from text.context import dialogue, weighed
    from text.context.judge import Context

    weights = settings.models / "context" / "weights.npz"
    around = settings.models / "context-notes" / "weights.npz"
    try:
        return Context(
            dialogue.opened(weights) if weights.is_file() else None,
            weighed.opened(around) if around.is_file() else None,
        )
    except (OSError, ValueError) as error:
        raise WeightsUnavailable(f"the weights for dialogues or notes cannot be read: {error}") from error


def open_reader(settings: Settings, models: Models) -> Annotator:
    """What reads texts by the trained models alone."""
    from ingest.reading.trained_tagger import TrainedTagger

    return TrainedTagger(models, threads=threads(settings))


def open_tagger(settings: Settings, graph: GraphStore, models: Callable[[], Models], context: Context) -> Tagger:
    """What reads texts by the names of the graph and, but where MEDGRAPH_TAGGER is `dictionary`, by the models."""
    from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
    from ingest.reading.trained_tagger import TrainedTagger

    names = DictionaryTagger(graph, context)
    return names if settings.tagger == "dictionary" else TrainedTagger(models(), names, threads=threads(settings))


def open_relator(settings: Settings) -> Relator:
    """The readers of statements, and for what may be so the network over documents and the patterns; of these alone
    come all facts where MEDGRAPH_TAGGER is `dictionary`."""
    from ingest.reading.relations.patterns import Patterns

    if settings.tagger == "dictionary":
        return Patterns()
    from ingest.reading.relations.onnx_relator import OnnxRelator
    from ingest.reading.relations.several import Several
    from ingest.reading.statements.reader import OnnxStatements

    statements = (OnnxStatements(settings.models / name) for name in ("statements-en", "statements-zh"))
    plain = Patterns(frozenset(("interacts_with",)))  # of which the network knows least, and whose triggers are plain
    return Several(*statements, plain, telling=(OnnxRelator(settings.models / "relations-en"), Patterns()))


def threads(settings: Settings) -> int:
    """How many texts are read at once: MEDGRAPH_THREADS, or all cores."""
    from ingest.reading.recognition.onnx_recognizer import cores

    return settings.threads or cores()
