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
    from api import work
    from api.cli.common import another_is_running, emit, note, opened
    from api.problems import NOT_FOUND, OK

    with opened() as parts:
        deleted = work.delete(parts, ids, writer=None, waiting=another_is_running)
    if as_json:
        emit({"deleted": deleted.count, "missing": list(deleted.missing)})
    else:
        click.echo(f"{deleted.count:,} deleted")
        for id in deleted.missing:
            note(f"not there: {id}")
    return NOT_FOUND if deleted.missing else OK
