"""The tagger of the first form: the graph's own names, abbreviations that the text defines, and context by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.store import GraphStore
from ingest import abbreviations, context
from ingest.dictionary import Dictionary
from ingest.link import choose
from ingest.model import Mention
from ingest.sentences import sentences

VERSION = "dictionary/1"
# How much text goes through NegEx at once: its cost grows with the square of the mentions in it.
_SEGMENT = 4_000


class DictionaryTagger:
    """Keeps `ingest.tagger.Tagger` with the names that curated sources declare in `graph`, as they stand now.

    Two nodes that bear the same name are told apart by `ingest.link`. A mention's `reason` says by which name it was
    found, or which abbreviation it is.
    """

    def __init__(self, graph: GraphStore) -> None:
        self._version = f"{VERSION}+{context.VERSION}+{graph.names_version()}"
        rows = list(graph.names())
        preferred = _preferred(graph, {id for _, _, id, _ in rows})
        self._dictionary = Dictionary(
            (name, id, type, language != "en" or preferred.get(id) == name) for name, language, id, type in rows
        )

    @property
    def version(self) -> str:
        return self._version

    def __len__(self) -> int:
        """How many different names it knows."""
        return len(self._dictionary)

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        return [self._tag(text, language) for text in texts]

    def _tag(self, text: str, language: str) -> list[Mention]:
        found: dict[tuple[int, int], tuple[str, str, str]] = {}
        for match in self._dictionary.find(text):
            best, reason = choose(match.candidates, text[match.start : match.end])
            found[match.start, match.end] = (best.entity, best.type, reason)
        self._add_abbreviations(text, found)
        spans = sorted(found)
        mentions = []
        bounds = sentences(text)
        negated = _negated(text, spans, bounds, language)
        sentence = 0
        for start, end in spans:
            while sentence < len(bounds) - 1 and bounds[sentence][1] <= start:
                sentence += 1
            entity, type, reason = found[start, end]
            here = bounds[sentence]
            mentions.append(
                Mention(
                    start=start,
                    end=end,
                    surface=text[start:end],
                    type=type,
                    entity=entity,
                    score=1.0,
                    polarity="negated" if (start, end) in negated else "affirmed",
                    certainty=context.certainty(text, start, end, here),
                    experiencer=context.experiencer(text, start, here),
                    tagger=VERSION,
                    reason=reason,
                )
            )
        return mentions

    def _add_abbreviations(self, text: str, found: dict[tuple[int, int], tuple[str, str, str]]) -> None:
        """What the text itself defines wins over what the dictionary takes the short form for."""
        meanings: dict[str, tuple[str, str, str]] = {}
        for definition in abbreviations.find(text):
            candidates = self._dictionary.exact(text[definition.start : definition.end])
            if candidates:
                best, _ = choose(candidates, text[definition.start : definition.end])
                reason = f"abbreviation that the text defines at {definition.start} as {best.name!r}"
                meanings.setdefault(definition.short, (best.entity, best.type, reason))
        for short, meaning in meanings.items():
            position = text.find(short)
            while position >= 0:
                end = position + len(short)
                if not (text[position - 1 : position].isalnum() or text[end : end + 1].isalnum()):
                    overlapping = [span for span in found if span[0] < end and position < span[1]]
                    if all(span[0] >= position and span[1] <= end for span in overlapping):
                        for span in overlapping:
                            del found[span]
                        found[position, end] = meaning
                position = text.find(short, end)


def _preferred(graph: GraphStore, ids: set[str]) -> dict[str, str]:
    ordered = sorted(ids)
    names: dict[str, str] = {}
    for at in range(0, len(ordered), 5_000):
        names.update((id, entity.name) for id, entity in graph.entities(ordered[at : at + 5_000]).items())
    return names


def _cut(bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences; what is too long to be one is looked at in pieces."""
    for start, end in bounds:
        while end - start > 2 * _SEGMENT:
            yield start, start + _SEGMENT
            start += _SEGMENT
        yield start, end


def _negated(
    text: str, spans: list[tuple[int, int]], bounds: list[tuple[int, int]], language: str
) -> set[tuple[int, int]]:
    """The spans that NegEx finds negated, segment by segment; only sentences with a mention are looked at."""
    flagged: set[tuple[int, int]] = set()
    waiting: list[tuple[int, int]] = []
    first = last = -1

    def flush() -> None:
        if waiting:
            part = text[first:last]
            flags = context.negated(part, [(a - first, b - first) for a, b in waiting], language)
            flagged.update(span for span, flag in zip(waiting, flags, strict=True) if flag)
            waiting.clear()

    at = 0
    for start, end in _cut(bounds):
        inside = []
        while at < len(spans) and spans[at][0] < end:
            inside.append(spans[at])
            at += 1
        if not inside:
            continue
        if waiting and end - first > _SEGMENT:
            flush()
        if not waiting:
            first = start
        waiting.extend(inside)
        last = max(end, inside[-1][1])
    flush()
    return flagged
