"""The addresses of every kind of record, the same for all."""

from django.db.transaction import non_atomic_requests
from django.urls import URLPattern

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.attachments.records import AttachPage, FilesPage
from partnerships.notes.records import NotesPage, WriteNotePage
from partnerships.records.adding import AddPage
from partnerships.records.deleting import DeletePage
from partnerships.records.exporting import ExportPage
from partnerships.records.kinds import Kind
from partnerships.records.listing import ListPage
from partnerships.records.pages import DetailPage, HistoryPage
from partnerships.records.parts import TimelinePage
from partnerships.records.picking import PickPage
from partnerships.records.saving import SavePage


def routes(kind: Kind) -> list[URLPattern]:
    """List, exports, type-ahead, create, page and its parts, edit, delete and history of a kind, each with its rule."""
    path, name = kind.path, kind.name
    attach = non_atomic_requests(AttachPage.as_view(kind=kind))
    return [
        route(f"{path}/", ListPage.as_view(kind=kind), Role.VIEWER, f"{name}-list"),
        route(f"{path}/export.csv", ExportPage.as_view(kind=kind, form="csv"), Role.VIEWER, f"{name}-csv"),
        route(f"{path}/export.xlsx", ExportPage.as_view(kind=kind, form="xlsx"), Role.VIEWER, f"{name}-xlsx"),
        route(f"{path}/pick/", PickPage.as_view(kind=kind), Role.VIEWER, f"{name}-pick"),
        route(f"{path}/new/", SavePage.as_view(kind=kind), kind.may_create, f"{name}-create"),
        route(f"{path}/add/", AddPage.as_view(kind=kind), kind.may_create, f"{name}-add"),
        route(f"{path}/<bigid:pk>/", DetailPage.as_view(kind=kind), Role.VIEWER, f"{name}-detail"),
        route(f"{path}/<bigid:pk>/notes/", NotesPage.as_view(kind=kind), Role.VIEWER, f"{name}-notes"),
        route(f"{path}/<bigid:pk>/notes/new/", WriteNotePage.as_view(kind=kind), Role.STAFF, f"{name}-write-note"),
        route(f"{path}/<bigid:pk>/files/", FilesPage.as_view(kind=kind), Role.VIEWER, f"{name}-files"),
        route(f"{path}/<bigid:pk>/files/new/", attach, Role.STAFF, f"{name}-attach"),
        route(f"{path}/<bigid:pk>/timeline/", TimelinePage.as_view(kind=kind), Role.VIEWER, f"{name}-timeline"),
        route(f"{path}/<bigid:pk>/edit/", SavePage.as_view(kind=kind), kind.may_edit, f"{name}-edit"),
        route(f"{path}/<bigid:pk>/delete/", DeletePage.as_view(kind=kind), kind.may_delete, f"{name}-delete"),
        route(f"{path}/<bigid:pk>/history/", HistoryPage.as_view(kind=kind), Role.VIEWER, f"{name}-history"),
    ]
