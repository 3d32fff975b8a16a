"""A process of its own for each application: how soon it answers, and how much memory it holds."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

PAGES = ("/agreements/", "/agreements/?q=graphene", "/visits/", "/search/?q=nanjing")
EXPORT = "/agreements/export.csv"
FLOORS = ("/list", "/searched?words=graphene", "/found?words=nanjing")
MEMORY_PAGE = 4096


def process(session: str, minimal: str) -> dict:
    """Seconds to the first answer and megabytes held, of the register and of M."""
    return {"page": started("page", session), "minimal": started("minimal", minimal)}


def started(which: str, session: str) -> dict:
    """Start an application anew, and let it say what it holds."""
    begun = perf_counter()
    command = [sys.executable, "-m", __name__, which, session]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        first = running.stdout.readline() if running.stdout else ""
        answered = perf_counter() - begun
        rest = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise RuntimeError(f"The fresh process ended with {running.returncode}: {first}{rest}")
    return {"first_answer_s": answered, "idle_mb": float(first), "after_mb": float(rest)}


def held() -> float:
    """The megabytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * MEMORY_PAGE / 1_000_000


def main(which: str, session: str) -> None:
    """Answer one request and say so, then some of each sort."""
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from partnerships.management.bench.asking import Visitor
    from partnerships.management.bench.floors import minimal_application
    from partnerships.management.bench.settings import as_measured

    with as_measured():
        application = get_wsgi_application() if which == "page" else minimal_application()
        visitor = Visitor(application, session)
        pages = PAGES if which == "page" else FLOORS
        visitor.ask(pages[0])
        print(held(), flush=True)
        for _ in range(3):
            for page in pages:
                visitor.ask(page)
        if which == "page":
            visitor.ask(EXPORT)
        print(held(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
