"""The likelihood of a linear-chain CRF over label sets (Lafferty 2001), with its gradient by forward-backward.

Written out rather than left to autograd: a step a word makes thousands of small graph nodes, which on a CPU cost more
than the encoder does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def likelihood(emissions: Any, moves: Any, allowed: Any, there: Any) -> Any:
    """The mean log probability a word of all label sequences that are allowed.

    emissions (texts, words, labels), moves (labels, labels) with what may begin in row 0, allowed as emissions, there
    (texts, words) with the words of a text first. Gradients flow to emissions and moves.
    """
    return _function().apply(emissions, moves, allowed, there)


@cache
def _function() -> Any:
    import torch

    class Likelihood(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, emissions: Any, moves: Any, allowed: Any, there: Any) -> Any:
            e, m = (x.detach().cpu().double().numpy() for x in (emissions, moves))
            alive = there.cpu().numpy()
            hard, hard_words, hard_pairs = _sums(e, m, allowed.cpu().numpy(), alive)
            free, free_words, free_pairs = _sums(e, m, np.ones_like(e, bool), alive)
            words = alive.sum()
            ctx.save_for_backward(
                torch.from_numpy((hard_words - free_words) / words).to(emissions),
                torch.from_numpy((hard_pairs - free_pairs) / words).to(moves),
            )
            return emissions.new_tensor(float((hard - free).sum() / words))

        @staticmethod
        def backward(ctx: Any, *upstream: Any) -> Any:
            words, pairs = ctx.saved_tensors
            return upstream[0] * words, upstream[0] * pairs, None, None

    return Likelihood


def _sums(e: Floats, moves: Floats, allowed: Any, there: Any) -> tuple[Floats, Floats, Floats]:
    """Log sum of all sequences (texts,), marginals of labels as `e`, and expected moves (labels, labels).

    Probabilities are scaled at every word (Rabiner 1989), so nothing underflows.
    """
    top = e.max(2, keepdims=True)
    weight = np.exp(e - top) * allowed
    step = np.exp(moves)
    count = e.shape[1]
    forward, scale = np.empty_like(e), np.ones(e.shape[:2])
    state = weight[:, 0] * step[0]
    scale[:, 0] = state.sum(1)
    forward[:, 0] = state = state / scale[:, :1]
    for at in range(1, count):
        following = (state @ step) * weight[:, at]
        total = following.sum(1)
        here = there[:, at]
        scale[here, at] = total[here]
        state = np.where(here[:, None], following / np.maximum(total, 1e-300)[:, None], state)
        forward[:, at] = state
    log_sum = (np.log(np.maximum(scale, 1e-300)) * there).sum(1) + (top[:, :, 0] * there).sum(1)
    backward, pairs = np.ones_like(state), np.zeros_like(step)
    marginals = np.empty_like(e)
    for at in range(count - 1, 0, -1):
        marginals[:, at] = forward[:, at] * backward
        here = there[:, at][:, None]
        ahead = weight[:, at] * backward / scale[:, at : at + 1]
        pairs += (forward[:, at - 1] * here).T @ ahead
        backward = np.where(here, ahead @ step.T, backward)
    marginals[:, 0] = forward[:, 0] * backward
    pairs *= step
    pairs[0] += marginals[:, 0].sum(0)
    return log_sum, marginals * there[:, :, None], pairs
