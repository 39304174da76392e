"""The greeter's process: started apart from the hook that wants it, and found again by the next one."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SERVER = Path(__file__).parent / "metrics_server.py"
READY = "listening"
PATIENCE_SECONDS = 10


class Workload:
    """Keeps one metrics server; ``greeter.pid`` in the charm's folder says which, and where it listens."""

    def __init__(self, folder: Path):
        self._record = folder / "greeter.pid"
        self._log = folder / "greeter.log"

    def start(self, address: str, port: int) -> None:
        """Have the server listen there, starting it anew only where it does not.

        Raises RuntimeError with what the server printed if it does not come up.
        """
        wanted = {"address": address, "port": port}
        found = self._running()
        if found and {key: found[key] for key in wanted} == wanted:
            return
        self.stop()
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(SERVER), address, str(port)],
                cwd="/",
                # Nothing of the hook's own environment, which ends with the hook.
                env={"PATH": os.environ.get("PATH", "")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._record.write_text(json.dumps({"pid": process.pid, **wanted}))
        self._wait_until_open(process)

    def stop(self) -> None:
        """End the server, if there is one."""
        found = self._running()
        if found:
            _end(found["pid"])
        self._record.unlink(missing_ok=True)

    @property
    def port(self) -> int | None:
        """The port of the server that runs."""
        found = self._running()
        return found["port"] if found else None

    def _running(self) -> dict | None:
        try:
            record = json.loads(self._record.read_text())
        except (OSError, ValueError):
            return None
        return record if _is_ours(record["pid"]) else None

    def _wait_until_open(self, process: subprocess.Popen) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while process.poll() is None and time.monotonic() < until:
            # Its own word for it: another program's port would open just as well.
            if READY in self._log.read_text(errors="replace"):
                return
            time.sleep(0.05)
        self.stop()
        said = self._log.read_text(errors="replace").strip().splitlines()
        raise RuntimeError(said[-1] if said else f"not ready within {PATIENCE_SECONDS} s")


def _is_ours(pid: int) -> bool:
    """Whether the process is a greeter: its number may be another's by now, and a zombie has no command line."""
    try:
        return str(SERVER).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _end(pid: int) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + PATIENCE_SECONDS / 2
        while time.monotonic() < until:
            if not _is_ours(pid):
                return
            time.sleep(0.05)
