from threading import Event, Thread
from typing import Any

from graph.model import Contribution, Entity, Source
from graph.view import GraphView
from qa.asked.spellings import Spellings, sound, sound_alike


def test_words_of_names_by_nearness(public: GraphView) -> None:
    spellings = Spellings(public.store)
    assert spellings.known("warfarin")
    assert not spellings.known("warfrin")
    assert spellings.near("warfrin")[0][1] == "warfarin"
    assert spellings.near("quokka") == []


def test_chinese_names_by_sound_and_by_one_character(public: GraphView) -> None:
    spellings = Spellings(public.store)
    assert spellings.sounding("二甲双瓜") == ("二甲双胍",)
    assert spellings.sounding("二甲双胍") == ()
    assert spellings.slipped("阿司匹") == ("阿司匹林",)
    assert spellings.slipped("阿司林匹") == ("阿司匹林",)
    assert spellings.slipped("阿斯匹林") == ("阿司匹林",)
    assert sound("糖料病") == sound("糖尿病")
    assert sound_alike("发林", "法林")
    assert not sound_alike("阿莫", "阿洛")


def test_symbols_of_genes_with_two_letters_changed(public: GraphView) -> None:
    spellings = Spellings(public.store)
    assert spellings.symbols("FNB1") == ("FBN1",)
    assert spellings.symbols("FBN1") == ()


def test_a_changed_graph_is_read_again(public: GraphView) -> None:
    spellings = Spellings(public.store)
    assert not spellings.known("tezacaftor")
    source = Source(id="more", kind="curated", title="More names", version="1", licence="CC0-1.0")
    public.store.load(source, [Entity("DB:tezacaftor", "Drug", "Tezacaftor")])
    assert spellings.known("tezacaftor")
    public.store.delete(["more"])
    assert not spellings.known("tezacaftor")


class Slow:
    """A store whose names come when it is told so."""

    def __init__(self, store: Any) -> None:
        self.store, self.asked, self.told = store, Event(), Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def names(self, *, curated_only: bool = True) -> Any:
        self.asked.set()
        self.told.wait(10)
        return self.store.names(curated_only=curated_only)


def test_a_document_that_names_nothing_new_has_nothing_read_again(public: GraphView) -> None:
    slow = Slow(public.store)
    slow.told.set()
    spellings = Spellings(slow)
    public.store.replace([Contribution(Source(id="PMID:100", kind="document"))])
    assert spellings.known("warfarin")
    slow.asked.clear()
    public.store.replace([Contribution(Source(id="PMID:101", kind="document"))])
    assert spellings.known("warfarin")
    assert not slow.asked.is_set()
    quokkate = Entity("MESH:D0", "Drug", "Quokkate")
    public.store.replace([Contribution(Source(id="PMID:101", kind="document"), (quokkate,))])
    assert spellings.known("quokkate")
    public.store.delete(["PMID:100", "PMID:101"])
    assert not spellings.known("quokkate")


def test_a_question_does_not_wait_for_names_that_are_being_read(public: GraphView) -> None:
    slow = Slow(public.store)
    spellings = Spellings(slow)
    opening = Thread(target=spellings.open)
    opening.start()
    assert slow.asked.wait(10)
    assert not spellings.known("warfarin")
    slow.told.set()
    opening.join()
    assert spellings.known("warfarin")
