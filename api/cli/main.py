"""The command `medgraph`. One module a command, imported when the command is run.

What a command finds goes to stdout, everything else to stderr. An expected error is one line and an exit code of
`problems`; only an error inside medgraph shows a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from api import problems
from api.cli.common import Commands
from storage.private import private

COMMANDS = {
    "load": "api.cli.load",
    "ingest": "api.cli.ingest",
    "tag": "api.cli.tag",
    "ask": "api.cli.ask",
    "differential": "api.cli.differential",
    "drug": "api.cli.drug",
    "drugs": "api.cli.drugs",
    "repurpose": "api.cli.repurpose",
    "search": "api.cli.search",
    "entity": "api.cli.entity",
    "neighbours": "api.cli.neighbours",
    "why": "api.cli.why",
    "paths": "api.cli.paths",
    "twins": "api.cli.twins",
    "review": "api.cli.review",
    "reindex": "api.cli.reindex",
    "delete": "api.cli.delete",
    "unload": "api.cli.unload",
    "export": "api.cli.export",
    "evaluate": "api.cli.evaluate",
    "train": "api.cli.train",
    "stats": "api.cli.stats",
    "fingerprint": "api.cli.fingerprint",
    "serve": "api.cli.serve",
    "keys": "api.cli.keys",
    "jobs": "api.cli.jobs",
    "check": "api.cli.check",
    "audit": "api.cli.audit",
}


class _Medgraph(Commands):
    """The commands, with the exit codes and settings that all of them share."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in problems.EXIT_CODES.items()])
        with formatter.section("Settings"):
            formatter.write_text(
                "Environment variables: MEDGRAPH_HOME (where state is kept, default ~/.medgraph), MEDGRAPH_GRAPH_URL "
                "(sqlite: or neo4j://HOST:PORT, with MEDGRAPH_GRAPH_USER and MEDGRAPH_GRAPH_PASSWORD), "
                "MEDGRAPH_ENCODER, MEDGRAPH_TAGGER, MEDGRAPH_LLM_URL and MEDGRAPH_LLM_MODEL, MEDGRAPH_HOST, "
                "MEDGRAPH_PORT, MEDGRAPH_API_KEYS. `medgraph check` says what is set and what is reachable."
            )


@click.group(
    cls=_Medgraph, modules=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="medgraph", message="medgraph %(version)s")
def cli() -> None:
    """Answer medical questions from a knowledge graph and literature, every sentence cited.

    \b
    medgraph load hp.obo phenotype.hpoa lexicon    ontologies and curated graphs first
    medgraph ingest pubmed.xml.gz notes/           then documents
    medgraph ask "What causes lens dislocation with tall stature?"
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with private():
            code = cli.main(args=args, prog_name="medgraph", standalone_mode=False)
            sys.stdout.flush()
    except click.Abort:
        click.echo("\nmedgraph: interrupted; run it again to go on where it stopped", err=True)
        return problems.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return problems.USAGE if isinstance(error, click.UsageError) else problems.BAD_INPUT
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has seen enough (click turns that into a SystemExit, and makes none but for that).
        # Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return problems.OK
    except Exception as error:
        problem = problems.of(error)
        if problem is None and isinstance(error, UnicodeEncodeError) and not _whole(args):
            click.echo("medgraph: an argument holds bytes that are no UTF-8 text", err=True)
            return problems.USAGE
        if problem is None:
            raise
        click.echo(f"medgraph: {error}", err=True)
        return problem.exit
    return code if isinstance(code, int) else problems.OK


def _whole(args: Sequence[str] | None) -> bool:
    """Whether arguments are text; bytes that are none come from the system as halves of characters."""
    try:
        "".join(sys.argv[1:] if args is None else args).encode()
    except UnicodeEncodeError:
        return False
    return True
