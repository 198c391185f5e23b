from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.curated import drugbank
from ingest.sources.detect import detect

TABLE = (
    "drugbank_id\tname\ttype\tgroups\tatc_codes\tcategories\tdescription\n"
    'DB90001\tBluemycin\tsmall molecule\tapproved\tL02AE03|nonsense\tBlues\t"On\ntwo lines"\n'
    "secret\tx\t\t\t\t\t\n"
)
ALIASES = '{"DB90001": ["Bluemycin", "Azurol", "Azurol"], "DB90002": []}'


def test_the_table_gives_names_and_classes(write: Callable[..., Path]) -> None:
    path = write("drugbank-slim.tsv.gz", TABLE)
    assert detect(path) == "drugbank"
    records = list(drugbank.read(path))
    assert Entity("DRUGBANK:DB90001", "Drug", "Bluemycin", xrefs=("ATC:L02AE03",)) in records
    facts = [(a.subject, a.object) for a in records if isinstance(a, Assertion)]
    assert facts[-1] == ("DRUGBANK:DB90001", "ATC:L02AE")
    assert len([f for f in records if isinstance(f, Failure)]) == 1


def test_aliases(write: Callable[..., Path]) -> None:
    path = write("aliases.json.gz", ALIASES)
    assert detect(path) == "drugbank"
    _, drug, failure = drugbank.read(path)
    assert drug == Entity("DRUGBANK:DB90001", "Drug", "Bluemycin", (Name("Azurol"),))
    assert isinstance(failure, Failure)
    assert failure.record == "entry 2"


def test_the_first_alias_is_not_the_name(write: Callable[..., Path]) -> None:
    aliases = '{"DB90001": ["8 Hour Blue", "Azurol", "Bluemycin"], "DB90002": ["7 Select Warfarin", "Warfarin"]}'
    alone = [r for r in drugbank.read(write("aliases.json", aliases)) if isinstance(r, Entity)]
    assert [r.name for r in alone] == ["8 Hour Blue", "Warfarin"]
    write("drugbank-slim.tsv", TABLE)
    source, *beside = drugbank.read(write("aliases.json", aliases))
    assert isinstance(source, Source)
    assert source.id == "drugbank-names-aliases"
    assert beside[0] == Entity("DRUGBANK:DB90001", "Drug", "Bluemycin", (Name("8 Hour Blue"), Name("Azurol")))


def test_aliases_cut_off_are_said_to_be(write: Callable[..., Path]) -> None:
    with pytest.raises(MalformedFile):
        list(drugbank.read(write("aliases.json", ALIASES[:-20])))
