"""Every request has an id; every unsafe one is a transaction that remembers who acts and why."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

from .context import acting
from .remembering import new_request_id, remembered

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
LONGEST_REASON = 500


class Numbered:
    """Gives every request an id, which its answer, the log and the history carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer the request under its id."""
        request.request_id = new_request_id()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id
        return response


class Remembered:
    """Stands behind what may refuse a request, so that a refused one opens no transaction.

    The view and its template run in one transaction, which is taken back on an exception and on a status of 500
    or more. A view marked `transaction.non_atomic_requests` (sign-in, whose hashing is slow) only gets the names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer the request, and end the transaction that `process_view` began."""
        with ExitStack() as stack:
            request.remembering, request.must_undo = stack, None
            response = self.get_response(request)
            if request.must_undo is not None:
                self._undo_if_needed(request, response)
        return response

    def process_view(self, request: Any, view: Callable, args: tuple, kwargs: dict) -> None:
        """Begin the transaction of an unsafe request; its body is read before, not inside."""
        if request.method in SAFE:
            return
        user, reason = getattr(request, "user", None), _reason(request)
        user_id = getattr(user, "pk", None)
        if getattr(view, "_non_atomic_requests", ()):
            request.remembering.enter_context(acting(user_id, reason, request.request_id))
        else:
            request.must_undo = False
            request.remembering.enter_context(remembered(reason, user, request.request_id))

    def process_exception(self, request: Any, exception: Exception) -> None:
        """An exception takes back what its view wrote, whatever page it is turned into."""
        if request.must_undo is not None:
            request.must_undo = True

    def _undo_if_needed(self, request: Any, response: HttpResponseBase) -> None:
        if request.must_undo or response.status_code >= 500:
            transaction.set_rollback(True)
        elif connection.needs_rollback and response.status_code < 400:
            raise transaction.TransactionManagementError("The answer says it is done, but its transaction was broken.")


def _reason(request: HttpRequest) -> str:
    try:
        return request.POST.get("change_reason", "")[:LONGEST_REASON]
    except UnreadablePostError:
        return ""
