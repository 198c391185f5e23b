"""Fitting confidences to what turned out right, and the picture that shows whether they fit."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

_STEPS = 100


def platt(logits: NDArray[np.float32], right: NDArray[np.bool_]) -> tuple[float, float]:
    """The slope and offset that make `sigmoid(slope * logit + offset)` the probability of being right.

    Newton's method on the log likelihood with the smoothed targets of Platt (1999), which keep it finite where the two
    classes lie apart.
    """
    positive, negative = int(right.sum()), int((~right).sum())
    target = np.where(right, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([logits.astype(np.float64), np.ones(len(logits))], 1)
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        shares = 0.5 * (1 + np.tanh(0.5 * design @ weights))
        slope = design.T @ (shares - target)
        curve = (design * (shares * (1 - shares))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        # A step of Newton's may overshoot where almost all is certain.
        weights = weights - step * min(1.0, 2.0 / (np.abs(step).max() + 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def sharpness(types: NDArray[np.float32], right: NDArray[np.int64]) -> float:
    """What to multiply the logits of the types (pairs, types) with, so that their softmax is calibrated (Guo 2017)."""
    grid = np.linspace(0.2, 2.0, 91)
    rows = np.arange(len(right))

    def cost(factor: float) -> float:
        scaled = factor * types.astype(np.float64)
        top = scaled.max(1)
        return float((top + np.log(np.exp(scaled - top[:, None]).sum(1)) - scaled[rows, right]).mean())

    return float(min(grid, key=cost)) if len(right) else 1.0


def reliability(curves: dict[str, tuple[NDArray[np.float32], NDArray[np.bool_]]], bins: int = 10) -> str:
    """An SVG with one small plot a curve: by bin of confidence, how much of it turned out right; the bar's strength is
    how many pairs it stands for."""
    side, gap = 220, 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(curves) * (side + gap) + gap}" height="{side + 2 * gap}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for at, (name, (confidence, right)) in enumerate(curves.items()):
        x = gap + at * (side + gap)
        parts.append(
            f'<g transform="translate({x} {gap})"><text x="0" y="-12">{escape(name)} (n = {len(right)})</text>'
        )
        parts.append(f'<rect width="{side}" height="{side}" fill="none" stroke="#999"/>')
        inside = np.minimum((confidence * bins).astype(int), bins - 1)
        for b in range(bins):
            own = inside == b
            if own.any():
                height = side * float(right[own].mean())
                strength = 0.25 + 0.75 * min(1.0, 5 * float(own.mean()))
                parts.append(
                    f'<rect x="{b * side / bins + 1:.1f}" y="{side - height:.1f}" width="{side / bins - 2:.1f}" '
                    f'height="{height:.1f}" fill="#2a6fb0" fill-opacity="{strength:.2f}">'
                    f"<title>{float(confidence[own].mean()):.2f} said, {float(right[own].mean()):.2f} right, "
                    f"{int(own.sum())} pairs</title></rect>"
                )
        parts.append(f'<path d="M0 {side}L{side} 0" stroke="#c33" stroke-dasharray="4 3"/>')
        parts.append(
            f'<text x="0" y="{side + 16}">0</text><text x="{side - 6}" y="{side + 16}">1</text>'
            f'<text x="{side / 2 - 32}" y="{side + 16}">confidence</text></g>'
        )
    return "\n".join([*parts, "</svg>", ""])
