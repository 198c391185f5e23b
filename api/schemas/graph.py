"""Entities, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from graph.model import Entity, NameMatch, Path, Relation

EntityId = Annotated[str, Field(examples=["MONDO:0007947"])]


class NodeOut(BaseModel):
    id: EntityId
    type: str
    name: str


class NameOut(BaseModel):
    text: str
    language: str


class MergedOut(BaseModel):
    """A mapping by which ids became this entity, as its source states it."""

    other: str = Field(description="This id stands for what `canonical` stands for.")
    canonical: str
    source: str
    confidence: float
    justification: str = Field(examples=["semapv:ManualMappingCuration"])
    refused: str = Field(description="Why it is not followed; empty where nothing speaks against it.")


class EntityOut(BaseModel):
    id: EntityId
    type: str = Field(examples=["Disease"])
    name: str = Field(examples=["Marfan syndrome"])
    synonyms: list[NameOut]
    xrefs: list[str]
    definition: str

    @classmethod
    def of(cls, entity: Entity) -> EntityOut:
        return cls.model_validate(entity, from_attributes=True)


class EntityPageOut(EntityOut):
    same_name_as: list[EntityId] = Field(
        description="Phenotypes of a disease, diseases of a phenotype, by their names."
    )
    merged_from: list[MergedOut] = Field(description="The mappings of all ids that stand for it.")
    also: list[NodeOut] = Field(default=[], description="What else bears the name that was asked for.")


class MatchOut(EntityOut):
    matched: str = Field(description="The name that was found.")
    score: float = Field(description="Comparable within one result alone.")


class EntitiesOut(BaseModel):
    entities: list[MatchOut]

    @classmethod
    def of(cls, matches: Iterable[NameMatch]) -> EntitiesOut:
        return cls(
            entities=[
                MatchOut(**EntityOut.of(match.entity).model_dump(), matched=match.name, score=match.score)
                for match in matches
            ]
        )


class RelationOut(BaseModel):
    subject: str
    predicate: str
    object: str
    affirmed: int = Field(description="Assertions for it.")
    negated: int = Field(description="Assertions against it.")
    sources: int
    confidence: float


class NeighbourOut(RelationOut):
    other: NodeOut = Field(description="The entity at the other end.")


class NeighboursOut(BaseModel):
    entity: NodeOut
    neighbours: list[NeighbourOut]
    also: list[NodeOut] = Field(default=[], description="What else bears the name that was asked for.")

    @classmethod
    def of(cls, entity: Entity, relations: Sequence[Relation], known: Mapping[str, Entity]) -> NeighboursOut:
        neighbours = []
        for relation in relations:
            other = relation.object if relation.subject == entity.id else relation.subject
            neighbours.append(NeighbourOut(**_relation(relation).model_dump(), other=_node(other, known)))
        return cls(entity=_node(entity.id, {entity.id: entity}), neighbours=neighbours)


class PathOut(BaseModel):
    nodes: list[NodeOut]
    relations: list[RelationOut]


class PathsOut(BaseModel):
    paths: list[PathOut]
    also: list[NodeOut] = Field(default=[], description="What else bears the names that were asked for.")

    @classmethod
    def of(cls, paths: Sequence[Path], known: Mapping[str, Entity]) -> PathsOut:
        return cls(
            paths=[
                PathOut(
                    nodes=[_node(id, known) for id in path.nodes],
                    relations=[_relation(relation) for relation in path.relations],
                )
                for path in paths
            ]
        )


def nodes(entities: Iterable[Entity]) -> list[NodeOut]:
    return [NodeOut(id=entity.id, type=entity.type, name=entity.name) for entity in entities]


def _node(id: str, known: Mapping[str, Entity]) -> NodeOut:
    entity = known.get(id)
    return NodeOut(id=id, type=entity.type if entity else "", name=entity.name if entity else "")


def _relation(relation: Relation) -> RelationOut:
    return RelationOut.model_validate(relation, from_attributes=True)
