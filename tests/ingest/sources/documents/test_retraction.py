"""Titles, types and first words that say a paper is retracted; and the word in its other senses."""

from __future__ import annotations

import pytest

from ingest.sources.documents import retraction


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: A",
        "Retracted: A",
        "[Retracted] A",
        "Retracted Article: A",
        "RETRACTED ARTICLE A cures",
        "WITHDRAWN: A for b",
        "Withdrawn: A",
        "A cures B [Retracted]",
        "A cures B (Retracted article)",
        "A cures B. RETRACTED",
        "A cures B - RETRACTED",
        "Retraction: A",
        'Retraction notice to "A"',
        "Retraction Note: A",
        "Retraction note to: A",
        "Notice of Retraction: A",
        "Statement of Retraction: A",
        "Retraction of: A",
        'Retraction of "A cures"',
        "Retraction to: A",
        "Retraction",
        "Retraction.",
        "Retraction for Smith et al., A cures",
        "Partial retraction: A",
        "WITHDRAWAL: A",
        "Retraction of the article: A",
        "REMOVED: A",
        "【撤稿】A",
        "撤稿声明:A",
        "Retraction—A cures B",
        "(RETRACTED) A",
        "RETRACTED CHAPTER: A",
        '"Retracted: A"',
        "Retraction statement: A",
        'Withdrawal notice to "A"',
        "已撤稿:锂盐治疗自闭症",
        "Editorial Retraction: A",
        "*RETRACTED* A cures",
        "Retracted article: A",
        "RETRACTION: A",
        "Notice of Retraction and Replacement. A",
        "Expression of Concern and Retraction: A",
        "[RETRACTED ARTICLE] A",
    ],
)
def test_marked_titles(title: str) -> None:
    assert retraction.by_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "Retraction of the gums in periodontitis",
        "Retraction pockets of the ear",
        "Retracted nipple",
        "Retracted nipples: causes",
        "Alcohol withdrawal",
        "Withdrawal symptoms after opioids",
        "Withdrawal: a review",
        "Erratum: A",
        "Correction to: A",
        "Expression of concern: A",
        "Corrected and republished: A",
        "Why are papers retracted?",
        "Retracted articles in PubMed: a study",
        "Lid retraction in Graves disease",
        "Withdrawn children at school",
        "Revised: A",
        "Analysis of retracted papers on autism",
        "Clot retraction: an assay",
        "Retraction time",
        "Eyelid retraction.",
        "Uterine retraction",
        "Withdrawal of antipsychotics in dementia",
        "Withdrawal of treatment",
        "Retraction of the eyelid: a report",
        "牙龈退缩的治疗",
        "停药撤回反应",
        "Retraction rates in oncology",
        "RETRACTED AND PROLAPSED STOMAS",
        "Withdrawing life support",
        "Medial retraction of the scapula",
        "Tumor retraction artifact",
        "Retraction in PubMed",
        "Retracted studies and their citations",
    ],
)
def test_other_titles(title: str) -> None:
    assert not retraction.by_title(title)


def test_types_and_first_words() -> None:
    assert retraction.by_kind("Retraction of Publication")
    assert not retraction.by_kind("Published Erratum")
    assert retraction.by_first_words("This article has been withdrawn at the request of the authors.")
    assert not retraction.by_first_words("Fever has been retracted from the list.")
    assert retraction.partly("") == "A part of this article was retracted."
