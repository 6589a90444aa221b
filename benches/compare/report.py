"""The results as Markdown: a table for each piece of work, with ratios and peak memory, and the targets beside what was
measured."""

import datetime
import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from processes import Figures

BEGIN, END = "<!-- compare:begin -->", "<!-- compare:end -->"
Found = dict[str, Figures]
Sizes = dict[int, Found]

MEMORY_TARGET = 64
"""MiB, of every command."""
LOG_TARGET = 0.030
"""Seconds, to write one contact down."""

NAMES = {
    "score": {
        "attent": "`attent score -O json`",
        "limit": "only reading its sums, `sqlite3` shell (the limit)",
        "duckdb": "DuckDB, SQL over its own table",
        "pandas": "pandas, from Parquet",
        "sqlite3": "`sqlite3` shell, SQL over the log",
    },
    "import": {
        "attent": "`attent import log.csv`",
        "sqlite3": "`sqlite3` shell, `.import`, unique index by customer",
        "sqlite3 by moment": "`sqlite3` shell, `.import`, unique index by moment",
        "duckdb": "DuckDB, `read_csv` into a table with a primary key",
    },
    "shuffled": {
        "attent": "`attent import`, rows shuffled",
        "sqlite3": "`sqlite3` shell, rows shuffled, unique index by customer",
    },
    "rebuild": {
        "attent": "`attent score` that makes all sums anew",
        "scan": "plain scan of the log, `sqlite3` shell",
        "wide scan": "scan of all that a score depends on, `sqlite3` shell",
    },
}


def seconds(value: float) -> str:
    """A time as a person reads it."""
    if value < 0.1:
        return f"{value * 1e3:.1f} ms"
    return f"{value * 1e3:.0f} ms" if value < 1 else f"{value:.2f} s" if value < 20 else f"{value:.0f} s"


def short(figures: Figures) -> str:
    """The median, and the fastest in brackets."""
    return f"{seconds(figures.median)} ({seconds(figures.fastest)})"


def times(value: float) -> str:
    """A ratio."""
    return f"{value:.0f}×" if value >= 20 else f"{value:.1f}×" if value >= 2 else f"{value:.2f}×"


def mib(value: float) -> str:
    """An amount of memory."""
    return f"{value:,.0f} MiB"


