"""The whole way of ingestion over real parts: SQLite graph, passages, the shipped encoder."""

from __future__ import annotations

import base64
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.sqlite.store import SqliteStore
from ingest.errors import UnreadableSource
from ingest.jobs.job import delete, ingest
from ingest.jobs.ledger import Ledger
from ingest.jobs.load import load
from ingest.jobs.writing import Writer
from ingest.model import Progress, Tally
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from retrieval.model import Filter
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore

ROOT = Path(__file__).resolve().parents[3]
LEXICON = """id\ttype\tname\tzh\tsynonyms
MESH:D008687\tDrug\tMetformin\t二甲双胍\t
MESH:D001241\tDrug\tAspirin\t阿司匹林\tAcetylsalicylic acid
MESH:D003920\tDisease\tDiabetes mellitus\t糖尿病\tDiabetes
MESH:D001249\tDisease\tAsthma\t哮喘\t
HP:0002018\tPhenotype\tNausea\t恶心\t
HP:0012735\tPhenotype\tCough\t咳嗽\t
"""
SENTENCES = (
    "Metformin is effective in the treatment of diabetes mellitus.",
    "Aspirin may cause nausea in some people.",
    "Aspirin does not cause cough.",
    "Asthma is characterized by cough.",
    "Aspirin is contraindicated in patients with asthma.",
    "Nothing of note was recorded here.",
)


@dataclass
class Home:
    """The parts of one installation, under one folder."""

    folder: Path
    graph: SqliteStore
    passages: PassageStore
    ledger: Ledger
    encoder: OnnxEncoder

    def ingest(self, *paths: Path, **options: object) -> Tally:
        return last(
            ingest(
                paths,
                graph=self.graph,
                passages=self.passages,
                encoder=self.encoder,
                tagger=DictionaryTagger(self.graph),
                ledger=self.ledger,
                **options,  # type: ignore[arg-type]  # each test gives what it tests
            )
        )

    def delete(self, *ids: str) -> int:
        return delete(ids, graph=self.graph, passages=self.passages, ledger=self.ledger)

    def fingerprint(self) -> tuple[str, str]:
        return self.graph.fingerprint(), self.passages.fingerprint()

    def close(self) -> None:
        self.graph.close()
        self.passages.close()
        self.ledger.close()


def last(progress: Iterator[Progress]) -> Tally:
    steps = list(progress)
    assert steps[-1].stage == "done"
    tally = steps[-1].done
    assert tally.added + tally.updated + tally.unchanged + tally.deleted + tally.failures == tally.read
    return tally


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(ROOT / "models" / "bge-small-en-medical")


@pytest.fixture
def open_home(tmp_path: Path, encoder: OnnxEncoder) -> Iterator[object]:
    opened: list[Home] = []

    def make(name: str) -> Home:
        folder = tmp_path / name
        home = Home(
            folder,
            SqliteStore(folder / "graph.sqlite"),
            PassageStore(folder / "passages.sqlite"),
            Ledger(folder / "ledger.sqlite"),
            encoder,
        )
        opened.append(home)
        lexicon = folder / "lexicon.tsv"
        lexicon.write_text(LEXICON, encoding="utf-8")
        assert last(load([lexicon], graph=home.graph)).failed == ()
        return home

    yield make
    for home in opened:
        home.close()


@pytest.fixture
def home(open_home) -> Home:  # type: ignore[no-untyped-def]  # a factory of this module
    made: Home = open_home("home")
    return made


