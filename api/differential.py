"""The differential for every door: a case as it is told, understood, ranked, and told with its reasons."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from api.audit.visit import seen
from api.errors import NothingLoaded
from api.schemas.differential import ChangeOut, DifferentialOut, DiseaseGroupOut, Language, SpokenOut
from api.schemas.ranked import Shaped, chance
from api.schemas.state import FailureOut
from graph.view import GraphView
from qa.differential.case.checked import noncontradictory, of_other_sex
from qa.differential.case.understand import understood
from qa.differential.group_names import GROUPS
from qa.differential.known import Known, known
from qa.differential.model import Case, Finding, Impossible, Ranking, Told
from qa.differential.thin import thin
from qa.evidence.records import Records
from qa.evidence.wording import Words
from text.names import is_chinese

if TYPE_CHECKING:
    from api.wiring import Parts
    from qa.differential.matrix import Matrix

_PATIENT = "patient:"
_LOOKED_AT = 10
"""So many candidates are looked at for whether they explain anything, however few are shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be ranked, how it is told, and what may be read for it."""

    told: Told
    access: frozenset[str] | None
    language: Language | None = None
    limit: int = 10
    failed: Sequence[FailureOut] = ()
    """What of a record could not be read."""

    @property
    def spoken(self) -> Language:
        """The language asked for, else that of the case."""
        words = (*self.told.observed, *self.told.excluded, self.told.text)
        return self.language or ("zh" if any(map(is_chinese, words)) else "en")


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to what was asked: findings that are there, that are not, and that nobody can tell."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking with what it is told as; more can be answered to it."""

    ranking: Ranking
    written: bytes
    """What it is told as, in compressed JSON: a thousand are kept, of which each took a third of a megabyte."""
    access: frozenset[str] | None
    limit: int

    @property
    def body(self) -> DifferentialOut:
        """What it is told as."""
        return DifferentialOut.model_validate_json(zlib.decompress(self.written))


def differential(parts: Parts, request: Request) -> Ranked:
    """The ranking of what is told.

    Raises NothingLoaded where no disease is stated to have findings, Impossible for what no case can be, and what the
    graph raises.
    """
    view = _view(parts, request.access)
    matrix = annotated(parts, view)
    case = understood(view, matrix, request.told, _reader(parts))
    ranking, body = _ranked(parts, view, matrix, case, request.spoken, request.limit)
    return _kept(ranking, body.model_copy(update={"failed": list(request.failed)}), request.access, request.limit)


def answer(parts: Parts, before: Ranked, answers: Answered) -> Ranked:
    """The ranking with more that is known, and what that changed. What is answered now counts more than what was told
    before. Raises as `differential` does, Impossible also for an answer that says two things of one finding."""
    view = _view(parts, before.access)
    matrix = annotated(parts, view)
    told = (Told(observed=answers.present), Told(excluded=answers.absent), Told(observed=answers.unclear))
    present, absent, unclear = (understood(view, matrix, one, _reader(parts)) for one in told)
    if twice := _meant(present) & _meant(absent) | (_meant(present) | _meant(absent)) & _meant(unclear):
        raise Impossible(f"more than one answer to {', '.join(sorted(twice))}")
    case = joined(joined(before.ranking.case, present), absent)
    case = joined(case, replace(unclear, observed=(), excluded=()), sorted(_meant(unclear)))
    there, denied, notes = noncontradictory(matrix, case.observed, case.excluded)
    notes += of_other_sex(matrix, there, case.sex)
    case = replace(case, observed=there, excluded=denied, notes=tuple(dict.fromkeys((*case.notes, *notes))))
    former = before.body
    ranking, body = _ranked(parts, view, matrix, case, former.language, before.limit)
    told_again = {"changes": _changes(former, body), "failed": former.failed}
    return _kept(ranking, body.model_copy(update=told_again), before.access, before.limit)


def joined(case: Case, more: Case, unclear: Sequence[str] = ()) -> Case:
    """A case with what was answered, which takes the place of what was told of the same findings; those of the ids
    `unclear` cannot be told."""
    meant = _meant(more) | set(unclear)

    def kept(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if meant.isdisjoint(finding.ids[:1]))

    return replace(
        case,
        observed=(*kept(case.observed), *more.observed),
        excluded=(*kept(case.excluded), *more.excluded),
        unclear=tuple(dict.fromkeys((*(id for id in case.unclear if id not in meant), *unclear))),
        factors={**case.factors, **more.factors},
        unknown=tuple(dict.fromkeys((*case.unknown, *more.unknown))),
        notes=tuple(dict.fromkeys((*case.notes, *more.notes))),
    )


def _meant(case: Case) -> set[str]:
    """The ids of the findings of a case."""
    return {id for finding in (*case.observed, *case.excluded) for id in finding.ids[:1]}


