"""Accord's addresses."""

from allauth.account.models import EmailAddress
from allauth.account.views import account_inactive, login, logout, reauthenticate
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.db import transaction
from django.urls import include, path

from partnerships.access.views import PasswordChange

handler400 = "partnerships.home.views.not_understood"

# Keys and tokens are nothing to look at in the workshop.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])

# Only these of the library's pages: each has a template of ours and a rule in `access.routes`.
urlpatterns = [
    path("admin/", admin.site.urls),
    # Hashing a password is slow, and must not hold SQLite's only write transaction meanwhile.
    path("accounts/login/", transaction.non_atomic_requests(login), name="account_login"),
    path("accounts/inactive/", account_inactive, name="account_inactive"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/password/change/", PasswordChange.as_view(), name="account_change_password"),
    path("accounts/reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("accounts/mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("accounts/mfa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/mfa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("accounts/mfa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/mfa/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/mfa/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("accounts/mfa/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("", include("partnerships.urls")),
]
