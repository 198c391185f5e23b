"""Fine-tuning of a recognizer on several corpora at once.

An encoder, names of the field as features at its input, and a linear-chain CRF over the words (Lafferty 2001). A
corpus that does not annotate a type says nothing about it: the likelihood sums over all label sequences that agree
with what the corpus does annotate (Greenberg 2018, "Marginal Likelihood Training of BiLSTM-CRF for Biomedical Named
Entity Recognition from Disjoint Label Sets"). What is kept is the moving average of the weights, of the best epoch or
mixed half and half with that of the last (Wortsman 2022, "Model soups").
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.score import score
from ingest.errors import UnreadableSource
from ingest.reading.recognition import labels
from ingest.reading.recognition.gazetteer import FEATURES, Gazetteer
from ingest.reading.recognition.network import by_length, inputs, make, moves, read
from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.recognition.tokens import COLUMNS, Window, windows
from training.corpora import Example
from training.course import Course
from training.recognition.crf import likelihood

if TYPE_CHECKING:
    import torch

LIMIT = 384
"""Tokens in a window."""
_ORDER = ("Chemical", "Disease", "Gene", "Variant", "Species", "CellLine")
_MASKED = 0.06
"""Share of words whose tokens are hidden at training, so that the words around an entity are learned from too."""
_BARE = 0.15
"""Share of windows read without the gazetteer, so that names it does not hold are found too."""
_DECAY = 0.998


@dataclass(frozen=True, slots=True)
class _Item:
    """A window with the label of each word; `free` are the labels that a word marked `O` may have."""

    document: int
    window: Window
    gold: list[int]
    free: frozenset[int]


def train(
    train: Mapping[str, Sequence[Example]],
    dev: Mapping[str, Sequence[Example]],
    base: str,
    out: Path,
    gazetteer: Gazetteer,
    *,
    epochs: int = 10,
    rate: float = 3e-4,
    tokens: int = 3072,
    patience: int = 3,
    seed: int = 1,
    minutes: float = float("inf"),
) -> dict[str, float]:
    """Train on the corpora of `train`, keep the epoch that is best on those of `dev`; return its F1 by corpus.

    `base` is a folder or a model id. `tokens` is the size of a batch. After every epoch the state is written to
    `out`/checkpoint.pt, from which the same call goes on; `minutes` bound the run. What is kept goes to `out`:
    config.json, weights.safetensors, tokenizer.json, gazetteer.npz and log.jsonl.

    Raises UnreadableSource where there is nothing to learn from.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    AutoTokenizer.from_pretrained(base).backend_tokenizer.save(str(out / "tokenizer.json"))
    tokenizer = bare_tokenizer(out / "tokenizer.json")
    gazetteer.save(out / "gazetteer.npz")
    types = _types(train)
    items = [item for name in sorted(train) for item in _items(train[name], types, tokenizer, gazetteer)]
    if not items:
        raise UnreadableSource("the corpora hold nothing to learn from that no development set holds, too")
    # On a CPU the backward pass of fused attention with a mask is two to five times as slow as the plain one.
    attention = "sdpa" if device == "cuda" else "eager"
    encoder = AutoModel.from_pretrained(
        base, add_pooling_layer=False, attn_implementation=attention, attention_probs_dropout_prob=0.0
    )
    network = make(encoder, len(labels.names(types))).to(device)
    head = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": 10 * rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    steps = sum(1 for _ in _batches(items, tokens, np.random.default_rng(0)))
    course = Course(
        network, optimizer, out, epochs=epochs, steps=steps, decay=_DECAY, patience=patience, minutes=minutes
    )
    generator = np.random.default_rng([seed, course.epoch])
    (out / "config.json").write_text(json.dumps({"types": types, "limit": LIMIT, "columns": COLUMNS}, indent=1) + "\n")

    def figures() -> dict[str, float]:
        reached = {name: f1(network, examples, types, tokenizer, gazetteer) for name, examples in dev.items()}
        return reached | {"mean": sum(reached.values()) / len(reached)} if reached else {}

    while not course.over:
        network.train()
        losses = []
        for batch in _batches(items, tokens, generator):
            given, allowed = _tensors(batch, len(labels.names(types)), tokenizer, generator, device)
            with torch.autocast(device, dtype=torch.bfloat16):
                emissions = network(**given)
            losses.append(
                course.descend(
                    -likelihood(emissions.float(), network.moves + network.rules, allowed, given["first"] > 0)
                )
            )
            if course.over:
                break
        course.end_epoch(losses, figures)
    return course.mixed(figures)


