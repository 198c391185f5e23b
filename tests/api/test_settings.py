from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.errors import BadSettings
from api.settings import Settings, is_loopback, labels


def test_nothing_needs_to_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDGRAPH_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = Settings.read()
    assert settings.home == tmp_path / ".medgraph"
    assert settings.graph_path == tmp_path / ".medgraph" / "graph.sqlite"
    assert (settings.host, settings.port, settings.keys) == ("127.0.0.1", 8765, {})
    assert (settings.models / settings.encoder).is_dir()


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:/var/g.sqlite", "/var/g.sqlite"), ("sqlite:///var/g.sqlite", "/var/g.sqlite")],
)
def test_a_sqlite_url_names_a_file(url: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_GRAPH_URL", url)
    assert Settings.read().graph_path == Path(path)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "seventy", "MEDGRAPH_PORT"),
        ("PORT", "70000", "MEDGRAPH_PORT"),
        ("GRAPH_URL", "mysql://127.0.0.1", "must begin with one of sqlite:"),
        ("GRAPH_URL", "neo4j:", "names no host"),
        ("GRAPH_URL", "neo4j://me:hunter2hunter2@127.0.0.1", "MEDGRAPH_GRAPH_PASSWORD"),
        ("LLM_URL", "127.0.0.1:8000", "MEDGRAPH_LLM_URL"),
        ("LLM_URL", "http://127.0.0.1:8000/v1", "MEDGRAPH_LLM_MODEL"),
        ("LLM_TIMEOUT", "0", "MEDGRAPH_LLM_TIMEOUT"),
        ("API_KEYS", "{hunter2hunter2", "MEDGRAPH_API_KEYS is not valid JSON"),
        ("API_KEYS", '{"hunter2": ["public"]}', "16 characters"),
        ("API_KEYS", '{"hunter2hunter2hunter2": ["no label"]}', "MEDGRAPH_API_KEYS"),
        ("API_KEY", "hunter2", "16 characters"),
    ],
)
def test_a_bad_setting_is_named_and_never_shown(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"MEDGRAPH_{name}", value)
    with pytest.raises(BadSettings, match=said) as raised:
        Settings.read()
    assert "hunter2" not in str(raised.value)


def test_keys_hold_labels_and_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_API_KEYS", json.dumps({"hunter2hunter2hunter2": ["public", "patient:42"]}))
    monkeypatch.setenv("MEDGRAPH_API_KEY", "hunter3hunter3hunter3")
    monkeypatch.setenv("MEDGRAPH_GRAPH_PASSWORD", "hunter4")
    settings = Settings.read()
    assert {key: given.labels for key, given in settings.keys.items()} == {
        "hunter2hunter2hunter2": frozenset({"public", "patient:42"}),
        "hunter3hunter3hunter3": frozenset({"public"}),
    }
    assert "hunter" not in repr(settings)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True), ("[::1]", True),
     ("0.0.0.0", False), ("192.168.0.1", False), ("example.org", False), ("", False)],  # noqa: S104  # told apart here
)  # fmt: skip
def test_loopback_is_told_from_the_rest(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_labels_are_given_one_by_one_or_with_commas() -> None:
    assert labels(("public,patient:42", " ward.7 ")) == {"public", "patient:42", "ward.7"}
    with pytest.raises(BadSettings):
        labels(("no label",))


@pytest.mark.parametrize(("name", "meant"), [("MEDGRAPH_ENCODR", "ENCODER"), ("MEDGRAPH_APIKEY", "API_KEY")])
def test_a_misspelt_setting_is_named(name: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "secret-value")
    with pytest.raises(BadSettings, match=f"{name} is no setting: did you mean MEDGRAPH_{meant}") as told:
        Settings.read()
    assert "secret-value" not in str(told.value)


def test_variables_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_DATA", "elsewhere")
    Settings.read()
