"""Tables of conditions, told by their columns: their form, and that what is shipped keeps it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from ingest.jobs.load import load
from ingest.model import Failure
from ingest.sources.curated import conditions
from ingest.sources.curated.formats import by_columns
from ingest.sources.files.tables import Row, rows
from qa.differential import profiles
from text.names import is_chinese

CONDITIONS = (
    "id\tname\tzh\tsynonyms\tincidence\tfemale\tnewborn\tinfant\tchild\tadolescent\tyoung\tmiddle\told\ttempo\tseason"
    "\tregion\tmissed\tmissed_zh\n"
)
FLU = "MESH:D7\tInfluenza\t流感\tflu@en|甲流@zh\t3000\t50\t2\t8\t10\t7\t5\t4\t5\tdays|weeks\twinter\teast-asia\t{}\t\n"
FINDINGS = "condition\tfinding\tlabel\tpercent\tkind\n"
ALARMS = "complaint\tlabel\tcondition\tname\tage_from\tage_to\tsex\n"
FACTORS = "condition\tfactor\tlabel\tzh\tkind\tratio\n"
NEW = "id\tname\tzh\tsynonyms\tparents\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of one's own: influenza with two findings, one of them its own, and two factors."""
    folder = tmp_path / "ward"
    folder.mkdir()
    for name, text in {
        "conditions.tsv": "# licence: CC-BY-4.0\n# version: 3\n" + CONDITIONS + FLU.format("It kills."),
        "findings.tsv": FINDINGS
        + "MESH:D7\tHP:0001945\tFever\t85\thistory\nMESH:D7\tMEDGRAPH:finding-chill\tChill\t60\thistory\n"
        + "MESH:D7\tHP:0002321\tVertigo\t0\thistory\n",
        "factors.tsv": FACTORS
        + "MESH:D7\tMEDGRAPH:pregnancy\tany\t\tstate\t2\nMESH:D7\tMESH:D7\tInfluenza once\t\tcondition\t1.5\n"
        + "MESH:D7\tMEDGRAPH:factor-crowd\tCrowd\t人群\texposure\t3\n",
        "new.tsv": NEW
        + "MEDGRAPH:finding-chill\tChill\t寒战\tshivers@en\tHP:0025143\n"
        + "MEDGRAPH:factor-crowd\tCrowd\t人群\tcrowded@en\t\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _made(path: Path) -> list[Assertion]:
    return [record for record in conditions.read(path) if isinstance(record, Assertion)]


def test_a_condition_says_how_often_where_and_how_long(tables: Path) -> None:
    records = list(conditions.read(tables / "conditions.tsv"))
    assert records[0] == Source("conditions-ward", "curated", version="3", licence="CC-BY-4.0")
    assert Entity("MESH:D7", "Disease", "Influenza", (Name("流感", "zh"), Name("flu"), Name("甲流", "zh"))) in records
    stated = {(a.predicate, a.object): dict(a.qualifiers) for a in records if isinstance(a, Assertion)}
    assert stated == {
        ("occurs_in", "MEDGRAPH:population-general"): {
            "incidence": "3000", "female": "50",
            "ages": "newborn=2 infant=8 child=10 adolescent=7 young=5 middle=4 old=5",
        },
        ("has_course", "MEDGRAPH:tempo-days"): {"share": "0.706"},
        ("has_course", "MEDGRAPH:tempo-weeks"): {"share": "0.294"},
        ("occurs_in", "MEDGRAPH:season-winter"): {},
        ("occurs_in", "MEDGRAPH:region-east-asia"): {},
        ("has_modifier", "MEDGRAPH:must-not-be-missed"): {"why": "It kills."},
    }  # fmt: skip
    declared = {record.id for record in records if isinstance(record, Entity)}
    assert {object for _, object in stated} <= declared


def test_findings_and_factors_say_how_often_and_by_how_much(tables: Path) -> None:
    fever, chill, vertigo = _made(tables / "findings.tsv")
    assert (fever.subject, fever.predicate, fever.object, fever.polarity) == (
        "MESH:D7", "has_phenotype", "HP:0001945", "affirmed",
    )  # fmt: skip
    assert dict(fever.qualifiers) == {"frequency": "85%", "kind": "history"}
    assert (vertigo.polarity, dict(vertigo.qualifiers)["frequency"]) == ("negated", "0%")
    pregnancy, once, crowd = _made(tables / "factors.tsv")
    assert (pregnancy.subject, pregnancy.predicate, pregnancy.object) == (
        "MEDGRAPH:pregnancy", "contributes_to", "MESH:D7",
    )  # fmt: skip
    assert dict(once.qualifiers) == {"ratio": "1.5", "kind": "condition"}
    named = {record.id: record for record in conditions.read(tables / "new.tsv") if isinstance(record, Entity)}
    assert named[crowd.subject] == Entity(crowd.subject, "Concept", "Crowd", (Name("人群", "zh"), Name("crowded")))
    (below,) = _made(tables / "new.tsv")
    assert (below.subject, below.predicate, below.object) == (chill.object, "subclass_of", "HP:0025143")


def test_an_alarm_says_for_whom_it_is(tables: Path) -> None:
    path = tables / "alarms.tsv"
    path.write_text(f"{ALARMS}HP:0001945\tFever\tMESH:D7\tInfluenza\t65\t\tmale\n", encoding="utf-8")
    (alarm,) = _made(path)
    assert (alarm.subject, alarm.predicate, alarm.object) == ("MESH:D7", "has_phenotype", "HP:0001945")
    assert dict(alarm.qualifiers) == {"alarm": "yes", "sex": "male", "age_from": "65"}


def test_what_has_a_row_of_its_own_is_declared_there_alone(tables: Path) -> None:
    """A later declaration of a source takes the place of its earlier one, and would take its names away."""
    for name, ids in {"findings.tsv": {"HP:0001945", "HP:0002321"}, "factors.tsv": {"MEDGRAPH:pregnancy"}}.items():
        assert {record.id for record in conditions.read(tables / name) if isinstance(record, Entity)} == ids


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        (CONDITIONS, FLU.format("").replace("3000", "0"), "incidence"),
        (CONDITIONS, FLU.format("").replace("\t50\t", "\t101\t"), "female"),
        (CONDITIONS, FLU.format("").replace("\t8\t10\t", "\t8\t11\t"), "child"),
        (CONDITIONS, FLU.format("").replace("\t8\t10\t", "\t8\tnan\t"), "child"),
        (CONDITIONS, FLU.format("").replace("\t8\t10\t", "\t8\t\t"), "child"),
        (CONDITIONS, FLU.format("").replace("days", "fortnights"), "tempo"),
        (CONDITIONS, FLU.format("").replace("winter", "monsoon"), "season"),
        (CONDITIONS, FLU.format("").replace("east-asia", "moon"), "region"),
        (CONDITIONS, FLU.format("").replace("flu@en", "flu"), "synonym"),
        (CONDITIONS, FLU.format("").replace("MESH:D7", "secret"), "CURIE"),
        (FINDINGS, "MESH:D7\tHP:0001945\tFever\t101\thistory\n", "percent"),
        (FINDINGS, "MESH:D7\tHP:0001945\tFever\t-1\thistory\n", "percent"),
        (FINDINGS, "MESH:D7\tHP:0001945\tFever\tmany\thistory\n", "percent"),
        (FINDINGS, "MESH:D7\tHP:0001945\tFever\t85\trumour\n", "kind"),
        (FINDINGS, "MESH:D7\tHP:0001945\tFever\t85\texam\nMESH:D7\tHP:0001945\tFever\t80\texam\n", "before"),
        (ALARMS, "HP:0001945\tFever\tMESH:D7\tInfluenza\tyoung\t\t\n", "age_from"),
        (ALARMS, "HP:0001945\tFever\tMESH:D7\tInfluenza\t\t\tall\n", "sex"),
        (FACTORS, "MESH:D7\tMESH:D8\tOld age\t\tstate\t0\n", "ratio"),
        (FACTORS, "MESH:D7\tMESH:D8\tOld age\t\tfate\t2\n", "kind"),
        (NEW, "MEDGRAPH:finding-chill\t\t\t\t\n", "name"),
        ("a\tb\n", "1\t2\n", "columns"),
    ],
)
def test_a_wrong_row_is_a_failure_that_names_its_line(table: str, row: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"# source: own\n{table}{row}", encoding="utf-8")
    (failure,) = (record for record in conditions.read(path) if isinstance(record, Failure))
    assert failure.record == f"line {3 if reason != 'before' else 4}"
    assert reason in failure.reason


