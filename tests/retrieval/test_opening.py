from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from retrieval.errors import EncoderUnavailable
from retrieval.family_encoder import FamilyEncoder
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.opening import CHINESE, encoder_of


def test_chinese_has_an_encoder_of_its_own_beside_a_shipped_one(onnx: OnnxEncoder, models: Path) -> None:
    name = onnx.name.partition("/")[0]
    both = encoder_of(models, name, threads=1)
    assert isinstance(both, FamilyEncoder)
    assert both.name == f"{onnx.name} + {CHINESE}/1"
    assert both.unrelated["zh"].deviation > 0
    both.close()
    one = encoder_of(models, name, "", threads=1)
    assert one.name == onnx.name
    one.close()


def test_beside_weights_of_another_folder_it_has_to_be_named(models: Path, onnx: OnnxEncoder, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(models / onnx.name.partition("/")[0], own)
    alone = encoder_of(models, str(own))
    assert alone.name == "own/1"
    alone.close()
    both = encoder_of(models, str(own), CHINESE)
    assert both.name == f"own/1 + {CHINESE}/1"
    both.close()


def test_without_the_chinese_weights_english_is_encoded_and_chinese_told_what_to_do(
    models: Path, onnx: OnnxEncoder, tmp_path: Path
) -> None:
    name = onnx.name.partition("/")[0]
    shutil.copytree(models / name, tmp_path / name)
    both = encoder_of(tmp_path, name)
    assert both.encode(["gout"]).shape == (1, both.dimension)
    with pytest.raises(EncoderUnavailable, match=f"no {CHINESE}.*MEDGRAPH_CHINESE_ENCODER"):
        both.encode(["痛风"])
    both.close()


def test_a_shipped_one_that_is_not_there_is_not_looked_for_on_a_hub(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="MEDGRAPH_MODELS"):
        encoder_of(tmp_path, "minilm-l6-int8")
