"""Entities, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from graph.model import Entity, NameMatch, Relation
from graph.pages import page
from qa.evidence.wording import name_in

EntityId = Annotated[str, Field(examples=["MONDO:0007947"])]


class NodeOut(BaseModel):
    id: EntityId
    type: str
    name: str
    name_zh: str = Field(description="Its Chinese name; `name` where it has none.", examples=["马凡综合征"])
    url: str = Field(description="The page that explains the id; empty where none is known.")


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
    url: str = Field(description="The page that explains the id; empty where none is known.")

    @classmethod
    def of(cls, entity: Entity) -> EntityOut:
        return cls(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            synonyms=[NameOut(text=name.text, language=name.language) for name in entity.synonyms],
            xrefs=list(entity.xrefs),
            definition=entity.definition,
            url=page(entity.id),
        )


class EntityPageOut(EntityOut):
    same_name_as: list[NodeOut] = Field(description="Phenotypes of a disease, diseases of a phenotype, by their names.")
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
    neighbours: list[NeighbourOut] = Field(description="Those with the most sources first, then the most confident.")
    total: int
    cursor: str | None = Field(default=None, description="For the next page; null behind the last.")
    also: list[NodeOut] = Field(default=[], description="What else bears the name that was asked for.")

    @classmethod
    def of(
        cls,
        entity: Entity,
        relations: Sequence[Relation],
        known: Mapping[str, Entity],
        *,
        total: int,
        cursor: str | None,
    ) -> NeighboursOut:
        neighbours = []
        for relation in relations:
            other = relation.object if relation.subject == entity.id else relation.subject
            neighbours.append(NeighbourOut(**_relation(relation).model_dump(), other=node(other, known)))
        own = node(entity.id, {entity.id: entity})
        return cls(entity=own, neighbours=neighbours, total=total, cursor=cursor)


def nodes(entities: Iterable[Entity]) -> list[NodeOut]:
    """Entities as nodes, in their order."""
    return [node(entity.id, {entity.id: entity}) for entity in entities]


def node(id: str, known: Mapping[str, Entity]) -> NodeOut:
    """The entity as a node; without type and name where it is not among those known."""
    entity = known.get(id)
    if entity is None:
        return NodeOut(id=id, type="", name="", name_zh="", url=page(id))
    return NodeOut(id=id, type=entity.type, name=entity.name, name_zh=name_in(entity, "zh"), url=page(id))


def _relation(relation: Relation) -> RelationOut:
    return RelationOut.model_validate(relation, from_attributes=True)
