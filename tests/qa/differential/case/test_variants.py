import pytest

from qa.differential.case.variants import variants


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("diarrhoea", "diarrhea"),
        ("haematuria", "hematuria"),
        ("swollen knee", "knee swelling"),
        ("knee swollen", "knee swelling"),
        ("pain in knee", "knee pain"),
        ("red eye", "eye redness"),
        ("上 腹 部 绞 痛", "上 腹 痛"),
        ("头 疼", "头 痛"),
        ("膝 盖 红 肿", "膝 盖 肿"),
    ],
)
def test_a_name_is_written_in_other_ways(name: str, other: str) -> None:
    assert other in list(variants(name))


def test_none_is_the_name_itself() -> None:
    assert "fever" not in list(variants("fever"))
