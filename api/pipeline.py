"""The reader as a component of a spaCy pipeline: `spacy.blank("en").add_pipe("medgraph")`.

spaCy alone imports this module, by the entry point group `spacy_factories`. A Doc comes out with

    doc.ents              the mentions that do not overlap, the longest first; label_ is a type of graph.schema,
                          kb_id_ a CURIE, or empty where a mention is not linked
    doc.spans["medgraph"] all mentions; one of several concepts ("ovarian and breast cancer") is one span
    ent._.polarity        and certainty, experiencer, score (0 to 1), entities (all CURIEs), name (the preferred one of
                          kb_id_), reason (why it was linked so)
    doc._.mentions        the mentions as the reader gave them, with their exact offsets
    doc._.relations       a Relation for each relation that the text states

What a Doc holds of this is plain data, so that it survives `to_bytes`, `DocBin(store_user_data=True)` and the way back
from another process.
"""

import os
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Optional

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from api.settings import Settings
from api.wiring import Parts, threads
from ingest.errors import WeightsUnavailable
from ingest.jobs.incoming import Incoming
from ingest.jobs.steps import mentions
from ingest.jobs.tagging import of
from ingest.model import Document, Mention, Section
from ingest.reading.relations.model import Finding
from ingest.reading.tagger import Tagger
from ingest.sinks.model import Place, Tagged, places
from text.context.judgement import Certainty, Experiencer, Polarity

