"""Random uploads of two senders and an operator: nobody changes what another sees, or learns what is hidden."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.jobs.writing import Writer
from tests.ingest.jobs.conftest import PUBLIC, Shared, label
from tests.ingest.jobs.test_rights import files_of, kinds, told

WARD, LAB = Writer("ward", PUBLIC | {"ward:1"}), Writer("lab", PUBLIC | {"ward:2"})
Step = tuple[Writer | None, tuple[str, str]]

SENDERS = st.sampled_from([WARD, LAB, None])
PATIENTS = st.sampled_from(["anne", "bob"])


@st.composite
def records(draw: st.DrawFn) -> tuple[str, str]:
    """A file of patients in some form, of resources that several bring under one id."""
    of = [resource for patient in ("anne", "bob") for resource in kinds(patient, "1")]
    chosen = draw(st.lists(st.sampled_from(of), min_size=1, max_size=4))
    version = {"meta": {"versionId": str(draw(st.integers(1, 3)))}} if draw(st.booleans()) else {}
    form = draw(st.sampled_from(["lines", "bundle", "within", "backwards", "deletions"]))
    (file,) = files_of(*({**one, **version} for one in chosen))[form]
    return file


@st.composite
def literature(draw: st.DrawFn) -> tuple[str, str]:
    """A document, or what withdraws one."""
    number = draw(st.integers(1, 3))
    if draw(st.integers(0, 4)) == 0:
        return "a.xml", f"<PubmedArticleSet><DeleteCitation><PMID>{number}</PMID></DeleteCitation></PubmedArticleSet>"
    access = draw(st.sampled_from(["public", "ward:1", "ward:2"]))
    text = draw(st.sampled_from(["Gout.", "Scurvy."]))
    return "a.jsonl", f'{{"pmid": {number}, "text": "{text}", "access": "{access}"}}\n'


STEPS = st.lists(st.tuples(SENDERS, records() | literature()), min_size=2, max_size=7)


@contextmanager
def stores(*names: str) -> Iterator[list[Shared]]:
    with tempfile.TemporaryDirectory() as folder:
        made = [Shared(Path(folder) / name) for name in names]
        yield made
        for one in made:
            one.close()


def standing(home: Shared) -> Mapping[str, Any]:
    """Each document, with what it says and whose it is."""
    sources = home.graph.sources(kind="document")
    owners = home.ledger.owners([one.id for one in sources])
    return {
        one.id: (
            owners.get(one.id, ""),
            one,
            home.passages.text(one.id, access=None),
            home.graph.assertions(source=one.id, access=None, limit=100),
            home.graph.entities(one.access, access=None),
        )
        for one in sources
    }


@settings(max_examples=10)
@given(STEPS)
def test_a_sender_changes_nothing_that_another_wrote(steps: list[Step]) -> None:
    with stores("home") as (home,):
        before = standing(home)
        for writer, file in steps:
            home.send(writer, file)
            now = standing(home)
            if writer is not None:
                others = {id: kept for id, kept in before.items() if kept[0] != writer.owner}
                assert {id: now.get(id) for id in others} == others
                own = {label(patient, writer.owner) for patient in ("anne", "bob")}
                assert all(new[1].access <= writer.labels | own for id, new in now.items() if id not in before)
            before = now


@settings(max_examples=10)
@given(STEPS)
def test_what_is_hidden_from_a_sender_shows_in_no_reply(steps: list[Step]) -> None:
    with stores("home", "bare") as (home, bare):
        for writer, file in steps:
            of_patients = file[0] not in ("a.xml", "a.jsonl")
            if writer is WARD or not of_patients:
                assert told(home.send(writer, file)) == told(bare.send(writer, file))
            else:  # the records of everybody else are in one of the two homes alone
                home.send(writer, file)
        seen = WARD.labels | {label(patient, "ward") for patient in ("anne", "bob")}
        assert home.seen(seen) == bare.seen(seen)
