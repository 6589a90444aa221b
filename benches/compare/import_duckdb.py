"""Reads a log with DuckDB's reader of CSV into a table with a primary key: `import_duckdb.py FILE.duckdb LOG.csv`. Prints how
many rows there are."""

import sys

import duckdb

TABLE = """
CREATE TABLE log (
    "at" TIMESTAMP, customer VARCHAR, channel VARCHAR, direction VARCHAR, sender VARCHAR, personal VARCHAR, kind VARCHAR,
    sentiment DOUBLE, stage VARCHAR, amount DOUBLE, minutes INTEGER, note VARCHAR,
    PRIMARY KEY (customer, "at", channel, note)
)
"""


def main() -> None:
    """Everything in one transaction, as the others do."""
    file, log = sys.argv[1:]
    with duckdb.connect(file) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(TABLE)
        connection.execute("INSERT INTO log SELECT * FROM read_csv(?, header = true, all_varchar = true)", [log])
        print(connection.execute("SELECT count(*) FROM log").fetchone()[0])


main()
