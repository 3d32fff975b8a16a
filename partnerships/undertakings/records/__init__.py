"""The declaration of this room; `signs` and `candidates` can be used by any page that shows lines of cooperation."""

from partnerships.undertakings.records import lines

__all__ = ["lines"]
