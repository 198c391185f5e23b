from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.model import Entity, Name, Source
from ingest.model import Failure, Mapping
from ingest.sources.curated import lexicon
from text.names import is_chinese, normalise

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))


def test_reads_a_lexicon_of_ones_own(write: Callable[..., Path]) -> None:
    path = write(
        "ward.tsv",
        "# licence: CC-BY-4.0\n# version: 3\nid\ttype\tname\tzh\tsynonyms\tsame_as\n"
        "MESH:D1\tDrug\tBluemycin\t蓝霉素 | 蓝药\tBlumo|Bluo\tdrugbank:DB9|\n",
    )

    source, mapping, entity = lexicon.read(path)

    assert source == Source("lexicon-ward", "curated", version="3", licence="CC-BY-4.0")
    assert mapping == Mapping("DRUGBANK:DB9", "MESH:D1")
    names = (Name("蓝霉素", "zh"), Name("蓝药", "zh"), Name("Blumo"), Name("Bluo"))
    assert entity == Entity("MESH:D1", "Drug", "Bluemycin", names)


@pytest.mark.parametrize(
    "line",
    ["secret\tDrug\tx", "MESH:D2\tSecret\tx", "MESH:D2\tDrug\t", "MESH:D1\tDrug\tagain", "MESH:D2\tDrug\tx\ty\tz\tu"],
)
def test_a_malformed_line_costs_only_itself(write: Callable[..., Path], line: str) -> None:
    path = write("ward.tsv", f"id\ttype\tname\tzh\tsynonyms\nMESH:D1\tDrug\tBluemycin\n{line}\n")

    records = list(lexicon.read(path))

    (failure,) = [r for r in records if isinstance(r, Failure)]
    assert failure.record == "line 3"
    assert "ecret" not in failure.reason
    assert [r.name for r in records if isinstance(r, Entity)] == ["Bluemycin"]


def _shipped() -> Iterator[tuple[str, Entity | Mapping | Source | Failure]]:
    for path in lexicon.shipped():
        for record in lexicon.read(path):
            assert isinstance(record, Entity | Mapping | Source | Failure)
            yield path.name, record


def test_what_is_shipped_is_well_formed() -> None:
    records = list(_shipped())

    tables = {"classes", "diseases", "drugs", "exposures", "findings", "organisms", "outcomes", "procedures"}
    assert {p.stem for p in lexicon.shipped()} >= tables | {"proteins", "tests"}
    assert not [r for _, r in records if isinstance(r, Failure)]
    assert {(r.id, r.version, r.licence) for _, r in records if isinstance(r, Source)} == {
        ("medgraph-lexicon", "5", "CC0-1.0")
    }
    entities = [r for _, r in records if isinstance(r, Entity)]
    assert len({e.id for e in entities}) == len(entities) > 1500
    for entity in entities:
        assert any(name.language == "zh" for name in entity.synonyms), entity.id
        for name in entity.synonyms:
            # Chinese names may hold Latin letters (QT间期延长), English ones no Chinese.
            assert (name.language == "zh") == is_chinese(name.text), name
            assert len(normalise(name.text)) > 1, name


def test_what_texts_call_classes_tests_operations_and_germs_is_shipped() -> None:
    wanted = {
        "Drug": ("beta blockers", "live vaccine", "噻嗪类利尿剂"),
        "Procedure": ("appendectomy", "冠状动脉造影"),
        "Measurement": ("eGFR", "血糖"),
        "Organism": ("H. pylori", "鲍曼不动杆菌"),
        "Phenotype": ("胰岛素抵抗",),
        "Disease": ("细胞因子释放综合征",),
    }
    entities = [r for _, r in _shipped() if isinstance(r, Entity)]
    known = {(e.type, normalise(n)) for e in entities for n in (e.name, *(s.text for s in e.synonyms))}

    assert {(type, n) for type, names in wanted.items() for n in names if (type, normalise(n)) not in known} == set()


