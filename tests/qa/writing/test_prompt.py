from qa.writing.prompt import cited


def test_citations_are_cut_out_of_a_sentence() -> None:
    assert cited("It helps [E1], and harms [E2; E1].") == ("It helps, and harms.", ("E1", "E2"))
    assert cited("有效[E3、E4]。") == ("有效。", ("E3", "E4"))
    assert cited("Nothing cited.") == ("Nothing cited.", ())
