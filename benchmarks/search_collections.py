"""Collections that retrieval is measured on, in BEIR's layout, made of the shared corpora.

    python benchmarks/search_collections.py --data ../shared/data --out collections/

| name | queries | what is right |
|---|---|---|
| titles | titles of abstracts, those that ask first | the abstract, whose title is left out |
| medquad | questions of consumers (NIH) | the answers given to that question |
| claims | claims of clinical trials (CliniFact) that an abstract bears out or not | that abstract |
| questions-dev, -apart, and -zh of each | questions of `questions/`, English and Chinese | the abstract that answers |

What stands in them is decided by hashes and a seed, so that they are the same everywhere. `left-out.txt` names the
documents that nothing may learn from which is measured here.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from ingest.model import Failure
from ingest.sources.files.archive import members

QUESTIONS = Path(__file__).parent / "questions"
SIZES = {"titles": (4_000, 400), "medquad": (3_000, 300), "claims": (700, 200), "questions": (3_000, 0)}
"""Documents and queries; of claims, abstracts beside those of trials."""

Texts = dict[str, tuple[str, str]]


def rank(text: str) -> str:
    """Where a text stands in an order that has nothing to do with it."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def write(folder: Path, texts: Texts, queries: Mapping[str, str], right: Iterable[tuple[str, str]]) -> None:
    """A collection: `texts` are titles and texts by id, `right` pairs of query and document."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = [{"_id": id, "title": title, "text": text} for id, (title, text) in texts.items()]
    asked = [{"_id": id, "text": text} for id, text in queries.items()]
    for name, rows in (("corpus.jsonl", corpus), ("queries.jsonl", asked)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name).write_text("".join(lines), encoding="utf-8")
    judged = ["query-id\tcorpus-id\tscore", *(f"{query}\t{document}\t1" for query, document in right)]
    (folder / "qrels.tsv").write_text("\n".join(judged) + "\n", encoding="utf-8")


def abstracts(data: Path) -> Texts:
    """Title and abstract by PMID, of those longer than 400 characters, shuffled."""
    texts: Texts = {}
    with gzip.open(data / "literature" / "pubmed_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if len(row["abstract"]) > 400:
                texts[row["pmid"]] = (row["title"], row["abstract"])
    order = list(texts)
    random.Random(5).shuffle(order)
    return {pmid: texts[pmid] for pmid in order}


def titles(texts: Texts, out: Path) -> set[str]:
    count, asked = SIZES["titles"]
    sample = dict(list(texts.items())[:count])
    order = [id for id, (title, _) in sample.items() if "?" in title][:300]
    others = [id for id, (title, _) in sample.items() if id not in set(order) and len(title) > 30]
    order += others[: asked - len(order)]
    write(
        out / "titles",
        {id: ("", text) for id, (_, text) in sample.items()},
        {id: sample[id][0] for id in order},
        [(id, id) for id in order],
    )
    return set(order)


def medquad(data: Path, out: Path) -> set[str]:
    """The ids of the documents that hold an answer which is right for a query."""
    count, asked = SIZES["medquad"]
    answers: dict[str, str] = {}
    given: defaultdict[str, set[str]] = defaultdict(set)
    of_answer: defaultdict[str, set[str]] = defaultdict(set)
    (archive,) = (data / "literature" / "medquad").glob("*.tar.gz")
    for member in members(archive, ".xml"):
        if isinstance(member, Failure):
            continue
        page = etree.fromstring(member[1])
        for pair in page.iterfind("QAPairs/QAPair"):
            answer, question = (pair.findtext(name, "").strip() for name in ("Answer", "Question"))
            if len(answer) >= 80 and question:
                key = rank(answer)[:16]
                answers[key] = answer
                given[question].add(key)
                number = str(pair.xpath("string(Question/@qid)"))
                of_answer[key].add(f"medquad:{page.get('source')}-{number}".replace(" ", "_"))
    kept = set(sorted(answers, key=rank)[:count])
    order = [question for question in sorted(given, key=rank) if given[question] <= kept][:asked]
    queries = {f"m{number}": question for number, question in enumerate(order)}
    right = [(id, key) for id, question in queries.items() for key in sorted(given[question])]
    write(out / "medquad", {key: ("", answers[key][:2_000]) for key in sorted(kept)}, queries, right)
    return {id for _, key in right for id in of_answer[key]}


def claims(data: Path, texts: Texts, out: Path) -> set[str]:
    others, asked = SIZES["claims"]
    csv.field_size_limit(10**9)
    rows: list[dict[str, str]] = []
    for part in ("train", "validation"):
        path = data / "claims" / "clinifact" / f"{part}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            rows += [row for row in csv.DictReader(lines) if row["article_abstract"]]
    corpus = {row["PMID"]: (row["article_title"], row["article_abstract"]) for row in rows}
    of_abstract: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: rank(row["claim"])):
        if row["label"] in ("0", "1"):  # 2 is that the abstract says nothing of the claim
            of_abstract.setdefault(row["PMID"], row["claim"])
    order = list(of_abstract)[:asked]
    corpus |= {id: text for id, text in list(texts.items())[6_000 : 6_000 + others] if id not in corpus}
    write(out / "claims", corpus, {f"c{pmid}": of_abstract[pmid] for pmid in order}, [(f"c{p}", p) for p in order])
    return set(order)


def questions(texts: Texts, out: Path) -> set[str]:
    """Those worked on (`dev`) and those apart, each in both languages over the same documents."""
    used: set[str] = set()
    for part in ("dev", "apart"):
        lines = (QUESTIONS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = {row["document"].removeprefix("PMID:"): row for row in map(json.loads, lines)}
        kept = dict(list(texts.items())[: SIZES["questions"][0]])
        kept |= {pmid: texts[pmid] for pmid in rows if pmid in texts}
        for name, field in ((f"questions-{part}", "question"), (f"questions-{part}-zh", "question_zh")):
            asked = {row["id"]: row[field] for pmid, row in rows.items() if pmid in kept}
            write(out / name, kept, asked, [(row["id"], pmid) for pmid, row in rows.items() if pmid in kept])
        used |= rows.keys() & kept.keys()
    return used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    texts = abstracts(given.data)
    pmids = titles(texts, given.out) | claims(given.data, texts, given.out) | questions(texts, given.out)
    left = {f"PMID:{pmid}" for pmid in pmids} | medquad(given.data, given.out)
    (given.out / "left-out.txt").write_text("\n".join(sorted(left)) + "\n", encoding="utf-8")
    print(json.dumps({"out": str(given.out), "left_out": len(left)}))


if __name__ == "__main__":
    main()
