"""A repeated submit has one effect: the token in every form remembers what came of it."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from .models import Submission

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class TokenMissing(ValueError):
    """The form came without its token, or with one that we never gave out."""


@dataclass(slots=True)
class Submitted:
    """Whether the form was submitted before, and the address of what came of it."""

    url: str = ""
    repeated: bool = False


def new_token() -> str:
    """A token for one form, as a hidden field carries it."""
    return secrets.token_urlsafe(16)


@contextmanager
def once(user: Any, token: str | None) -> Iterator[Submitted]:
    """Do what is inside once per user and token, in one transaction with it.

        with once(request.user, request.POST.get("token")) as submitted:
            if not submitted.repeated:
                submitted.url = save(form).get_absolute_url()
        return redirect(submitted.url)

    A second submit waits for the first and then finds `repeated` and its `url`. Where no `url` is set (the form was
    refused), or an exception leaves, the token stays free. Raises TokenMissing.
    """
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise TokenMissing("Open the form again: it came without its token.")
    key = {"token": token, "user_id": getattr(user, "pk", None) or 0}
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Submission.objects.create(**key)
        except IntegrityError:
            yield Submitted(Submission.objects.get(**key).url, repeated=True)
            return
        submitted = Submitted()
        yield submitted
        if submitted.url:
            Submission.objects.filter(pk=row.pk).update(url=submitted.url)
        else:
            row.delete()


def prune(before: datetime) -> int:
    """Forget the tokens given in before a moment, usually seven days ago; how many there were."""
    return Submission.objects.filter(at__lt=before).delete()[0]
