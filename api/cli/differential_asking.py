"""`medgraph differential --interactive`: what would tell most is asked, and the ranking follows the answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api import differential as ranking
from api.cli.common import clean
from api.cli.differential_table import Table

if TYPE_CHECKING:
    from api.wiring import Parts

_YES = ("y", "yes", "是", "有")
_NO = ("n", "no", "否", "无", "没有")
_STOP = ("q", "quit", "stop", "退出")
_HINT = {"en": "[y]es, [n]o, [u]nknown, [q]uit", "zh": "是 y，否 n，不详 u，结束 q"}
_AGAIN = {"en": "Answer y, n, u or q.", "zh": "请回答 y、n、u 或 q。"}
_DONE = {"en": "Nothing more to ask would tell the candidates apart.", "zh": "没有更多能区分候选疾病的问题。"}


def ask(parts: Parts, ranked: ranking.Ranked) -> ranking.Ranked:
    """Ask until nothing is left to ask, or whoever answers stops; the ranking at the end."""
    language = ranked.body.language
    while ranked.body.next:
        question = ranked.body.next[0]
        click.echo(clean(f"\n{question.question} ({_HINT[language]}) "), nl=False)
        word = sys.stdin.readline()
        answered = word.strip().casefold()
        if not word or answered in _STOP:
            click.echo()
            return ranked
        if answered in _YES:
            answers = ranking.Answered(present=(question.id,))
        elif answered in _NO:
            answers = ranking.Answered(absent=(question.id,))
        elif answered in ("u", "?", "unknown", "不详", "不知道"):
            answers = ranking.Answered(unclear=(question.id,))
        else:
            click.echo(_AGAIN[language])
            continue
        ranked = ranking.answer(parts, ranked, answers)
        Table(ranked.body).brief()
    click.echo(f"\n{_DONE[language]}")
    return ranked
