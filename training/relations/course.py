"""Training of the relator: several corpora, one encoder, one output a question.

A corpus answers only its own questions; what it does not answer is left out of the loss. Boosted trees over the
features of documents come first, and what they say of pairs they have not seen is part of what the network learns from.
What is kept is the moving average of the weights at the best epoch on dev.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.reading.recognition.onnx_recognizer import bare_tokenizer
from ingest.reading.relations import labels
from ingest.reading.relations.encoding import MARKERS
from ingest.reading.relations.features import NAMES, Trees
from ingest.reading.relations.forest import Forest
from training.course import Course
from training.relations import network as relation_network
from training.relations.corpora import Example
from training.relations.items import Item, learn_rows, prepare, tell
from training.relations.score import Asked, figures
from training.weights import begin

if TYPE_CHECKING:
    import torch

_DECAY = 0.99
_HIDDEN_WORDS = 0.04
"""Share of tokens that are hidden at training."""
_UNTOLD = 0.5
"""Share of pages that are learned from without the word of the forests: a network that always hears it learns little
else, and trusts it less on the pages that it comes to know by heart."""
_FOREIGN = 0.3
"""Weight of what a corpus says about the questions of another one."""


def train(
    train: Sequence[Example],
    dev: Sequence[Example],
    base: str,
    out: Path,
    trees: Trees,
    *,
    start: Path | None = None,
    epochs: int = 8,
    rate: float = 1e-4,
    tokens: int = 2048,
    patience: int = 3,
    seed: int = 1,
    minutes: float = float("inf"),
    watched: int = 250,
    sentences: float = 1.0,
) -> dict[str, float]:
    """Train on `train`, keep the epoch that is best on the first `watched` of each corpus of `dev`; return its figures.

    `base` is a folder or a model id, `start` weights of an earlier course to go on from. `trees` are the MeSH tree
    numbers of diseases. `tokens` is the size of a batch. After every epoch the state is written to
    `out`/checkpoint.pt, from which the same call goes on; `minutes` bound the run. `sentences` is the share of PHEE's
    sentences that an epoch reads, others in every epoch. What is kept goes to `out`: weights.safetensors,
    tokenizer.json, forests.npz and log.jsonl; `training.relations.export.export` makes the shipped form of it.
    """
    import torch
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    AutoTokenizer.from_pretrained(base).backend_tokenizer.save(str(out / "tokenizer.json"))
    tokenizer = bare_tokenizer(out / "tokenizer.json")
    items = prepare(train, tokenizer, trees)
    forests, mean, spread = learn_rows(items, seed)
    np.savez(out / "forests.npz", mean=mean, spread=spread, **_all_arrays(forests))
    tests = prepare(_head(dev, watched), tokenizer, trees)
    tell(tests, forests, mean, spread)
    network = relation_network.make(
        base, vocabulary=tokenizer.get_vocab_size(), labels=len(labels.OUTPUTS), told=labels.TOLD, columns=len(NAMES),
        markers=2 * len(MARKERS),
    ).to(device)  # fmt: skip
    if start is not None:
        begin(network, start)
    body = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    head = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": 5 * rate}],
        weight_decay=0.01, betas=(0.9, 0.98),
    )  # fmt: skip
    steps = sum(1 for _ in _batches(items, tokens, np.random.default_rng(0), sentences))
    course = Course(
        network, optimizer, out, epochs=epochs, steps=steps, decay=_DECAY, patience=patience, minutes=minutes
    )
    generator = np.random.default_rng([seed, course.epoch])
    while not course.over:
        network.train()
        losses = []
        for batch in _batches(items, tokens, generator, sentences):
            scored = score(network, batch, tokenizer, generator)
            losses.append(course.descend(_loss(torch.cat([logits for logits, _ in scored]), batch)))
            if course.over:
                break
        course.end_epoch(losses, lambda: figures(asked(network, tests, tokenizer)))
    return course.figures


def _all_arrays(forests: dict[str, Forest]) -> dict[str, Any]:
    return {name: array for corpus, forest in forests.items() for name, array in forest.arrays(corpus).items()}


def _head(examples: Sequence[Example], count: int) -> list[Example]:
    """The first `count` of each corpus."""
    seen: dict[str, int] = {}
    kept = []
    for example in examples:
        seen[example.corpus] = seen.get(example.corpus, 0) + 1
        if seen[example.corpus] <= count:
            kept.append(example)
    return kept


def score(
    network: Any, batch: Sequence[Item], tokenizer: Any, generator: np.random.Generator | None
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Logits and looks of each item; with a generator some words are hidden."""
    import torch

    device = network.bilinear.weight.device
    chunks = [chunk for item in batch for chunk in item.page.chunks]
    ids = torch.zeros((len(chunks), max(map(len, chunks))), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for at, chunk in enumerate(chunks):
        ids[at, : len(chunk)] = torch.tensor(chunk)
        mask[at, : len(chunk)] = 1
    if generator is not None:
        kept = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")]
        hidden = torch.from_numpy(generator.random(tuple(ids.shape)) < _HIDDEN_WORDS) & (mask > 0)
        hidden &= (ids < tokenizer.get_vocab_size()) & ~torch.isin(ids, torch.tensor(kept))
        ids[hidden] = tokenizer.token_to_id("[MASK]")
    with torch.autocast(device.type, dtype=torch.bfloat16):
        last, before = network.read(ids.to(device), mask.to(device))
    last, before = last.float(), before.float()
    scored, at = [], 0
    for item in batch:
        count = len(item.page.chunks)
        lengths = [len(chunk) for chunk in item.page.chunks]
        own = [torch.cat([s[at + k, :n] for k, n in enumerate(lengths)]) for s in (last, before)]
        at += count
        wide = max(map(len, item.page.marks))
        marks = torch.tensor([[*m, *[-1] * (wide - len(m))] for m in item.page.marks], device=device)
        pairs = torch.tensor(item.page.pairs, device=device)
        rows, prior = torch.from_numpy(item.rows).to(device), torch.from_numpy(item.prior).to(device)
        if generator is not None and generator.random() < _UNTOLD:
            prior = torch.zeros_like(prior)
        scored.append(network.score(*own, marks, pairs, rows, prior))
    return scored


def _loss(logits: torch.Tensor, batch: Sequence[Item]) -> torch.Tensor:
    """Mean by question, summed: binary cross-entropy, and over BioRED's types that of the softmax."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as binary
    from torch.nn.functional import cross_entropy

    target = torch.from_numpy(np.concatenate([item.target for item in batch])).to(logits.device)
    phee = torch.tensor(
        [item.example.corpus == "phee" for item in batch for _ in item.page.pairs], device=logits.device
    )
    loss = logits.sum() * 0
    for output, own in ((labels.CID, ~phee), (labels.RELATED, ~phee), (labels.ADE, phee), (labels.TREATS, phee)):
        for part, weight in ((own, 1.0), (~own, _FOREIGN)):
            answered = part & (target[:, output] >= 0)
            if answered.any():
                loss = loss + weight * binary(logits[answered, output], target[answered, output])
    typed = target[:, labels.TYPES].max(1).values > 0
    if typed.any():
        loss = loss + 0.5 * cross_entropy(logits[typed, labels.TYPES], target[typed, labels.TYPES].argmax(1))
    return loss


def asked(network: Any, items: Sequence[Item], tokenizer: Any, tokens: int = 4096) -> list[Asked]:
    """What the network says of each pair, with the gold answer."""
    import torch

    network.eval()
    answers: list[Asked] = []
    for batch in _batches(items, tokens, None):
        with torch.no_grad():
            scored = score(network, batch, tokenizer, None)
        for item, (logits, _) in zip(batch, scored, strict=True):
            answers.append(Asked(item.example, item.page, logits.float().cpu().numpy(), item.target, item.prior))
    return answers


def _batches(
    items: Sequence[Item], tokens: int, generator: np.random.Generator | None, sentences: float = 1.0
) -> Iterator[list[Item]]:
    """Batches of items of about the same length, in random order if there is a generator."""
    if generator is not None:
        items = [i for i in items if i.example.corpus != "phee" or generator.random() < sentences]
    noise = generator.uniform(0.8, 1.2, len(items)) if generator is not None else np.ones(len(items))
    lengths = [max(map(len, item.page.chunks)) for item in items]
    groups: list[list[int]] = []
    rows = 0
    for at in sorted(range(len(items)), key=lambda at: lengths[at] * noise[at]):
        count = len(items[at].page.chunks)
        wide = max([lengths[other] for other in groups[-1]] if groups else [0])
        if not groups or max(wide, lengths[at]) * (rows + count) > tokens:
            groups.append([])
            rows = 0
        groups[-1].append(at)
        rows += count
    order = generator.permutation(len(groups)) if generator is not None else np.arange(len(groups))
    for index in order:
        yield [items[at] for at in groups[index]]
