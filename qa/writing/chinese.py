"""Answers in Chinese."""

from __future__ import annotations

from qa.evidence.wording import DISAGREE
from qa.writing.templates import Templates
from text.names import is_chinese


def _quotation(text: str, source: str, name: str) -> str:
    mark = "" if is_chinese(text) else "原文："
    return f"{name + '：' if name else ''}{mark}“{text}”（{source}）"


CHINESE = Templates(
    language="zh",
    stop="。",
    patient="患者",
    disagree=DISAGREE[1],
    sources=lambda count: f"（{count}个来源）",
    verbatim=lambda text, source: f"。原文：“{text}”（{source}）",
    quotation=_quotation,
    messages={
        "no_evidence": "在您可以查阅的资料中，没有找到能回答这个问题的证据。",
        "out_of_scope": "这个问题似乎不涉及本系统所知的疾病、症状或药物。",
        "vague": "请说得具体一些：问的是哪种疾病、症状、药物或基因，想知道什么？如果身体不适，请说明哪里、怎样不舒服、"
        "从什么时候开始以及年龄。如果症状严重或突然发生，请先就医或拨打急救电话。",
        "unsupported_answer": "写出的内容没有得到所找到证据的支持，因此不作结论；相关证据已列出。",
        "unknown_name": "所问的是未知药名，不以其他药物或疾病的资料代答。",
        "nothing_loaded": "这里尚未载入任何图谱或文献，因此无法回答任何问题。",
        "model_unavailable": "语言模型暂时不可用；已列出找到的证据。",
    },
    untold="请说明有哪些症状、体征或检查结果，才能对疾病排序。",
    unproven="这不能证明安全。",
)
