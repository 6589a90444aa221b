"""Scores every stage with pandas: `score_pandas.py FILE.parquet NOW HALF_LIFE OWN`, with OWN the half-lives of stages that set
one, as JSON by number. Prints the rows as JSON."""

import json
import sys

import numpy as np
import pandas as pd

import model


def cells(log: pd.DataFrame, now: int, lives: np.ndarray) -> pd.DataFrame:
    """The sums of every customer and stage, decayed to now."""

    def take(values: list[float], column: str) -> np.ndarray:
        return np.array(values)[log[column].to_numpy()]

    at, felt = log["at"].to_numpy(), log["sentiment"].fillna(0.0).to_numpy()
    mass = take(model.MASS, "channel") * np.exp2((at - now) / model.DAY_MS / lives[log["stage"].to_numpy()])
    human, gated = take(model.SENDER, "sender"), mass * (1 + np.minimum(felt, 0))
    sincere = gated * (1 + human) / 2
    direction = log["direction"].to_numpy()
    moves = (log["sender"].to_numpy() != model.AUTOMATED) | (direction != model.OUT)
    sums = pd.DataFrame(
        {
            "customer": log["customer"],
            "stage": log["stage"],
            "mass": mass,
            "human": gated * human,
            "personal": sincere * take(model.PERSONAL, "personal"),
            "relational": sincere * (1 - take(model.TRANSACTIONAL, "kind")),
            "sentiment": mass * np.maximum(felt, 0),
            "inbound": gated * human * (direction != model.OUT),
            "outbound": gated * human * (direction != model.IN),
        }
    )
    times = pd.DataFrame({"customer": log["customer"], "stage": log["stage"], "last": at, "moved": np.where(moves, at, 0)})
    by = ["customer", "stage"]
    latest = times.groupby(by).agg(last=("last", "max"), moved=("moved", "max"), touchpoints=("last", "size"))
    return sums.groupby(by).sum().join(latest).reset_index()


def score(found: pd.DataFrame, now: int, lives: np.ndarray) -> pd.DataFrame:
    """The sums of every stage."""
    order = found.sort_values(["moved", "last"], ascending=False)
    current = found.index.isin(order.drop_duplicates("customer").index)
    age = (now - found["last"]) / model.DAY_MS
    lift = np.where(current, 1.0, np.exp2(age / lives[found["stage"]]))
    omega, mass = np.exp2(-age / model.STAGE_HALF_LIFE), found["mass"] * lift
    parts = {name: found[name] * lift / (mass + model.KAPPA) for name in ("human", "personal", "relational", "sentiment")}
    both = np.minimum(found["inbound"], found["outbound"]) * lift
    parts["reciprocity"] = both / (both + model.KAPPA)
    warmth = sum(weight * parts[name] for name, weight in model.WEIGHTS.items())
    table = {
        "stage": found["stage"],
        "customers": 1,
        "touchpoints": found["touchpoints"],
        "omega": omega,
        "omega2": omega**2,
        "w": omega * warmth,
        "w2": omega * warmth**2,
        "evidence": omega * mass,
        **{name: omega * part for name, part in parts.items()},
    }
    return pd.DataFrame(table).groupby("stage").sum().reset_index()


def main() -> None:
    """Reads no more columns than the score needs."""
    file, now, half_life, own = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), json.loads(sys.argv[4])
    log = pd.read_parquet(file, columns=model.COLUMNS)
    log = log[log["stage"].notna() & (log["at"] <= now)]
    stage = log["stage"].astype("int64")
    lives = np.array([own.get(str(number), half_life) for number in range(stage.max() + 1)])
    print(score(cells(log.assign(stage=stage), now, lives), now, lives).to_json(orient="records", double_precision=15))


main()
