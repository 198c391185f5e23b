from qa.asked.emergency.messages import message
from qa.asked.emergency.pictures import Picture, pictures
from qa.asked.emergency.tables import phrases, rows
from qa.asked.emergency.verdict import Verdict


def test_a_picture_wants_one_of_each_need_and_nothing_that_takes_it_away() -> None:
    one = Picture("stroke", (frozenset({"speech"}), frozenset({"now", "sudden"})), frozenset({"drunk"}))
    assert one.fits({"speech", "sudden", "nausea"})
    assert not one.fits({"speech"})
    assert not one.fits({"speech", "now", "drunk"})


def test_pictures_ask_for_signs_and_frames_that_are_read() -> None:
    read = {"young"} | {name for table in ("signs", "frames") for name in phrases(table, "en")}
    for picture in pictures():
        wanted = {name for need in picture.needs for name in need} | set(picture.without)
        assert wanted <= read, (picture, wanted - read)


def test_every_group_says_what_to_do_meanwhile() -> None:
    advised = {group for group, *_ in rows("advice.tsv")}
    groups = {picture.group for picture in pictures()}
    assert groups - advised == {"other"}
    for group in groups:
        said = message(Verdict(group, False, False), "en")
        assert "112" in said
