"""Training of the network of statements, and what it says of examples.

What is kept is the moving average of the weights at the best epoch on dev.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.statements import labels
from ingest.reading.statements.marking import Marked, mark
from training.course import Course
from training.statements import network as statement_network
from training.statements.corpora import Example, as_disease, renamed, target
from training.weights import begin

if TYPE_CHECKING:
    import torch

_DECAY = 0.995
_HIDDEN_WORDS = 0.04
_RENAMED = 0.2
_AS_DISEASE = 0.3
_FLAGS = 0.5
"""Weight of the loss of how a pair is stated."""
MOST_PAIRS = 160
"""Of a unit in training: those with an answer first, others at random."""


@dataclass(frozen=True, slots=True)
class Item:
    """A unit as it is learned from: places of the two mentions of each pair, and the answers (pairs, OUTPUTS)."""

    marked: Marked
    pairs: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    second: tuple[int, ...]
    target: NDArray[np.float32]
    weight: float


def item(example: Example, tokenizer: Any, generator: np.random.Generator | None, weight: float = 1.0) -> Item | None:
    """The unit of an example with the pairs of which something is known; None where there are none."""
    marked = mark(example.text, example.mentions, tokenizer, example.topic)
    pairs = [(i, j) for i, j in labels.pairs(example.types) if marked.places[i] >= 0 and marked.places[j] >= 0]
    answers = target(example, pairs)
    known = np.flatnonzero((answers >= 0).any(1))
    if len(known) > MOST_PAIRS and generator is not None:
        said = answers[known].max(1) > 0
        others = generator.permutation(known[~said])
        known = np.sort(np.concatenate([known[said], others])[:MOST_PAIRS])
    if not len(known):
        return None
    kept = tuple(pairs[at] for at in known)
    first, second = (tuple(marked.places[pair[side]] for pair in kept) for side in (0, 1))
    return Item(marked, kept, first, second, answers[known], weight)


def train(
    train: Sequence[Example],
    dev: Sequence[Example],
    base: str,
    out: Path,
    *,
    epochs: int = 8,
    rate: float = 1e-4,
    tokens: int = 2048,
    patience: int = 3,
    seed: int = 1,
    minutes: float = float("inf"),
    layers: int | None = None,
    shares: Mapping[str, float] | None = None,
    start: Path | None = None,
) -> dict[str, float]:
    """Train on `train`, keep the epoch that is best on `dev`; return its figures.

    `base` is a folder or a model id, of which the lowest `layers` are kept; `start` are weights that an earlier
    training of the same network kept. `tokens` is the size of a batch. `shares` says which share of a corpus an epoch
    reads, others in every epoch; 1 where nothing is said. After every epoch the state is written to
    `out`/checkpoint.pt, from which the same call goes on; `minutes` bound the run. What is kept goes to `out`:
    weights.safetensors, tokenizer.json and log.jsonl.
    """
    import torch
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    AutoTokenizer.from_pretrained(base).backend_tokenizer.save(str(out / "tokenizer.json"))
    tokenizer = bare_tokenizer(out / "tokenizer.json")
    network = make(base, tokenizer, layers)
    if start is not None:
        begin(network, start)
    network = network.to("cuda" if torch.cuda.is_available() else "cpu")
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    head = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": 5 * rate}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    tests = [one for one in (item(example, tokenizer, None) for example in dev) if one is not None]
    names = _names(train)
    shares = shares or {}
    steps = len(_batches(_epoch(train, names, tokenizer, np.random.default_rng(0), shares), tokens, None))
    course = Course(
        network, optimizer, out, epochs=epochs, steps=steps, decay=_DECAY, patience=patience, minutes=minutes
    )
    generator = np.random.default_rng([seed, course.epoch])
    while not course.over:
        network.train()
        losses = []
        for batch in _batches(_epoch(train, names, tokenizer, generator, shares), tokens, generator):
            losses.append(course.descend(_loss(logits_of(network, batch, tokenizer, generator), batch)))
            if course.over:
                break
        course.end_epoch(losses, lambda: figures(asked(network, tests, tokenizer), tests))
    return course.figures


def make(base: str, tokenizer: Any, layers: int | None) -> Any:
    return statement_network.make(
        base,
        vocabulary=tokenizer.get_vocab_size(),
        markers=2 * len(labels.TYPES),
        outputs=len(labels.OUTPUTS),
        layers=layers,
    )


def _names(examples: Sequence[Example]) -> dict[tuple[str, str], list[str]]:
    """By language and type the names that examples have of it."""
    names: dict[tuple[str, str], set[str]] = {}
    for example in examples:
        for place in example.mentions:
            names.setdefault((example.language, place.type), set()).add(example.text[place.start : place.end])
    return {key: sorted(own) for key, own in names.items()}


def _epoch(
    examples: Sequence[Example],
    names: Mapping[tuple[str, str], Sequence[str]],
    tokenizer: Any,
    generator: np.random.Generator,
    shares: Mapping[str, float],
) -> list[Item]:
    items = []
    for example in examples:
        if generator.random() >= shares.get(example.corpus, 1.0):
            continue
        varied = renamed(as_disease(example, generator, _AS_DISEASE), names, generator, _RENAMED)
        one = item(varied, tokenizer, generator)
        if one is not None:
            items.append(one)
    return items


def logits_of(
    network: Any, batch: Sequence[Item], tokenizer: Any, generator: np.random.Generator | None
) -> torch.Tensor:
    """Logits of all pairs of a batch, (pairs, OUTPUTS); with a generator some words are hidden."""
    import torch

    device = network.out.weight.device
    ids = torch.zeros((len(batch), max(len(one.marked.ids) for one in batch)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for at, one in enumerate(batch):
        ids[at, : len(one.marked.ids)] = torch.tensor(one.marked.ids)
        mask[at, : len(one.marked.ids)] = 1
    if generator is not None:
        kept = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")]
        hidden = torch.from_numpy(generator.random(tuple(ids.shape)) < _HIDDEN_WORDS) & (mask > 0)
        hidden &= (ids < tokenizer.get_vocab_size()) & ~torch.isin(ids, torch.tensor(kept))
        ids[hidden] = tokenizer.token_to_id("[MASK]")
    ids, mask = ids.to(device), mask.to(device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        states = network.read(ids, mask)
    states = states.float()
    return torch.cat(
        [
            network.score(
                states[at], mask[at], torch.tensor(one.first, device=device), torch.tensor(one.second, device=device)
            )
            for at, one in enumerate(batch)
        ]
    )


def _loss(logits: torch.Tensor, batch: Sequence[Item]) -> torch.Tensor:
    """Binary cross-entropy over what is known: of predicates, and of how stated pairs are stated."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as binary

    answers = torch.from_numpy(np.concatenate([one.target for one in batch])).to(logits.device)
    weights = torch.tensor(
        [one.weight for one in batch for _ in one.pairs], device=logits.device, dtype=torch.float32
    ).unsqueeze(1)
    count = len(labels.PREDICATES)
    known = answers >= 0
    each = binary(logits, answers.clamp(min=0), reduction="none") * known * weights
    said, how = each[:, :count], each[:, count:]
    # A unit with many mentions has many pairs of which nothing is said: they count together as sixteen do.
    loss: torch.Tensor = said.sum() / (known[:, :count].sum() ** 0.5 * 16)
    return loss + _FLAGS * how.sum() / (known[:, count:].sum() + 1)


