"""Running whole processes, one after the other and in turns: how long they take, and the most memory they hold."""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LONG = 5.0
"""A command that takes longer than so many seconds needs no run to warm up."""
BUDGET = 60.0
"""As many runs of a command as fit in so many seconds, though one at least."""


@dataclass(frozen=True)
class Command:
    """What is run, and what comes before every run, which is not timed. Paths are absolute: every process starts where the
    script does."""

    words: list[str]
    before: Callable[[], None] = lambda: None
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass
class Figures:
    """What the runs of one command came to: seconds, MiB, and what the last run wrote to standard output and error."""

    times: list[float]
    memory: float
    answer: str = ""
    told: str = ""

    @property
    def median(self) -> float:
        """The median wall time in seconds, start to end of the process."""
        return statistics.median(self.times)

    @property
    def fastest(self) -> float:
        """The fastest run in seconds."""
        return min(self.times)


class Failed(Exception):
    """A command ended with an error, or two answers differ."""


def once(command: Command, words: list[str]) -> tuple[float, str, str]:
    """Runs once; gives the seconds from start to exit, standard output and standard error. The streams are files, so that
    nobody waits for a reader."""
    command.before()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        streams = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)]
        nothing = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        start = time.perf_counter()
        child = os.posix_spawn(words[0], words, command.environment, file_actions=nothing + streams)
        _, status = os.waitpid(child, 0)
        seconds = time.perf_counter() - start
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    if status != 0:
        raise Failed(f"this command ended with an error:\n  {' '.join(words)[:2000]}\n  {texts[1].strip()[-2000:]}")
    return seconds, texts[0], texts[1]


def weigh(command: Command) -> Figures:
    """Runs once under GNU time, for the memory; that warms up the disk's cache too. The seconds count when they are many."""
    with tempfile.NamedTemporaryFile() as told:
        gnu_time = [shutil.which("time") or "time", "-f", "%M", "-o", told.name]
        seconds, answer, errors = once(command, gnu_time + command.words)
        memory = int(Path(told.name).read_text().split()[-1]) / 1024
    return Figures([seconds] if seconds > LONG else [], memory, answer, errors)


def measure(commands: dict[str, Command], runs: int) -> dict[str, Figures]:
    """Measures commands beside each other: every round runs each of them once, so that a busy moment of the machine meets
    them all."""
    found, wanted = {}, {}
    for name, command in commands.items():
        print(f"  {name}", file=sys.stderr, flush=True)
        start = time.perf_counter()
        found[name] = weigh(command)
        took = found[name].times[0] if found[name].times else time.perf_counter() - start
        wanted[name] = max(1, min(runs, int(BUDGET / took)))
    for turn in range(runs):
        for name, command in commands.items():
            if len(found[name].times) < wanted[name] and turn < wanted[name]:
                seconds, found[name].answer, found[name].told = once(command, command.words)
                found[name].times.append(seconds)
    return found
