"""The declarations of this room: organisations, places and partnerships."""

from partnerships.organisations.records import organisations, partnerships, places

__all__ = ["organisations", "partnerships", "places"]
