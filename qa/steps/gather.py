"""The one place where graph and retrieval meet: a question's evidence, ranked, each piece saying why it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import Assertion, Entity, Relation
from graph.store import GraphStore
from qa.asked.intent import CUES, asks_whether
from qa.differential.rank import Differential, Finding, Ranked
from qa.evidence.material import Found, Material, Sources, from_assertion, from_hit, numbered
from qa.evidence.phrases import all_names, frequency, name_in
from qa.model import AskedEntity, Candidate, Evidence, Question, Understanding
from qa.steps.excerpt import excerpts
from qa.steps.facts import for_patient, relations_for
from retrieval.model import Filter
from text.names import is_chinese, normalise

if TYPE_CHECKING:
    from retrieval.search import Searcher

HITS = 10
"""Passages asked of retrieval."""
CANDIDATES = 10
"""Diseases in a differential; the first `SHOWN` of them come with evidence."""
SHOWN = 4
FINDINGS = 6
"""Findings listed of one disease."""
NEAR, COVERED, NEAR_WITH_NAMES = 0.4, 0.5, 0.6
"""A passage is about a question from this cosine, or this share of the question's words, on. Where the question names
something, the passage must name it too, or come nearer."""
JOINING = ("diagnosis", "treatment", "adverse_effect", "interaction", "contraindication", "general")
"""Intents for which a passage must name two of the things asked, where two are asked."""
OF_ONE_DOCUMENT = 2
"""Passages of one document at most."""


class Gatherer:
    """Gathers evidence from one graph and one searcher. Safe to use from several threads."""

    def __init__(self, graph: GraphStore, searcher: Searcher) -> None:
        self._graph, self._searcher = graph, searcher
        self._differential = Differential(graph)

    def gather(self, question: Question, understanding: Understanding) -> Material:
        """At most `question.limit` pieces of evidence that the asker may see. Raises what graph and retrieval raise."""
        access = visible(question)
        asked = understanding.entities
        sources = Sources(self._graph)
        ranked, findings = self._rank(understanding, access)
        relations = self._relations(question, understanding, access)
        of_patient = self._of_patient(question, access)
        if of_patient:
            relations = self._for_patient(asked, of_patient, access) + relations
        assertions = [a for r in relations[: question.limit] for a in self._behind(r, access, sources)]
        assertions += self._presentation(understanding, access, sources)
        shown = [(r, self._of_candidate(r, access, sources)) for r in ranked[:SHOWN]]
        ranked[:SHOWN] = [
            replace(r, explained={number: r.explained[number] for number in of_candidate}) for r, of_candidate in shown
        ]
        stated = [a for _, of_candidate in shown for a in of_candidate.values()]
        ids = {id for a in [*assertions, *stated, *of_patient] for id in (a.subject, a.object)}
        ids |= {r.disease for r in ranked} | {e.id for e in asked}
        entities = self._graph.entities(ids, access=access)
        counted = {(r.subject, r.predicate, r.object): r for r in relations}

        diagnosis = [
            from_assertion(a, sources, entities, None, f"explains the asked finding '{findings[number].name}'")
            for r, of_candidate in shown
            for number, a in sorted(of_candidate.items())
        ]
        facts = [
            from_assertion(a, sources, entities, counted.get((a.subject, a.predicate, a.object))) for a in assertions
        ]
        about_patient = [from_assertion(a, sources, entities, None, "of the patient asked about") for a in of_patient]
        defined = self._definitions(understanding, entities)
        passages = self._passages(question, understanding, entities, access)
        found = numbered(_mixed(about_patient, diagnosis, [*defined, *facts], passages, question.limit), question.limit)
        evidence = tuple(piece.evidence for piece in found)
        missing = {id for e in evidence for id in e.entities if e.kind != "passage"} - entities.keys()
        if missing:
            entities |= self._graph.entities(missing, access=access)
        return Material(
            evidence,
            tuple(_candidate(r, findings, entities, evidence, understanding.language) for r in ranked if r.explained),
            entities,
            {piece.evidence.id: piece.assertion for piece in found if piece.assertion is not None},
            counted,
            related=bool(asked) or bool(understanding.unknown) or bool(passages),
        )

    def _rank(self, understanding: Understanding, access: frozenset[str]) -> tuple[list[Ranked], list[Finding]]:
        if understanding.intent != "diagnosis":
            return [], []
        present = self._findings([e for e in understanding.entities if not e.negated], access)
        absent = self._findings([e for e in understanding.entities if e.negated], access)
        return (self._differential.rank(present, absent, access, CANDIDATES) if present else []), present

    def _findings(self, asked: Sequence[AskedEntity], access: frozenset[str]) -> list[Finding]:
        """One finding for each word asked, with every id the word may mean: phenotypes before homonyms of other types.

        A word that means a disease alone also means the phenotype of that name: epilepsy is both, in vocabularies that
        nobody has mapped, and only one of them may have a Chinese name.
        """
        words: dict[str, list[AskedEntity]] = {}
        for entity in asked:
            if entity.type in ("Phenotype", "Disease", "Measurement"):
                words.setdefault(entity.surface, []).append(entity)
        namesakes = self._graph.named({normalise(e.name) for meant in words.values() for e in meant}, access=access)
        found = []
        for surface, meant in words.items():
            phenotypes = [e.id for e in meant if e.type == "Phenotype"]
            if not phenotypes:
                shared = (other for e in meant for other in namesakes.get(normalise(e.name), ()))
                phenotypes = [other.id for other in shared if other.type == "Phenotype"]
            found.append(Finding(surface, tuple(dict.fromkeys(phenotypes or [e.id for e in meant]))))
        return found

    def _relations(self, question: Question, understanding: Understanding, access: frozenset[str]) -> list[Relation]:
        if not understanding.entities:
            return []
        rows = relations_for(
            self._graph,
            understanding.intent,
            understanding.entities,
            access,
            question.limit,
            whether=asks_whether(question.text),
        )
        return [row for row in rows if not row.subject.startswith("patient:")]

    def _behind(self, relation: Relation, access: frozenset[str], sources: Sources) -> list[Assertion]:
        """The best assertion behind a relation, and the best on the other side where it is contradicted."""
        rows = self._graph.assertions(
            subject=relation.subject, predicate=relation.predicate, object=relation.object, access=access, limit=20
        )
        best: dict[str, Assertion] = {}
        for row in rows:
            if row.experiencer == "patient" and sources.stands(row):
                best.setdefault(row.polarity, row)
        return list(best.values())

    def _presentation(self, understanding: Understanding, access: frozenset[str], sources: Sources) -> list[Assertion]:
        """The most frequent findings of a disease that the question wants described."""
        if understanding.intent not in ("definition", "general"):
            return []
        found: list[Assertion] = []
        for disease in dict.fromkeys(e.id for e in understanding.entities if e.type == "Disease"):
            rows = self._graph.assertions(subject=disease, predicate="has_phenotype", access=access, limit=300)
            kept = {
                row.object: row
                for row in reversed(rows)
                if row.polarity == "affirmed" and frequency(row) > 0 and sources.stands(row)
            }
            found += sorted(kept.values(), key=lambda row: (-frequency(row), row.object))[:FINDINGS]
        return found

    def _of_candidate(self, ranked: Ranked, access: frozenset[str], sources: Sources) -> dict[int, Assertion]:
        """For each finding that a candidate explains, the statement that it has it."""
        rows = self._graph.assertions(subject=ranked.disease, predicate="has_phenotype", access=access, limit=1000)
        best: dict[int, Assertion] = {}
        for row in sorted(rows, key=lambda row: -frequency(row)):
            # Curated data state `0 of 3 patients`, too: that is no statement that it occurs.
            if row.polarity == "affirmed" and frequency(row) > 0 and sources.stands(row):
                for number, ids in ranked.explained.items():
                    if row.object in ids:
                        best.setdefault(number, row)
        return best

    def _of_patient(self, question: Question, access: frozenset[str]) -> list[Assertion]:
        if question.patient is None or question.patient not in access:
            return []
        rows = self._graph.assertions(subject=question.patient, access=access, limit=200)
        order = ("allergic_to", "takes", "has_condition", "has_measurement", "underwent")
        rows = [row for row in rows if row.predicate in order]
        return sorted(rows, key=lambda row: (order.index(row.predicate), row.id))

    def _for_patient(
        self, asked: Sequence[AskedEntity], of_patient: Sequence[Assertion], access: frozenset[str]
    ) -> list[Relation]:
        affirmed = [a for a in of_patient if a.polarity == "affirmed" and a.certainty == "certain"]
        takes = {a.object for a in affirmed if a.predicate == "takes"}
        has = {a.object for a in affirmed if a.predicate in ("has_condition", "allergic_to")}
        return for_patient(self._graph, {e.id for e in asked if e.type == "Drug"}, takes, has, access)

    def _definitions(self, understanding: Understanding, entities: dict[str, Entity]) -> list[Found]:
        if understanding.intent != "definition":
            return []
        asked = (entities[e.id] for e in understanding.entities if e.id in entities)
        return [
            Found(
                Evidence(
                    "",
                    "curated",
                    entity.id,
                    entity.definition,
                    -1,
                    -1,
                    why=f"definition of {entity.name} in the record {entity.id}",
                    score=1.0,
                    title=entity.name,
                    entities=(entity.id,),
                )
            )
            for entity in {e.id: e for e in asked}.values()
            if entity.definition
        ]

    def _passages(
        self, question: Question, understanding: Understanding, entities: dict[str, Entity], access: frozenset[str]
    ) -> list[Found]:
        """The sentences found that are about the question, best passage first."""
        text = understanding.search_text
        hits = self._searcher.search(text, filter=Filter(access=access), k=HITS)
        names: dict[str, list[str]] = {}
        for asked in understanding.entities:
            if asked.id in entities:
                names.setdefault(asked.surface.casefold(), []).extend(all_names(entities[asked.id]))
        # What is named but not known is asked about all the same: a text has to say it.
        for surface in understanding.unknown:
            names.setdefault(surface.casefold(), []).append(surface)
        # What joins two things is not answered by a text about one of them.
        least = min(len(names), 2 if understanding.intent in JOINING else 1)
        bodies = {hit.passage.document for hit in hits if hit.passage.section != "title"}
        found: list[Found] = []
        of_document: Counter[str] = Counter()
        ranked = enumerate(excerpts(hits, text, names, CUES.get(understanding.intent)), 1)
        for rank, excerpt in sorted(ranked, key=lambda pair: not pair[1].cued):
            passage, cosine = excerpt.hit.passage, excerpt.hit.parts.get("cosine", 0.0)
            if names:
                about = len(excerpt.named) >= least or (least == 1 and cosine >= NEAR_WITH_NAMES)
            else:
                # To an encoder of English all Chinese is near to all other Chinese.
                about = excerpt.coverage >= COVERED or (cosine >= NEAR and not is_chinese(text))
            # A question about the patient that names nothing else is answered from the patient's own documents.
            if not names and question.patient in access and question.patient not in excerpt.hit.document.access:
                continue
            # A title says less than the text below it, and one document is one voice.
            if passage.section == "title" and passage.document in bodies:
                continue
            if about and of_document[passage.document] < OF_ONE_DOCUMENT:
                of_document[passage.document] += 1
                found.append(from_hit(excerpt.hit, excerpt.start, excerpt.end, rank, text))
        return found


def visible(question: Question) -> frozenset[str]:
    """The labels a question may read with: the asker's own, less those of patients it does not ask about.

    So a question about nobody, or about another patient, never brings up what a third one has.
    """
    return frozenset(
        label for label in question.access if not label.startswith("patient:") or label == question.patient
    )


def _candidate(
    ranked: Ranked,
    findings: Sequence[Finding],
    entities: dict[str, Entity],
    evidence: Sequence[Evidence],
    language: str,
) -> Candidate:
    name = name_in(entities[ranked.disease], language) if ranked.disease in entities else ranked.disease
    return Candidate(
        ranked.disease,
        name,
        ranked.score,
        tuple(finding.name for number, finding in enumerate(findings) if number in ranked.explained),
        tuple(finding.name for number, finding in enumerate(findings) if number not in ranked.explained),
        tuple(e.id for e in evidence if e.predicate == "has_phenotype" and e.entities[0] == ranked.disease),
    )


def _mixed(
    patient: Sequence[Found], diagnosis: Sequence[Found], facts: Sequence[Found], passages: Sequence[Found], limit: int
) -> list[Found]:
    """The order of evidence: the patient's facts first but at most a third, then statements, and passages so that at
    least a quarter of what is shown is text, where there is any."""
    kept = list(patient[: max(1, limit // 3)]) if patient else []
    texts = min(len(passages), max(1, limit // 4))
    stated = [*diagnosis, *facts][: max(0, limit - len(kept) - texts)]
    return [*kept, *stated, *passages]
