"""The tagger of the first form: the graph's own names, abbreviations that the text defines, and context by rule."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence

from graph.store import GraphStore
from ingest.model import Mention
from ingest.reading.dictionary.dictionary import Dictionary
from ingest.reading.dictionary.link import Candidate, choose, named
from ingest.reading.judged import judged
from text import abbreviations
from text.context.judge import RULES, Context

VERSION = "dictionary/4"
_CUT = re.compile("[降减较更最]低|[升提增较更最]高")
"""A word that a Chinese name may seem to begin within: 降低血糖 names no 低血糖."""
_NOT = re.compile("non[-‑–]", re.IGNORECASE)
"""What is no part of a name and makes it another: non-immune thrombocytopenia."""
_CODES = ("ICD10CM", "LOINC", "RXNORM", "SNOMEDCT")
"""The prefixes of the codes that records of patients bear."""


class DictionaryTagger:
    """Keeps `ingest.reading.tagger.Tagger` with the names that curated sources declare in `graph`, as they stand now.

    Two nodes that bear the same name are told apart by `link`. A mention's `reason` says by which name it was
    found, or which abbreviation it is.
    """

    def __init__(self, graph: GraphStore, context: Context = RULES) -> None:
        self._context = context
        self._version = f"{VERSION}+{context.version}+{graph.names_version()}"
        rows = list(graph.names())
        self._ids = {id for _, _, id, _ in rows}
        preferred, self._codes = _preferred(graph, self._ids)
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
        return [judged(self._context, text, self.found(text), language) for text in texts]

    def entity(self, id: str) -> None:
        """Nothing: the sources of the graph declare every entity that this tagger finds."""

    def named(self, surface: str, type: str) -> tuple[str, str, str] | None:
        """The entity of the name `surface` that may be of `type`, its type and the reason; None if there is none."""
        return named(self._dictionary.exact(surface), surface, type)

    @property
    def codes(self) -> Mapping[str, Sequence[str]]:
        """The curated entities, sorted, by each clinical code that they declare as a cross-reference."""
        return self._codes

    def meanings(self, name: str) -> Sequence[Candidate]:
        """The curated entities that bear this very name."""
        return self._dictionary.exact(name)

    def knows(self, id: str) -> bool:
        """Whether a curated source of the graph names the entity `id`."""
        return id in self._ids

    def found(self, text: str) -> list[Mention]:
        """The mentions of `text` in order, not yet judged."""
        meanings_at: dict[tuple[int, int], tuple[str, str, str]] = {}
        for match in self._dictionary.find(text):
            if match.start and (_CUT.match(text, match.start - 1) or _NOT.match(text, max(0, match.start - 4))):
                continue
            best, reason = choose(match.candidates, text[match.start : match.end])
            meanings_at[match.start, match.end] = (best.entity, best.type, reason)
        self._add_abbreviations(text, meanings_at)
        return [
            Mention(
                start=start,
                end=end,
                surface=text[start:end],
                type=type,
                entity=entity,
                score=1.0,
                tagger=VERSION,
                reason=reason,
            )
            for (start, end), (entity, type, reason) in sorted(meanings_at.items())
        ]

    def _add_abbreviations(self, text: str, meanings_at: dict[tuple[int, int], tuple[str, str, str]]) -> None:
        """What the text itself defines wins over what the dictionary takes the short form for."""
        meanings: dict[str, tuple[str, str, str] | None] = {}
        within: dict[str, set[str]] = {}
        spans = sorted(meanings_at)  # of which none overlap
        for definition in abbreviations.find(text):
            meaning = self._long_form(text, definition)
            near = spans[bisect_left(spans, (definition.start,)) : bisect_left(spans, (definition.end,))]
            inside = {meanings_at[span][0] for span in near if span[1] <= definition.end}
            for short in abbreviations.forms(definition.short):
                meanings.setdefault(short, meaning)
                within.setdefault(short, inside)
        standing: dict[str, list[tuple[int, int]]] = {}
        for position, end, short in abbreviations.places(text, meanings):
            standing.setdefault(short, []).append((position, end))
        for short, meaning in meanings.items():
            behind = 0
            for position, end in standing.get(short, ()):
                if position < behind:
                    continue
                behind = end
                if text[position - 1 : position].isalnum() or text[end : end + 1].isalnum():
                    continue
                first = max(0, bisect_left(spans, (position,)) - 1)
                overlapping = [span for span in spans[first : bisect_left(spans, (end,))] if position < span[1]]
                if all(span[0] >= position and span[1] <= end for span in overlapping):
                    for span in overlapping:
                        # What is named within the long form, of which no name is known, may be the short form's.
                        if meaning is not None or meanings_at[span][0] not in within[short]:
                            del meanings_at[span]
                            del spans[bisect_left(spans, span)]
                    if meaning is not None:
                        meanings_at[position, end] = meaning
                        insort(spans, (position, end))

    def _long_form(self, text: str, definition: abbreviations.Abbreviation) -> tuple[str, str, str] | None:
        """The entity, type and reason of what the text defines; None where no name is known of it."""
        for long in definition.readings(text):
            if candidates := self._dictionary.exact(long):
                best, _ = choose(candidates, long)
                reason = f"abbreviation that the text defines at {definition.start} as {best.name!r}"
                return best.entity, best.type, reason
        return None


def _preferred(graph: GraphStore, ids: set[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The preferred name of each entity, and the entities by each clinical code that they refer to."""
    ordered = sorted(ids)
    names: dict[str, str] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for at in range(0, len(ordered), 5_000):
        for id, entity in sorted(graph.entities(ordered[at : at + 5_000], access=None).items()):
            names[id] = entity.name
            for code in entity.xrefs:
                if code.partition(":")[0] in _CODES:
                    codes[code] = (*codes.get(code, ()), id)
    return names, codes
