"""Whether a question wants a yes or no."""

from __future__ import annotations

import re

_WHETHER = re.compile(
    r"(?:^|[.;!?,]\s*)\W*(?:do|does|did|can|could|is|are|was|were|will|would|may|might|has|have|should)\b(?! there\b)|"
    r"吗|是否|会不会|能不能|是不是|能否|可不可以",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:what|which|how|why|who|whom|when|where)\b|哪|什么|怎么|如何|怎样|多少", re.IGNORECASE)


def asks_whether(text: str) -> bool:
    """Whether a yes or no is asked for, not a list: "Does A cause B?" and not "Which drugs cause B?"."""
    return _WHETHER.search(text) is not None and _WHICH.search(text) is None
