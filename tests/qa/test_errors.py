from qa.errors import ModelUnavailable, QaError


def test_the_tree_has_one_root() -> None:
    assert issubclass(ModelUnavailable, QaError)
