"""Accord's addresses."""

from allauth.account.views import login, logout, password_change, reauthenticate
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/login/", login, name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/password/change/", password_change, name="account_change_password"),
    path("accounts/reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("", include("partnerships.urls")),
]
