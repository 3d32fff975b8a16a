"""Addresses of small views that write, fail and refuse, for the tests of the middleware."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpResponse
from django.urls import path

from partnerships.models import Place


def rename(request):
    Place.objects.update(name=request.POST.get("name") or request.GET.get("name", ""))
    return HttpResponse(f"in a transaction: {connection.in_atomic_block}")


@transaction.non_atomic_requests
def outside(request):
    return rename(request)


def answer(request, status):
    rename(request)
    return HttpResponse(status=status)


def refuse(request, how):
    rename(request)
    raise {"missing": Http404, "denied": PermissionDenied, "broken": ZeroDivisionError}[how]


def hide_a_fault(request):
    """Catch a database error without a savepoint, and claim that all went well."""
    rename(request)
    try:
        with transaction.atomic(savepoint=False):
            Place.objects.create(handle="place", name="Twice", kind="city")
    except IntegrityError:
        return HttpResponse("Saved")


def sign_in(request):
    user = User.objects.get(username="ada")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("Welcome")


urlpatterns = [
    path("rename/", rename),
    path("outside/", outside),
    path("answer/<int:status>/", answer),
    path("refuse/<str:how>/", refuse),
    path("fault/", hide_a_fault),
    path("sign-in/", sign_in),
]
