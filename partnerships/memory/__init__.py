"""Floor 2: what happened to every record, who did it and why; versions, repeated submits and the history page's data.

Triggers in the database write one `Change` for every changed row of every tracked table, whichever way the change came
(`triggers`, `tracking`). Python only says who acts and why:

    with remembered(reason="Annual review", user=user):
        agreement.save()

- `context`      who acts, why, and in which request; `erasing()` is the one permitted rewrite of memory
- `connections`  carries that to the database
- `remembering`  one transaction with its reason; what is called with the records it changed
- `middleware`   the same for every unsafe request
- `versions`     refuses a stale save
- `submissions`  a repeated submit has one effect
- `history`      what happened to one record, ever or since a version, ready for a template
"""

from . import connections
from .context import acting, erasing
from .remembering import on_changes, remembered

__all__ = ["acting", "connections", "erasing", "on_changes", "remembered"]
