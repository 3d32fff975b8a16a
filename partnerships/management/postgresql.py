"""A PostgreSQL cluster that lives as long as a test run."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

VERSIONED = "/usr/lib/postgresql"


def find_server() -> Path | None:
    """The folder of the server's programs: the distribution's newest version, else the one on PATH."""
    versions = sorted(Path(VERSIONED).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextlib.contextmanager
def throwaway_cluster(programs: Path) -> Iterator[str]:
    """The DATABASE_URL of a cluster of our own on a free port; it is gone afterwards.

    PostgreSQL refuses to run as root, so root hands it to the user postgres. Raises RuntimeError with
    the server's own words where it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="accord-postgresql-", dir="/tmp"))  # noqa: S108, root's own TMPDIR may be shut
    data, port = folder / "data", free_port()
    owner = "postgres" if os.geteuid() == 0 else None
    try:
        if owner:
            user = pwd.getpwnam(owner)
            os.chown(folder, user.pw_uid, user.pw_gid)
        initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", "accord", "--auth=trust", "--encoding=UTF8"]
        run([*initdb, "--locale=C.UTF-8", "--no-sync"], owner, folder)
        flags = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", flags, "start"], owner, folder)
        try:
            yield f"postgres://accord@127.0.0.1:{port}/postgres"
        finally:
            run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], owner, folder)
    except KeyError:
        raise RuntimeError("there is no user “postgres” to run the server as") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str | Path], owner: str | None, folder: Path) -> None:
    """Run one of the server's programs as its owner."""
    log = folder / "steps"
    with log.open("w") as out:
        done = subprocess.run(
            list(map(str, command)),
            user=owner,
            group=owner,
            extra_groups=[] if owner else None,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise RuntimeError(log.read_text(encoding="utf-8", errors="replace").strip() or f"{command[0]} failed")


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
