"""Settings to opened parts. The only module that names adapters.

A part is opened when it is first asked for, and parts are closed in the reverse order. A part that could not be
opened is tried again the next time, so a server that started before its Neo4j finds it later.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from api.errors import BadSettings, HomeUnavailable, MissingExtra
from api.settings import CHECKOUT, Settings

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
    from qa.writing.writer import Writer
    from retrieval.encoder import Encoder
    from retrieval.passages import PassageStore
    from retrieval.search import Searcher

T = TypeVar("T")


class Parts:
    """The opened parts of one process. Use as a context manager; safe to ask from several threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._opened: dict[str, object] = {}
        self._tagging = threading.Lock()
        self._tagger: tuple[str, Tagger] | None = None
        self._closing = ExitStack()

    @property
    def graph(self) -> GraphStore:
        return self._part("graph", lambda: self._closed(open_graph(self.settings)))

    @property
    def passages(self) -> PassageStore:
        def opened() -> PassageStore:
            from retrieval.passages import PassageStore

            return self._closed(PassageStore(home(self.settings) / "passages.sqlite"))

        return self._part("passages", opened)

    @property
    def encoder(self) -> Encoder:
        return self._part("encoder", lambda: open_encoder(self.settings))

    @property
    def searcher(self) -> Searcher:
        def opened() -> Searcher:
            from retrieval.search import Searcher

            return Searcher(self.passages, self.encoder, home(self.settings) / "index", gpu=self.settings.gpu)

        return self._part("searcher", opened)

    @property
    def ledger(self) -> Ledger:
        def opened() -> Ledger:
            from ingest.jobs.ledger import Ledger

            return self._closed(Ledger(home(self.settings) / "ledger.sqlite"))

        return self._part("ledger", opened)

    def salt(self) -> bytes:
        """The secret of patients' pseudonyms, made when it is first asked for."""
        return self._part("salt", lambda: open_salt(self.settings))

    @property
    def models(self) -> Models:
        """The trained recognizers and the linker."""
        return self._part("models", lambda: self._closed(open_models(self.settings)))

    @property
    def reader(self) -> Annotator:
        """Reads texts by the trained models alone: no graph is opened."""
        from ingest.reading.trained_tagger import TrainedTagger

        return self._part("reader", lambda: TrainedTagger(self.models, threads=threads(self.settings)))

    @property
    def plain(self) -> Tagger:
        """What reads texts where no graph is needed: the trained models, unless the settings ask for the dictionary."""
        return self.tagger if self.settings.tagger == "dictionary" else self.reader

    @property
    def tagger(self) -> Tagger:
        """Of the names that the graph holds now: made anew when they have changed."""
        from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
        from ingest.reading.trained_tagger import TrainedTagger

        # A lock of its own: reading millions of names takes a while, and nobody else need wait for it.
        with self._tagging:
            version = self.graph.names_version()
            if self._tagger is None or self._tagger[0] != version:
                names = DictionaryTagger(self.graph)
                trained = self.settings.tagger != "dictionary"
                made = TrainedTagger(self.models, names, threads=threads(self.settings)) if trained else names
                self._tagger = (version, made)
            return self._tagger[1]

    @property
    def relator(self) -> Relator:
        """What finds relations between mentions."""
        return self._part("relator", lambda: open_relator(self.settings))

    @property
    def model(self) -> BaseChatModel | None:
        """The language model, or None where none is set."""
        return self._part("model", lambda: open_model(self.settings))

    @property
    def answerer(self) -> Answerer:
        def opened() -> Answerer:
            trained = self.settings.tagger != "dictionary"
            return answerer(
                self.graph,
                self.searcher,
                self.model,
                seconds=self.settings.llm_timeout,
                reader=(lambda: self.reader) if trained else None,
            )

        return self._part("answerer", opened)

    def fingerprint(self) -> str:
        """64 hex digits over everything stored: graph, passages and vectors."""
        both = f"{self.graph.fingerprint()} {self.passages.fingerprint()}"
        return hashlib.sha256(both.encode()).hexdigest()

    def close(self) -> None:
        """Close what is open, the last first. Closing twice is harmless."""
        with self._lock:
            self._opened.clear()
            self._tagger = None
            self._closing.close()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _part(self, name: str, opened: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._opened:
                self._opened[name] = opened()
            part: T = self._opened[name]  # type: ignore[assignment]  # the entry of `name` is always a T
            return part

    def _closed(self, part: T) -> T:
        self._closing.callback(part.close)  # type: ignore[attr-defined]  # what comes here is a store or the ledger
        return part


def home(settings: Settings) -> Path:
    """MEDGRAPH_HOME, made if absent, readable by its owner alone. Raises HomeUnavailable."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnavailable(f"cannot make the folder {settings.home} (MEDGRAPH_HOME): {error.strerror}") from error
    return settings.home


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


def open_models(settings: Settings) -> Models:
    """The recognizers and the linker under MEDGRAPH_MODELS; the English one is what MEDGRAPH_TAGGER names.

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
    return Models(english, chinese, Linker(settings.models / "linker-mesh"), open_bilingual())


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
) -> Answerer:
    """What answers by every plan there is, recognised by rules: written by `model` within `seconds`, else by quoting.

    `fallback` says whether an answer is quoted where the model is unavailable.
    """
    from qa.answer import Answerer
    from qa.checking.checker import Checker
    from qa.differential.rank import Differential
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
        engine=Differential(),
        writer=writer,
        check=Checker,
        fallback=Quote() if fallback and model is not None else None,
        reader=reader,
    )


def threads(settings: Settings) -> int:
    """How many texts are read at once: MEDGRAPH_THREADS, or all cores."""
    from ingest.reading.recognition.onnx_recognizer import cores

    return settings.threads or cores()


def open_model(settings: Settings) -> BaseChatModel | None:
    """The chat model that MEDGRAPH_LLM_MODEL names; nothing is asked of it yet. Raises MissingExtra, BadSettings."""
    if not settings.llm_model:
        return None
    try:
        from langchain.chat_models import init_chat_model
    except ModuleNotFoundError as error:
        raise MissingExtra(f"a language model is set, but langchain is not installed: {install('llm')}") from error
    key = settings.llm_key.get_secret_value()
    options: dict[str, Any] = {"timeout": settings.llm_timeout, "max_retries": 1, "temperature": 0}
    if settings.llm_url:
        # A server on loopback takes any key, but the client insists on one.
        options |= {"model_provider": "openai", "base_url": settings.llm_url, "api_key": key or "none"}
    elif key:
        options |= {"api_key": key}
    try:
        model: BaseChatModel = init_chat_model(settings.llm_model, **options)
    except ImportError as error:
        raise MissingExtra(f"the client of this language model is not installed: {install('llm')}") from error
    except ValueError as error:
        raise BadSettings(f"MEDGRAPH_LLM_MODEL: {error}") from error
    return model


def install(extra: str) -> str:
    """The command that installs an extra into this environment."""
    uv = Path(sys.prefix) / "bin" / "uv"
    tool = str(uv) if uv.is_file() else shutil.which("uv")
    pinned = CHECKOUT / "constraints.txt"
    target = f"-e '{CHECKOUT}[{extra}]'" + (f" -c '{pinned}'" if pinned.is_file() else "")
    return f"{tool} pip install -p {sys.executable} {target}" if tool else f"{sys.executable} -m pip install {target}"
