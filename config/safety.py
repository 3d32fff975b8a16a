"""What Accord refuses to serve with."""

from django.core.exceptions import ImproperlyConfigured

DEMO_PASSWORD = "accord-demo"  # noqa: S105, it is printed for everybody who tries the demo
DEMO_ACCOUNTS = ("viewer", "staff", "manager", "admin")
SHORTEST_KEY = 50


def refuse_unsafe(*, debug: bool, secret_key: str, allowed_hosts: list[str], engine: str) -> None:
    """Stop with the setting's name and what to do, where a setting is unsafe in service."""
    if debug:
        raise ImproperlyConfigured("DEBUG: must be off in service, it shows internals to everybody.")
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < 10 or "insecure" in secret_key:
        raise ImproperlyConfigured(f"SECRET_KEY: must be a random text of at least {SHORTEST_KEY} characters.")
    if not allowed_hosts or any("*" in host for host in allowed_hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS: must name the hosts that Accord answers to, without an asterisk.")
    if not engine.endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL: must be a PostgreSQL database in service.")


def demo_accounts() -> list[str]:
    """The names of accounts that the demo's published password opens. Raises DatabaseError without a database."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects.filter(username__in=DEMO_ACCOUNTS, is_active=True).order_by("username")
    return [user.get_username() for user in users if user.check_password(DEMO_PASSWORD)]


def refuse_demo_accounts() -> None:
    """Stop where an account of the demo would open the register in service."""
    names = demo_accounts()
    if names:
        raise ImproperlyConfigured(
            f"Accounts: {', '.join(names)} still open with the demo's password; delete them or change it."
        )
