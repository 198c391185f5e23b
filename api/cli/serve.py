"""`medgraph serve`: the HTTP server."""

from __future__ import annotations

import click


@click.command("serve", short_help="Serve the HTTP API.")
@click.option("--host", metavar="HOST", help="Default: MEDGRAPH_HOST, else 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="PORT", help="Default: MEDGRAPH_PORT, else 8765; 0: any."
)
def command(host: str | None, port: int | None) -> None:
    """Serve questions, search, graph and uploads under /v1, and print the address to open.

    Beyond loopback an API key is needed (medgraph keys, or MEDGRAPH_API_KEYS). Ctrl-C or SIGTERM ends it; an ingestion
    that it was doing goes on when it is started again.

    \b
    medgraph serve
    medgraph keys add ward-7 && medgraph serve --host 0.0.0.0 --port 80
    """
    from api.http.server import serve
    from api.settings import Settings

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve(Settings.read().model_copy(update=given), click.echo)
