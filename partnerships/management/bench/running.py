"""Measures a register that is empty when it begins: `python -m partnerships.management.bench.running --rows 10000`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

import django


def main() -> None:
    """Migrate, fill, measure and print."""
    parser = ArgumentParser()
    parser.add_argument("--rows", type=int)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--json")
    parser.add_argument("--profile")
    asked = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    started = perf_counter()
    call_command("migrate", verbosity=0, interactive=False)
    migrated = perf_counter() - started
    from partnerships.management.bench import filling, measuring, printing
    from partnerships.organisations.models import Organisation

    if Organisation.objects.exists():
        sys.exit("This register is in use: bench fills and measures an empty one of its own.")
    started = perf_counter()
    filling.fill(asked.rows, lambda made: print(f"\r{made:20} {perf_counter() - started:6.1f} s", end="", flush=True))
    print(f"\rFilled in {perf_counter() - started:.0f} s.{'':20}")
    found = measuring.measure(asked.rows, asked.rounds, asked.profile)
    found["migrate_s"] = migrated
    if asked.json:
        Path(asked.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    for line in printing.lines(found):
        print(line)


if __name__ == "__main__":
    main()
