"""Fine-tuning of a recognizer on several corpora at once.

An encoder, names of the field as features at its input, and a linear-chain CRF over the words (Lafferty 2001). A
corpus that does not annotate a type says nothing about it: the likelihood sums over all label sequences that agree
with what the corpus does annotate (Greenberg 2018, "Marginal Likelihood Training of BiLSTM-CRF for Biomedical Named
Entity Recognition from Disjoint Label Sets"). What is kept is the moving average of the weights.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest import labels
from ingest.decode import decode
from ingest.evaluation.score import score
from ingest.gazetteer import FEATURES, Gazetteer
from ingest.onnx_recognizer import bare_tokenizer
from ingest.recognizer import Span
from ingest.tokens import COLUMNS, Window, windows
from ingest.training.corpora import Example
from ingest.training.log import Log

if TYPE_CHECKING:
    import torch

LIMIT = 384
"""Tokens in a window."""
TYPES = ("Chemical", "Disease", "Gene", "Variant", "Species", "CellLine")
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
    train: dict[str, Sequence[Example]],
    dev: dict[str, Sequence[Example]],
    base: str,
    out: Path,
    gazetteer: Gazetteer,
    *,
    epochs: int = 10,
    rate: float = 3e-4,
    tokens: int = 3072,
    patience: int = 3,
    seed: int = 1,
    stop_after: float = float("inf"),
) -> dict[str, float]:
    """Train on the corpora of `train`, keep the epoch that is best on those of `dev`; return its F1 by corpus.

    `base` is a folder or a model id. `tokens` is the size of a batch. After every epoch the state is written to
    `out`/checkpoint.pt, from which the same call goes on. `stop_after` ends the run after so many seconds. What is
    kept goes to `out`: config.json, weights.safetensors, tokenizer.json, gazetteer.npz and log.jsonl.
    """
    import torch
    from safetensors.torch import save_file
    from transformers import AutoTokenizer

    from ingest.training.crf import Likelihood

    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    AutoTokenizer.from_pretrained(base).backend_tokenizer.save(str(out / "tokenizer.json"))
    tokenizer = bare_tokenizer(out / "tokenizer.json")
    gazetteer.save(out / "gazetteer.npz")
    items = [item for name in sorted(train) for item in _items(train[name], tokenizer, gazetteer)]
    network = make(base, len(labels.names(TYPES))).to(device)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    head = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate, "share": 1.0}, {"params": head, "lr": 10 * rate, "share": 10.0}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    log = Log(out)
    per_epoch = sum(1 for _ in _batches(items, tokens, np.random.default_rng(0)))
    total, step, first, best, since = per_epoch * epochs, 0, 0, {"mean": -1.0}, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, first, best, since = (state[k] for k in ("average", "step", "epoch", "best", "since"))
        generator = np.random.default_rng([seed, first])
    (out / "config.json").write_text(json.dumps({"types": TYPES, "limit": LIMIT, "columns": COLUMNS}, indent=1) + "\n")
    began = time.monotonic()
    for epoch in range(first + 1, epochs + 1):
        network.train()
        losses = []
        for batch in _batches(items, tokens, generator):
            step += 1
            share = min(1.0, step / (0.08 * total), (total - step) / (0.92 * total) + 0.01)
            for group in optimizer.param_groups:
                group["lr"] = rate * group["share"] * share
            inputs, allowed = _tensors(batch, tokenizer, generator, device)
            with torch.autocast(device, dtype=torch.bfloat16):
                emissions = network(**inputs)
            loss = -Likelihood.apply(emissions.float(), network.moves + network.rules, allowed, inputs["first"] > 0)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            decay = min(_DECAY, step / (step + 10))
            with torch.no_grad():
                for name, value in network.state_dict().items():
                    if value.dtype.is_floating_point:
                        average[name].lerp_(value, 1 - decay)
            losses.append(loss.item())
            if time.monotonic() - began > stop_after:
                break
        live = {name: value.detach().clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average)
        figures = {name: f1(network, examples, tokenizer, gazetteer) for name, examples in dev.items()}
        figures["mean"] = sum(figures.values()) / max(1, len(figures))
        log.write(epoch=epoch, step=step, loss=round(float(np.mean(losses)), 4),
                  **{name: round(value, 4) for name, value in figures.items()})  # fmt: skip
        since = 0 if figures["mean"] > best["mean"] else since + 1
        if since == 0:
            best = figures
            save_file({k: v.contiguous() for k, v in network.state_dict().items()}, out / "weights.safetensors")
        network.load_state_dict(live)
        torch.save({"network": live, "average": average, "optimizer": optimizer.state_dict(), "step": step,
                    "epoch": epoch, "best": best, "since": since}, checkpoint)  # fmt: skip
        if since >= patience or time.monotonic() - began > stop_after:
            break
    return best


def make(base: str, count: int, attention: str = "sdpa") -> Any:
    """The network over `base` with `count` labels, its head untrained."""
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder: Any = AutoModel.from_pretrained(
                base, add_pooling_layer=False, attn_implementation=attention, attention_probs_dropout_prob=0.0
            )
            width = self.encoder.config.hidden_size
            self.features = torch.nn.Linear(COLUMNS, width, bias=False)
            torch.nn.init.zeros_(self.features.weight)
            self.dropout = torch.nn.Dropout(0.15)
            self.labels = torch.nn.Linear(width, count)
            self.moves = torch.nn.Parameter(torch.zeros(count, count))
            self.register_buffer("rules", torch.from_numpy(labels.transitions(count)).clamp(min=-1e4))

        def forward(self, ids: Any, features: Any, mask: Any, first: Any, last: Any) -> Any:
            """Emissions of shape (texts, words, labels)."""
            words = self.encoder.get_input_embeddings()(ids) + self.features(features)
            hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
            index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
            other = last.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
            return self.labels(self.dropout((hidden.gather(1, index) + hidden.gather(1, other)) / 2))

    return Network()


def ship(folder: Path, base: str, target: Path) -> None:
    """Write what `train` left in `folder` as the files of an `OnnxRecognizer`; `base` gives the network's form."""
    import torch
    from safetensors.torch import load_file

    from ingest.training.export import export

    config = json.loads((folder / "config.json").read_bytes())
    network = make(base, len(labels.names(config["types"])), attention="eager")
    network.load_state_dict(load_file(folder / "weights.safetensors"))

    class Single(torch.nn.Module):
        """One unpadded window."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Any, features: Any, first: Any, last: Any) -> Any:
            return self.network(ids, features, None, first, last)

    words = torch.arange(1, 16)[None]
    example = {"ids": torch.randint(1000, 2000, (1, 17)), "features": torch.zeros(1, 17, COLUMNS), "first": words,
               "last": words}  # fmt: skip
    axes = {"ids": {1: "tokens"}, "features": {1: "tokens"}, "first": {1: "words"}, "last": {1: "words"}}
    target.mkdir(parents=True, exist_ok=True)
    export(Single(), example, axes, ["emissions"], target / "model.onnx")
    config["moves"] = np.round(moves(network), 4).tolist()
    (target / "config.json").write_text(json.dumps(config) + "\n")
    for name in ("tokenizer.json", "gazetteer.npz"):
        shutil.copyfile(folder / name, target / name)


def moves(network: Any) -> Any:
    """What it costs one label to follow another, rules included, float32 of shape (labels, labels)."""
    return (network.moves + network.rules).detach().float().cpu().numpy()


def read(network: Any, texts: Sequence[str], tokenizer: Any, gazetteer: Gazetteer, tokens: int) -> list[list[Span]]:
    """What `network` finds in each of `texts`; windows of all of them go through it sorted by length."""
    import torch

    device = next(network.parameters()).device
    cut = [list(windows(text, tokenizer, gazetteer, LIMIT)) for text in texts]
    flat = [(row, window) for row, inside in enumerate(cut) for window in inside]
    kept: list[list[tuple[Window, Any]]] = [[] for _ in texts]
    emitted: list[Any] = [None] * len(flat)
    for group in by_length([len(window.ids) for _, window in flat], tokens):
        with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
            rows = network(**_inputs([flat[at][1] for at in group], device)).float().cpu().numpy()
        for at, row in zip(group, rows, strict=True):
            emitted[at] = row[: len(flat[at][1].first)]
    for (row, window), emissions in zip(flat, emitted, strict=True):
        kept[row].append((window, emissions))
    return [decode(parts, moves(network), TYPES) for parts in kept]


def by_length(lengths: Sequence[float], tokens: int) -> list[list[int]]:
    """Indices in groups of about the same length, each of at most `tokens` with its padding."""
    groups: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not groups or lengths[at] * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(at)
    return groups


def f1(network: Any, examples: Sequence[Example], tokenizer: Any, gazetteer: Gazetteer) -> float:
    """Strict micro F1 over the types that the corpus annotates."""
    network.eval()
    gold = {example.id: {(s.start, s.end, s.label) for s in example.spans} for example in examples}
    texts = read(network, [example.text for example in examples], tokenizer, gazetteer, tokens=4096)
    found = {
        example.id: {(s.start, s.end, s.label) for s in spans if s.label in example.types}
        for example, spans in zip(examples, texts, strict=True)
    }
    return score(gold, found)["micro"].f1


def _items(examples: Sequence[Example], tokenizer: Any, gazetteer: Gazetteer) -> Iterator[_Item]:
    known = labels.names(TYPES)
    for number, example in enumerate(examples):
        free = frozenset(i for i, name in enumerate(known) if name == "O" or name[2:] not in example.types)
        for window in windows(example.text, tokenizer, gazetteer, LIMIT):
            gold = [0] * len(window.offsets)
            starts = window.offsets[:, 0]
            for span in example.spans:
                a, b = (int(np.searchsorted(starts, edge)) for edge in (span.start, span.end))
                if a < b:
                    kind = 2 * TYPES.index(span.label) + 1
                    gold[a] = kind
                    gold[a + 1 : b] = [kind + 1] * (b - a - 1)
            yield _Item(number, window, gold, free)


def _batches(items: Sequence[_Item], tokens: int, generator: np.random.Generator) -> Iterator[list[_Item]]:
    """Batches of windows of about the same length, in random order."""
    # The noise mixes the batches anew in every epoch.
    groups = by_length([len(item.window.ids) * generator.uniform(0.85, 1.15) for item in items], tokens)
    for index in generator.permutation(len(groups)):
        yield [items[at] for at in groups[index]]


def _inputs(batch: Sequence[Window], device: Any) -> dict[str, torch.Tensor]:
    import torch

    long = max(len(window.ids) for window in batch)
    wide = max(len(window.first) for window in batch)
    ids = np.zeros((len(batch), long), np.int64)
    features = np.zeros((len(batch), long, COLUMNS), np.float32)
    mask = np.zeros((len(batch), long), np.int64)
    first, last = np.zeros((len(batch), wide), np.int64), np.zeros((len(batch), wide), np.int64)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = window.ids
        features[row, : len(window.ids)] = window.features
        mask[row, : len(window.ids)] = 1
        first[row, : len(window.first)], last[row, : len(window.last)] = window.first, window.last
    arrays = {"ids": ids, "features": features, "mask": mask, "first": first, "last": last}
    return {name: torch.from_numpy(array).to(device) for name, array in arrays.items()}


def _tensors(
    batch: Sequence[_Item], tokenizer: Any, generator: np.random.Generator, device: Any
) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """The inputs, some words hidden and some gazetteer rows left out, and which labels each word may have."""
    import torch

    inputs = _inputs([item.window for item in batch], device)
    count = len(labels.names(TYPES))
    allowed = np.zeros((*inputs["first"].shape, count), bool)
    hidden = tokenizer.token_to_id("[MASK]")
    for row, item in enumerate(batch):
        free = sorted(item.free)
        for at, label in enumerate(item.gold):
            if label:
                allowed[row, at, label] = True
            else:
                allowed[row, at, free] = True
        for at in np.flatnonzero(generator.random(len(item.gold)) < _MASKED):
            inputs["ids"][row, item.window.first[at] : item.window.last[at] + 1] = hidden
        if generator.random() < _BARE:
            inputs["features"][row, :, :FEATURES] = 0
    allowed[:, :, 0] |= ~allowed.any(2)
    return inputs, torch.from_numpy(allowed).to(device)
