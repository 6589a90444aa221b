"""Seeded logs: the same numbers in, the same files out, byte for byte, on every machine.

The log resembles that of `cargo bench --bench speed` (generate.rs): the same journey, the same mix of contacts. The
numbers come from SplitMix64 (Steele, Lea & Flood 2014) as a function of the row, so that numpy makes a million at once.
"""

from pathlib import Path
from collections.abc import Iterator

import numpy as np

NOW = "2026-07-01T00:00:00Z"
"""The moment every log ends, and the `--now` of every measurement."""

STAGES = ["meet", "quote", "work", "pay", "care", "again"]
HALF_LIVES = {"again": 180.0}
"""Half-lives in days that a stage sets itself."""

HEADER = "at,customer,channel,direction,sender,personal,kind,sentiment,stage,amount,minutes,note"
DAYS = 730
SEED = 20_260_701
CHUNK = 500_000

SETTINGS = "language: en\njourney: customer\n"
JOURNEY = """\
id: customer
title: A customer of the generated business
stages:
  - {id: meet, title: Meet, rules: [{word: [introduction, question]}], gap: {ideal: 7d, maximum: 30d}}
  - {id: quote, title: Quote, rules: [{kind: transactional, word: [quotation]}]}
  - {id: work, title: Work, rules: [{channel: [visit, video]}], gap: {ideal: 7d, maximum: 30d}}
  - {id: pay, title: Pay, rules: [{kind: transactional, word: [invoice, reminder]}]}
  - {id: care, title: Care, rules: [{channel: [newsletter, survey, push]}], gap: {ideal: 60d, maximum: 240d}}
  - {id: again, title: Again, rules: [{channel: [card, gift]}], half_life: 180d}
"""

MIX = [
    ("email", 28, ",,,", "Answered the question about the delivery"),
    ("email", 12, ",automated,generic,transactional", "Invoice for the work of this month"),
    ("email", 6, ",,merged,transactional", "Quotation sent and valid for thirty days"),
    ("email", 8, "in,,,relational", "A question about the next step"),
    ("newsletter", 14, ",,,", "Newsletter: what is new this season"),
    ("phone", 12, ",,,", "Talked about how it works out in daily life"),
    ("message", 8, "in,,,", "Sends a photo and is pleased with it"),
    ("visit", 5, ",,,", "Walked through the plans together"),
    ("video", 3, ",,,", "Introduction on the screen"),
    ("survey", 2, ",,,", "Five stars please"),
    ("card", 1, ",,,", "A line by hand"),
    ("push", 1, ",,,", "Something is waiting"),
]
"""Channel, how often of a hundred, what the row says from direction to kind, and the note."""

FELT = ["", "", "", "0.2", "0.5", "0.8", "-0.3"]
MINUTES = ["5", "15", "30"]
FIRST = ["Anna", "Bram", "Chloe", "Daan", "Elif", "Frank", "Grace", "Hugo", "Ines", "Jan"]
LAST = ["Visser", "Walker", "Jansen", "Okafor", "Meijer", "Novak", "Smit", "Garcia", "Bakker", "Lindgren"]


def draw(rows: np.ndarray, which: int, bound: int) -> np.ndarray:
    """A number below `bound` for every row; `which` tells the draws of one row apart."""
    with np.errstate(over="ignore"):
        z = np.uint64(SEED) + (rows.astype(np.uint64) * np.uint64(8) + np.uint64(which + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return (z ^ (z >> np.uint64(31))) % np.uint64(bound)


def names(customers: int) -> np.ndarray:
    """The names of the customers, by number."""
    return np.array([f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {n:05}" for n in range(customers)], dtype=object)


def endings() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By kind of contact, feeling and minutes: the row from the channel on; then the kind of a throw below a hundred,
    and whether it knows its minutes."""
    made = [
        f"{channel},{said},{felt},,,{minutes if channel in ('phone', 'visit', 'video') else ''},{note}"
        for channel, _, said, note in MIX
        for felt in FELT
        for minutes in MINUTES
    ]
    kinds = np.repeat(np.arange(len(MIX)), [often for _, often, _, _ in MIX])
    return np.array(made, dtype=object), kinds, np.arange(len(made)).reshape(len(MIX), len(FELT), len(MINUTES))


def log_rows(order: np.ndarray, touchpoints: int, customers: int) -> Iterator[str]:
    """The rows of those numbers in pieces; a row is a function of its number. Every row has a second of its own, so that
    no two are alike and every program keeps the same ones."""
    who, (made, kinds, places) = names(customers), endings()
    slot = DAYS * 86_400 // touchpoints
    begin = np.datetime64(NOW.removesuffix("Z"), "s") - touchpoints * slot
    for start in range(0, len(order), CHUNK):
        rows = order[start : start + CHUNK]
        moments = np.datetime_as_string(begin + rows * slot + draw(rows, 0, slot).astype(np.int64))
        text = made[places[kinds[draw(rows, 2, 100)], draw(rows, 3, len(FELT)), draw(rows, 4, len(MINUTES))]]
        columns = zip(moments.tolist(), who[draw(rows, 1, customers)].tolist(), text.tolist())
        yield "\n".join([f"{at}Z,{name},{rest}" for at, name, rest in columns]) + "\n"


def write_log(path: Path, touchpoints: int, customers: int, shuffled: bool = False) -> None:
    """Writes a log as attent reads it, in the order of its moments as an export has them, or shuffled."""
    order = np.arange(touchpoints, dtype=np.int64)
    if shuffled:
        order = np.argsort(draw(order, 5, 2**63), kind="stable")
    making = path.with_suffix(".part")
    with making.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER + "\n")
        out.writelines(log_rows(order, touchpoints, customers))
    making.rename(path)


def write_workspace(folder: Path) -> None:
    """Settings and a journey with rules; the database comes from importing."""
    (folder / "journeys").mkdir(parents=True, exist_ok=True)
    (folder / "attent.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "journeys" / "customer.yaml").write_text(JOURNEY, encoding="utf-8")
