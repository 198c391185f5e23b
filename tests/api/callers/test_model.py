"""What a caller may do."""

from __future__ import annotations

from api.callers.model import LOCAL, PUBLIC, SCOPES, Caller, Scope


def caller(*scopes: Scope) -> Caller:
    return Caller("lab", "lab", PUBLIC, frozenset(scopes))


def test_who_may_write_may_read_and_not_the_other_way_round() -> None:
    assert caller("write").may("read")
    assert caller("admin").may("write")
    assert not caller("read").may("write")
    assert not caller("write").may("admin")
    assert not caller("admin").may("metrics")
    assert not caller("metrics").may("read")


def test_a_caller_writes_as_its_owner_and_the_operator_as_nobody() -> None:
    writer = Caller("lab-2", "lab", PUBLIC, frozenset({"write"})).writer()
    assert writer is not None
    assert (writer.owner, writer.labels, writer.admin) == ("lab", PUBLIC, False)
    assert LOCAL.writer() is None
    assert all(LOCAL.may(scope) for scope in SCOPES)
