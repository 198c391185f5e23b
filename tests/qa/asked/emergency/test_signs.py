import pytest

from qa.asked.emergency.signs import framed, named


@pytest.mark.parametrize(
    ("text", "language", "sign"),
    [
        ("his mouth hangs to one side", "en", "face_droop"),
        ("lips are puffing up", "en", "swelling_face"),
        ("he isn't breathing", "en", "not_breathing"),
        ("嘴角歪了", "zh", "face_droop"),
        ("喉咙像被掐住一样发紧", "zh", "throat_close"),
        ("他没有呼吸了", "zh", "not_breathing"),
    ],
)
def test_signs_in_words_of_every_day(text: str, language: str, sign: str) -> None:
    assert sign in named(text, language)


@pytest.mark.parametrize(
    ("text", "language", "sign"),
    [
        ("palpitations, no chest pain", "en", "chest_pain"),
        ("without any fever today", "en", "fever"),
        ("没有胸痛，只是咳嗽", "zh", "chest_pain"),
        ("没发烧", "zh", "fever"),
    ],
)
def test_what_is_denied_is_no_sign(text: str, language: str, sign: str) -> None:
    assert sign not in named(text, language)


@pytest.mark.parametrize(
    ("text", "language", "young"),
    [
        ("my 5 week old feels hot", "en", True),
        ("my seven-week-old is hot", "en", True),
        ("newborn is hot", "en", True),
        ("my 5 month old feels hot", "en", False),
        ("my 5 year old feels hot", "en", False),
        ("出生二十天的宝宝发烧", "zh", True),
        ("两个月大的宝宝发烧", "zh", True),
        ("八个月的宝宝发烧", "zh", False),
        ("怀孕两个月发烧", "zh", False),
    ],
)
def test_an_age_under_three_months(text: str, language: str, young: bool) -> None:
    assert ("young" in named(text, language)) is young


@pytest.mark.parametrize(
    ("text", "language", "frame"),
    [
        ("if my baby ever chokes, what then", "en", "hypothetical"),
        ("i had a stroke five years ago", "en", "past"),
        ("meta-analyses of early aspirin", "en", "research"),
        ("万一被蛇咬了", "zh", "hypothetical"),
        ("五年前得过脑梗", "zh", "past"),
        ("怎么预防中暑", "zh", "prevent"),
    ],
)
def test_frames(text: str, language: str, frame: str) -> None:
    assert frame in framed(text, language)
