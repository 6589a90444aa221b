"""The score by its published formula, as SQL and as what the rows of SQL come to; nothing here is taken from attent's code.

Per customer and stage the sums of what every contact was worth, halved every half-life; from those the warmth of a
cell, at the end of the log where the customer stands now and at the cell's own last contact elsewhere; from the cells the
mean of a stage, weighted by how recent they are. The generated logs hold no failures, so that F = 0.
"""

import json
from math import exp, inf, lgamma, pi, sqrt
from typing import Any

MASS = [1.0, 1.0, 0.9, 0.8, 0.8, 0.8, 0.5, 0.5, 0.4, 0.4, 0.3, 0.2, 0.15, 0.1, 0.1]
"""m by channel: visit, event, video, phone, card, gift, message, chat, email, letter, social, portal, newsletter, push,
survey. Everything is numbered as in attent's log."""
SENDER = [1.0, 0.5, 0.0]
"""h: a person, assisted, automated."""
PERSONAL = [1.0, 0.3, 0.0]
"""p: personal, merged, generic."""
TRANSACTIONAL = [0.0, 0.3, 0.7, 1.0]
"""τ: relational, service, promo, transactional."""
IN, OUT, BOTH = 0, 1, 2
AUTOMATED = 2

WEIGHTS = {"human": 25.0, "personal": 25.0, "relational": 20.0, "sentiment": 15.0, "reciprocity": 15.0}
KAPPA = 0.5
STAGE_HALF_LIFE = 365.0
DAY_MS = 86_400_000

COLUMNS = ["customer", "at", "channel", "direction", "sender", "personal", "kind", "sentiment", "stage"]
"""What of attent's table of contacts the score needs."""
SUMS = ["customers", "touchpoints", "omega", "omega2", "w", "w2", "evidence", *WEIGHTS]
"""What every competitor tells of a stage, after the stage's number: how many cells and contacts, then Σω, Σω², ΣωW, ΣωW²,
ΣωN and Σωc for each component."""


def case(column: str, values: list[float]) -> str:
    """A table of constants in SQL. The last value stands for whatever is left."""
    steps = " ".join(f"WHEN {code} THEN {value}e0" for code, value in enumerate(values[:-1]))
    return f"CASE {column} {steps} ELSE {values[-1]}e0 END"


def half_life_sql(half_life: float, own: dict[int, float]) -> str:
    """H of a row's stage in SQL, where some stages have their own."""
    steps = " ".join(f"WHEN {stage} THEN {days}e0" for stage, days in own.items())
    return f"CASE stage {steps} ELSE {half_life}e0 END" if own else f"{half_life}e0"


def score_sql(now: int, half_life: float, own: dict[int, float]) -> str:
    """The score of every stage, in SQL that the shell of SQLite and DuckDB both read. `now` in milliseconds; `own` are the
    half-lives of the stages that set one, by number. Decay is reckoned to `now`; a cell that is scored at its last contact
    is brought back by the power of the difference. Contacts of one moment are not told apart: a generated log has none."""
    h = half_life_sql(half_life, own)
    components = ", ".join(f"sum(omega * c_{name}) AS {name}" for name in WEIGHTS)
    warmth = " + ".join(f"{weight}e0 * c_{name}" for name, weight in WEIGHTS.items())
    return f"""
WITH priced AS (
    SELECT customer, stage, "at", direction, coalesce(sentiment, 0e0) AS s,
        CASE WHEN sender = {AUTOMATED} AND direction = {OUT} THEN NULL ELSE "at" END AS moved,
        {case("sender", SENDER)} AS h, {case("personal", PERSONAL)} AS p, {case("kind", TRANSACTIONAL)} AS tau,
        ({case("channel", MASS)}) * pow(2e0, ("at" - {now}) / {DAY_MS}e0 / ({h})) AS dm
    FROM touchpoints WHERE stage IS NOT NULL AND "at" <= {now}
), gated AS (
    SELECT *, dm * (1e0 + CASE WHEN s < 0e0 THEN s ELSE 0e0 END) AS dmg, (1e0 + h) / 2e0 AS a FROM priced
), cells AS (
    SELECT customer, stage, count(*) AS n, max("at") AS last, max(moved) AS moved, sum(dm) AS mass,
        sum(dmg * h) AS hum, sum(dmg * p * a) AS per, sum(dmg * (1e0 - tau) * a) AS rel,
        sum(CASE WHEN s > 0e0 THEN dm * s ELSE 0e0 END) AS sen,
        sum(CASE WHEN direction <> {OUT} THEN dmg * h ELSE 0e0 END) AS inbound,
        sum(CASE WHEN direction <> {IN} THEN dmg * h ELSE 0e0 END) AS outbound
    FROM gated GROUP BY customer, stage
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY customer ORDER BY moved DESC NULLS LAST, last DESC) AS place FROM cells
), lifted AS (
    SELECT *, pow(2e0, (last - {now}) / {DAY_MS}e0 / {STAGE_HALF_LIFE}e0) AS omega,
        CASE WHEN place = 1 THEN 1e0 ELSE pow(2e0, ({now} - last) / {DAY_MS}e0 / ({h})) END AS f,
        CASE WHEN inbound < outbound THEN inbound ELSE outbound END AS m
    FROM placed
), components AS (
    SELECT stage, n, omega, mass * f AS mass, hum * f / (mass * f + {KAPPA}e0) AS c_human,
        per * f / (mass * f + {KAPPA}e0) AS c_personal, rel * f / (mass * f + {KAPPA}e0) AS c_relational,
        sen * f / (mass * f + {KAPPA}e0) AS c_sentiment, m * f / (m * f + {KAPPA}e0) AS c_reciprocity
    FROM lifted
), warm AS (
    SELECT *, {warmth} AS w FROM components
)
SELECT stage, count(*) AS customers, CAST(sum(n) AS BIGINT) AS touchpoints, sum(omega) AS omega, sum(omega * omega) AS omega2,
    sum(omega * w) AS w, sum(omega * w * w) AS w2, sum(omega * mass) AS evidence, {components}
FROM warm GROUP BY stage ORDER BY stage
"""


