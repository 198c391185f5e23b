from __future__ import annotations

import numpy as np
import pytest

from retrieval.errors import EncoderMismatch, EncoderUnavailable
from retrieval.family_encoder import FamilyEncoder
from retrieval.onnx_encoder import OnnxEncoder

ENGLISH, CHINESE = "Ibuprofen relieves headache.", "布洛芬缓解头痛。"


def test_each_text_is_encoded_by_the_one_for_its_family(onnx: OnnxEncoder, chinese: OnnxEncoder) -> None:
    both = FamilyEncoder(onnx, chinese.name, lambda: chinese)
    vectors = both.encode([CHINESE, ENGLISH, CHINESE])
    np.testing.assert_array_equal(vectors[1], onnx.encode([ENGLISH])[0])
    np.testing.assert_array_equal(vectors[[0, 2]], chinese.encode([CHINESE, CHINESE]))
    assert both.encode([]).shape == (0, both.dimension)
    np.testing.assert_array_equal(both.encode_in("rest", [CHINESE], "query"), onnx.encode([CHINESE], "query"))


def test_its_name_is_that_of_both_before_the_second_is_opened(onnx: OnnxEncoder) -> None:
    def opening() -> OnnxEncoder:
        raise EncoderUnavailable("no Chinese encoder in that folder")

    both = FamilyEncoder(onnx, "zh/1", opening)
    assert both.name == f"{onnx.name} + zh/1"
    np.testing.assert_array_equal(both.encode([ENGLISH]), onnx.encode([ENGLISH]))
    with pytest.raises(EncoderUnavailable, match="no Chinese encoder"):
        both.encode([ENGLISH, CHINESE])


def test_an_encoder_of_another_name_is_refused(onnx: OnnxEncoder, chinese: OnnxEncoder) -> None:
    both = FamilyEncoder(onnx, "another/1", lambda: chinese)
    with pytest.raises(EncoderMismatch, match="does not go with"):
        both.of("zh")