SPANS = "medgraph"
"""The key of all mentions in `doc.spans`, those that overlap among them."""
OF_SPAN = ("polarity", "certainty", "experiencer", "score", "entities", "name", "reason")
Alignment = Literal["strict", "contract", "expand"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A text relates two entities, as `Finding` has it, with the spans of the Doc that say so."""

    subject: str
    object: str
    """CURIEs of entities that the Doc mentions."""
    predicate: str
    """One of `graph.schema.PREDICATES`; empty where none of them says what `label` says."""
    label: str
    polarity: Polarity
    certainty: Certainty
    experiencer: Experiencer
    confidence: float
    firm: bool
    """Whether `medgraph ingest` would take it into a graph."""
    sentence: Span
    """The sentence, or the pair of sentences, that says so."""
    subject_spans: tuple[Span, ...]
    object_spans: tuple[Span, ...]
    """The mentions of either within `sentence`."""


@Language.factory(
    "medgraph",
    assigns=["doc.ents", "doc.spans", "doc._.mentions", "doc._.relations", *(f"span._.{name}" for name in OF_SPAN)],
    default_config={
        "models": None,
        "tagger": None,
        "language": None,
        "relations": True,
        "threads": None,
        "alignment_mode": "expand",
    },
)
def create(
    nlp: Language,
    name: str,
    models: Optional[str],  # noqa: UP045  # spaCy's reading of signatures takes no `str | None`
    tagger: Optional[str],  # noqa: UP045
    language: Optional[str],  # noqa: UP045
    relations: bool,
    threads: Optional[int],  # noqa: UP045
    alignment_mode: Alignment,
) -> "Component":
    """Make the component. Raises BadSettings, and WeightsUnavailable where there is no folder of models.

    `models`, `tagger` and `threads` take the place of MEDGRAPH_MODELS, MEDGRAPH_TAGGER and MEDGRAPH_THREADS. `language`
    is ISO 639-1; None finds it out text by text, as `medgraph tag` does. `alignment_mode` is that of `Doc.char_span`,
    for a mention that ends within a token; what `strict` leaves out is in `doc._.mentions` alone.
    """
    settings = Settings.read()
    given = {"models": Path(models).expanduser().absolute() if models else None, "tagger": tagger, "threads": threads}
    settings = settings.model_copy(update={key: value for key, value in given.items() if value is not None})
    if settings.tagger != "dictionary" and not settings.models.is_dir():
        raise WeightsUnavailable(
            f"no folder of models at {settings.models}: name one by MEDGRAPH_MODELS, "
            f'or by add_pipe("{name}", config={{"models": …}})'
        )
    return Component(settings, language=language, relations=relations, alignment=alignment_mode)


class Component:
    """Reads texts as `medgraph tag` does. The models are opened at the first text, once in a process for all pipelines.

    Safe to call from several threads; after a fork (`nlp.pipe(n_process=2)`) each process opens its own. Raises
    WeightsUnavailable where a model is missing, and StoreUnavailable of the graph that the dictionary is made of.
    """

    def __init__(self, settings: Settings, *, language: str | None, relations: bool, alignment: Alignment) -> None:
        self._settings, self._language = settings, language
        self._relations, self._alignment = relations, alignment
        self._opened: _Opened | None = None
        _declare()

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self._read([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The docs of `stream` in their order. `batch_size` of them are held at once, and read in several threads."""
        waiting = iter(stream)
        while batch := list(islice(waiting, batch_size)):
            yield from self._read(batch)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_opened": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        _declare()

    def _read(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        self._opened = opened = _opened(self._settings)
        parts = opened.parts
        tagger = parts.plain()
        documents = [Document(id="", title="", sections=(Section("text", doc.text),)) for doc in docs]
        if self._relations:
            tagged: Iterable[Tagged] = of(
                [Incoming(name=at, document=document, file="") for at, document in enumerate(documents)],
                tagger=tagger,
                relator=parts.relator(),
                language=self._language,
                threads=threads(self._settings),
            )
        else:
            found = mentions(documents, tagger, language=self._language)
            tagged = (Tagged(0, document, tuple(here), ()) for document, here in zip(documents, found, strict=True))
        for doc, one in zip(docs, tagged, strict=True):
            self._write(doc, one, tagger)
            yield doc

    def _write(self, doc: Doc, tagged: Tagged, tagger: Tagger) -> None:
        spans = [self._span(doc, place, tagger) for place in places(tagged)]
        ours = [span for span in spans if span is not None]
        doc.spans[SPANS] = ours
        # What a component before this one has set stays, as with spaCy's own recognizer.
        taken = {token.i for ent in doc.ents for token in ent}
        doc.ents = [*doc.ents, *filter_spans(s for s in ours if taken.isdisjoint(range(s.start, s.end)))]
        doc._.medgraph = {
            "mentions": tuple(_plain(mention) for mention in tagged.mentions),
            "findings": tuple(_plain(finding) for finding in tagged.findings),
        }

    def _span(self, doc: Doc, place: Place, tagger: Tagger) -> Span | None:
        """The span of a mention; None where it is to be strict and ends within a token."""
        mention = place.mention
        id = place.entities[0] if place.entities else ""
        entity = tagger.entity(id) if id else None
        span: Span | None = None
        # A mention within one token has no whole token to contract to.
        for mode in ("contract", "expand") if self._alignment == "contract" else (self._alignment,):
            span = span or doc.char_span(place.start, place.end, label=mention.type, kb_id=id, alignment_mode=mode)
        if span is not None:
            span._.polarity, span._.certainty = mention.polarity, mention.certainty
            span._.experiencer, span._.score = mention.experiencer, float(mention.score)
            span._.medgraph, span._.name = list(place.entities), entity.name if entity else ""
            span._.reason = mention.reason
        return span


class _Opened:
    """The parts that pipelines of the same settings share; closed when the last of them goes."""

    def __init__(self, settings: Settings) -> None:
        self.parts = Parts(settings)
        weakref.finalize(self, _close, self.parts, os.getpid())


def _close(parts: Parts, process: int) -> None:
    # A fork holds what its parent opened, and must leave it alone.
    if os.getpid() == process:
        parts.close()


_LOCK = threading.Lock()
_SHARED: "weakref.WeakValueDictionary[tuple[object, ...], _Opened]" = weakref.WeakValueDictionary()


def _opened(settings: Settings) -> _Opened:
    """What is opened in this process for these settings."""
    of_graph = (settings.home, settings.graph_url) if settings.tagger == "dictionary" else ()
    key = (os.getpid(), settings.models, settings.tagger, settings.threads, settings.gpu, *of_graph)
    with _LOCK:
        opened = _SHARED.get(key)
        if opened is None:
            opened = _SHARED[key] = _Opened(settings)
        return opened


def _declare() -> None:
    """Tell spaCy of the attributes; those that another package declared as plain ones are shared with it."""
    for name in OF_SPAN:
        if name == "entities":
            continue
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
        elif Span.get_extension(name)[1:3] != (None, None):
            raise ValueError(f"span._.{name} is computed by another component: medgraph cannot set it")
    for kind in (Doc, Span):
        if not kind.has_extension("medgraph"):
            kind.set_extension("medgraph", default=None)
    # From bytes a list comes back as a list, from a DocBin as a tuple.
    Span.set_extension("entities", getter=lambda span: tuple(span._.medgraph or ()), force=True)
    Doc.set_extension("mentions", getter=_mentions, force=True)
    Doc.set_extension("relations", getter=_relations, force=True)


def _plain(item: Mention | Finding) -> dict[str, object]:
    """The fields by name, numbers as Python has them."""
    return {name: float(value) if name in ("score", "confidence") else value for name, value in asdict(item).items()}


def _mentions(doc: Doc) -> tuple[Mention, ...]:
    return tuple(Mention(**row) for row in doc._.medgraph["mentions"]) if doc._.medgraph else ()


def _relations(doc: Doc) -> tuple[Relation, ...]:
    if not doc._.medgraph:
        return ()
    return tuple(_relation(doc, Finding(**row)) for row in doc._.medgraph["findings"])


def _relation(doc: Doc, finding: Finding) -> Relation:
    sentence = doc.char_span(finding.start, finding.end, alignment_mode="expand")
    assert sentence is not None  # noqa: S101  # a finding has characters, and tokens hold them all

    def within(id: str) -> tuple[Span, ...]:
        return tuple(
            span
            for span in doc.spans.get(SPANS, ())
            if id in span._.entities and sentence.start <= span.start and span.end <= sentence.end
        )

    return Relation(
        subject=finding.subject,
        object=finding.object,
        predicate=finding.predicate,
        label=finding.label,
        polarity=finding.polarity,
        certainty=finding.certainty,
        experiencer=finding.experiencer,
        confidence=finding.confidence,
        firm=finding.firm,
        sentence=sentence,
        subject_spans=within(finding.subject),
        object_spans=within(finding.object),
    )
