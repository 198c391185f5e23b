"""Several relators as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Mention
from ingest.reading.relations.model import ALIKE, Finding, Relator


class Several:
    """Keeps `ingest.reading.relations.model.Relator`: what any of `relators` finds, and of `telling` what may be so.

    Where two find the same relation, or one that is near to it (`ALIKE`), what the earlier one says of it stands. What
    those of `telling` find is never firm: they are wrong too often for a graph, and are not asked for facts at all. Of
    two entities of which a fact is found they tell nothing else in its place, where it would contradict the fact.
    """

    def __init__(self, *relators: Relator, telling: Sequence[Relator] = ()) -> None:
        self._relators, self._telling = relators, telling

    @property
    def version(self) -> str:
        return "+".join(relator.version for relator in (*self._relators, *self._telling))

    def find(
        self,
        text: str,
        mentions: Sequence[Mention],
        language: str,
        *,
        facts: bool = False,
        topic: Mention | None = None,
    ) -> list[Finding]:
        """The findings of all, in order of `start`."""
        findings: list[Finding] = []
        sure: set[tuple[str, str, str]] = set()
        for relator in self._relators if facts else (*self._relators, *self._telling):
            found = relator.find(text, mentions, language, facts=facts, topic=topic)
            if relator in self._telling:
                found = [replace(one, firm=False) for one in found if not _told(one, findings)]
            new = [
                f
                for f in found
                if not f.predicate or not any((f.subject, near, f.object) in sure for near in _near(f.predicate))
            ]
            # What is told but not firm leaves room for a later relator that is sure of it.
            sure |= {(f.subject, f.predicate, f.object) for f in new if f.firm}
            findings += new
        return sorted(findings, key=lambda f: (f.start, f.end))


def _near(predicate: str) -> frozenset[str]:
    return frozenset((predicate,)).union(*(kind for kind in ALIKE if predicate in kind))


def _told(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether one of `findings` is a fact of the same two entities in the same place."""
    ends = {finding.subject, finding.object}
    return any(
        other.firm and {other.subject, other.object} == ends and other.start < finding.end and finding.start < other.end
        for other in findings
    )
