from qa.asked.emergency.features import BUCKETS, features


def test_a_message_says_signs_frames_and_pictures() -> None:
    of = features("My husband’s mouth is drooping and he can't lift his left arm, it started suddenly")
    assert of.groups[0] == "stroke"
    assert {"sign face_droop", "sign arm_weak", "en kin", "any picture"} <= set(of.named)
    assert all(0 <= bucket < BUCKETS for bucket in of.buckets)


def test_the_pictures_that_ask_for_most_come_first() -> None:
    assert features("怀孕六周，突然下腹剧痛，肩膀也疼，头晕").groups[0] == "ectopic"


def test_nothing_said_has_no_picture() -> None:
    assert features("阿司匹林").groups == ()
    assert features("").groups == ()
