"""Does polars find in our Parquet files what the crate exports as JSON lines, with the types of the candidates?

parquet_reads.py EXPORT.jsonl ..., each beside its EXPORT.parquet
"""

import pathlib
import sys

import exported
import polars

# The types of a hyperparameter by the Python type of its values in the export.
TYPES = {bool: polars.Boolean, int: polars.Int64, float: polars.Float64, str: polars.String}


def main():
    for path in map(pathlib.Path, sys.argv[1:]):
        check(path.with_suffix(".parquet"), exported.trials(path))


def check(path, trials):
    frame = polars.read_parquet(path)
    assert frame["trial"].to_list() == [trial["trial"] for trial in trials], path
    assert frame["state"].to_list() == [trial["state"] for trial in trials], path
    schema = frame.schema
    assert schema["trial"] == polars.Int64 and schema["seconds"] == polars.Float64, schema
    for row, trial in zip(frame.iter_rows(named=True), trials, strict=True):
        for name, value in exported.objectives(trial).items():
            assert exported.same(row[name], value), (path, row, name)
        for name, value in trial.get("metrics", {}).items():
            assert exported.same(row[name], exported.number(value)), (path, row, name)
        assert row["reason"] == trial.get("reason"), (path, row)
        for name, value in trial["params"].items():
            assert row[name] == value and type(row[name]) is type(value), (path, row, name, value)
            assert schema[name] == TYPES[type(value)], (path, name, schema[name])
    names = {name for trial in trials for name in trial["params"]}
    inactive = sum(frame[name].null_count() for name in names)
    assert inactive == sum(name not in trial["params"] for trial in trials for name in names), path
    print(f"{path.name}: {frame.height} trials, {frame.width} columns, {inactive} inactive values")


if __name__ == "__main__":
    main()