def asked(network: Any, items: Sequence[Item], tokenizer: Any, tokens: int = 4096) -> list[NDArray[np.float32]]:
    """What the network says of each item: logits (pairs, OUTPUTS)."""
    import torch

    network.eval()
    said: dict[int, NDArray[np.float32]] = {}
    order = {id(one): at for at, one in enumerate(items)}
    for batch in _batches(items, tokens, None):
        with torch.no_grad():
            logits = logits_of(network, batch, tokenizer, None).cpu().numpy()
        at = 0
        for one in batch:
            said[order[id(one)]] = logits[at : at + len(one.pairs)]
            at += len(one.pairs)
    return [said[at] for at in range(len(items))]


def figures(logits: Sequence[NDArray[np.float32]], items: Sequence[Item]) -> dict[str, float]:
    """Precision, recall and F1 at probability one half over all predicates, and the F1 of the flags of stated pairs."""
    count = len(labels.PREDICATES)
    said, right = np.concatenate(logits), np.concatenate([one.target for one in items])
    told = _scores(said[:, :count], right[:, :count])
    flags = _scores(said[:, count:], right[:, count:])
    return {"precision": told[0], "recall": told[1], "F1": told[2], "flags": flags[2], "mean": told[2]}


def _scores(said: NDArray[np.float32], right: NDArray[np.float32]) -> tuple[float, float, float]:
    positive = (said > 0) & (right >= 0)
    hits = float((positive & (right > 0)).sum())
    precision, recall = hits / max(1.0, float(positive.sum())), hits / max(1.0, float((right > 0).sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _batches(items: Sequence[Item], tokens: int, generator: np.random.Generator | None) -> list[list[Item]]:
    """Batches of items of about the same length, in random order if there is a generator."""
    noise = generator.uniform(0.8, 1.2, len(items)) if generator is not None else np.ones(len(items))
    groups: list[list[Item]] = []
    wide = 0
    for at in sorted(range(len(items)), key=lambda at: len(items[at].marked.ids) * noise[at]):
        length = len(items[at].marked.ids)
        wide = max(wide, length)
        if not groups or wide * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            wide = length
        groups[-1].append(items[at])
    order = generator.permutation(len(groups)) if generator is not None else np.arange(len(groups))
    return [groups[index] for index in order]
