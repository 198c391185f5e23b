"""What the record of a patient answers by itself, by what is asked of it."""

from __future__ import annotations

from qa.asked.chart import OF_RECORD, leftover
from qa.asked.measures import measures_in
from qa.asked.of_patient import PatientAsked, asked_of_patient
from qa.evidence.bundle import Part
from qa.evidence.charted import line
from qa.evidence.typed import Typed
from qa.steps.asking import Asking
from qa.steps.named import drugs_asked
from qa.steps.record.changed import changed
from qa.steps.record.facts import facts
from qa.steps.record.options import options
from qa.steps.record.reading import read
from qa.steps.record.summary import results, summary
from qa.steps.record.taking import taking
from qa.steps.record.values import values


def asked_of(asking: Asking) -> PatientAsked | None:
    """What is asked of the patient; None where the question is about nobody, or asks for knowledge alone."""
    return asked_of_patient(
        asking.question.text,
        asking.understanding.entities,
        tuple(drugs_asked(asking.understanding.entities)),
        asking.question.conversation,
    )


def told_by_record(asking: Asking, asked: PatientAsked | None) -> Part | None:
    """The whole answer to what is asked of a patient; None where the plan of its topic answers. Raises what the graph
    raises."""
    if asked is None:
        return None
    if not asking.patient:
        return nobody(asking, asked)
    return None if asking.question.using == "passages" else of_record(asking, asked)


def of_record(asking: Asking, asked: PatientAsked) -> Part | None:
    """The answer; None where the record has no line on it. Raises what the graph raises."""
    record = read(asking)
    match asked.kind:
        case "summary":
            return summary(record)
        case "changes":
            return changed(record, asked)
        case "results":
            return results(record)
        case "value":
            return values(record, asked)
        case "drug":
            return taking(record, asked)
        case "facts":
            return facts(record, asked)
        case _:
            return options(record)


def nobody(asking: Asking, asked: PatientAsked) -> Part | None:
    """That it is not said whose record is meant, or that it is not there or not to be seen; None where the question
    tells of somebody itself, or needs no record."""
    if asked.kind not in ("facts", "value", "changes", "summary", "results"):
        return None
    if asking.question.patient is None and not _is_of_a_record(asking):
        return None
    english = "No patient's record is at hand that may be read: say which patient is meant"
    chinese = "没有可查阅的患者病历：请指明是哪位患者"
    return Part(unread=(line((), english, chinese),), typed=Typed("patient"))


def _is_of_a_record(asking: Asking) -> bool:
    """Whether only a record can answer, and nothing else is named."""
    spoken = [entity for entity in asking.understanding.entities if entity.type in ("Disease", "Phenotype", "Drug")]
    measured = {one.measure.key for one in measures_in(asking.question.text)}
    return (not spoken or bool(measured)) and OF_RECORD.search(asking.question.text) is not None


def unrecorded(asking: Asking) -> Part:
    """That the record has nothing of what the question names, where its documents have not, either."""
    surfaces = list(dict.fromkeys(entity.surface for entity in asking.understanding.entities))
    names = ", ".join(surfaces) or ", ".join(leftover(asking.question.text))
    english = (
        f"The record of the patient states nothing of {names}" if names else "The record of the patient does not say"
    )
    chinese = f"患者的病历中没有关于{names}的记录" if names else "患者的病历中没有记录"
    return Part(unread=(read(asking).told(english, chinese, ()),), typed=Typed("patient"))
