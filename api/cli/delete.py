"""`medgraph delete`: documents, exactly."""

from __future__ import annotations

import click

from api.cli.common import json_option


@click.command("delete", short_help="Remove documents and all that only they said.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
def command(ids: tuple[str, ...], as_json: bool) -> int:
    """Remove documents with their passages, vectors, mentions and assertions, and the relations that only they
    supported. What is left is what there would be if they had never been ingested. An ID is one that `ingest`
    takes: 12345 is PMID:12345. Ontologies and curated graphs are not documents and stay.

    \b
    medgraph delete PMID:12345 PMID:23456
    """
    from api.cli.common import emit, note, opened
    from api.lock import alone
    from api.problems import NOT_FOUND, OK
    from api.wiring import home
    from ingest.jobs.job import delete
    from ingest.sources.ids import identify

    wanted = list(dict.fromkeys(identify(id) for id in ids))
    with opened() as parts:
        lock = home(parts.settings) / "ingest.lock"
        with alone(lock, waiting=lambda: note("another ingestion is running: waiting for it to end")):
            # Not an ontology: other sources and the reading of every document rest on it.
            curated = {source.id for source in parts.graph.sources(kind="curated")}
            wanted = [id for id in wanted if id not in curated]
            missing = [id for id in wanted if parts.graph.source(id) is None and parts.passages.document(id) is None]
            missing += sorted(curated.intersection(ids))
            deleted = delete(wanted, graph=parts.graph, passages=parts.passages, ledger=parts.ledger)
            parts.searcher.refresh()
            parts.searcher.save()
    if as_json:
        emit({"deleted": deleted, "missing": missing})
    else:
        click.echo(f"{deleted:,} deleted")
        for id in missing:
            note(f"not there: {id}")
    return NOT_FOUND if missing else OK
