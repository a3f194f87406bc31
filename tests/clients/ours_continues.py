"""Does the crate go on with studies that Optuna has gone on with?

ours_continues.py PROGRAM URL ADDRESS DIRECTORY TRIALS NAME...

ADDRESS is the URL as the crate writes it. PROGRAM is the crate's example `studies`, which is to bring each study to TRIALS trials; DIRECTORY takes what it exports then.
"""

import math
import subprocess
import sys
from pathlib import Path

import exported
import studies
from journal import POWERS
from optuna_reads import STATES


def main():
    program, url, address, directory, count, *names = sys.argv[1:]
    before = {name: studies.load(url, name).get_trials() for name in names}
    assert all(len(trials) < int(count) for trials in before.values())
    subprocess.run([program, directory, address, count], check=True)
    for name in names:
        trials = studies.load(url, name).get_trials()
        assert [trial.number for trial in trials] == list(range(int(count))), name
        # As text, where NaN is equal to itself.
        assert list(map(repr, trials[: len(before[name])])) == list(map(repr, before[name])), name
        compare(trials, exported.trials(Path(directory) / f"{name}.jsonl"))
        print(f"{name}: from {len(before[name])} to {len(trials)} trials")


def compare(trials, lines):
    """What the crate has in its history, by Optuna too, is what Optuna reads."""
    assert len(trials) == len(lines)
    for trial, line in zip(trials, lines):
        where = (trial, line)
        assert trial.number == line["trial"] and trial.state.name == STATES[line["state"]], where
        if trial.state.name == "COMPLETE":
            assert trial.values == list(exported.objectives(line).values()), where
        params = {name.split(".")[0]: value for name, value in trial.params.items()}
        assert params.keys() == line["params"].keys(), where
        for name, value in params.items():
            if isinstance(value, float) and "worker" not in trial.user_attrs:
                if name == "powers":
                    value = min(POWERS, key=lambda power: abs(power - value))
                assert math.isclose(value, line["params"][name], rel_tol=1e-9, abs_tol=1e-12), (name, where)
            else:
                assert value == line["params"][name], (name, where)


if __name__ == "__main__":
    main()
