"""Are journals that Optuna goes on with, or begins, read by the crate?

journal.py TRIALS DIRECTORY NAME.log...

TRIALS is the crate's example of that name; DIRECTORY takes what is written here.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import optuna

import studies
from optuna_continues import go_on

# Numbers of which Optuna knows the range alone: others than these become the nearest one.
POWERS = [10 ** (exponent / 2) for exponent in range(-6, 1)]
STATES = {"COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed", "RUNNING": "running", "WAITING": "running"}


def main():
    program, directory, *journals = sys.argv[1:]
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    for journal in map(Path, journals):
        copy = directory / journal.name
        shutil.copy(journal, copy)
        study = studies.load(str(copy), journal.stem)
        has_budgets = any("hyperopt:rungs" in trial.system_attrs for trial in study.trials)
        if not has_budgets:
            compare(study, read(program, copy, journal.stem))
        go_on(study, 10)
        found = read(program, copy, journal.stem)
        if has_budgets:
            assert "another program has written it" in found, found
        else:
            compare(study, found)
        print(f"{journal.stem}: {len(study.trials)} trials")
    begin(program, directory / "begun.log")


def begin(program, path):
    """A study that Optuna has begun, with all that its trials can have."""
    path.unlink(missing_ok=True)
    sampler = optuna.samplers.TPESampler(seed=0)
    pruner = optuna.pruners.MedianPruner()
    storage = studies.storage(str(path))
    study = optuna.create_study(storage=storage, study_name="begun", sampler=sampler, pruner=pruner)

    def objective(trial):
        rate = trial.suggest_float("rate", 1e-5, 1e-1, log=True)
        layers = trial.suggest_int("layers", 1, 8)
        width = trial.suggest_int("width", 1, 1024, log=True)
        dropout = trial.suggest_float("dropout", 0.0, 0.5, step=0.1)
        optimizer = trial.suggest_categorical("optimizer", ["adam", "sgd"])
        scale = trial.suggest_categorical("scale", [1, 2.5, True, None])
        momentum = trial.suggest_float("momentum", 0.0, 1.0) if optimizer == "sgd" else 0.0
        loss = 100 * rate + layers + width / 1000 + dropout + momentum + float(scale or 0)
        for step in range(5):
            trial.report(float("nan") if (trial.number, step) == (3, 1) else loss / (step + 1), step)
            if trial.should_prune():
                raise optuna.TrialPruned
        if trial.number == 2:
            raise ArithmeticError
        return loss

    study.optimize(objective, n_trials=60, catch=ArithmeticError)
    study.ask()
    study.enqueue_trial({"rate": 0.01})
    states = {trial.state.name for trial in study.trials}
    assert states == set(STATES), states
    compare(study, read(program, path, "begun"))
    print(f"begun: {len(study.trials)} trials")


def read(program, path, name):
    """The trials that the crate reads, or what it says instead."""
    done = subprocess.run([program, path, name], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def shown(value):
    """A value as tables of the sweep show it."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def compare(study, trials):
    assert isinstance(trials, list) and len(trials) == len(study.trials), trials
    for expected, found in zip(study.trials, trials):
        where = (expected, found)
        assert found["trial"] == expected.number, where
        assert found["state"] == STATES[expected.state.name], where
        if expected.state.name == "COMPLETE":
            assert found["values"] == expected.values, where
        for name, value in expected.params.items():
            there = found["params"][name]
            if isinstance(value, (bool, str, type(None))):
                assert there == shown(value), (name, where)
            else:
                if name == "powers":
                    value = min(POWERS, key=lambda power: abs(power - value))
                assert abs(there - value) <= 1e-9 * abs(value), (name, where)
        if expected.state.name != "WAITING":
            assert found["params"].keys() == expected.params.keys(), where


if __name__ == "__main__":
    main()
