"""Settings to parts. The only module that names adapters, and that opens files of weights and names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.errors import HomeUnavailable
from api.home import home
from api.language_model import open_model
from api.parts import Current, Opened, Part
from api.same_ids import SameIds
from api.settings import Settings
from qa.differential.engine import Differential
from qa.differential.groups import Groups, opened_in
from qa.differential.kept import Kept
from qa.drugs.check import DrugEngine
from qa.drugs.nearest import Nearest
from qa.drugs.page.conditions import TYPES
from qa.drugs.page.gather import Pages
from qa.drugs.repurpose.opening import opened_from

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from graph.store import GraphStore
    from ingest.jobs.ledger import Ledger
    from ingest.reading.dictionary.bilingual import Bilingual
    from ingest.reading.recognition.recognizer import Recognizer
    from ingest.reading.relations.model import Relator
    from ingest.reading.tagger import Annotator, Tagger
    from ingest.reading.trained_tagger import Models
    from qa.answer import Answerer
    from qa.asked.reader import Reader
    from qa.drugs.repurpose.rank import Repurposing
    from qa.writing.writer import Writer
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
            ping=lambda searcher: self._followed(searcher),
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
        self.repurposing: Part[Repurposing] = Part(opened, lambda: opened_from(settings.models / "repurposing"))

    def plain(self) -> Tagger:
        """What reads texts where no graph is needed: the trained models, unless the settings ask for the dictionary."""
        return self.tagger() if self.settings.tagger == "dictionary" else self.reader()

    def fingerprint(self) -> str:
        """64 hex digits over everything stored: graph, passages and vectors; ids count as what they stand for."""
        graph = self.graph()
        both = f"{graph.fingerprint()} {self.passages().fingerprint(graph.mappings())}"
        return hashlib.sha256(both.encode()).hexdigest()

    def close(self) -> None:
        """Close what is open, the last first. Closing twice is harmless."""
        self._opened.close()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _followed(self, searcher: Searcher) -> str:
        searcher.refresh()
        return f"of {self.encoder().name}"

    def _answerer(self) -> Answerer:
        return answerer(
            self.graph(),
            self.searcher(),
            self.model(),
            seconds=self.settings.llm_timeout,
            reader=self.reader if self.settings.tagger != "dictionary" else None,
            repurposing=self.repurposing,
            differential=self.differential(),
        )


def open_salt(settings: Settings) -> bytes:
    """The salt kept under MEDGRAPH_HOME. Raises HomeUnavailable."""
    from ingest.sources.fhir.deidentify import kept_salt

    try:
        return kept_salt(home(settings))
    except OSError as error:
        raise HomeUnavailable(f"cannot keep a salt in {settings.home} (MEDGRAPH_HOME): {error.strerror}") from error
    except ValueError as error:
        raise HomeUnavailable(f"the salt in {settings.home} (MEDGRAPH_HOME) is damaged: {error}") from None


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


def open_searcher(settings: Settings, passages: PassageStore, encoder: Encoder) -> Searcher:
    """The search over these passages, on a GPU where MEDGRAPH_GPU says so. Raises AcceleratorUnavailable."""
    from retrieval.faiss_index import FaissIndexes
    from retrieval.search import Searcher

    return Searcher(passages, encoder, FaissIndexes(gpu=settings.gpu), home(settings) / "index")


def open_sentences(settings: Settings, encoder: Encoder, passages: PassageStore) -> SentenceRanker:
    """What ranks sentences, by the weights of the models' folder. Raises EncoderUnavailable."""
    from retrieval.answering.ranker import SentenceRanker, weights_in

    return SentenceRanker(weights_in(settings.models / "sentences"), encoder, passages)


def open_encoder(settings: Settings) -> Encoder:
    """The encoder that MEDGRAPH_ENCODER names. Raises EncoderUnavailable."""
    for folder in (settings.models / settings.encoder, Path(settings.encoder).expanduser()):
        if (folder / "model.onnx").is_file():
            from retrieval.onnx_encoder import OnnxEncoder

            return OnnxEncoder(folder, threads=settings.threads)
    if settings.encoder == "minilm-l6-int8":
        from retrieval.errors import EncoderUnavailable

        raise EncoderUnavailable(f"no {settings.encoder} in {settings.models} (MEDGRAPH_MODELS)")
    from retrieval.sentence_transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(settings.encoder)


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


def open_bilingual() -> Bilingual:
    """The Chinese names of the shipped lexicon."""
    from graph.model import Entity
    from ingest.reading.dictionary.bilingual import Bilingual
    from ingest.sources.curated import lexicon

    files = lexicon.shipped()
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
    return Bilingual((record for file in files for record in lexicon.read(file) if isinstance(record, Entity)), digest)


def open_relator(settings: Settings) -> Relator:
    """The trained relator and the patterns; where MEDGRAPH_TAGGER is `dictionary`, the patterns alone."""
    from ingest.reading.relations.patterns import Patterns

    if settings.tagger == "dictionary":
        return Patterns()
    from ingest.reading.relations.onnx_relator import OnnxRelator
    from ingest.reading.relations.several import Several

    return Several(OnnxRelator(settings.models / "relations-en"), Patterns())


def answerer(
    graph: GraphStore,
    searcher: Searcher,
    model: BaseChatModel | None = None,
    *,
    seconds: float = 60.0,
    fallback: bool = True,
    reader: Callable[[], Reader] | None = None,
    repurposing: Callable[[], Repurposing] | None = None,
    differential: Differential | None = None,
) -> Answerer:
    """What answers by every plan there is, recognised by rules: written by `model` within `seconds`, else by quoting.
    `fallback` says whether an answer is quoted where the model is unavailable."""
    from qa.answer import Answerer
    from qa.checking.checker import Checker
    from qa.plans.order import PLANS, rules
    from qa.writing.quote import Quote

    writer: Writer = Quote()
    if model is not None:
        from qa.writing.generate import Generate

        writer = Generate(model, seconds=seconds)
    return Answerer(
        graph,
        searcher,
        router=rules(PLANS),
        plans=PLANS,
        engine=differential or Differential(),
        writer=writer,
        check=Checker,
        fallback=Quote() if fallback and model is not None else None,
        reader=reader,
        repurposing=repurposing,
    )


def threads(settings: Settings) -> int:
    """How many texts are read at once: MEDGRAPH_THREADS, or all cores."""
    from ingest.reading.recognition.onnx_recognizer import cores

    return settings.threads or cores()