def ship(folder: Path, base: str, target: Path) -> None:
    """Write what `train` left in `folder` as the files of an `OnnxRecognizer`; `base` gives the network's form."""
    import torch
    from safetensors.torch import load_file
    from transformers import AutoModel

    from training.export import export

    config = json.loads((folder / "config.json").read_bytes())
    encoder = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
    network = make(encoder, len(labels.names(config["types"])))
    network.load_state_dict(load_file(folder / "weights.safetensors"))

    class Single(torch.nn.Module):
        """One unpadded window."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Any, features: Any, first: Any, last: Any) -> Any:
            return self.network(ids, features, None, first, last)

    words = torch.arange(1, 16)[None]
    example = {"ids": torch.arange(17)[None], "features": torch.zeros(1, 17, COLUMNS), "first": words,
               "last": words}  # fmt: skip
    axes = {"ids": {1: "tokens"}, "features": {1: "tokens"}, "first": {1: "words"}, "last": {1: "words"}}
    target.mkdir(parents=True, exist_ok=True)
    export(Single(), example, axes, ["emissions"], target / "model.onnx")
    config["encoder"] = encoder.config.to_diff_dict()
    config["moves"] = np.round(moves(network), 4).tolist()
    (target / "config.json").write_text(json.dumps(config) + "\n")
    for name in ("tokenizer.json", "gazetteer.npz") if target != folder else ():
        shutil.copyfile(folder / name, target / name)


def f1(network: Any, examples: Sequence[Example], types: Sequence[str], tokenizer: Any, gazetteer: Gazetteer) -> float:
    """Strict micro F1 over the types that the corpus annotates."""
    network.eval()
    gold = {example.id: {(s.start, s.end, s.label) for s in example.spans} for example in examples}
    texts = read(network, [example.text for example in examples], tokenizer, gazetteer, LIMIT, types, tokens=4096)
    told = {
        example.id: {(s.start, s.end, s.label) for s in spans if s.label in example.types}
        for example, spans in zip(examples, texts, strict=True)
    }
    return score(gold, told)["micro"].f1


def _types(corpora: Mapping[str, Sequence[Example]]) -> tuple[str, ...]:
    """The types that any corpus annotates: of one that none does, nothing could be learned."""
    there = {kind for examples in corpora.values() for example in examples for kind in example.types}
    return tuple(kind for kind in _ORDER if kind in there) + tuple(sorted(there - set(_ORDER)))


def _items(examples: Sequence[Example], types: Sequence[str], tokenizer: Any, gazetteer: Gazetteer) -> Iterator[_Item]:
    order = labels.names(types)
    for number, example in enumerate(examples):
        free = frozenset(i for i, name in enumerate(order) if name == "O" or name[2:] not in example.types)
        for window in windows(example.text, tokenizer, gazetteer, LIMIT):
            gold = [0] * len(window.offsets)
            starts = window.offsets[:, 0]
            for span in example.spans:
                a, b = (int(np.searchsorted(starts, edge)) for edge in (span.start, span.end))
                if a < b:
                    kind = 2 * types.index(span.label) + 1
                    gold[a] = kind
                    gold[a + 1 : b] = [kind + 1] * (b - a - 1)
            yield _Item(number, window, gold, free)


def _batches(items: Sequence[_Item], tokens: int, generator: np.random.Generator) -> Iterator[list[_Item]]:
    """Batches of windows of about the same length, in random order."""
    # The noise mixes the batches anew in every epoch.
    groups = by_length([len(item.window.ids) * generator.uniform(0.85, 1.15) for item in items], tokens)
    for index in generator.permutation(len(groups)).tolist():
        yield [items[at] for at in groups[index]]


def _tensors(
    batch: Sequence[_Item], count: int, tokenizer: Any, generator: np.random.Generator, device: Any
) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """The inputs, some words hidden and some gazetteer rows left out, and which labels each word may have."""
    import torch

    given = inputs([item.window for item in batch], device)
    allowed = np.zeros((*given["first"].shape, count), bool)
    hidden = tokenizer.token_to_id("[MASK]")
    for row, item in enumerate(batch):
        free = sorted(item.free)
        for at, label in enumerate(item.gold):
            if label:
                allowed[row, at, label] = True
            else:
                allowed[row, at, free] = True
        for word in np.flatnonzero(generator.random(len(item.gold)) < _MASKED).tolist():
            given["ids"][row, item.window.first[word] : item.window.last[word] + 1] = hidden
        if generator.random() < _BARE:
            given["features"][row, :, :FEATURES] = 0
    allowed[:, :, 0] |= ~allowed.any(2)
    return given, torch.from_numpy(allowed).to(device)
