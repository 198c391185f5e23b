import pytest

from qa.differential.case.setting import region, season


@pytest.mark.parametrize(
    ("text", "word"),
    [("in winter", "winter"), ("冬季", "winter"), ("summer", "summer"), ("in early march", "spring"),
     ("秋天就犯", "autumn"), ("it may fall off", ""), ("", "")],
)  # fmt: skip
def test_a_season(text: str, word: str) -> None:
    assert season(text) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [("back from Ghana", "africa"), ("东南亚旅游回来", "tropics"), ("India", "south-asia"), ("tropics", "tropics"),
     ("South Asia", "south-asia"), ("内蒙古", "rural"), ("no travel to Africa", ""), ("印尼", "tropics"), ("", "")],
)  # fmt: skip
def test_a_region(text: str, word: str) -> None:
    assert region(text) == word
