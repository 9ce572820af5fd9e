"""A measured program in a process of its own, pinned to one core while the load has the other."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
CORES = sorted(os.sched_getaffinity(0))
SERVED, LOADING = {CORES[0]}, {CORES[-1]}
READY = "ready "
PATIENCE = 30


class NotServing(RuntimeError):
    """The program ended before it served; its own words follow."""


class Child:
    """Runs until the block ends; `port` is where it serves."""

    def __init__(self, *arguments: str, env: Mapping[str, str] | None = None, pinned: bool = True) -> None:
        self._arguments = [sys.executable, *arguments]
        self._env = {name: value for name, value in os.environ.items() if not name.startswith("TINBAO_")}
        self._env |= {"PYTHONPATH": str(ROOT), **(env or {})}
        self._pinned = pinned
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> "Child":
        """Without waiting for it to serve."""
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, SERVED if self._pinned else before)
        try:
            self._process = subprocess.Popen(
                self._arguments,
                env=self._env,
                cwd=ROOT,
                text=True,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        finally:
            os.sched_setaffinity(0, before)
        return self

    def __enter__(self) -> "Child":
        self.start()
        while not (line := self.says()).startswith(READY):
            pass
        self.port = int(line.removeprefix(READY))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        process = self._running
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    @property
    def _running(self) -> "subprocess.Popen[str]":
        assert self._process is not None
        return self._process

    def says(self) -> str:
        """The next line; raises NotServing if it ended without one."""
        out = self._running.stdout
        assert out is not None
        line = out.readline()
        if not line:
            self._running.wait()
            raise NotServing(self.errors())
        return line

    def megabytes(self) -> float:
        """Resident now."""
        pages = int(Path(f"/proc/{self._running.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu(self) -> float:
        """Seconds of processor time, user and system."""
        fields = Path(f"/proc/{self._running.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def errors(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")


@asynccontextmanager
async def serving(child: Child) -> AsyncIterator[Child]:
    """The child as long as the block lasts; the loop goes on meanwhile."""
    await asyncio.to_thread(child.__enter__)
    try:
        yield child
    finally:
        await asyncio.to_thread(child.stop)