def student(degrees: float) -> float:
    """The 97.5 % quantile of Student's t: Newton's method on the distribution, which Simpson's rule integrates."""
    scale = exp(lgamma((degrees + 1) / 2) - lgamma(degrees / 2)) / sqrt(degrees * pi)

    def density(x: float) -> float:
        return scale * (1 + x * x / degrees) ** (-(degrees + 1) / 2)

    t, steps = 2.0, 2000
    for _ in range(20):
        inner = sum((4 if step % 2 else 2) * density(t * step / steps) for step in range(1, steps))
        area = t / steps / 3 * (density(0) + inner + density(t))
        change = (area - 0.475) / density(t)
        t -= change
        if abs(change) < 1e-12:
            break
    return t


def told(row: dict[str, float], mean: float) -> dict[str, float]:
    """What attent tells of a stage, from its sums and the mean over all cells; no range of fewer than two cells."""
    omega, warmth = row["omega"], row["w"] / row["omega"]
    trust = omega / (omega + 3)
    numbers = {
        "customers": row["customers"],
        "touchpoints": row["touchpoints"],
        "warmth": warmth,
        "rank": trust * warmth + (1 - trust) * mean,
        "evidence": row["evidence"],
        "failures": 0.0,
        **{name: weight * row[name] / omega for name, weight in WEIGHTS.items()},
    }
    effective = omega**2 / row["omega2"]
    if effective < 2 - 1e-9:
        return numbers
    variance = (row["w2"] / omega - warmth**2) * effective / (effective - 1)
    half = student(effective - 1) * sqrt(variance / effective)
    return numbers | {"low": warmth - half, "high": warmth + half}


def answer(rows: list[dict[str, float]], stages: dict[int, str]) -> dict[str, dict[str, float]]:
    """A competitor's rows as the stages of a score, by id."""
    mean = sum(row["w"] for row in rows) / sum(row["omega"] for row in rows)
    return {stages[int(row["stage"])]: told(row, mean) for row in rows}


def attents_answer(text: str) -> dict[str, dict[str, float]]:
    """The numbers of `attent score -O json`, by the id of a stage."""
    stages: list[dict[str, Any]] = [stage for stage in json.loads(text)["stages"] if stage["customers"]]
    plain = ["customers", "touchpoints", "warmth", "rank", "evidence"]
    return {
        stage["stage"]: {
            **{name: stage[name] for name in plain},
            **dict(zip(("low", "high"), stage["interval"] or (), strict=False)),
            **stage["contributions"],
        }
        for stage in stages
    }


def differences(ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]) -> list[str]:
    """Where two answers are more than 1e-6 apart (of their size, where that is above 1), in words."""
    if ours.keys() != theirs.keys():
        return [f"the stages are {sorted(ours)} and {sorted(theirs)}"]
    return [
        f"{stage}, {name}: {mine!r} and {theirs[stage].get(name)!r}"
        for stage, numbers in ours.items()
        for name, mine in numbers.items()
        if not abs(mine - theirs[stage].get(name, inf)) <= 1e-6 * max(1.0, abs(mine))
    ]
