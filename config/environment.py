"""The environment of installed packages that every command runs in, made from the hashed locks.

Standard library only: this runs before anything is installed.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "accord-lock"
RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) *(;?)", re.MULTILINE)


def enter(argv: Sequence[str]) -> None:
    """Return where the packages that this command needs are active; else make them and start again there."""
    lock = DEV if argv[1:2] == ["tests"] else RUNTIME
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    if (inside and is_marked(lock)) or (trusts_active() and missing(lock) == []):
        return
    if not is_marked(lock):
        with alone(ROOT / "var" / "environment.lock"):
            if not is_marked(lock):
                install(lock)
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *argv[1:]])


def trusts_active() -> bool:
    """A clean run (CI) takes nothing that earlier work left active."""
    return os.environ.get("CI", "").lower() not in {"1", "true"}


def missing(lock: Path) -> list[str]:
    """The lock's distributions that are not active at their locked version, up to the first.

    Pins that hold on some platforms only are left to the installer.
    """
    for name, version, condition in PIN.findall(lock.read_text(encoding="utf-8")):
        try:
            if not condition and metadata.version(name) != version:
                return [name]
        except metadata.PackageNotFoundError:
            return [name]
    return []


def mark_for(lock: Path) -> set[str]:
    """The lines that say what was installed: a set-up for tests also serves the other commands."""
    locks = [RUNTIME, DEV] if lock == DEV else [RUNTIME]
    return {f"{each.name} {hashlib.sha256(each.read_bytes()).hexdigest()}" for each in locks}


def is_marked(lock: Path) -> bool:
    """Whether a finished set-up installed this lock, and the Python that it was made with is still there."""
    try:
        lines = set(MARK.read_text(encoding="utf-8").splitlines())
    except OSError:
        return False
    versions = {path.name for path in VENV.glob("lib/python3.*")}
    return mark_for(lock) <= lines and PYTHON.resolve().exists() and python_version() in versions


def python_version() -> str:
    """The folder name of the version that .venv's own interpreter has now ("python3.11")."""
    real = re.fullmatch(r"python3\.\d+", PYTHON.resolve().name)
    if Path(sys.prefix).resolve() == VENV.resolve() or not real:
        return f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return real[0]


def install(lock: Path) -> None:
    """Make or upgrade .venv. The mark goes first and comes last, so that a broken-off set-up is begun anew."""
    wanted = DEV if lock == DEV or was_for_tests() else RUNTIME
    upgradable = MARK.exists() and PYTHON.exists()
    MARK.unlink(missing_ok=True)
    uv = shutil.which("uv")
    pins = len(PIN.findall(wanted.read_text(encoding="utf-8")))
    if not (upgradable and (uv or has_pip())):
        say(f"Setting up (1/3): making {VENV.name} for Accord's packages")
        make_venv(uv)
    else:
        say(f"Setting up (1/3): keeping {VENV.name}, its packages are upgraded")
    say(f"Setting up (2/3): installing {pins} packages from {wanted.name} (up to a minute)")
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONWARNINGS": "ignore"}
    if uv:
        run([uv, "pip", "sync", "-q", "--require-hashes", "--python", PYTHON, wanted], quiet)
    else:
        run([PYTHON, "-m", "pip", "install", "-q", "--no-input", "--require-hashes", "-r", wanted], quiet)
    say("Setting up (3/3): checking the packages")
    run([PYTHON, "-c", "import django, gunicorn, psycopg, allauth"], quiet)
    unfinished = MARK.with_suffix(".new")
    unfinished.write_text("\n".join(sorted(mark_for(wanted))) + "\n", encoding="utf-8")
    unfinished.replace(MARK)


def was_for_tests() -> bool:
    """Whether the environment that is about to be upgraded has the test tools, which are then kept."""
    return MARK.exists() and DEV.name in MARK.read_text(encoding="utf-8")


def has_pip() -> bool:
    """Whether .venv can install into itself (one made by uv can't)."""
    return succeeds([str(PYTHON), "-m", "pip", "--version"])


def succeeds(command: list[str]) -> bool:
    """Whether a command exits well; what it prints is of no interest."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def make_venv(uv: str | None) -> None:
    """An empty .venv of the interpreter that runs this, or of the one that it was made from."""
    base = getattr(sys, "_base_executable", "") or sys.executable
    if uv:
        run([uv, "venv", "-q", "--clear", "--python", base, VENV])
        return
    if not can_make_venv(base):
        require_packages(["python3-venv"])
    if not can_make_venv(base):
        sys.exit("This Python cannot make environments. Install its venv package and run the command again.")
    run([base, "-m", "venv", "--clear", VENV])


def can_make_venv(python: str) -> bool:
    """Whether the interpreter has the parts of the standard library that Debian packs separately."""
    return succeeds([python, "-c", "import ensurepip, venv; ensurepip.version()"])


def require_packages(packages: list[str]) -> None:
    """Install the system's packages where that is ours to do (root, with apt); else name the line and stop."""
    if not install_packages(packages):
        sys.exit(f"Accord needs {', '.join(packages)}. {typed(packages)}")


def install_packages(packages: list[str]) -> bool:
    """Whether apt installed the packages; False where it is not there, not permitted or did not succeed."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return False
    say(f"Setting up: installing {' '.join(packages)} (this can take some minutes)")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["-qq", "update"], ["-qq", "-y", "--no-install-recommends", "install", *packages])
    for step in steps:
        code = subprocess.call([apt, *step], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return code == 0


def typed(packages: list[str]) -> str:
    """The one line to type for packages that are missing."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"Type: {sudo}apt-get install -y {' '.join(packages)}"


def run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    """Run one step of the set-up; where it fails, its own words stand above ours."""
    if subprocess.call(list(map(str, command)), env=env, stdin=subprocess.DEVNULL) != 0:
        sys.exit("The set-up did not finish; the reason stands above. Run the same command again when it is mended.")


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock at this path: of two set-ups that start at once, one waits."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up to finish")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """A line of progress, seen at once."""
    print(line, flush=True)
