from qa.asked.emergency.features import BUCKETS, Features, features
from qa.asked.emergency.weights import weights


def test_weights_cover_all_buckets() -> None:
    assert len(weights().runs) == BUCKETS


def test_telling_weighs_more_than_asking() -> None:
    told = weights().probability(features("my father collapsed and is not breathing"))
    asked = weights().probability(features("what makes people stop breathing in opioid overdose?"))
    assert told > 0.9
    assert asked < 0.2


def test_unknown_names_count_nothing() -> None:
    nothing = weights().probability(Features((), (), ()))
    assert weights().probability(Features(("sign nobody knows",), (), ())) == nothing
