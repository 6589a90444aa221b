"""What is measured beside what: attent on one side, what people would use instead on the other, on the same files."""

import itertools
import json
import os
import shlex
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

import generate
import model
from processes import Command, Failed, Figures, measure, once

HERE = Path(__file__).parent
NOW_MS = 1_782_864_000_000
HALF_LIFE = 90.0
SHUFFLED_UP_TO = 1_000_000
"""Larger logs are not imported shuffled as well: that would take long and show nothing else."""

LIMIT = "SELECT sum(length(sums)), length(max(sums)) FROM standings"
"""Reads every page of the sums: sum(length()) alone would need no more than their headers, max() compares what is in them."""
SCAN = "SELECT count(*), total(at), total(length(note)) FROM touchpoints"
"""A plain scan of the whole log: every row, its moment and its words."""
WIDE_SCAN = """SELECT total(customer), total(at), total(channel), total(direction), total(sender), total(personal), total(kind),
total(sentiment), total(said), total(length(note)) FROM touchpoints"""
"""A scan that takes from every row all that a score depends on."""
PLAIN = "CREATE TABLE log (at, customer, channel, direction, sender, personal, kind, sentiment, stage, amount, minutes, note)"
BY_CUSTOMER, BY_MOMENT = "customer, at, channel, note", "at, customer, channel, note"

WHO = "Anna Visser 00000"
DAILY = [
    "today",
    "score",
    "score --by customer -O json",
    "score --by cell -O json",
    "score --robust",
    "suggest",
    "plan",
    "nudge --dry-run",
    "nudges",
    "customers",
    "customers -O json",
    f'timeline "{WHO}"',
    f'why "{WHO}"',
    "why meet",
    "gifts",
    "incidents",
    "referral",
    "check",
    "doctor",
    f'dossier "{WHO}"',
    "tidy --dry-run",
    "export",
]
"""Commands that change nothing; those the program does not know are left out."""


@dataclass(frozen=True)
class Tools:
    """The programs, by absolute path, and how often each is run at most."""

    attent: str
    sqlite3: str
    runs: int
    customers: int


@dataclass(frozen=True)
class Place:
    """Where the files of one size lie."""

    folder: Path
    touchpoints: int

    @property
    def workspace(self) -> Path:
        """The workspace that everything but the import is measured in."""
        return self.folder / "attent"

    @property
    def log(self) -> Path:
        """The log as CSV, in the order of its moments."""
        return self.folder / "log.csv"

    @property
    def database(self) -> Path:
        """Its log, as attent keeps it."""
        return self.workspace / "attent.db"


def say(what: str) -> None:
    """Progress, beside the answer."""
    print(what, file=sys.stderr, flush=True)


