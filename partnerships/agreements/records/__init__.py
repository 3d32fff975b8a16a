"""The declaration of this room: agreements."""

from partnerships.agreements.records.agreements import AGREEMENTS, STATE, party_names

__all__ = ["AGREEMENTS", "STATE", "party_names"]
