"""The step that takes one of the choices that a question gives."""

from __future__ import annotations

from qa.evidence.bundle import Part
from qa.evidence.typed import Typed, Weighed
from qa.evidence.wording import Words
from qa.steps.asking import Asking
from qa.steps.evident import behind, said
from qa.steps.named import public
from qa.verdicts.choice import Choosing, Chosen
from qa.verdicts.likeliest import is_case, likeliest
from qa.verdicts.stem import letter, stem_of

_MEANS = {
    "case": Words("of these diseases the findings speak for it most", "在这些疾病中，所述表现最支持它"),
    "words": Words("by the words of what is stated", "据记载的文字"),
    "graph": Words("what is stated here ties it most to what is asked", "在现有记载中与所问关系最密切"),
}
_ODD = Words("no source here ties it to what is asked, as the others are", "与其他选项不同，没有来源把它与所问联系起来")


def chosen(asking: Asking) -> Part:
    """The choice that the graph bears out, with the statements; nothing where none is told apart from the others."""
    stem = stem_of(asking.question.text, asking.question.choices)
    if stem is None:
        return Part()
    choosing = Choosing(stem, public(asking.view.graph))
    taken = choosing.by_code()
    if taken is None and is_case(stem.text, choosing.things, choosing.choices):
        scores = likeliest(choosing.view, asking.differential, stem.text, choosing.choices)
        taken = choosing.by_scores(scores, "case")
    taken = taken or choosing.by_relation() or choosing.by_texts(choosing.phrases())
    return Part() if taken is None else _told(asking, choosing, taken)


def _told(asking: Asking, choosing: Choosing, taken: Chosen) -> Part:
    stem = choosing.stem
    place = taken.places[0]
    edges = taken.scored[place].edges
    middle = _MEANS.get(taken.means, Words("", ""))
    if taken.codes:
        middle = Words(f"the ICD-10-CM code is {', '.join(taken.codes)}", f"ICD-10-CM编码为{'、'.join(taken.codes)}")
    elif stem.odd:
        others = [one for at, one in enumerate(taken.scored) if at != place]
        edges = tuple(edge for one in others for edge in one.edges[:1])
        middle = _ODD
    facts = behind(asking, edges)
    if facts and not stem.odd and taken.means == "graph":
        middle = Words("", "")
    top = max((one.score for one in taken.scored), default=0.0) or 1.0
    head = f"{letter(place)}. {stem.choices[place]}"
    weighed = tuple(
        Weighed(letter(at), text, at in taken.places, round(one.score / top, 3))
        for at, (text, one) in enumerate(zip(stem.choices, taken.scored, strict=True))
    )
    typed = Typed("choice", value=", ".join(letter(at) for at in taken.places), choices=weighed)
    return Part((said(Words(head, head), middle, facts),), typed=typed, closes=True)
