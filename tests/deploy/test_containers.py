"""The files for those who have Docker, as far as they can be held to what is here without it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
DEPLOY = CHECKOUT / "deploy"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = composed["services"]
    return found


def test_every_port_is_published_on_loopback_alone(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service["ports"]]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_secrets_come_from_the_environment_and_must_be_given(services: dict[str, Any]) -> None:
    values = [str(value) for service in services.values() for value in service["environment"].values()]
    assert sum(":?" in value for value in values) == 3
    for service in services.values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|KEY|AUTH", name):
                assert re.fullmatch(r"(neo4j/)?\$\{\w+:\?[^}]+\}", value), name


def test_the_settings_are_those_that_the_settings_class_knows(services: dict[str, Any]) -> None:
    from api.settings import Settings

    known = {f"MEDGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert set(services["medgraph"]["environment"]) <= known
    assert (
        Settings(graph_url=services["medgraph"]["environment"]["MEDGRAPH_GRAPH_URL"]).graph_url == "bolt://neo4j:7687"
    )


def test_the_settings_of_neo4j_are_those_of_the_launcher(services: dict[str, Any]) -> None:
    """The image reads NEO4J_a_b__c as the setting a.b_c; the launcher's are tried against a real server."""
    launcher = (DEPLOY / "neo4j" / "server.py").read_text(encoding="utf-8")
    for name in set(services["neo4j"]["environment"]) - {"NEO4J_AUTH"}:
        dotted = name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")
        assert f'"{dotted}"' in launcher


def test_the_image_is_built_of_what_is_there() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert copied
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    for name in copied:
        assert (CHECKOUT / name).exists()
        assert f"!{name}" in kept
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert rooms <= set(copied), "the product imports rooms that the image has not"
