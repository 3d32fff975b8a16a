"""The entry for the web server."""

import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()


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
