"""JSON Lines: an object a document, with its mentions and relations.

    {"id": "7", "mentions": [{"start": 0, "end": 9, "text": "Metformin", "type": "Chemical", "id": "D008687", …}],
     "relations": [{"subject": "D008687", "predicate": "causes", "object": "D000140", "label": "CID", …}]}

Offsets are Unicode code points into the text of the document: the `text` given, or title and sections joined by a line
feed. `id` is null where a mention is not linked, and holds `|` between the ids of a composite one.
"""

from __future__ import annotations

import json
import re

from ingest.sinks.ids import Ids
from ingest.sinks.model import Tagged, places, type_of

# Valid in JSON, but ends of lines to many who read line by line.
_LINE_ENDS = re.compile("[\x7f\x85\u2028\u2029]")


class JsonLines:
    """Keeps `ingest.sinks.model.Sink`."""

    version = "jsonl/1"

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def opening(self) -> str:
        return ""

    def document(self, tagged: Tagged, *, first: bool) -> str:
        text = tagged.document.text
        written = self._ids.written
        made = {
            "id": tagged.name,
            "mentions": [
                {
                    "start": place.start,
                    "end": place.end,
                    "text": text[place.start : place.end],
                    "type": type_of(place.mention),
                    "id": "|".join(dict.fromkeys(map(written, place.entities))) or None,
                    "score": round(place.mention.score, 4),
                    "polarity": place.mention.polarity,
                    "certainty": place.mention.certainty,
                    "experiencer": place.mention.experiencer,
                }
                for place in places(tagged)
            ],
            "relations": [
                {
                    "subject": written(finding.subject),
                    "predicate": finding.predicate or finding.label,
                    "object": written(finding.object),
                    "label": finding.label,
                    "polarity": finding.polarity,
                    "certainty": finding.certainty,
                    "confidence": round(finding.confidence, 4),
                    "firm": finding.firm,
                    "start": finding.start,
                    "end": finding.end,
                }
                for finding in tagged.findings
            ],
        }
        line = json.dumps(made, ensure_ascii=False)
        return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"

    def closing(self) -> str:
        return ""
