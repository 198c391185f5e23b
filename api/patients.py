"""What of a patient's record is the graph's own, and what joined nothing: for whoever runs the installation."""

from __future__ import annotations

from operator import itemgetter

from api.errors import UnknownPatient
from api.schemas.state import JoinedOut
from graph.errors import UnknownEntity
from graph.model import PUBLIC, Assertion
from graph.store import GraphStore

_PAGE = 500
_PATIENT = "patient:"


def label_of(patient: str) -> str:
    """The access label of a patient, who is given as `42` or as `patient:42`."""
    return patient if ":" in patient else f"{_PATIENT}{patient}"


def must_be_there(graph: GraphStore, patient: str, reader: frozenset[str] | None = None) -> None:
    """Nothing where a record or a note bears this patient's label and `reader` holds it (None: everything). Raises
    UnknownPatient where not, lest an answer without the record be taken for one that looked into it, and what the graph
    raises."""
    if reader is not None and patient not in reader:
        raise UnknownPatient
    try:
        graph.entity(patient, access=frozenset({patient}))
    except UnknownEntity:
        if not any(patient in source.access for source in graph.sources()):
            raise UnknownPatient from None


def joined(graph: GraphStore, patient: str) -> list[JoinedOut]:
    """For each kind of statement about the patient of this label how many different things joined the graph, and the
    names of those that did not. Raises UnknownPatient, and what the graph raises."""
    access = frozenset({patient})
    try:
        graph.entity(patient, access=access)
    except UnknownEntity:
        raise UnknownPatient from None
    rows: list[Assertion] = []
    while len(page := graph.assertions(subject=patient, access=access, limit=_PAGE, offset=len(rows))) == _PAGE:
        rows += page
    rows += page
    # Whatever a record alone declares is seen with its patient's label alone.
    shared = graph.entities({row.object for row in rows}, access=PUBLIC)
    hidden = graph.entities({row.object for row in rows} - set(shared), access=access)
    kinds: dict[str, tuple[set[str], dict[str, str]]] = {}
    for row in rows:
        there, missing = kinds.setdefault(row.predicate, (set(), {}))
        if row.object in shared or dict(row.qualifiers).get("joined"):
            there.add(row.object)
        elif row.object in hidden:
            missing[row.object] = hidden[row.object].name
    return [
        JoinedOut(predicate=kind, joined=len(there), missing=dict(sorted(missing.items(), key=itemgetter(1, 0))))
        for kind, (there, missing) in sorted(kinds.items())
    ]
