"""What the network tells of a pair, output by output; what the graph makes of a label says `ingest.vocabulary`."""

from __future__ import annotations

from ingest import vocabulary

BIORED = vocabulary.BIORED
OUTPUTS = ("CID", "related", *BIORED, "ADE", "treats")
"""`CID`: the chemical induces the disease (BC5CDR). `related`: BioRED relates the two, and then by which of its types.
`ADE`: the disease is an adverse effect of the drug, `treats`: the drug is given for it (PHEE)."""
CID, RELATED, TYPES, ADE, TREATS = 0, 1, slice(2, 2 + len(BIORED)), 2 + len(BIORED), 3 + len(BIORED)
TOLD = 2 + len(BIORED)
"""So many outputs hear of the features of documents; the last two were learned from single sentences."""

QUESTIONS = {"CID": CID, "related": RELATED, "ADE": ADE, "treats": TREATS}
"""What a pair is asked, and the output that answers."""
FACTS = frozenset(("CID", "ADE"))
"""What a graph can be told as a fact, always of a drug and a disease. BioRED's types are too often wrong for that, and
the network is too sure of treatments, since it was taught them by sentences that all state an event."""
OF_SENTENCES = frozenset(("ADE", "treats"))
