"""onnxruntime without its telemetry."""

from __future__ import annotations

import os


def off() -> None:
    """Keep onnxruntime, which is imported next, from telling its maker of its use: it would write an id of the machine
    and the events to be sent under ~/.cache/Microsoft, and look for a network. It reads this when it is imported."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
