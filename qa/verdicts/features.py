"""What speaks for yes, no or maybe in what a study concludes, seen from a question. Pure functions.

The sentence that is nearest to the question counts most. What a question asks and what that sentence says are told by
`cues`; a pair of both is a feature of its own, for "no difference" is a yes to "as safe as" and a no to "better than".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from qa.verdicts.cues import ASKED, CONCLUDES, DENIES, SAID
from text.words import content_words

READ = 4
"""So many sentences of a conclusion are read, the last."""
_SCOPE = 6
"""A denial reaches so many words on."""
_WORD = re.compile(r"[A-Za-z]+|[<>=]|\d[\d.,%]*|[㐀-鿿]")
_PAIRED = (
    "q_same", "q_diff", "q_any", "q_comp", "q_need", "q_safe", "q_harm", "q_neg", "q_all", "q_good", "q_up", "q_down",
    "q_assoc", "q_predict",
)  # fmt: skip
_WITH = (
    "b_null", "b_same", "b_diff", "b_fail", "b_good", "b_bad", "a_not", "b_hedge", "a_null", "a_same", "b_but",
    "a_fail",
)  # fmt: skip


def nearest(words: Collection[str], sentences: Sequence[str]) -> tuple[int, list[float], float]:
    """Which sentence is nearest to a question of these content words, how near each is, and what share of the words the
    nearest holds."""
    asked = set(words)
    shares = [len(asked & set(content_words(sentence))) / max(1, len(asked)) for sentence in sentences]
    last = len(sentences) - 1
    near = [
        share + 0.12 * (place == last) + 0.1 * (CONCLUDES.search(sentence) is not None)
        for place, (share, sentence) in enumerate(zip(shares, sentences, strict=True))
    ]
    best = max(range(len(near)), key=near.__getitem__)
    return best, near, shares[best]


def features(question: str, words: Collection[str], sentences: Sequence[str]) -> dict[str, float]:
    """By name what is there, of a conclusion in `sentences`, of which there must be one.

    `words` are the content words of the question, and of what it says in the language of the conclusion.
    """
    sentences = sentences[-READ:]
    made = {name: 1.0 for name, cue in ASKED.items() if cue.search(question)}
    best, near, share = nearest(words, sentences)
    made |= {"share": share, "length": len(sentences) / READ, "last": float(best == len(sentences) - 1)}
    total = sum(one + 0.05 for one in near)
    for place, sentence in enumerate(sentences):
        for name, cue in SAID.items():
            count = min(sum(1 for _ in cue.finditer(sentence)), 2)
            if count:
                made[f"a_{name}"] = made.get(f"a_{name}", 0.0) + (near[place] + 0.05) / total * count
                if place == best:
                    made[f"b_{name}"] = float(count)
    made |= _denied(set(words), sentences[best])
    made |= _directions(made, sentences[best])
    pairs = {
        f"{asked}*{said}": made[said] for asked in _PAIRED if asked in made for said in _WITH if made.get(said, 0.0)
    }
    return made | pairs


def _denied(asked: Collection[str], sentence: str) -> dict[str, float]:
    """Whether a denial stands, and whether it reaches a word of the question."""
    marked = []
    for match in _WORD.finditer(sentence):
        form = content_words(match.group())
        marked.append("" if form and form[0] in asked else match.group().lower())
    reaching = sum(word in DENIES and "" in marked[at + 1 : at + 1 + _SCOPE] for at, word in enumerate(marked))
    return {
        "denied": float(min(reaching, 2)),
        "denied_first": float(any(word in DENIES for word in marked[: len(marked) // 2])),
        "denied_any": float(any(word in DENIES for word in marked)),
    }


def _directions(made: dict[str, float], sentence: str) -> dict[str, float]:
    """Whether a sentence goes the way that the question asks about, or the other way."""
    up, down = "q_up" in made, "q_down" in made
    more, less = SAID["up"].search(sentence) is not None, SAID["down"].search(sentence) is not None
    return {
        "agree": float((up and more and not less) or (down and less and not more)),
        "oppose": float((up and not down and less and not more) or (down and not up and more and not less)),
    }
