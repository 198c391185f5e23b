"""Key points of French, beside the original."""

from __future__ import annotations

from qa.evidence.gist import gist


def test_terms_come_in_order_behind_the_original() -> None:
    text = "Contrôle plus fréquent de l'INR et adaptation de la posologie, jusqu'à 4 semaines après l'arrêt."
    words = gist(text)
    assert words.en.startswith(text)
    assert words.en.endswith(
        "[key points of the French text: monitor the INR more often; adapt the dose; until 4 weeks after stopping; "
        "also after stopping]"
    )
    assert "更频繁地监测INR；调整剂量；停药后4周内" in words.zh


def test_what_holds_none_stays_as_it_is() -> None:
    assert gist("Rien.") == type(gist("Rien."))("Rien.", "Rien.")


def test_potassium_is_told_from_too_much_of_it() -> None:
    assert "high potassium" in gist("Risque d'hyperkaliémie.").en
    assert "potassium in the blood" not in gist("Risque d'hyperkaliémie.").en
