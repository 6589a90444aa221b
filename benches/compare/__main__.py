"""Measures attent beside what people would use instead, on the same work, with the same answers.

python3 benches/compare --program target/release/attent
"""

import argparse
import importlib.util
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

PARTS = ["import", "shuffled", "score", "rebuild", "start", "writes", "daily"]
SHELL_PACKAGES = {"sqlite3": "sqlite3", "time": "time"}
PYTHON_PACKAGES = ["duckdb", "pandas", "pyarrow"]


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python3 benches/compare", description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--program", default="target/release/attent", metavar="FILE", help="the build to measure (default: %(default)s)")
    add("--readme", metavar="FILE", help="write the tables between the marks of this file, instead of printing them")
    add("--data", metavar="DIR", help="keep the files here and use them again (default: a passing folder in target)")
    add("--sizes", metavar="N,…", help="touchpoints (default: 100000,1000000,10000000)")
    add("--customers", type=int, metavar="N", help="customers (default: 20000)")
    add("--runs", type=int, metavar="N", help="runs of each command at most; fewer of what takes long (default: 11)")
    add("--only", metavar="PART,…", help=f"only some of {','.join(PARTS)}")
    add("--quick", action="store_true", help="10,000 touchpoints of 500 customers and few runs: does everything still work?")
    options = parser.parse_args()
    if options.quick and options.readme:
        parser.error("--quick is no measurement to publish: leave out --readme")
    options.parts = (options.only or ",".join(PARTS)).split(",")
    if strange := [part for part in options.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(strange)}; there are {', '.join(PARTS)}")
    try:
        options.sizes = sorted(int(size) for size in (options.sizes or defaults(options.quick)[0]).split(","))
    except ValueError:
        parser.error(f"--sizes takes numbers with commas between them, not {options.sizes}")
    if not 1_000 <= options.sizes[0] <= options.sizes[-1] <= 50_000_000:
        parser.error("--sizes lie between 1,000 and 50,000,000: every contact has a second of its own in two years")
    options.customers = options.customers or defaults(options.quick)[1]
    options.runs = options.runs or defaults(options.quick)[2]
    return options


def defaults(quick: bool) -> tuple[str, int, int]:
    """Sizes, customers and runs."""
    return ("10000", 500, 3) if quick else ("100000,1000000,10000000", 20_000, 11)


def missing(program: str) -> list[str]:
    """What is needed and not there, with how to get it."""
    found = []
    if packages := [package for name, package in SHELL_PACKAGES.items() if not shutil.which(name)]:
        found.append(f"these programs are missing: apt install {' '.join(packages)}")
    elif not shell_counts():
        found.append(
            "this sqlite3 shell has no pow(): one of version 3.35 or later with mathematical functions is needed, as Debian's"
        )
    if packages := [package for package in PYTHON_PACKAGES if not importlib.util.find_spec(package)]:
        found.append(f"these Python packages are missing: {sys.executable} -m pip install {' '.join(packages)}")
    if not shutil.which(program):
        found.append(f"there is no program {program}: build it with cargo build --release, or name another with --program")
    return found


def shell_counts() -> bool:
    """Whether the shell of SQLite has the mathematical functions."""
    return subprocess.run(["sqlite3", ":memory:", "SELECT pow(2, 3)"], capture_output=True).returncode == 0


def run(options: argparse.Namespace, folder: Path) -> dict:
    """Measures every part that was asked for: beside others at every size, and what is of attent alone at the largest."""
    import work

    tools = work.Tools(
        str(Path(shutil.which(options.program)).resolve()), shutil.which("sqlite3"), options.runs, options.customers
    )
    parts = {
        "import": work.imports,
        "shuffled": work.shuffled_imports,
        "score": work.scores,
        "rebuild": work.rebuilds,
        "start": lambda tools, _: work.starts(tools, 30 if options.quick else 400),
        "writes": work.writes,
        "daily": work.every_day,
    }
    at = {"start": options.sizes[-1:], "writes": options.sizes[-1:], "daily": options.sizes[-1:]}
    at["shuffled"] = [size for size in options.sizes if size <= work.SHUFFLED_UP_TO][-1:]
    found: dict = {}
    for size in options.sizes:
        place = work.Place(folder / f"{size}-{options.customers}", size)
        work.prepare(tools, place, importing="import" in options.parts)
        for part, measured in parts.items():
            if part in options.parts and size in at.get(part, options.sizes):
                work.say(f"{size:,} touchpoints, {part}")
                found.setdefault(part, {})[size] = measured(tools, place)
    return found


def main() -> int:
    """Measures and reports; 1 when something failed or two answers differ."""
    options = asked()
    if lacking := missing(options.program):
        print("\n".join(f"error: {line}" for line in lacking), file=sys.stderr)
        return 1
    import report
    from processes import Failed

    beside = "target" if Path("target").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="compare-", dir=beside) as passing:
        folder = Path(options.data).resolve() if options.data else Path(passing).resolve()
        try:
            if options.readme:
                report.marked(Path(options.readme))
            found = run(options, folder)
            text = report.report(found, options.customers, report.versions(shutil.which(options.program), "sqlite3"))
            report.put(text, Path(options.readme)) if options.readme else print(text, end="")
        except (Failed, OSError, ValueError, sqlite3.Error) as why:
            print(f"error: {why}", file=sys.stderr)
            return 1
    return 0


sys.exit(main())