def table(heads: list[str], lines: Iterable[list[str]], other: str = "---:") -> str:
    """A table, with all columns but the first to the right unless said otherwise."""
    rows = [heads, ["---"] + [other] * (len(heads) - 1), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def beside(part: str, sizes: Sizes) -> str:
    """One piece of work at every size: attent first, then the others with how many times attent's median they take."""
    largest = sizes[max(sizes)]
    lines = []
    for name in largest:
        cells = [short(found[name]) for found in sizes.values()]
        ratio = "1" if name == "attent" else times(largest[name].median / largest["attent"].median)
        lines.append([NAMES[part][name], *cells, ratio, mib(largest[name].memory)])
    return table(["", *[f"{size:,}" for size in sizes], "times attent", "memory"], lines)


def each(found: Found) -> str:
    """Commands of attent alone."""
    lines = [
        [f"`attent {line}`", seconds(figures.median), seconds(figures.fastest), mib(figures.memory)]
        for line, figures in found.items()
    ]
    return table(["command", "median", "fastest", "memory"], lines)


Target = tuple[str, str, str, bool]
"""What was promised, what was asked, what was measured, and whether that is enough."""


def ratio(found: Found, one: str, other: str) -> float:
    """How many times the median of one the median of another is."""
    return found[one].median / found[other].median


def at_most(name: str, target: float, ratios: dict[str, float]) -> Target:
    """A target that ratios should stay below, all of them."""
    told = ", ".join(f"{times(ratio)}{where}" for where, ratio in ratios.items())
    return name, f"≤ {target:g}×", told, all(ratio <= target for ratio in ratios.values())


def targets(parts: dict[str, Sizes]) -> list[Target]:
    """What was promised, what was measured, and whether it was reached; only what was measured."""
    made: list[Target] = []
    if score := parts.get("score"):
        top = max(score)
        over = ratio(score[top], "duckdb", "attent")
        made.append((f"score of {top:,} contacts, against DuckDB", "≥ 20× as fast", times(over), over >= 20))
        made.append(at_most(f"score of {top:,}, against only reading its sums", 2, {"": ratio(score[top], "attent", "limit")}))
        if top // 10 in score:
            growth = score[top]["attent"].median / score[top // 10]["attent"].median
            made.append(at_most(f"score of {top:,}, against that of {top // 10:,}", 1.2, {"": growth}))
    if rebuild := parts.get("rebuild"):
        top = max(rebuild)
        scan = {"": ratio(rebuild[top], "attent", "scan")}
        made.append(at_most(f"all sums of {top:,} contacts anew, against a plain scan", 3, scan))
    if imports := parts.get("import"):
        ratios = {f" of {size:,}": ratio(found, "attent", "sqlite3") for size, found in imports.items()}
        shuffled = {
            f" of {size:,} shuffled": ratio(found, "attent", "sqlite3") for size, found in parts.get("shuffled", {}).items()
        }
        made.append(at_most("import, against the `sqlite3` shell's with its index", 1.5, ratios | shuffled))
    if start := parts.get("start"):
        made.append(at_most("start-up, against `sqlite3 --version`", 2, {"": ratio(start[max(start)], "attent", "sqlite3")}))
    if writes := parts.get("writes"):
        log = writes[max(writes)]["log"].median
        made.append((f"`log` into {max(writes):,} contacts", f"≤ {seconds(LOG_TARGET)}", seconds(log), log <= LOG_TARGET))
    most = sorted(weights(parts), reverse=True)
    too_much = [what for memory, what in most if memory > MEMORY_TARGET]
    told = f"{mib(most[0][0])} at most ({most[0][1]})" + (f"; {len(too_much)} commands above" if too_much else "")
    made.append(("memory of every command below", f"≤ {MEMORY_TARGET} MiB", told, not too_much))
    return made


def weights(parts: dict[str, Sizes]) -> list[tuple[float, str]]:
    """The most memory of every command of attent, at the largest size it was measured at."""
    kept = []
    for part, sizes in parts.items():
        for name, figures in sizes[max(sizes)].items():
            ours = part in ("writes", "daily") or name == "attent"
            label = {"score": "score", "start": "--version", "shuffled": "import of shuffled rows"}.get(part, part)
            kept += [(figures.memory, f"`{name}`" if part in ("writes", "daily") else label)] if ours else []
    return kept


def machine() -> str:
    """The processor, its cores, the memory and the system."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    named = re.search(r"model name\s*: (.*)", text)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = named[1] if named else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.release()}"


def versions(attent: str, sqlite3: str) -> str:
    """The programs and their versions."""
    import duckdb
    import numpy
    import pandas
    import pyarrow

    def said(*words: str) -> str:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()

    packages = ", ".join(f"{package.__name__} {package.__version__}" for package in (duckdb, pandas, numpy, pyarrow))
    shell = said(sqlite3, "--version").split()[0]
    return f"{said(attent, '--version')}, sqlite3 {shell}, Python {platform.python_version()}, {packages}"


def duckdb_alone(found: Found) -> str:
    """How much of the DuckDB process is the query itself, as DuckDB's own client measures it."""
    inside = float(found["duckdb"].told.split()[-1])
    of = found["duckdb"].times[-1]
    return f"Of a DuckDB run of {seconds(of)} the query alone took {seconds(inside)}; the rest is starting Python and DuckDB."


def cells(sizes: Sizes) -> str:
    """How many pairs of a customer and a stage every log has, on which the cost of a score depends."""
    counts = [sum(stage["customers"] for stage in json.loads(found["attent"].answer)["stages"]) for found in sizes.values()]
    return f"In these logs {', '.join(f'{count:,}' for count in counts)} times a customer had contact in a stage."


def report(parts: dict[str, Sizes], customers: int, programs: str) -> str:
    """The whole report."""
    day = datetime.date.today()
    judged = [[name, asked, measured, "yes" if reached else "**no**"] for name, asked, measured, reached in targets(parts)]
    pieces = [
        f"Measured on {day.day} {day:%B %Y}: {machine()}; {programs}. "
        f"Logs of {customers:,} customers on a journey of six stages; "
        "whole processes, median and fastest of several runs, all competitors in turns; the same answers to 1e-6. "
        "Written by `benches/compare`; [benches/](benches) tells what is measured and how.",
        table(["target", "asked", "measured", "reached"], judged, "---"),
    ]
    if score := parts.get("score"):
        top = score[max(score)]
        pieces += ["The score of every stage:", beside("score", score), f"{cells(score)} {duckdb_alone(top)}"]
    if imports := parts.get("import"):
        pieces += ["Reading a log into a new file:", beside("import", imports)]
    if shuffled := parts.get("shuffled"):
        pieces += ["The same rows in any order:", beside("shuffled", shuffled)]
    if rebuild := parts.get("rebuild"):
        pieces += ["All sums anew, after a change of the half-life:", beside("rebuild", rebuild)]
    alone = [(part, parts[part]) for part in ("start", "writes", "daily") if part in parts]
    lines: Found = {}
    for part, sizes in alone:
        found = sizes[max(sizes)]
        lines |= {"--version": found["attent"]} if part == "start" else found
    if lines:
        pieces += [f"Other commands, in a log of {max(alone[-1][1]):,} contacts:", each(lines)]
    return "\n\n".join(pieces) + "\n"


def marked(readme: Path) -> tuple[str, str]:
    """What stands before and after the tables in a file."""
    before, begin, rest = readme.read_text(encoding="utf-8").partition(f"\n{BEGIN}\n")
    _, end, after = rest.rpartition(f"{END}\n")
    if not begin or not end:
        raise ValueError(f"{readme} has no lines {BEGIN} and {END} to write between")
    return before + begin, end + after


def put(text: str, readme: Path) -> None:
    """Writes the report between the marks of a file; what stands around them stays."""
    before, after = marked(readme)
    readme.write_text(before + text + after, encoding="utf-8")
