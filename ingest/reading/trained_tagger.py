"""The tagger of the trained models: recognised, linked, judged; and with the graph's own names where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from graph.model import Entity
from ingest.model import Mention
from ingest.reading.chinese import latin
from ingest.reading.chinese.changes import changed
from ingest.reading.chinese.placed import placed
from ingest.reading.confirmed import confirmed
from ingest.reading.dictionary.bilingual import Bilingual
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.dictionary.link import Candidate, named
from ingest.reading.dictionary.overruling import is_class, overruled
from ingest.reading.judged import judged
from ingest.reading.linking import variants
from ingest.reading.linking.chinese_names import forms
from ingest.reading.linking.linker import Linker
from ingest.reading.linking.queries import defined
from ingest.reading.nameless import nameless
from ingest.reading.recognition.consistency import consistent
from ingest.reading.recognition.parted import parted
from ingest.reading.recognition.recognizer import Recognizer, Span
from ingest.vocabulary import entity_type
from text.context.judge import RULES, Context

VERSION = "trained/9"
_CHINESE_LABELS = {
    "drug": "Chemical", "药物": "Chemical", "Drug": "Chemical", "disease": "Disease", "疾病和诊断": "Disease",
    "Organism": "Species",
}  # fmt: skip
"""What the linker, which knows Latin names, may be asked about of a Chinese text."""


@dataclass(frozen=True, slots=True)
class Models:
    """What a trained tagger is made of."""

    english: Recognizer
    chinese: Recognizer
    linker: Linker
    bilingual: Bilingual
    context: Context = RULES

    @property
    def version(self) -> str:
        return "+".join((self.english.version, self.chinese.version, self.linker.version))

    def close(self) -> None:
        """Close the recognizers. Closing twice is harmless."""
        self.english.close()
        self.chinese.close()


class TrainedTagger:
    """Keeps `Annotator`.

    A span is linked by the names that `names` has of the graph, if given, then by `linker`, and in a Chinese text at
    last by the bilingual lexicon, and by other forms of the name (`chinese_names`); what the text defines as an
    abbreviation goes with its long form. With `names`, what the graph knows and the recognizer was not taught to find
    (a phenotype, a procedure) is a mention too, and of a Chinese text what its names confirm (`confirmed`).
    `threads` texts are read at once.
    """

    def __init__(self, models: Models, names: DictionaryTagger | None = None, threads: int = 1) -> None:
        self._english, self._chinese, self._linker = models.english, models.chinese, models.linker
        self._bilingual, self._context, self._names = models.bilingual, models.context, names
        self._threads = threads
        self._version = "+".join(
            [VERSION, models.version, models.bilingual.version, models.context.version]
            + ([names.version] if names else [])
        )

    @property
    def version(self) -> str:
        return self._version

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        if len(texts) == 1:
            return [self._tag(texts[0], language)]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="tag") as pool:
            return list(pool.map(self._tag, texts, [language] * len(texts)))

    def entity(self, id: str) -> Entity | None:
        if self._names is not None and self._names.knows(id):
            return None
        bilingual = self._bilingual.entity(id)
        if bilingual is None:
            return self._linker.entity(id)
        others = self._linker.same(id)
        return replace(bilingual, xrefs=others) if others else bilingual

    @property
    def codes(self) -> Mapping[str, Sequence[str]]:
        """Those of the graph, if there is one."""
        return self._names.codes if self._names is not None else {}

    def meanings(self, name: str) -> Sequence[Candidate]:
        """The curated entities of the graph, if there is one, that bear this very name."""
        return self._names.meanings(name) if self._names is not None else ()

    def knows(self, id: str) -> bool:
        """Whether a curated source of the graph, if there is one, names the entity `id`."""
        return self._names is not None and self._names.knows(id)

    def annotate(self, text: str, spans: Sequence[Span], language: str) -> list[Mention]:
        return judged(self._context, text, self._found(text, spans, language), language)

    def _tag(self, text: str, language: str) -> list[Mention]:
        if language == "zh":
            return judged(self._context, text, self._chinese_found(text), language)
        spans = consistent(text, parted(text, self._english.recognize([text])[0]))
        found = self._found(text, spans, language)
        if self._names is not None:
            known = self._names.found(text)
            more = [mention for mention in known if mention.type not in _TAUGHT or is_class(mention) or _told(mention)]
            found = _merged(overruled(found, known), more)
        # What both find is judged once, and what is left aside not at all.
        return judged(self._context, text, found, language)

    def _found(self, text: str, spans: Sequence[Span], language: str) -> list[Mention]:
        """The mentions of `spans`, linked and not yet judged."""
        mentions: list[Mention] = []
        for span, (entities, type, reason) in zip(spans, self._linked(text, spans, language), strict=True):
            one = Mention(
                start=span.start,
                end=span.end,
                surface=text[span.start : span.end],
                type=type,
                entity=None,
                score=span.score,
                tagger=VERSION,
                reason=reason,
                label=span.label,
            )
            mentions.extend([replace(one, entity=entity) for entity in entities] or [one])
        return mentions

    def _chinese_found(self, text: str) -> list[Mention]:
        """The mentions of a Chinese text, not yet judged."""
        found = self._found(text, parted(text, self._chinese.recognize([text])[0]), "zh")
        if self._names is not None:
            found = confirmed(found, self._names.found(text))
        return placed(changed(text, found, self._named), self._latin(text))

    def _named(self, name: str, type: str) -> tuple[str, str, str] | None:
        """The entity of the graph or the lexicon that bears the Chinese `name` and may be of `type`."""
        bearer = self._names.named(name, type) if self._names else None
        return bearer or named(self._bilingual.exact(name), name, type)

    def _latin(self, text: str) -> list[Mention]:
        """The genes and variants that a Chinese text names in Latin letters."""
        return [
            Mention(
                start=one.start,
                end=one.end,
                surface=text[one.start : one.end],
                type=one.type,
                entity=one.entity,
                score=1.0,
                tagger=VERSION,
                reason=one.reason,
                label=one.type,
            )
            for one in latin.found(text, self._gene)
        ]

    def _gene(self, name: str) -> tuple[str, str, float] | None:
        """The human gene of a symbol, its name, and how sure that is."""
        if self._names and (bearer := self._names.named(name, "Gene")):
            return bearer[0], name if bearer[2].startswith("preferred") else "", 1.0
        link = self._linker.link(name, [Span(0, len(name), "Gene", 1.0)])[0]
        if len(link.ids) != 1:
            return None
        symbol = self._linker.entity(link.ids[0]).name
        return (link.ids[0], symbol, link.score) if symbol != link.ids[0] else None

    def _linked(self, text: str, spans: Sequence[Span], language: str) -> list[tuple[tuple[str, ...], str, str]]:
        """For each span its entities, its type and the reason; no entities where nothing is sure enough."""
        longs = defined(text, spans)
        asked = [
            replace(span, label=_CHINESE_LABELS.get(span.label, span.label)) if language == "zh" else span
            for span in spans
        ]
        results: list[tuple[tuple[str, ...], str, str]] = []
        for span, link in zip(spans, self._linker.link(text, asked), strict=True):
            surface = text[span.start : span.end]
            type = entity_type(span.label)
            if nameless(text, span.start, span.end, type):
                results.append(((), type, "says of nothing what it is"))
                continue
            long = longs.get(surface, surface)
            bearer = self._names.named(long, type) if self._names else None
            if bearer is None and language == "zh" and not link.ids:
                bearer = self._chinese_name(long, type)
            if bearer is not None:
                entity, own_type, reason = bearer
                results.append(((entity,), own_type, reason))
            else:
                results.append((link.ids, type, link.reason))
        return results

    def _chinese_name(self, name: str, type: str) -> tuple[str, str, str] | None:
        """The entity that bears `name` or, where none does, another form of it, its type and the reason."""
        whole = named(self._bilingual.exact(name), name, type)
        if whole is not None:
            return whole
        for form in forms(name, type):
            ids = variants.identify(form) if type == "Variant" else ()
            if ids:
                return ids[0], type, f"the form of the variant {form!r}"
            bearer = self._names.named(form, type) if self._names else None
            if bearer := bearer or named(self._bilingual.exact(form), form, type):
                entity, own, reason = bearer
                return entity, own, f"{reason}, for {name!r}"
        return None


_TAUGHT = frozenset(("Drug", "Disease", "Gene", "Variant", "Organism", "CellLine"))
"""What the English recognizer finds, or does not, without a dictionary's help."""


def _told(name: Mention) -> bool:
    """Whether a name of the graph is of a disease in so many words that it means nothing else: corpora of abstracts
    teach no "low haemoglobin"."""
    return name.type == "Disease" and len(name.surface.split()) > 1


def _merged(mentions: list[Mention], more: list[Mention]) -> list[Mention]:
    """`mentions` with those of `more` that overlap none of them; both come in order of `start`."""
    added = []
    at = 0
    for mention in more:
        while at < len(mentions) and mentions[at].end <= mention.start:
            at += 1
        if at == len(mentions) or mention.end <= mentions[at].start:
            added.append(mention)
    return sorted([*mentions, *added], key=lambda m: (m.start, m.end)) if added else mentions