def test_the_words_are_those_that_a_differential_reads() -> None:
    assert tuple(conditions.BANDS) == profiles.BANDS
    assert tuple(conditions.TEMPOS) == profiles.TEMPOS
    assert tuple(conditions.SEASONS) == profiles.SEASONS
    assert tuple(conditions.REGIONS) == profiles.REGIONS
    assert (conditions.POPULATION.id, conditions.MISSED.id) == (profiles.POPULATION, profiles.MISSED)


def test_a_differential_reads_what_is_loaded(tables: Path, tmp_path: Path) -> None:
    graph = SqliteStore(tmp_path / "graph.sqlite")
    *_, done = load([tables], graph=graph)
    assert not done.done.failed
    (source,) = graph.sources()
    read = profiles.read(GraphView(graph, PUBLIC))
    graph.close()
    assert (source.id, source.version, source.licence) == ("conditions-ward", "3", "CC-BY-4.0")
    (at,) = (place for place, id in enumerate(read.diseases) if id == "MESH:D7")
    assert (read.names[at], read.incidence[at], read.female[at], bool(read.missed[at])) == (
        "Influenza",
        3000,
        0.5,
        True,
    )
    assert read.ages[at].tolist() == [2, 8, 10, 7, 5, 4, 5]
    often = {read.terms[term]: round(float(share), 2) for term, share in zip(read.term, read.share, strict=True)}
    assert often == {"HP:0001945": 0.85, "MEDGRAPH:finding-chill": 0.6, "HP:0002321": 0}
    ratios = dict(zip(read.factors, read.ratio.tolist(), strict=True))
    assert ratios == {"MEDGRAPH:pregnancy": 2, "MESH:D7": 1.5, "MEDGRAPH:factor-crowd": 3}


