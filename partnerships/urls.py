"""Index of the register's addresses."""

from django.urls import register_converter

from partnerships import register  # noqa: F401 - declares every kind of record
from partnerships.access import single_sign_on, views
from partnerships.access.roles import Role
from partnerships.access.routes import Open, route
from partnerships.agreements.drafts import draft_routes
from partnerships.agreements.records.steps import step_routes as agreement_step_routes
from partnerships.agreements.renewing import renewing_routes
from partnerships.attachments.records import DeleteFilePage, DownloadPage
from partnerships.briefs.views import organisation_brief, organisation_brief_file, visit_brief, visit_brief_file
from partnerships.calendars import feeds, pages, subscribing, taking
from partnerships.funding.records import money_routes
from partnerships.home.health import healthz, readyz
from partnerships.home.patterns import patterns
from partnerships.home.views import home
from partnerships.intake.views import DropPage, LinesPage, TextPage
from partnerships.notes.records import DeleteNotePage, EditNotePage
from partnerships.records.ids import BigId
from partnerships.records.kinds import kinds
from partnerships.records.readback import ReadBackPage
from partnerships.records.urls import routes
from partnerships.reviews.records.kept import kept_routes
from partnerships.reviews.records.queue import queue_routes
from partnerships.search.views import search
from partnerships.undertakings.records.ledger import ledger_routes
from partnerships.values.readback import READERS
from partnerships.visits.records.afterwards import afterwards_routes
from partnerships.visits.records.again import AnotherPage, again
from partnerships.visits.records.delegates import DelegatesPage
from partnerships.visits.records.logging import LogPage
from partnerships.visits.records.preparing import preparing_routes
from partnerships.visits.records.requests import RequestsPage
from partnerships.visits.records.steps import step_routes
from partnerships.visits.records.visits import VISITS

register_converter(BigId, "bigid")

urlpatterns = [
    route("", home, Role.VIEWER, "home"),
    route("patterns/", patterns, Role.ADMIN, "patterns"),
    route("account/", views.account, Open.SIGNED_IN, "account"),
    route("account/look/", views.look, Open.SIGNED_IN, "account-look"),
    route("account/elsewhere/", views.leave_elsewhere, Open.SIGNED_IN, "account-elsewhere"),
    route("accounts/mfa/", views.to_account, Open.SIGNED_IN, "mfa_index"),
    route("accounts/oidc/login/", single_sign_on.start, Open.ANYBODY, "oidc-login"),
    route("accounts/oidc/callback/", single_sign_on.come_back, Open.ANYBODY, "oidc-callback"),
    route("account/feeds/", subscribing.subscriptions, Role.VIEWER, "feeds"),
    route("account/feeds/new/", subscribing.subscribe, Role.VIEWER, "feed-create"),
    route("account/feeds/own/", subscribing.subscribe_to_own, Role.VIEWER, "feed-own"),
    route("account/feeds/<bigid:pk>/renew/", subscribing.renew, Role.VIEWER, "feed-renew"),
    route("account/feeds/<bigid:pk>/delete/", subscribing.delete, Role.VIEWER, "feed-delete"),
    route("feeds/<str:secret>.ics", feeds.feed, Open.ANYBODY, "feed"),
    route("calendar/", pages.month, Role.VIEWER, "calendar"),
    route("calendar/week/", pages.week, Role.VIEWER, "calendar-week"),
    route("visits/from-calendar/", taking.from_calendar, Role.STAFF, "visit-from-calendar"),
    route("visits/from-calendar/visit/", taking.FromEventPage.as_view(kind=VISITS), Role.STAFF, "visit-from-event"),
    route("visits/<bigid:pk>/visit.ics", pages.visit_file, Role.VIEWER, "visit-ics"),
    *queue_routes(),
    *kept_routes(),
    route("search/", search, Role.VIEWER, "search"),
    route("healthz", healthz, Open.ANYBODY, "healthz"),
    route("readyz", readyz, Open.ANYBODY, "readyz"),
    route("notes/<bigid:pk>/edit/", EditNotePage.as_view(), Role.STAFF, "note-edit"),
    route("notes/<bigid:pk>/delete/", DeleteNotePage.as_view(), Role.STAFF, "note-delete"),
    route("attachments/<bigid:pk>/", DownloadPage.as_view(), Role.VIEWER, "attachment"),
    route("attachments/<bigid:pk>/delete/", DeleteFilePage.as_view(), Role.STAFF, "attachment-delete"),
    route("visits/<bigid:pk>/brief/", visit_brief, Role.VIEWER, "visit-brief"),
    route("visits/<bigid:pk>/brief.docx", visit_brief_file, Role.VIEWER, "visit-brief-file"),
    route("organisations/<bigid:pk>/brief/", organisation_brief, Role.VIEWER, "organisation-brief"),
    route("organisations/<bigid:pk>/brief.docx", organisation_brief_file, Role.VIEWER, "organisation-brief-file"),
    *(route(f"read/{name}/", ReadBackPage.as_view(reader=name), Role.VIEWER, f"read-{name}") for name in READERS),
    *renewing_routes(),
    *draft_routes(),
    *afterwards_routes(),
    *ledger_routes(),
    *money_routes(),
    route("visits/from-text/", TextPage.as_view(), Role.STAFF, "visit-from-text"),
    route("visits/from-text/<bigid:pk>/", LinesPage.as_view(), Role.STAFF, "visit-from-text-lines"),
    route("visits/from-text/<bigid:pk>/delete/", DropPage.as_view(), Role.STAFF, "visit-from-text-delete"),
    route("visits/log/", LogPage.as_view(), Role.STAFF, "visit-log"),
    route("visits/requests/", RequestsPage.as_view(), Role.VIEWER, "visit-requests"),
    *agreement_step_routes(),
    *step_routes(),
    *preparing_routes(),
    route("visits/again/", again, Role.STAFF, "visit-again"),
    route("visits/<bigid:like>/another/", AnotherPage.as_view(), Role.STAFF, "visit-another"),
    route("visits/<bigid:pk>/delegates/", DelegatesPage.as_view(), Role.STAFF, "visit-delegates"),
    *(pattern for kind in kinds() for pattern in routes(kind)),
]
