"""Scores every stage by SQL in DuckDB: `score_duckdb.py FILE.duckdb SQL`. Prints the rows as JSON, and on standard error how
many seconds the query itself took."""

import json
import sys
import time

import duckdb


def main() -> None:
    """Opens the file for reading, with all the cores there are, as DuckDB does by itself."""
    file, sql = sys.argv[1:]
    with duckdb.connect(file, read_only=True) as connection:
        start = time.perf_counter()
        query = connection.execute(sql)
        names = [column[0] for column in query.description]
        rows = [dict(zip(names, row)) for row in query.fetchall()]
    print(time.perf_counter() - start, file=sys.stderr)
    print(json.dumps(rows))


main()
