"""Trials as the crate exports them: the JSON lines beside a study, which what another program reads is compared with."""

import json
import math


def number(value):
    """A number of an export, where those that JSON does not have are text."""
    return float(value) if isinstance(value, str) else value


def trials(path):
    """The trials, in order."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def objectives(trial):
    """The named objectives that were told; empty where there are none."""
    if "objectives" in trial:
        return {name: number(value) for name, value in trial["objectives"].items()}
    return {} if trial["objective"] is None else {"objective": number(trial["objective"])}


def configurations(all_trials):
    """The trials of each configuration, by its number."""
    found = {}
    for trial in all_trials:
        found.setdefault(trial.get("configuration", trial["trial"]), []).append(trial)
    return found


def same(found, expected, tolerance=0.0):
    """Whether two numbers are equal, NaN included."""
    if math.isnan(expected) or math.isinf(expected):
        return math.isnan(found) if math.isnan(expected) else found == expected
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-45 if tolerance else 0.0)
