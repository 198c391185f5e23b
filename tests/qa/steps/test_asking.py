from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from qa.steps.asking import Asking


def test_what_a_step_works_from_is_not_changed_by_it(asking: Any) -> None:
    made: Asking = asking("What is Marfan syndrome?")
    assert set(made.entities) == {"OMIM:154700"}
    assert made.patient == ()
    with pytest.raises(FrozenInstanceError):
        made.patient = ()  # type: ignore[misc]  # that is what is tested
