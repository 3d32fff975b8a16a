"""Runs one function on bytes from outside in a process of its own, with limits of time, memory and output.

A parser of foreign files may hang, swell or fall; here it takes nobody with it.
"""

import resource
import subprocess
import sys
from importlib import import_module

from django.conf import settings

SECONDS, MEMORY, MOST_OUT = 10, 256 * 2**20, 4 * 2**20
REFUSED, TOO_MUCH, SWOLLEN = 3, 4, 5


class Refused(ValueError):
    """Bytes that are not read, and why, in a sentence."""


def run_apart(function: str, content: bytes, *given: str) -> str:
    """What `module:function` makes of the bytes (and further texts): a text; Refused with a sentence where it can't.

    The function takes bytes and texts, gives a text, and raises Refused with its own sentence.
    """
    command = [sys.executable, "-m", "partnerships.intake.child", function, *given]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(f"Reading it took longer than {SECONDS} seconds.") from late
    if done.returncode == 0:
        return done.stdout.decode()
    if done.returncode == REFUSED:
        raise Refused(done.stdout.decode())
    if done.returncode == TOO_MUCH:
        raise Refused("It unpacks to far more text than a page holds.")
    if done.returncode == SWOLLEN:
        raise Refused("Reading it takes more memory than a page ever needs.")
    raise Refused("It is broken: it can't be read to its end.")


def main() -> int:
    """Limit this process, then do what its arguments name with what comes in; the number says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Run as a program this module is another one than the one that the function knows.
    from partnerships.intake.child import Refused as refused_there

    module, _colon, name = sys.argv[1].partition(":")
    try:
        said = getattr(import_module(module), name)(sys.stdin.buffer.read(), *sys.argv[2:]).encode()
    except refused_there as refused:
        sys.stdout.buffer.write(str(refused).encode())
        return REFUSED
    except MemoryError:
        return SWOLLEN
    if len(said) > MOST_OUT:
        return TOO_MUCH
    sys.stdout.buffer.write(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
