"""The entry for the web server."""

import gc
import logging
import os

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Utf8Request(WSGIRequest):
    """A request read as UTF-8: Django would try the named character set on the address before anything can refuse."""

    def _set_content_type_params(self, meta: dict) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


application = get_wsgi_application()
application.request_class = Utf8Request


def check_accounts() -> None:
    """In service, start only without the demo's accounts; a database that is away is left to /readyz."""
    from django.conf import settings

    from config import safety

    if not settings.SERVICE:
        return
    try:
        safety.refuse_demo_accounts()
    except DatabaseError:
        logging.getLogger("partnerships").warning("The database does not answer yet; accounts were not checked.")
    finally:
        connection.close()


check_accounts()


def settle() -> None:
    """Import every page before the first request, and leave all of it out of later collections of garbage."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


settle()
