#!/usr/bin/env python3
"""Accord's commands: makes the environment they need, then runs them in it."""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ASK_VERSION = "import sys; sys.exit(sys.version_info < (3, 11))"


def use_newer_python():
    """Start again with a Python that is new enough, or say in one sentence that there is none."""
    for minor in range(19, OLDEST[1] - 1, -1):
        python = shutil.which("python3.%d" % minor)
        if python and subprocess.call([python, "-c", ASK_VERSION], stderr=subprocess.DEVNULL) == 0:
            os.execv(python, [python] + sys.argv)
    sys.exit("Accord needs Python 3.11 or newer, and this is %d.%d: install python3.11." % sys.version_info[:2])


def main():
    """Run the command that was typed, in the environment that the lock describes."""
    from config import environment

    environment.enter(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        if sys.argv[1:2] == ["demo"] and (os.environ.get("DATABASE_URL") or os.environ.get("ACCORD_SERVICE")):
            sys.exit("The demo runs on SQLite only. Unset DATABASE_URL and ACCORD_SERVICE, then try again.")
        sys.exit("Accord does not start with these settings. {}".format(refusal))


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        use_newer_python()
    main()