def test_what_texts_say_people_eat_do_show_and_are_to_be_spared_is_shipped() -> None:
    wanted = {
        "Drug": ("beer", "washing powder", "PM2.5", "动物内脏", "毒蘑菇"),
        "Phenotype": ("short of breath", "Tinel's sign", "红肿", "水牛背", "sunshine", "cardiac death", "死亡率"),
        "Procedure": ("metagenomic sequencing", "prone position", "抗酸染色", "高盐饮食"),
        "Measurement": ("bile acids", "容量状态"),
    }  # fmt: skip
    entities = [r for _, r in _shipped() if isinstance(r, Entity)]
    known = {(e.type, normalise(n)) for e in entities for n in (e.name, *(s.text for s in e.synonyms))}

    assert {(type, n) for type, names in wanted.items() for n in names if (type, normalise(n)) not in known} == set()


def test_what_leaflets_and_patients_say_and_labels_contraindicate_is_shipped() -> None:
    wanted = {
        "HP:0001785": "swelling of the ankles|踝部肿胀",
        "HP:0002018": "feeling sick|想吐",
        "HP:0002027": "tummy pain|腹部疼痛",
        "HP:0002239": "stomach bleeding|胃出血",
        "HP:0031589": "thoughts of suicide|自杀想法",
        "HP:0000016": "not being able to pass urine|排不出尿",
        "HP:0001882": "low white blood cells|白细胞低",
        "HP:0031244": "swelling of the lips|嘴唇肿胀",
        "MESH:D015812": "narrow-angle glaucoma|窄角型青光眼",
        "HP:0001678": "second- or third-degree heart block|二度或三度房室传导阻滞",
        "HP:0001920": "bilateral renal artery stenosis|双侧肾动脉狭窄",
        "MESH:D006333": "decompensated heart failure|失代偿性心力衰竭",
        "MEDGRAPH:finding-severe-hepatic-impairment": "severe liver disease|严重肝功能障碍",
    }  # fmt: skip
    known = {(r.id, normalise(n.text)) for _, r in _shipped() if isinstance(r, Entity) for n in r.synonyms}

    assert {(id, n) for id, s in wanted.items() for n in s.split("|") if (id, normalise(n)) not in known} == set()


def test_no_shipped_name_is_one_that_means_something_else_within_longer_words() -> None:
    # "Cold" is a temperature, 转移 a half of 转移酶, 耐受性 what is good when a drug is well tolerated;
    # 腿肿 begins a tumour's name, 磨牙 is a tooth.
    names = {n.text for _, r in _shipped() if isinstance(r, Entity) for n in r.synonyms}
    assert names.isdisjoint(
        {"cold", "fits", "nervous", "scaling", "vesicles", "wind", "slow growth"}
        | {"转移", "耐受性", "换药", "水化", "空洞", "腿肿", "磨牙", "看不见", "尿多", "容量不足"}
    )


def test_no_shipped_name_belongs_to_two_entities_of_one_type() -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, entity in _shipped():
        if isinstance(entity, Entity):
            for name in (entity.name, *(s.text for s in entity.synonyms)):
                bearers[entity.type, normalise(name)].add(entity.id)

    assert {key: ids for key, ids in bearers.items() if len(ids) > 1} == {}


def test_no_shipped_id_is_the_same_as_two_others() -> None:
    others = [r.other for _, r in _shipped() if isinstance(r, Mapping)]

    assert len(set(others)) == len(others) > 400


@pytest.mark.data
def test_every_shipped_id_of_hpo_and_mesh_exists() -> None:
    known: set[str] = set()
    for table, column, prefix in (("hpo/hpo_terms.tsv.gz", "hpo_id", ""), ("mesh/terms.tsv.gz", "mesh_id", "MESH:")):
        path = DATA / "graph" / table
        if not path.exists():
            pytest.skip(f"no {path}")
        with gzip.open(path, "rt", encoding="utf-8") as file:
            known.update(prefix + row[column] for row in csv.DictReader(file, delimiter="\t"))

    ids = [r.id for _, r in _shipped() if isinstance(r, Entity) and r.id.startswith(("HP:", "MESH:"))]

    assert len(ids) > 1400
    assert set(ids) <= known
