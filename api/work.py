"""What the doors have done to a home: ingest documents, load curated files, delete documents.

Each takes the lock of the home, so that one of them is at work at a time, and leaves the saved index up to date. The
command line, the jobs and the routes call them; whoever stops reading the progress before its end leaves the rest
undone, and the same call takes it up again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from glob import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from api.audit.visit import current
from api.errors import Busy
from api.home import ERRORS, failures_file, home
from api.lock import alone
from api.wiring import Parts, beside, threads
from ingest.jobs.writing import Writer
from ingest.model import Progress, Release, Tally
from ingest.sources.curated.table_map import TableMap
from retrieval.next_vectors import NextVectors
from storage.sqlite import translated

# The stages of a Progress that tell what comes next; those of `ingest.jobs` tell what was done.
OPENING, READING_NAMES, BEGINNING, SAVING = "open", "names", "begin", "save"

_OF_NOBODY = frozenset({""})
"""What no document carries: one that is not there is looked up as long as one that is hidden."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many documents were removed, the ids that named none that is there, may be seen, and is a document, and those
    of documents that only somebody else may remove."""

    count: int
    missing: tuple[str, ...]
    refused: tuple[str, ...] = ()


def ingest(
    parts: Parts,
    paths: Sequence[Path],
    *,
    format: str | None = None,
    access: frozenset[str] | None = None,
    writer: Writer | None = None,
    limit: int | None = None,
    waiting: Callable[[], None] = lambda: None,
    stopped: Callable[[], bool] = lambda: False,
    save: bool = True,
) -> Generator[Progress, None, None]:
    """Read documents into graph and passages: see `ingest.jobs.job.ingest`; the last Progress has stage `done`.

    The first Progress has stage OPENING: the lock is held. `waiting` is called once if somebody else holds it; Busy is
    raised where `stopped` says so meanwhile. Without `save` the index is left to whoever calls `save_index`.
    """
    from ingest.jobs.job import ingest

    with _alone(parts, waiting=waiting, stopped=stopped):
        yield _at(OPENING)
        graph, passages, encoder = parts.graph(), parts.passages(), parts.encoder()
        yield _at(READING_NAMES)
        tagger = parts.tagger()
        yield _at(BEGINNING)
        with beside(parts.settings, encoder) as encoder:
            for progress in ingest(
                paths,
                graph=graph,
                passages=passages,
                encoder=encoder,
                tagger=tagger,
                relator=parts.relator(),
                ledger=parts.ledger(),
                format=format,
                access=access,
                writer=writer,
                limit=limit,
                threads=threads(parts.settings),
                salt=parts.salt,
                failures=failures_file(parts.settings, "ingest"),
            ):
                last = progress
                if progress.stage != "done":
                    yield progress
        yield replace(last, stage=SAVING)
        if save:
            _save_index(parts)
        _noted(_counts(last.done))
        yield last


def save_index(parts: Parts, *, seconds: float) -> None:
    """Bring the saved index up to what others have written, unless somebody writes for longer than `seconds`: who
    writes saves at the end."""
    with suppress(Busy), _alone(parts, waiting=lambda: None, seconds=seconds):
        _save_index(parts)


def load(
    parts: Parts,
    paths: Sequence[Path],
    *,
    format: str | None = None,
    accepted: Collection[str] = (),
    mapping: TableMap | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[Progress]:
    """Read ontologies and curated graphs into the graph: see `ingest.jobs.load.load`."""
    from ingest.jobs.load import load

    with _alone(parts, waiting=waiting):
        yield _at(OPENING)
        graph = parts.graph()
        yield _at(BEGINNING)
        for progress in load(
            paths,
            graph=graph,
            format=format,
            accepted=accepted,
            mapping=mapping,
            failures=failures_file(parts.settings, "load"),
        ):
            for release in progress.releases:
                _store(home(parts.settings) / "releases", release)
            if progress.stage == "done":
                _noted(_counts(progress.done), [release.source for release in progress.releases])
            yield progress


def unload(parts: Parts, ids: Sequence[str], *, waiting: Callable[[], None] = lambda: None) -> Deleted:
    """Remove curated sources, by the ids that `stats --by source` lists, with all that only they said.

    A document is removed by `delete`, which also removes its passages: here it is missing.
    """
    with _alone(parts, waiting=waiting):
        graph = parts.graph()
        curated = {source.id for source in graph.sources(kind="curated")}
        wanted = list(dict.fromkeys(ids))
        there = [id for id in wanted if id in curated]
        count = graph.delete(there) if there else 0
        for id in there:
            _forget(home(parts.settings) / "releases", id)
        _noted({"deleted": count}, there)
        return Deleted(count, tuple(id for id in wanted if id not in curated))


def _store(folder: Path, release: Release) -> None:
    """Keep what a release changed, as JSON under the names of source and versions."""
    name = "_".join(quote(part or "none", safe="") for part in (release.source, release.old, release.new))
    file = folder / f"{name}.json"
    with translated(file, ERRORS):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(release), ensure_ascii=False), encoding="utf-8")


def _forget(folder: Path, source: str) -> None:
    """Remove what was kept of the releases of a source that is gone: it names its concepts."""
    with translated(folder, ERRORS):
        for file in folder.glob(f"{escape(quote(source, safe=''))}_*.json"):
            if _source_of(file) in (source, None):
                file.unlink(missing_ok=True)


def _source_of(file: Path) -> str | None:
    """Of which source a kept release is; None where that cannot be read."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["source"])
    except (ValueError, KeyError, TypeError):
        return None


