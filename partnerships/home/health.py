"""What a monitor asks: is the process alive, and can it serve?"""

import copy
import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import safety

log = logging.getLogger(__name__)
PLAIN = "text/plain; charset=utf-8"
PATIENCE = 2  # seconds for the connection, and again for each statement
accounts_checked = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Touches no database."""
    return HttpResponse("Accord is alive.\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers a fresh connection and has every migration; else 503 and why, within 3 s."""
    trouble = find_trouble()
    if trouble:
        log.warning("Not ready: %s", trouble)
        return HttpResponse(f"{trouble}\n", status=503, content_type=PLAIN)
    return HttpResponse("Accord is ready.\n", content_type=PLAIN)


def find_trouble() -> str:
    """One sentence on what keeps Accord from serving, or nothing."""
    fresh = fresh_connection()
    try:
        executor = MigrationExecutor(fresh)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "Accord is not ready: the database lacks migrations."
        check_accounts_once()
    except DatabaseError:
        return "Accord is not ready: the database does not answer."
    except ImproperlyConfigured as refusal:
        return f"Accord is not ready. {refusal}"
    finally:
        if fresh is not connection:
            fresh.close()
    return ""


def check_accounts_once() -> None:
    """The check of the demo's accounts that a start without a database could not make."""
    global accounts_checked
    if settings.SERVICE and not accounts_checked:
        safety.refuse_demo_accounts()
        accounts_checked = True


def fresh_connection() -> BaseDatabaseWrapper:
    """A connection outside the pool, which may be full or hold dead ones. SQLite has no server to ask anew."""
    if connection.vendor != "postgresql":
        return connection
    fresh = connections.create_connection(connection.alias)
    fresh.settings_dict = copy.deepcopy(connection.settings_dict)
    options = fresh.settings_dict["OPTIONS"]
    options.pop("pool", None)
    limits = f" -c statement_timeout={PATIENCE}s -c lock_timeout=1s"
    options.update(connect_timeout=PATIENCE, options=options.get("options", "") + limits)
    return fresh