@cache
def _shipped(name: str) -> list[Row]:
    (path,) = (path for path in conditions.shipped() if path.name == name)
    return [row for row in rows(path) if isinstance(row, Row)]


def test_what_is_shipped_is_told_by_its_columns_and_has_no_wrong_row() -> None:
    assert [path.name for path in conditions.shipped()] == [
        "alarms.tsv", "conditions.tsv", "factors.tsv", "findings.tsv", "new.tsv", "rare.tsv", "tests.tsv", "workup.tsv",
    ]  # fmt: skip
    for path in conditions.shipped():
        assert by_columns(set(_shipped(path.name)[0].cells)) == "conditions"
        source, *records = conditions.read(path)
        assert source == Source("medgraph-conditions", "curated", "medgraph conditions", "2", "CC0-1.0")
        assert not [record for record in records if isinstance(record, Failure)]


def test_every_shipped_condition_is_whole() -> None:
    table = _shipped("conditions.tsv")
    findings = Counter(row["condition"] for row in _shipped("findings.tsv"))
    ids = [row["id"] for row in table]
    assert len(ids) == len(set(ids)) >= 400
    assert set(findings) == set(ids)
    for row in table:
        assert findings[row["id"]] >= 8, row["name"]
        assert is_chinese(row["zh"]), row["name"]
        assert max(float(row[band]) for band in conditions.BANDS) == 10, row["name"]
        assert row["tempo"], row["name"]
        assert bool(row["missed"]) == bool(row["missed_zh"]), row["name"]


