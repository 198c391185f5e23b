"""Who sends documents in, and what of them may be written."""

from __future__ import annotations

from dataclasses import dataclass

PATIENT = "patient:"
"""What the label of a patient begins with."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A sender through the API. The operator at the command line is none: he may do everything."""

    owner: str
    """Whose the documents are."""
    labels: frozenset[str]
    """What it may see, and label what it sends with."""
    admin: bool = False
    """Whether it may also change what others wrote, where its labels show it."""
    key: str = ""
    """The name of the key with which it was sent; of former versions none."""

    def may_change(self, owner: str, access: frozenset[str], brought: frozenset[str] = frozenset()) -> bool:
        """Whether it may replace, withdraw or delete the document of `owner` (empty: the operator) with these labels.

        It must see the document and hold the label of each patient that it is about. `brought` are labels of patients
        whose records are this sender's own.
        """
        held = self.labels | brought
        patients = {label for label in access if label.startswith(PATIENT)}
        own = bool(owner) and owner == self.owner
        return (own or self.admin) and bool(access & held) and patients <= held
