"""Greek letters, Chinese characters and their simplified forms: the one table of each that every text is folded by."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip
"""The small Greek letters as they are spelled out."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
"""Chinese characters, to be put into a character class."""
CJK_LATER = "\U0002fa20-\U0003ffff"
"""Those that Unicode added later. Stored names were folded without them: `names` takes one for a letter of a word."""


def simplified(text: str) -> str:
    """`text` in simplified characters, converted by phrase where phrases are (頭髮 is 头发), in general as long."""
    return str(_converter().convert(text))


def simplified_each(text: str) -> str:
    """`text` with each character simplified by itself, so that every offset stays what it was.

    A conversion by phrase may put two characters for one, and would move what stands behind them.
    """
    return text if text.isascii() else text.translate(_EACH)


def simplified_version() -> str:
    """What the outcome of `simplified` depends on."""
    return f"opencc {version('opencc')}"


class _Each(dict[int, str]):
    """A table for `str.translate` that is filled by the characters asked for: most texts hold few of them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        simple = character if 0xD800 <= code < 0xE000 else simplified(character)  # half a character has none
        self[code] = simple if len(simple) == 1 else character
        return self[code]


_EACH = _Each()


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc

    return opencc.OpenCC("t2s")