def remove(file: Path) -> None:
    """A database with what lies beside it; what was written before goes to disk first, so that nobody pays for another."""
    for suffix in ("", "-wal", "-shm", "-journal", ".wal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
    os.sync()


def attent(tools: Tools, workspace: Path, *words: str, before=lambda: None) -> Command:
    """attent in a workspace, at the end of the log, with nothing of this machine's settings."""
    environment = {"TZ": "UTC", "HOME": str(workspace), "LANG": "C.UTF-8"}
    words = (tools.attent, *words, "--workspace", str(workspace), "--now", generate.NOW, "--no-input")
    return Command(list(words), before, environment)


def python(script: str, *words: str, before=lambda: None) -> Command:
    """A competitor that is a Python package."""
    return Command([sys.executable, str(HERE / script), *words], before)


def now(command: Command) -> str:
    """Runs a command that is not measured; gives its answer."""
    return once(command, command.words)[1]


def settings(workspace: Path, half_life: float) -> None:
    """Settings with a half-life; the default one is not written down."""
    extra = "" if half_life == HALF_LIFE else f"half_life: {half_life:g}d\n"
    (workspace / "attent.yaml").write_text(generate.SETTINGS + extra, encoding="utf-8")


def prepare(tools: Tools, place: Place, importing: bool) -> None:
    """The log and a workspace, with a file unless the import is measured anyway; what lies there from an earlier run stays."""
    generate.write_workspace(place.workspace)
    if not place.log.exists():
        say(f"making a log of {place.touchpoints:,} touchpoints")
        generate.write_log(place.log, place.touchpoints, tools.customers)
    if not importing and not place.database.exists():
        now(attent(tools, place.workspace, "import", str(place.log)))


# --- import --------------------------------------------------------------------------------------------------------------


def shell_import(tools: Tools, database: Path, log: Path, index: str) -> Command:
    """The shell of SQLite, reading a log into a table of plain text with one unique index."""
    steps = [PLAIN, f"CREATE UNIQUE INDEX once ON log ({index})", ".mode csv", f'.import --skip 1 "{log}" log']
    return Command([tools.sqlite3, str(database), *steps], lambda: remove(database))


def imports(tools: Tools, place: Place) -> dict[str, Figures]:
    """The log into a new workspace, beside the plainest import there is; what attent made of it stays."""
    log, plain, duck = place.log, place.folder / "plain.db", place.folder / "plain.duckdb"
    other = place.folder / "by-moment.db"
    found = measure(
        {
            "attent": attent(tools, place.workspace, "import", str(log), before=lambda: remove(place.database)),
            "sqlite3": shell_import(tools, plain, log, BY_CUSTOMER),
            "sqlite3 by moment": shell_import(tools, other, log, BY_MOMENT),
            "duckdb": python("import_duckdb.py", str(duck), str(log), before=lambda: remove(duck)),
        },
        tools.runs,
    )
    counts = [rows(place.database, "touchpoints"), rows(plain, "log"), rows(other, "log"), int(found["duckdb"].answer)]
    if set(counts) != {place.touchpoints}:
        raise Failed(f"the imports of {place.touchpoints} touchpoints kept {counts} rows")
    for file in (plain, other, duck, place.folder / "score.duckdb"):
        remove(file)
    return found


def shuffled_imports(tools: Tools, place: Place) -> dict[str, Figures]:
    """The same log with its rows in any order; the score must come out the same."""
    log, plain, workspace = place.folder / "shuffled.csv", place.folder / "plain.db", place.folder / "shuffled"
    generate.write_log(log, place.touchpoints, tools.customers, shuffled=True)
    generate.write_workspace(workspace)
    found = measure(
        {
            "attent": attent(tools, workspace, "import", str(log), before=lambda: remove(workspace / "attent.db")),
            "sqlite3": shell_import(tools, plain, log, BY_CUSTOMER),
        },
        tools.runs,
    )
    same(attents_score(tools, place.workspace), attents_score(tools, workspace), "the shuffled log")
    remove(plain)
    shutil.rmtree(workspace)
    log.unlink()
    return found


def rows(database: Path, table: str) -> int:
    """How many rows a table has."""
    with sqlite3.connect(database) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


# --- score ---------------------------------------------------------------------------------------------------------------


def attents_score(tools: Tools, workspace: Path) -> dict[str, dict[str, float]]:
    """attent's answer."""
    return model.attents_answer(now(attent(tools, workspace, "score", "-O", "json")))


def same(ours: dict, theirs: dict, whose: str) -> None:
    """Stops when two answers differ."""
    found = model.differences(ours, theirs)
    if found:
        raise Failed(f"attent and {whose} give other answers:\n  " + "\n  ".join(found[:12]))


def stages(place: Place) -> dict[int, str]:
    """The stages by their number in attent's log."""
    with sqlite3.connect(place.database) as connection:
        return dict(connection.execute("SELECT id, stage FROM stages"))


def own_half_lives(place: Place) -> dict[int, float]:
    """The half-lives that stages set themselves, by number."""
    return {number: generate.HALF_LIVES[stage] for number, stage in stages(place).items() if stage in generate.HALF_LIVES}


def copies(tools: Tools, place: Place) -> None:
    """The contacts as DuckDB and as pandas would have them, in small whole numbers, already placed in their stages; made once
    an import."""
    import duckdb

    raw, file, parquet = place.folder / "raw.csv", place.folder / "score.duckdb", place.folder / "score.parquet"
    if file.exists() and parquet.exists():
        return
    select = f"SELECT {', '.join(model.COLUMNS)} FROM touchpoints"
    now(Command([tools.sqlite3, "-readonly", "-csv", "-cmd", f'.output "{raw}"', str(place.database), select]))
    types = {name: "UTINYINT" for name in model.COLUMNS} | {"customer": "INTEGER", "at": "BIGINT", "sentiment": "DOUBLE"}
    with duckdb.connect(str(file)) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE touchpoints AS FROM read_csv('{raw}', header = false, columns = {types})")
        connection.execute(f"COPY touchpoints TO '{parquet}' (FORMAT parquet)")
    raw.unlink()


def scores(tools: Tools, place: Place) -> dict[str, Figures]:
    """The score of every stage, beside the same score by others over the log; and the limit, which only reads the sums."""
    copies(tools, place)
    own = own_half_lives(place)
    sql = model.score_sql(NOW_MS, HALF_LIFE, own)
    database, parquet = str(place.database), str(place.folder / "score.parquet")
    found = measure(
        {
            "attent": attent(tools, place.workspace, "score", "-O", "json"),
            "limit": Command([tools.sqlite3, "-readonly", database, LIMIT]),
            "duckdb": python("score_duckdb.py", str(place.folder / "score.duckdb"), sql),
            "pandas": python("score_pandas.py", parquet, str(NOW_MS), str(HALF_LIFE), json.dumps(own)),
            "sqlite3": Command([tools.sqlite3, "-readonly", "-json", database, sql]),
        },
        tools.runs,
    )
    ours = model.attents_answer(found["attent"].answer)
    for other in ("duckdb", "pandas", "sqlite3"):
        same(ours, model.answer(json.loads(found[other].answer), stages(place)), other)
    return found


# --- rebuild, start, one line, every day -----------------------------------------------------------------------------------


def rebuilds(tools: Tools, place: Place) -> dict[str, Figures]:
    """A changed half-life, so that attent makes all its sums anew, beside a scan of the log. The new answer is checked too."""
    lives = itertools.cycle([91.0, 89.0])
    used: list[float] = []

    def change() -> None:
        used.append(next(lives))
        settings(place.workspace, used[-1])
        os.sync()

    found = measure(
        {
            "attent": attent(tools, place.workspace, "score", "-O", "json", before=change),
            "scan": Command([tools.sqlite3, "-readonly", str(place.database), SCAN]),
            "wide scan": Command([tools.sqlite3, "-readonly", str(place.database), WIDE_SCAN]),
        },
        tools.runs,
    )
    copies(tools, place)
    sql = model.score_sql(NOW_MS, used[-1], own_half_lives(place))
    theirs = model.answer(json.loads(now(python("score_duckdb.py", str(place.folder / "score.duckdb"), sql))), stages(place))
    same(model.attents_answer(found["attent"].answer), theirs, "duckdb, with another half-life,")
    settings(place.workspace, HALF_LIFE)
    now(attent(tools, place.workspace, "score"))
    return found


def starts(tools: Tools, runs: int) -> dict[str, Figures]:
    """What it costs to start at all."""
    bare = {"TZ": "UTC", "LANG": "C.UTF-8"}
    words = {"attent": [tools.attent, "--version"], "sqlite3": [tools.sqlite3, "--version"]}
    return measure({name: Command(line, environment=bare) for name, line in words.items()}, runs)


def writes(tools: Tools, place: Place) -> dict[str, Figures]:
    """Commands that write a little; each is taken back before the next, and in the end the score is what it was."""
    before, logged = attents_score(tools, place.workspace), []
    one = place.folder / "one.csv"

    def take_back() -> None:
        if logged:
            now(attent(tools, place.workspace, "undo"))
        logged.append(True)

    def another_row() -> None:
        take_back()
        row = f"2026-06-30T12:00:00Z,{WHO},phone,Called {len(logged)}"
        one.write_text(f"at,customer,channel,note\n{row}\n", encoding="utf-8")

    found = measure(
        {
            "log": attent(tools, place.workspace, "log", f"called {WHO} about the path", before=take_back),
            "import one.csv": attent(tools, place.workspace, "import", str(one), before=another_row),
            "incident open": attent(tools, place.workspace, "incident", "open", WHO, "Came late", before=take_back),
        },
        tools.runs,
    )
    take_back()
    same(before, attents_score(tools, place.workspace), "attent itself, after taking everything back,")
    return found


def every_day(tools: Tools, place: Place) -> dict[str, Figures]:
    """Every command of daily use that reads, and reading the whole log once more."""
    known = [line for line in DAILY if knows(tools, line.split()[0])]
    found = measure({line: attent(tools, place.workspace, *shlex.split(line)) for line in known}, min(tools.runs, 5))
    again = attent(tools, place.workspace, "import", str(place.log))
    return found | measure({"import log.csv, all of it known": again}, 1)


def knows(tools: Tools, verb: str) -> bool:
    """Whether this build has a command."""
    try:
        now(Command([tools.attent, verb, "--help"]))
    except Failed:
        return False
    return True
