"""Accord's addresses."""

from allauth.account.views import account_inactive, login, logout, password_change, reauthenticate
from django.contrib import admin
from django.db import transaction
from django.urls import include, path

handler400 = "partnerships.home.views.not_understood"
urlpatterns = [
    path("admin/", admin.site.urls),
    # Hashing a password is slow, and must not hold SQLite's only write transaction meanwhile.
    path("accounts/login/", transaction.non_atomic_requests(login), name="account_login"),
    path("accounts/inactive/", account_inactive, name="account_inactive"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/password/change/", password_change, name="account_change_password"),
    path("accounts/reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("", include("partnerships.urls")),
]