def reindex(parts: Parts, *, waiting: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int]]:
    """Encode all passages anew with the encoder that is set, and put its vectors in the place of the others at the end;
    yield how many of how many are done.

    Whoever searches with the former encoder goes on until then. What was read is not read again: the ledger is told
    the encoder's new name. Killed anywhere, the same call goes on. Nothing is yielded where there is nothing to do.
    """
    from retrieval.reencoding import reencode

    with _alone(parts, waiting=waiting):
        passages, coming = parts.passages(), parts.passages().next_vectors()
        _rename_encoder(parts, coming)  # of a switch that was killed before this
        yield from reencode(passages, parts.encoder())
        _rename_encoder(parts, coming)
        _save_index(parts)


def _rename_encoder(parts: Parts, coming: NextVectors) -> None:
    """Tell the ledger whose vectors took the place of the former encoder's."""
    former, held = coming.former(), parts.passages().encoder()
    if former and held:
        parts.ledger().rename(former, held[0])
        coming.settled()


def delete(
    parts: Parts,
    ids: Sequence[str],
    *,
    writer: Writer | None,
    waiting: Callable[[], None] = lambda: None,
    seconds: float | None = None,
) -> Deleted:
    """Remove documents with all that only they said.

    Ids are what `ingest` takes (12345 is PMID:12345). `writer` is whoever asks; None is the operator, for whom a
    deletion that was killed is also brought to its end. A curated source stays, whoever asks: other sources and the
    reading of every document rest on it. Raises Busy if the lock is not to be had within `seconds` (None: however long
    it takes).
    """
    from ingest.jobs.job import delete
    from ingest.sources.ids import identify

    with _alone(parts, waiting=waiting, seconds=seconds):
        removable: list[str] = []
        missing: list[str] = []
        refused: list[str] = []
        for id in dict.fromkeys(identify(given) for given in ids):
            source, info = parts.graph().source(id), parts.passages().document(id, access=None)
            curated = source is not None and source.kind != "document"
            access = source.access if source is not None else info.access if info is not None else _OF_NOBODY
            there = source is not None or info is not None
            may = _may(parts, writer, id, access)
            if curated or not there or may == "unseen":
                missing.append(id)
            elif may == "refused":
                refused.append(id)
            if not curated and may == "allowed":
                removable.append(id)
        if not removable:
            return Deleted(0, tuple(missing), tuple(refused))
        count = delete(removable, graph=parts.graph(), passages=parts.passages(), ledger=parts.ledger())
        _noted({"deleted": count}, removable)
        _save_index(parts)
        return Deleted(count, tuple(missing), tuple(refused))


def _may(
    parts: Parts, writer: Writer | None, id: str, access: frozenset[str]
) -> Literal["allowed", "refused", "unseen"]:
    """Whether the document with these labels may be removed."""
    if writer is None:
        return "allowed"
    brought = parts.ledger().brought(writer.owner, access - writer.labels)
    if not access & (writer.labels | brought):
        return "unseen"
    owner = parts.ledger().owners([id]).get(id, "")
    return "allowed" if writer.may_change(owner, access, brought) else "refused"


def _alone(
    parts: Parts,
    *,
    waiting: Callable[[], None],
    stopped: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
) -> AbstractContextManager[None]:
    return alone(home(parts.settings) / "ingest.lock", waiting=waiting, stopped=stopped, seconds=seconds)


def _noted(counts: Mapping[str, int], ids: Collection[str] = ()) -> None:
    """Tell the trail what befell how many, and the ids of what it befell."""
    if visit := current():
        visit.count(counts)
        visit.touch(ids)


def _counts(tally: Tally) -> dict[str, int]:
    return {what: getattr(tally, what) for what in ("added", "updated", "deleted", "failures")}


def _at(stage: str) -> Progress:
    return Progress(stage, "", Tally(), {})


def _save_index(parts: Parts) -> None:
    parts.searcher().refresh()
    parts.searcher().save()
