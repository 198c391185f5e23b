"""What a plan is: how an intent is recognised, and the steps by which it is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from qa.asked.constraints import of_pets
from qa.asked.rules import Cue
from qa.evidence.bundle import Part, bundle
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.records import Records
from qa.model import Question, Understanding
from qa.steps.asking import Asking, Step
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages, asked_text, evidence
from qa.steps.patient import of_patient
from qa.steps.readings import about, readings, unread
from qa.steps.record.answering import asked_of, told_by_record, unrecorded
from qa.steps.sentences import Search
from qa.steps.together import Checked
from qa.steps.told_of import untold, value, warnings_of
from qa.view import View
from storage import deadline

if TYPE_CHECKING:
    from qa.differential.engine import Differential
    from qa.drugs.check import DrugEngine
    from qa.drugs.repurpose.rank import Repurposing
    from qa.verdicts.findings import Findings

CHECKED = ("interaction", "contraindication")
"""The intents of which what the drug engine checked comes first, whatever texts tell."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How questions of one intent are answered. `steps` state what the graph says, most to the point first."""

    intent: str
    steps: tuple[Step, ...]
    passages: Passages = field(default_factory=Passages)
    texts: Literal["beside", "first", "instead"] = "beside"
    """Whether the sentences found are told beside what the graph says, before it, or, where there are any and more is
    asked than what is known of the things named, instead of it."""
    first: Cue | None = None
    """A cue that counts before those of every other plan."""
    cue: Cue | None = None
    """By which rules recognise the intent; where None, only by `weaker` or by none."""
    weaker: Cue | None = None
    """A cue that counts where no plan's `cue` fits."""
    declines: bool = False
    """Whether there is nothing to say to it: not what is known of a patient, and no passage."""

    def _parts(self, asking: Asking) -> list[Part]:
        """What the steps find; nothing where all is asked of a drug that nobody knows: what is known of a disease is no
        answer on it."""
        asked = asking.understanding
        if unread(asking.question.text, asked):
            return []
        steps = self.steps
        if asking.patient and drugs_asked(asked.entities) and not any(isinstance(step, Checked) for step in steps):
            # Whatever is asked of a drug for a patient, what it means with what they take comes first.
            steps = (Checked(), *steps)
        parts: list[Part] = []
        for step in steps:
            deadline.check()
            parts.append(step(asking))
            if parts[-1].closes:
                break
        return parts

    def _stands_alone(self, asking: Asking, search: Search) -> bool:
        """Whether what texts tell, or that they tell only of a plan, stands instead of what the graph says."""
        if asking.patient or self.intent in CHECKED:
            return False
        return search.strong or (self.texts == "instead" and (search.specific or bool(search.protocol)))

    def _told(
        self,
        asking: Asking,
        parts: list[Part],
        passages: Sequence[PassageEvidence],
        search: Search,
        *,
        instead: bool,
        silent: bool,
    ) -> list[Part]:
        """The parts with how names were read and the number asked for, or with that no text tells it; without what the
        graph says where the sentences found stand `instead` of it."""
        if instead and (passages or search.protocol):
            parts = warnings_of(parts)
        anything = bool(passages) or any(part.evidence for part in parts)
        if anything:
            parts = [Part(readings(asking)), *parts]
        if passages:
            parts = [*parts, Part(typed=value(asking, search))]
        return parts if anything or silent else [*parts, untold(asking, search)]

    def _begun(self, asking: Asking, told: Part | None, *, alone: bool) -> list[Part]:
        """What stands before any passage: what the record tells, else what the steps find where more than it is asked
        for."""
        if told is not None:
            return [told]
        silent = alone or asking.question.using == "passages" or of_pets(asked_text(asking))
        return [] if silent else self._parts(asking)

    def gather(
        self,
        question: Question,
        understanding: Understanding,
        view: View,
        engine: Differential,
        drugs: DrugEngine,
        repurposing: Callable[[], Repurposing] | None = None,
        findings: Findings | None = None,
    ) -> Material:
        """At most `question.limit` pieces of evidence that the asker may see. Raises what graph and retrieval raise."""
        records = Records(view.graph)
        asking = Asking(
            question=question,
            understanding=understanding,
            view=view,
            records=records,
            differential=engine,
            drugs=drugs,
            entities=records.entities(entity.id for entity in understanding.entities),
            patient=of_patient(view),
            repurposing=repurposing,
            findings=findings,
        )
        asked = asked_of(asking)
        told = told_by_record(asking, asked)
        if told is not None and (told.closes or not told.evidence):
            room = max(question.limit, len(told.evidence))
            return bundle((), [told], (), limit=room, entities=records.read, related=True)
        alone = bool(asking.patient) and asked is not None and asked.kind == "facts"
        parts = self._begun(asking, told, alone=alone)
        closed = any(part.closes for part in parts)
        silent = closed or question.using == "graph"
        search = Search() if silent else self.passages.search(asking, own=alone)
        passages = evidence(asking, search)
        if not alone and unread(question.text, understanding):
            passages = about(passages, understanding.strange)
        instead = self._stands_alone(asking, search)
        parts = self._told(asking, parts, passages, search, instead=instead, silent=silent)
        if alone and not passages:
            parts = [unrecorded(asking)]
        return bundle(
            (),
            parts,
            passages,
            limit=question.limit,
            entities=records.read,
            related=bool(understanding.entities or understanding.unknown or passages or alone or search.protocol),
            texts_first=self.texts == "first" or instead,
        )
