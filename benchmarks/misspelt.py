"""How misspelt names are read: names of a home's graph with one slip each, drawn by seed, and what must stay as it is.

    PYTHONPATH=. python benchmarks/misspelt.py [--home HOME] [--seed 1] [--names 300]

Prints a JSON line for each kind: `right` is the share read as the entity meant, `wrong` as another, `asked` proposed
among others, `left` untouched; of words that must stay, `wrong` is the share that was changed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter

from api.settings import Settings
from api.wiring import Parts
from graph.model import PUBLIC
from graph.view import GraphView
from qa.asked.misspelling import common
from qa.asked.names import names_in
from qa.asked.respelt import respelt
from qa.asked.spellings import TYPES, Spellings, sound
from text.names import is_chinese, normalise, tokens

_NEAR = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "r": "et", "s": "ad", "t": "ry", "l": "k", "m": "n"}
_MADE = (
    "zentravil", "calloprex", "mirodantin", "velastorin", "quintorel", "braxodine", "trilumex", "ozervastan",
    "Prentiss-Calloway syndrome", "Hargrove disease", "neverlandosis", "florbital", "dramopexin", "tuvorexil",
    "扎仑替韦", "科勒综合征", "利格昔平", "普拉汀宁", "达格莫尼", "健压灵胶囊", "清热解郁丸", "阿尔坦病",
)  # fmt: skip
_FRAMES = {"en": ("What is {}?", "Tell me about {}"), "zh": ("{}是什么", "请说说{}")}


def _slip(name: str, draw: random.Random, alike: dict[str, list[str]]) -> str:
    """`name` with one slip as people make them: a letter lost, doubled, changed or swapped; in Chinese one that sounds
    alike."""
    if is_chinese(name):
        at = draw.choice([at for at, one in enumerate(name) if is_chinese(one)])
        others = [one for one in alike.get(sound(name[at]), ()) if one != name[at]]
        return name[:at] + (draw.choice(others) if others else "") + name[at + 1 :]
    letters = [at for at in range(1, len(name) - 1) if name[at].isalpha() and name[at - 1].isalpha()]
    at = draw.choice(letters)
    match draw.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case 2:
            return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at > 1 else name[:at] + name[at + 1 :]
        case _:
            return name[:at] + draw.choice(_NEAR.get(name[at].lower(), "eais")) + name[at + 1 :]


def _names(view: GraphView, count: int, draw: random.Random) -> Iterator[tuple[str, str, set[str]]]:
    """Names of diseases, drugs and findings that people may write, each with its language and the ids that bear it."""
    known = [
        (name, language)
        for name, language, _, type in view.store.names()
        if type in TYPES and (4 <= len(name) <= 9 if language == "zh" else _is_plain(name))
    ]
    for name, language in draw.sample(sorted(set(known)), min(count, len(set(known)))):
        bearers = view.named([normalise(name)]).get(normalise(name), [])
        if bearers:
            yield name, language, {entity.id for entity in bearers}


def _is_plain(name: str) -> bool:
    words = name.split()
    return len(words) < 4 and len(name) > 6 and all(word.isalpha() and word.isascii() for word in words)


def _judged(text: str, meant: set[str], view: GraphView, spellings: Spellings) -> str:
    read = respelt(text, names_in(text, tokens(text), view), view, spellings)
    named = {entity.id for span in names_in(read.text, tokens(read.text), view) for entity in span.entities}
    if named & meant:
        return "right" if read.text != text else "same"
    if read.read:
        return "wrong"
    proposed = {normalise(name) for _, names in read.near for name in names}
    if proposed:
        ids = {entity.id for bearers in view.named(proposed).values() for entity in bearers}
        return "asked" if ids & meant else "asked_of_others"
    return "left"


def _told(kind: str, found: Sequence[str], seconds: float) -> None:
    shares = {name: round(times / len(found), 3) for name, times in sorted(Counter(found).items())}
    print(json.dumps({"kind": kind, "of": len(found), **shares, "ms_each": round(1000 * seconds / len(found), 1)}))


def main() -> None:
    """Print the lines for the names of one home."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", default=os.environ.get("MEDGRAPH_HOME", ""))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", type=int, default=300)
    parser.add_argument("--show", action="store_true", help="print what was not read rightly to the standard error")
    given = parser.parse_args()
    os.environ["MEDGRAPH_HOME"] = given.home
    draw = random.Random(given.seed)
    with Parts(Settings.read()) as parts:
        view = GraphView(parts.graph(), PUBLIC)
        spellings = Spellings(view.store)
        begun = perf_counter()
        spellings.known("any")
        print(json.dumps({"kind": "index", "seconds": round(perf_counter() - begun, 2)}))
        names = list(_names(view, given.names, draw))
        alike: dict[str, list[str]] = {}
        for name, _, _ in names:
            for one in filter(is_chinese, name):
                alike.setdefault(sound(one), []).append(one)
        for language in ("en", "zh"):
            found, begun = [], perf_counter()
            for name, own, meant in names:
                if own == language:
                    slip = _slip(name, draw, alike)
                    found.append(_judged(draw.choice(_FRAMES[language]).format(slip), meant, view, spellings))
                    if given.show and found[-1] in ("wrong", "left", "asked_of_others"):
                        print(found[-1], name, "←", slip, file=sys.stderr)
            if found:
                _told(f"slip {language}", found, perf_counter() - begun)
        words = [*draw.sample(sorted(common()), max(0, given.names - len(_MADE))), *_MADE]
        found, begun = [], perf_counter()
        for word in words:
            text = _FRAMES["zh" if is_chinese(word) else "en"][0].format(word)
            read = respelt(text, names_in(text, tokens(text), view), view, spellings)
            found.append("wrong" if read.text != text else "asked" if read.near else "left")
            if given.show and found[-1] != "left":
                print(found[-1], text, read.read, read.near, file=sys.stderr)
        _told("must stay", found, perf_counter() - begun)


if __name__ == "__main__":
    main()