def test_the_rate_of_a_rare_disease_waits_until_somebody_describes_it(tmp_path: Path) -> None:
    path = tmp_path / "rare.tsv"
    path.write_text("id\tname\trate\nOMIM:154700\tMarfan syndrome\t0.2\nOMIM:1\tNone\t0\n", encoding="utf-8")
    _, population, rate, wrong = conditions.read(path)
    assert population == conditions.POPULATION
    assert isinstance(rate, Assertion)
    assert (rate.subject, rate.predicate, dict(rate.qualifiers)) == ("OMIM:154700", "occurs_in", {"incidence": "0.2"})
    assert isinstance(wrong, Failure)
    ids = [row["id"] for row in _shipped("rare.tsv")]
    assert len(ids) == len(set(ids)) >= 100


def test_every_shipped_finding_and_factor_has_one_name() -> None:
    for table, id in (("findings.tsv", "finding"), ("factors.tsv", "factor")):
        pairs = {(row[id], row["label"]) for row in _shipped(table)}
        assert len(pairs) == len({name for name, _ in pairs})
    new = {row["id"]: row["name"] for row in _shipped("new.tsv")}
    factors = {row["factor"]: row["label"] for row in _shipped("factors.tsv")}
    assert {id: name for id, name in new.items() if id in factors}.items() <= factors.items()
    new = {id: name for id, name in new.items() if id not in factors}
    assert all(id.startswith("MEDGRAPH:finding-") for id in new)
    named = {row["finding"]: row["label"] for row in _shipped("findings.tsv")}
    ours = {id: name for id, name in named.items() if not id.startswith("HP:")}
    assert ours.items() <= new.items()
    # What nothing states is there for what is below it, or is a complaint alone.
    assert {row["condition"] for row in _shipped("alarms.tsv")} <= {row["id"] for row in _shipped("conditions.tsv")}
    complaints = {row["complaint"]: row["label"] for row in _shipped("alarms.tsv")}
    assert {id: name for id, name in complaints.items() if not id.startswith("HP:")}.items() <= new.items()
    above = {parent for row in _shipped("new.tsv") for parent in row["parents"].split("|")}
    assert new.keys() - ours.keys() <= above | complaints.keys()
    assert {parent for parent in above if parent and not parent.startswith("HP:")} <= new.keys()


@pytest.mark.parametrize(
    ("sign", "condition", "least"),
    [
        ("Tracheal deviation", "Tension pneumothorax", 40),
        ("Kernig or Brudzinski sign", "Bacterial meningitis", 20),
        ("Positive Murphy sign", "Acute cholecystitis", 40),
        ("Koplik spots", "Measles", 40),
        ("Strawberry tongue", "Scarlet fever", 30),
        ("Positive Nikolsky sign", "Stevens-Johnson syndrome / toxic epidermal necrolysis", 50),
        ("Pulsus paradoxus", "Cardiac tamponade", 40),
        ("Painless palpable gallbladder", "Pancreatic cancer", 10),
        ("Rovsing sign", "Acute appendicitis", 10),
        ("Setting-sun eye phenomenon", "Hydrocephalus", 10),
        ("Blood pressure or pulse differs between the arms", "Aortic dissection", 20),
    ],
)
def test_a_sign_that_tells_a_condition_stands_with_it(sign: str, condition: str, least: float) -> None:
    (id,) = (row["id"] for row in _shipped("conditions.tsv") if row["name"] == condition)
    having = {row["condition"]: float(row["percent"]) for row in _shipped("findings.tsv") if row["label"] == sign}
    assert having[id] >= least


def test_every_shipped_test_is_named_in_both_languages_and_makes_a_diagnosis() -> None:
    tests, pairs = _shipped("tests.tsv"), _shipped("workup.tsv")
    named = {row["examination"]: row["name"] for row in tests}
    assert len(named) == len(tests)
    assert all(is_chinese(row["zh"]) for row in tests)
    assert {row["test"]: row["test_name"] for row in pairs} == named
    stated = [(row["test"], row["condition"]) for row in pairs]
    assert len(stated) == len(set(stated))
    assert len({condition for _, condition in stated}) >= 150
    assert {row["role"] for row in pairs} == set(conditions.TEST_ROLES)
