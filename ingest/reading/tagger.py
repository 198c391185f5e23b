"""The protocols of what reads texts: Tagger, text to mentions; Annotator, for mentions whose places are known already;
Naming, for names that stand alone, such as those of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from graph.model import Entity
from ingest.model import Mention
from ingest.reading.dictionary.link import Candidate
from ingest.reading.recognition.recognizer import Span


class Tagger(Protocol):
    """Finds mentions in texts. `version` names weights and dictionary: a change of it means reading again.

    A text may be empty, or of any length; no text makes `tag` or `annotate` raise.

    The result for a text depends on that text alone. Mentions of one text come in order of `start` and do not overlap,
    except that a composite one ("ovarian and breast cancer") is a mention for each of its concepts at the same place;
    `text[m.start:m.end] == m.surface` holds for each. Safe to call from several threads.
    """

    @property
    def version(self) -> str: ...

    def entity(self, id: str) -> Entity | None:
        """What is to be declared of an entity that a mention names; None where a source of the graph declares it.

        An id that `tag` never gives may be answered by None, or by a KeyError.
        """

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        """One list a text, in order. `language` is ISO 639-1; a language the tagger does not know gives what it can."""


@runtime_checkable
class Annotator(Tagger, Protocol):
    """A Tagger that also links and judges spans that somebody else found."""

    def annotate(self, text: str, spans: Sequence[Span], language: str) -> list[Mention]:
        """The mentions at `spans`, in their order, linked and judged as `tag` does it.

        Every span gives one mention, or one for each concept of a composite; one that is not linked has `entity` None.
        Spans come in order of `start` and may overlap, as annotations of a corpus do. The `label` of a mention is that
        of its span, its `type` that of the label in the graph.
        """


@runtime_checkable
class Naming(Tagger, Protocol):
    """A Tagger that tells what a name or a code means to the curated sources of a graph."""

    @property
    def codes(self) -> Mapping[str, Sequence[str]]:
        """The entities, sorted, by each clinical code that they declare as a cross-reference."""

    def meanings(self, name: str) -> Sequence[Candidate]:
        """The entities that bear this very name."""

    def knows(self, id: str) -> bool:
        """Whether a curated source names the entity `id`."""
