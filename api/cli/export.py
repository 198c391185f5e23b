"""`medgraph export`: the graph in the forms of others."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.common import access_options, json_option, licence_option

_FORMATS = ("kgx", "kgx-jsonl", "sssom", "obographs", "pubtator")


@click.command("export", short_help="Write the graph in the forms of others.")
@click.argument("format_", type=click.Choice(_FORMATS), metavar="FORMAT")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False),
    help="The file; for kgx and kgx-jsonl, how two begin.",
)
@licence_option
@access_options
@json_option
def command(format_: str, out: str, licence: str, access: tuple[str, ...], all_access: bool, as_json: bool) -> None:
    """Write what the graph knows: `kgx` (Biolink tables, OUT_nodes.tsv and OUT_edges.tsv), `kgx-jsonl` (the same
    in JSON Lines), `sssom` (mappings), `obographs` (JSON), `pubtator` (documents with their mentions). `medgraph load`
    reads all but the last again, and `medgraph ingest` that.

    \b
    medgraph export kgx -o graph
    medgraph export sssom --licence open -o mappings.sssom.tsv
    """
    from api.cli.common import emit, opened, seen
    from graph.view import GraphView
    from ingest.jobs.export import export

    reader = seen(access, all_access, licence)
    with opened() as parts:
        passages = parts.passages() if format_ == "pubtator" else None
        written = export(
            format_,
            Path(out),
            GraphView(parts.graph(), reader),
            lambda id: passages.text(id, access=reader) if passages is not None else "",
        )
    counts = {
        "entities": written.entities,
        "assertions": written.assertions,
        "mappings": written.mappings,
        "documents": written.documents,
    }
    if as_json:
        emit({"files": [str(file) for file in written.files], **counts})
        return
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    click.echo(f"{told or 'nothing'} in {', '.join(str(file) for file in written.files)}")
