"""A repeated submit has one effect: the token in every form remembers what came of it."""

import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .models import Submission

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class TokenRefused(ValueError):
    """A form's token doesn't count; `status` is that of the answer in which the form comes back."""

    status: int


class TokenMissing(TokenRefused):
    """The form came without its token, or with one that we never gave out."""

    status = 400


class TokenUsed(TokenRefused):
    """The form was sent before with something else in it; what came of that stands at `url`."""

    status = 422

    def __init__(self, url: str) -> None:
        super().__init__("This form was sent once already, with something else in it.")
        self.url = url


@dataclass(slots=True)
class Submitted:
    """Whether the form was submitted before, and the address of what came of it."""

    url: str = ""
    repeated: bool = False


def new_token() -> str:
    """A token for one form, as a hidden field carries it."""
    return secrets.token_urlsafe(16)


def digest_of(request: HttpRequest) -> str:
    """What a request sends to where, as 64 hexadecimal figures; the order of fields and the CSRF token don't count."""
    sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    files = {name: [[one.name, _digest_of(one)] for one in many] for name, many in request.FILES.lists()}
    return sha256(json.dumps([request.path, sent, files], sort_keys=True).encode()).hexdigest()


def _digest_of(file: UploadedFile) -> str:
    """The digest of a file that was sent, which is then read from its start again."""
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@contextmanager
def once(user: Any, token: str | None, digest: str = "") -> Iterator[Submitted]:
    """Do what is inside once per user and token, in one transaction with it.

        with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
            if not submitted.repeated:
                submitted.url = save(form).get_absolute_url()
        return redirect(submitted.url)

    A second submit waits for the first and then finds `repeated` and its `url`. Where no `url` is set (the form was
    refused), or an exception leaves, the token stays free. Raises TokenMissing, and TokenUsed where the token came
    before with another digest.
    """
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise TokenMissing("Open the form again: it came without its token.")
    key = {"token": token, "user_id": getattr(user, "pk", None) or 0}
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Submission.objects.create(**key, digest=digest)
        except IntegrityError:
            first = Submission.objects.get(**key)
            if first.digest != digest:
                raise TokenUsed(first.url) from None
            yield Submitted(first.url, repeated=True)
            return
        submitted = Submitted()
        yield submitted
        if submitted.url:
            Submission.objects.filter(pk=row.pk).update(url=submitted.url)
        else:
            row.delete()


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a form, which is made once: one sent again leads to where the first led.

    An answer that leads nowhere, as the form drawn again does, leaves the token free. Raises as `once` does.
    """
    with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
        if submitted.repeated:
            return HttpResponseRedirect(submitted.url, status=303)
        given = answer()
        submitted.url = given.get("Location", "")
        return given


def prune(before: datetime) -> int:
    """Forget the tokens given in before a moment, usually seven days ago; how many there were."""
    return Submission.objects.filter(at__lt=before).delete()[0]
