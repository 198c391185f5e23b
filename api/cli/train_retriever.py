"""`medgraph train retriever`: the weights that turn passages and questions into vectors."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.training import out_option, seed_option


@click.command("retriever")
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "--base",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with tokenizer.json and the weights of a BERT: model.onnx, or what transformers saves.",
)
@out_option
@click.option("--steps", type=click.IntRange(1), default=320, show_default=True, help="How many batches to learn from.")
@click.option("--size", type=click.IntRange(2), default=32, show_default=True, help="Pairs in a batch.")
@click.option("--rate", type=float, default=2e-5, show_default=True, help="The highest learning rate.")
@click.option("--heads", type=click.IntRange(1), default=12, show_default=True, help="Attention heads of model.onnx.")
@click.option(
    "--left-out",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ids of documents, one a line, that are not learnt from: those that retrieval is measured by.",
)
@seed_option
def command(
    texts: tuple[Path, ...],
    base: Path,
    out: Path,
    steps: int,
    size: int,
    rate: float,
    heads: int,
    left_out: Path | None,
    seed: int,
) -> int:
    """Teach an encoder which passages answer which questions: titles and their texts, conclusions and what they are
    drawn from, questions of MedQuAD, out of documents of any format of `ingest`.

    Writes --out/network, log.jsonl and what is shipped: model.onnx in int8 and tokenizer.json.
    """
    from api.cli.common import emit
    from api.cli.training import documents_of, needs_torch
    from api.problems import OK
    from training.retriever.batches import batches
    from training.retriever.pairs import pairs

    needs_torch()
    from tokenizers import Tokenizer

    from training.retriever import contrast
    from training.retriever.base import restored

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if (base / "model.onnx").is_file():
        network = restored(base / "model.onnx", heads)
    else:
        from transformers import AutoModel

        network = AutoModel.from_pretrained(base, add_pooling_layer=False)
    held = set(left_out.read_text(encoding="utf-8").split()) if left_out else set()
    learnt = pairs(documents_of(texts), held, seed=seed)
    chosen = batches(learnt, steps, size, seed=seed)
    if not chosen:
        raise click.UsageError(f"the texts give {len(learnt)} pairs, too few for a batch of {size}")
    out.mkdir(parents=True, exist_ok=True)
    contrast.train(network, tokenizer, chosen, out, rate=rate, seed=seed)
    contrast.ship(network, tokenizer, out)
    emit({"out": str(out), "pairs": len(learnt), "batches": len(chosen)})
    return OK