def line(parts: Parts, case: str, request: Request) -> dict[str, Any]:
    """One case of a batch by its name: the best candidates without reasons, or none and the `error` that says why.
    Raises as `differential` does."""
    view = _view(parts, request.access)
    matrix = annotated(parts, view)
    understanding = understood(view, matrix, request.told, _reader(parts))
    if any(finding.ids for finding in understanding.observed):
        ranking = parts.differential().rank(view, understanding, request.limit, why=False)
    else:
        ranking = Ranking(understanding, (), 1.0)
    entities = view.entities([one.id for one in ranking.candidates]) if request.spoken == "zh" else {}
    shaped = Shaped(request.spoken, entities, {}, {})
    return {
        "case": case,
        "ranked": [
            {
                "id": one.id,
                "ids": parts.same_ids().of(view, one.ids),
                "name": shaped.called(one),
                "probability": chance(one.probability, 6),
                "score": round(one.score, 4),
            }
            for one in ranking.candidates
        ],
        **({} if ranking.candidates else {"error": _unranked(understanding).of(request.spoken)}),
        **({"unknown": [one.told for one in understanding.unknown]} if understanding.unknown else {}),
        **({"notes": [note.of(request.spoken) for note in understanding.notes]} if understanding.notes else {}),
    }


def _unranked(case: Case) -> Words:
    """Why nothing can be ranked for a case."""
    if case.observed or any(one.kind == "finding" for one in case.unknown):
        return Words("no finding that is there was understood", "没有识别到任何存在的表现")
    return Words("it tells of no finding that is there", "未提及任何存在的表现")


def annotated(parts: Parts, view: GraphView) -> Matrix:
    """What is ranked over. Raises NothingLoaded where that is nothing."""
    matrix = parts.differential().matrix(view)
    if not matrix.profiles.diseases:
        raise NothingLoaded(
            "no disease here is stated to have a finding: `medgraph load hp.obo phenotype.hpoa` loads what rare "
            "diseases look like, `medgraph load conditions` what common and dangerous ones do"
        )
    return matrix


def _ranked(
    parts: Parts,
    view: GraphView,
    matrix: Matrix,
    case: Case,
    language: Language,
    limit: int,
) -> tuple[Ranking, DifferentialOut]:
    if any(finding.ids for finding in case.observed):
        ranking = parts.differential().rank(view, case, max(limit, _LOOKED_AT))
    else:
        ranking = Ranking(case, (), 1.0)
    ranking = replace(ranking, thin=thin(matrix, ranking), candidates=ranking.candidates[:limit])
    records = Records(view)
    stated = known(view, records, ranking.candidates, case.papers)
    same = {one.id: parts.same_ids().of(view, one.ids) for one in ranking.candidates}
    shaped = Shaped(language, records.entities(_named(ranking, stated)), stated, same)
    body = shaped.body(ranking, ranking.thin)
    return ranking, seen(body.model_copy(update={"disease_groups": _disease_groups(parts, case.text)}))


def _kept(ranking: Ranking, body: DifferentialOut, access: frozenset[str] | None, limit: int) -> Ranked:
    return Ranked(ranking, zlib.compress(body.model_dump_json().encode(), 1), access, limit)


def _disease_groups(parts: Parts, text: str) -> list[DiseaseGroupOut]:
    """What a text as a whole speaks of; nothing without a text or without the weights."""
    groups = parts.groups() if text else None
    return [
        DiseaseGroupOut(
            group=each.group,
            name=GROUPS[each.group].en,
            zh=GROUPS[each.group].zh,
            probability=round(each.probability, 4),
            words=[SpokenOut(**asdict(word)) for word in each.words],
        )
        for each in (groups.of(text) if groups else ())
    ]


def _named(ranking: Ranking, stated: dict[str, Known]) -> Iterable[str]:
    """The ids of all that is named."""
    from qa.evidence.statement import about

    yield from (id for finding in (*ranking.case.observed, *ranking.case.excluded) for id in finding.ids[:1])
    yield from (one.id for one in ranking.next)
    for one in ranking.candidates:
        yield one.id
        yield from (id for each in (*one.explained, *one.against) for id in (each.by, each.wider) if id)
        yield from (each.id for each in one.expected)
    yield from (id for one in stated.values() for row in one.rows() for id in about(row))


def _changes(before: DifferentialOut, after: DifferentialOut) -> list[ChangeOut]:
    """What has another probability than before, the largest change first."""
    old = {one.id: one.probability for one in before.candidates}
    new = {one.id: one.probability for one in after.candidates}
    names = {one.id: one.name for one in (*before.candidates, *after.candidates)}
    changed = [id for id in names if old.get(id) != new.get(id)]
    changed.sort(key=lambda id: -abs(old.get(id, 0.0) - new.get(id, 0.0)))
    return [ChangeOut(id=id, name=names[id], before=old.get(id), after=new.get(id)) for id in changed]


def _reader(parts: Parts) -> Any:
    return parts.reader if parts.settings.tagger != "dictionary" else None


def _view(parts: Parts, access: frozenset[str] | None) -> GraphView:
    """The graph without any patient: what a record says of somebody is nothing that diseases look like."""
    if access is None:
        return GraphView(parts.graph(), None)
    return GraphView(parts.graph(), frozenset(label for label in access if not label.startswith(_PATIENT)))
