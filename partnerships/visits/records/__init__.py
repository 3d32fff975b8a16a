"""The declarations of this room: visits and what is to be done after them."""

from partnerships.visits.records import follow_ups, visits

__all__ = ["follow_ups", "visits"]