def records(count: int, first: int = 1) -> list[dict[str, object]]:
    chosen = random.Random(first)  # the same records at every run
    return [
        {
            "pmid": n,
            "title": f"Study number {n}",
            "abstract": " ".join(chosen.choices(SENTENCES, k=chosen.randint(1, 12))),
            "year": 1990 + n % 30,
        }
        for n in range(first, first + count)
    ]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_ingesting_twice_is_ingesting_once(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", records(40))
    assert home.ingest(file) == Tally(read=40, added=40)
    before = home.fingerprint()
    assert home.ingest(file) == Tally(read=40, unchanged=40)
    assert home.fingerprint() == before
    assert home.passages.counts()[0] == home.graph.stats().documents == 40
    # Also where the ledger is lost: everything is written again to the same bytes.
    home.ledger.clear()
    assert home.ingest(file).added == 40
    assert home.fingerprint() == before


def test_deleting_leaves_no_trace(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    a, b = write(tmp_path / "a.jsonl", records(15)), write(tmp_path / "b.jsonl", records(15, first=100))
    alone, both = open_home("alone"), open_home("both")
    alone.ingest(a)
    both.ingest(b)
    both.ingest(a)
    assert both.fingerprint() != alone.fingerprint()
    assert both.delete(*(f"PMID:{n}" for n in range(100, 115))) == 15
    assert both.fingerprint() == alone.fingerprint()
    assert both.delete("PMID:100", "PMID:unknown") == 0
    assert both.ingest(b).added == 15


def test_a_document_that_changes_is_updated(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    old, new = records(1), records(1)
    new[0]["abstract"] = "Aspirin may cause nausea in some people."
    changed, fresh = open_home("changed"), open_home("fresh")
    changed.ingest(write(tmp_path / "old.jsonl", old))
    assert changed.ingest(write(tmp_path / "new.jsonl", new)) == Tally(read=1, updated=1)
    fresh.ingest(tmp_path / "new.jsonl")
    assert changed.fingerprint() == fresh.fingerprint()
    # The same document twice in one file: in the order in which it stands there.
    both = open_home("both")
    assert both.ingest(write(tmp_path / "both.jsonl", [*old, *new, *new])) == Tally(
        read=3, added=1, updated=1, unchanged=1
    )
    assert both.fingerprint() == fresh.fingerprint()


def citation(version: int, sentence: str) -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="{version}">5</PMID><Article>'
        f"<ArticleTitle>{sentence}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )


def citations(path: Path, *parts: str) -> Path:
    path.write_text(f"<PubmedArticleSet>{''.join(parts)}</PubmedArticleSet>", encoding="utf-8")
    return path


def test_the_newest_version_stands_in_whatever_order_and_run(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    one, two = citation(1, "Aspirin may cause nausea."), citation(2, "Aspirin does not cause cough.")
    first, second = citations(tmp_path / "1.xml", one), citations(tmp_path / "2.xml", two)
    alone, apart, together, rising = (open_home(name) for name in ("alone", "apart", "together", "rising"))
    alone.ingest(second)
    assert apart.ingest(second) == Tally(read=1, added=1)
    assert apart.ingest(first) == Tally(read=1, unchanged=1, outdated=1)
    assert together.ingest(citations(tmp_path / "both.xml", two, one)) == Tally(
        read=2, added=1, unchanged=1, outdated=1
    )
    assert rising.ingest(first, second) == Tally(read=2, added=1, updated=1)
    assert rising.ingest(first) == Tally(read=1, unchanged=1, outdated=1)
    assert alone.fingerprint() == apart.fingerprint() == together.fingerprint() == rising.fingerprint()
    # The same version sent again, and a newer one that says the same, take the place of what stands.
    again = citations(tmp_path / "again.xml", citation(2, "Aspirin may cause cough."))
    assert apart.ingest(again) == Tally(read=1, updated=1)
    same = citations(tmp_path / "same.xml", citation(3, "Aspirin may cause cough."))
    assert apart.ingest(same) == Tally(read=1, unchanged=1)
    assert apart.ingest(second) == Tally(read=1, unchanged=1, outdated=1)
    # What was deleted may come again in any version.
    assert apart.delete("PMID:5") == 1
    assert apart.ingest(first) == Tally(read=1, added=1)


def test_a_new_ontology_means_reading_again(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [{"pmid": 1, "title": "On dizziness", "abstract": "Aspirin causes dizziness."}])
    home.ingest(file)
    assert home.graph.stats().relations == 0
    more = tmp_path / "more.tsv"
    more.write_text("id\ttype\tname\tzh\tsynonyms\nHP:0002321\tPhenotype\tVertigo\t眩晕\tDizziness\n", encoding="utf-8")
    last(load([more], graph=home.graph))
    assert home.ingest(file) == Tally(read=1, updated=1)
    (relation,) = home.graph.relations(subjects=["MESH:D001241"], access=None)
    assert (relation.predicate, relation.object) == ("causes", "HP:0002321")


def test_a_withdrawn_citation_is_deleted(home: Home, tmp_path: Path) -> None:
    home.ingest(write(tmp_path / "a.jsonl", records(3)))
    xml = tmp_path / "update.xml"
    xml.write_text(
        "<PubmedArticleSet><DeleteCitation><PMID>2</PMID><PMID>77</PMID></DeleteCitation></PubmedArticleSet>"
    )
    assert home.ingest(xml) == Tally(read=2, deleted=1, unchanged=1)
    assert home.graph.source("PMID:2") is None
    assert home.passages.document("PMID:2", access=None) is None


def test_bad_records_are_named_and_the_rest_is_kept(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = folder / "a.jsonl"
    good = [json.dumps(row) for row in records(2)]
    file.write_text("\n".join([good[0], "{broken", '{"pmid": 9}', good[1]]), encoding="utf-8")
    empty = folder / "b.jsonl"
    empty.write_bytes(b"")
    strange = folder / "c.bin"
    strange.write_bytes(b"\x00\x01\x02")
    tally = home.ingest(folder)
    assert (tally.read, tally.added) == (6, 2)
    assert [(Path(f.file).name, f.record) for f in tally.failed] == [
        ("a.jsonl", "line 2"),
        ("a.jsonl", "line 3"),
        ("b.jsonl", ""),
        ("c.bin", ""),
    ]
    with pytest.raises(UnreadableSource, match="missing"):
        home.ingest(tmp_path / "missing.jsonl")


def test_every_assertion_rests_on_a_verbatim_span(home: Home, tmp_path: Path) -> None:
    home.ingest(write(tmp_path / "a.jsonl", records(30)))
    checked = 0
    for source in home.graph.sources(kind="document"):
        text = home.passages.text(source.id, access=None)
        for assertion in home.graph.assertions(source=source.id, limit=1_000, access=None):
            assert text[assertion.start : assertion.end] == assertion.sentence
            passage = home.graph.passage(assertion.passage, access=None)
            assert passage is not None
            assert passage.start <= assertion.start < passage.end
            checked += 1
        for mention in home.graph.mentions(source=source.id, limit=10_000, access=None):
            assert text[mention.start : mention.end] == mention.surface
    assert checked > 50


def test_a_retracted_document_asserts_nothing(home: Home, tmp_path: Path) -> None:
    xml = tmp_path / "a.xml"
    xml.write_text(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>5</PMID><Article><ArticleTitle>Aspirin</ArticleTitle>"
        "<Abstract><AbstractText>Aspirin causes nausea.</AbstractText></Abstract><PublicationTypeList><PublicationType>"
        "Retracted Publication</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>"
        "</PubmedArticleSet>"
    )
    home.ingest(xml)
    assert home.graph.stats().relations == 0
    assert home.graph.stats().mentions > 0
    assert home.passages.lexical("aspirin nausea", Filter(access=PUBLIC), 5) == []
    assert home.passages.lexical("aspirin nausea", Filter(retracted=True, access=PUBLIC), 5)


def test_given_annotations_are_taken_as_they_are(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "a.pubtator"
    file.write_text(
        "7|t|Lithium and tremor.\n7|a|Lithium causes tremor in rats.\n"
        "7\t0\t7\tLithium\tChemical\tD008094\n7\t12\t18\ttremor\tDisease\tD014202\n"
        "7\t20\t27\tLithium\tChemical\tD008094\n7\t35\t41\ttremor\tDisease\tD014202\n\n"
    )
    assert home.ingest(file).added == 1
    assert [m.surface for m in home.graph.mentions(source="PMID:7", access=None)] == [
        "Lithium",
        "tremor",
        "Lithium",
        "tremor",
    ]
    assert home.graph.entity("MESH:D008094", access=None).name == "Lithium"
    (relation,) = home.graph.relations(subjects=["MESH:D008094"], access=None)
    assert (relation.predicate, relation.object) == ("causes", "MESH:D014202")


def test_labels_are_given_to_documents_that_carry_none(home: Home, tmp_path: Path) -> None:
    rows = records(2)
    rows[1]["access"] = ["ward:7"]
    home.ingest(write(tmp_path / "a.jsonl", rows), access=frozenset({"study:1"}))
    assert home.passages.document("PMID:1", access=frozenset({"public"})) is None
    assert home.passages.document("PMID:1", access=frozenset({"study:1"})) is not None
    assert home.passages.document("PMID:2", access=frozenset({"study:1"})) is None
    assert home.graph.relations(subjects=["MESH:D001241"], access=frozenset({"public"})) == []


PUBLIC, WARD = frozenset({"public"}), frozenset({"public", "ward:7"})


def test_a_sender_neither_replaces_nor_withdraws_what_they_may_not_see(home: Home, tmp_path: Path) -> None:
    hidden = records(1)
    hidden[0]["access"] = "ward:7"
    assert home.ingest(write(tmp_path / "a.jsonl", hidden), writer=Writer("ward", WARD)).added == 1
    before = home.fingerprint()
    tally = home.ingest(
        write(tmp_path / "b.jsonl", [{"pmid": 1, "title": "Another", "text": "Nothing."}]),
        writer=Writer("public", PUBLIC),
    )
    assert (tally.added, tally.updated, tally.failed) == (1, 0, ())
    (own,) = tally.documents
    assert own.startswith("PMID:1~"), "beside the hidden one, under an id of the sender's own"
    xml = tmp_path / "update.xml"
    xml.write_text("<PubmedArticleSet><DeleteCitation><PMID>1</PMID></DeleteCitation></PubmedArticleSet>")
    assert home.ingest(xml, writer=Writer("public", PUBLIC)).deleted == 1
    assert home.fingerprint() == before
    assert home.ingest(xml, writer=Writer("ward", WARD)).deleted == 1


def test_a_sender_gives_no_label_they_do_not_hold(home: Home, tmp_path: Path) -> None:
    row = {"id": "p2", "text": "The patient takes warfarin.", "access": "patient:42", "source": "fhir"}
    file = write(tmp_path / "a.jsonl", [{**row}])
    tally = home.ingest(file, writer=Writer("ward", WARD))
    assert (tally.added, [f.record for f in tally.failed]) == (0, ["local:p2"])
    assert home.ingest(file, writer=Writer("nurse", frozenset({"patient:42"}))).added == 1


def test_a_new_release_takes_the_place_of_the_old(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    head = "format-version: 1.2\ndata-version: hp/releases/{}\nontology: hp\n"
    term = "\n[Term]\nid: HP:100000{}\nname: Finding {}\n"
    old, new = tmp_path / "old.obo", tmp_path / "new.obo"
    old.write_text(head.format("2024-01-01") + term.format(1, "one") + term.format(2, "two") + "is_a: HP:1000001\n")
    new.write_text(head.format("2025-01-01") + term.format(1, "one"))
    both, fresh = open_home("both"), open_home("fresh")
    for file in (old, new):
        last(load([file], graph=both.graph))
    last(load([new], graph=fresh.graph))
    assert both.graph.fingerprint() == fresh.graph.fingerprint()


def test_an_assertion_about_what_is_not_loaded_waits_for_it(home: Home, tmp_path: Path) -> None:
    obo = tmp_path / "some.obo"
    obo.write_text(
        "format-version: 1.2\nontology: hp\n\n[Term]\nid: HP:1000000\nname: Child\nis_a: HP:1000001 ! Gone\n"
    )
    tally = last(load([obo], graph=home.graph))
    assert (tally.read, tally.added, list(tally.failed)) == (2, 2, [])
    assert home.graph.waiting() == (1, ["HP:1000001"])
    assert home.graph.stats().assertions == 0


def test_loading_twice_changes_nothing(home: Home) -> None:
    before = home.graph.fingerprint()
    tally = last(load([home.folder / "lexicon.tsv"], graph=home.graph))
    assert (tally.read, tally.added, tally.updated) == (6, 0, 6)
    assert home.graph.fingerprint() == before


CHILD = """
import sys
from pathlib import Path
from graph.sqlite.store import SqliteStore
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.jobs.job import ingest
from ingest.jobs.ledger import Ledger
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore

def heard(part, *names):
    # Says when a write begins and when it is done, so that the test can kill between any two.
    for name in names:
        def told(*given, write=getattr(part, name), name=name, **options):
            print(f"{name} of {type(part).__name__} begins", flush=True)
            written = write(*given, **options)
            print(f"{name} of {type(part).__name__} done", flush=True)
            return written
        setattr(part, name, told)
    return part

folder, model, *files = map(Path, sys.argv[1:])
graph = SqliteStore(folder / "graph.sqlite")
tagger = DictionaryTagger(graph)
passages = heard(PassageStore(folder / "passages.sqlite"), "replace", "delete")
ledger = heard(Ledger(folder / "ledger.sqlite"), "put")
for _ in ingest(files, graph=heard(graph, "replace", "delete"), passages=passages, encoder=OnnxEncoder(model),
                tagger=tagger, ledger=ledger, batch=4, salt=lambda: b"a salt of the tests, long enough"):
    pass
"""


def test_killed_at_eight_moments_it_ends_as_if_undisturbed(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    file = write(tmp_path / "a.jsonl", records(160))
    undisturbed, killed = open_home("undisturbed"), open_home("killed")
    undisturbed.ingest(file)
    torn = killed_often(killed, [file], times=8, most=9)
    # Some kills left a document in one store and not yet in the other, or in both and not in the ledger.
    assert torn
    tally = killed.ingest(file)
    assert tally.read == 160
    assert killed.fingerprint() == undisturbed.fingerprint()


def killed_often(home: Home, files: list[Path], *, times: int, most: int) -> int:
    """Ingest in a process of its own and kill it before the write number `most`, time and again.

    Return after how many kills the stores were not in step.
    """
    command: list[str | Path] = [
        sys.executable,
        "-c",
        CHILD,
        home.folder,
        ROOT / "models" / "bge-small-en-medical",
        *files,
    ]
    moments = random.Random(20)
    torn = 0
    for _ in range(times):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            # Six lines a batch, each a moment of its own: before and after passages, graph and ledger.
            for _ in range(moments.randint(1, most)):
                child.stdout.readline()
            time.sleep(moments.uniform(0, 0.004))
            child.send_signal(signal.SIGKILL)
        written = home.passages.counts()[0], home.graph.stats().documents, len(home.ledger)
        torn += len(set(written)) > 1
    return torn


def patients(folder: Path, count: int = 12) -> list[Path]:
    """An export in pages, and what a later one corrects, deletes, moves and replaces."""

    def about(kind: str, id: str, patient: int, version: int = 1, **fields: Any) -> dict[str, object]:
        meta = {"versionId": str(version)} if patient % 2 else {}
        return {
            "resourceType": kind, "id": id, "meta": meta, "subject": {"reference": f"Patient/{patient}"}, **fields,
        }  # fmt: skip

    def note(id: str, patient: int, text: str, **fields: Any) -> dict[str, object]:
        content = [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}}]
        return about("DocumentReference", id, patient, status="current", content=content, **fields)

    everybody = range(count)
    cough = {n: about("Condition", f"c{n}", n, code={"text": "Cough"}) for n in everybody}
    error = {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    replaces = {n: [{"code": "replaces", "target": {"reference": f"DocumentReference/n{n}"}}] for n in everybody}
    pages: list[list[dict[str, object]]] = [
        [{"resourceType": "Patient", "id": str(n), "birthDate": f"{1900 + n % 100}-03-04"} for n in everybody],
        [*cough.values(), *(about("Condition", f"d{n}", n, code={"text": "Asthma"}) for n in everybody)],
        [note(f"n{n}", n, f"No asthma in {n}, but cough.") for n in everybody],
        [
            *({**cough[n], "meta": {"versionId": "2"}, **error} for n in everybody[::3]),
            *(note(f"m{n}", n, f"Asthma in {n}.", relatesTo=replaces[n]) for n in everybody[::4]),
            about("Condition", "d1", 2, version=2, code={"text": "Asthma"}),
            {
                "resourceType": "Bundle", "type": "transaction",
                "entry": [{"request": {"method": "DELETE", "url": f"DocumentReference/{id}"}} for id in ("n1", "m4")],
            },
        ],
    ]  # fmt: skip
    return [write(folder / f"{number}.ndjson", page) for number, page in enumerate(pages)]


def test_patients_records_in_pages_end_as_if_undisturbed(open_home, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a factory of this module
    files = patients(tmp_path)
    undisturbed, killed = open_home("undisturbed"), open_home("killed")
    salt = {"salt": lambda: b"a salt of the tests, long enough"}
    undisturbed.ingest(*files, **salt)
    assert undisturbed.passages.counts()[0] == 12 + 12 - 3 + 2
    assert killed_often(killed, files, times=6, most=40)
    killed.ingest(*files, **salt)
    assert killed.fingerprint() == undisturbed.fingerprint()
    ids = [source.id for source in undisturbed.graph.sources(kind="document")]
    parts = [sorted(home.ledger.parts(documents=ids), key=lambda part: part.key) for home in (killed, undisturbed)]
    assert parts[0] == parts[1]
    killed.ingest(*reversed(files), **salt)
    assert killed.passages.counts() == undisturbed.passages.counts()
