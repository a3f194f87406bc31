"""Does Optuna read a study, find in it what was exported of the sweep, and draw it?

optuna_reads.py URL NAME.jsonl...
"""

import sys
import warnings
from pathlib import Path

import matplotlib.pyplot
from optuna import visualization
from optuna.importance import FanovaImportanceEvaluator, MeanDecreaseImpurityImportanceEvaluator
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

import exported
import studies

matplotlib.use("Agg")
# Plots of studies without trials to draw say so.
warnings.simplefilter("ignore")

STATES = {"complete": "COMPLETE", "pruned": "PRUNED", "failed": "FAIL", "running": "RUNNING", "cancelled": "WAITING"}


def main():
    url, *exports = sys.argv[1:]
    for export in map(Path, exports):
        study = studies.load(url, export.stem)
        check(study, exported.configurations(exported.trials(export)))
        plots = draw(study)
        importances = importance(study)
        frame = study.trials_dataframe()
        assert len(frame) == len(study.trials)
        durations = frame["duration"].dt.total_seconds()
        assert (durations >= 0).all() and durations.max() > 0, durations
        print(f"{export.stem}: {len(frame)} trials, {plots} plots, {importances} importances")


def check(study, configurations):
    assert len(study.trials) == len(configurations)
    most = max((trial.get("resources", 0) for rungs in configurations.values() for trial in rungs))
    for found, (number, rungs) in zip(study.trials, sorted(configurations.items())):
        where = f"{study.study_name} {number}: {found}"
        trial = rungs[-1]
        assert found.number == number, where
        assert {name.split(".")[0]: value for name, value in found.params.items()} == trial["params"], where
        state = STATES[trial["state"]]
        if state == "COMPLETE" and trial.get("resources", 0) < most:
            state = "PRUNED"
        assert found.state.name == state, where
        told = list(exported.objectives(trial).values())
        if state == "COMPLETE":
            assert found.values == told, where
        reports = {step: exported.number(value) for step, value in trial.get("reports", [])}
        if "resources" in trial:
            reports = {int(rung["resources"]): rung["objective"] for rung in rungs}
        assert found.intermediate_values.keys() == reports.keys(), where
        for step, value in reports.items():
            assert exported.same(found.intermediate_values[step], value), where
        assert ("error" in found.user_attrs) == ("reason" in trial), where
        assert found.user_attrs.get("error") == trial.get("reason"), where
        for name, value in trial.get("metrics", {}).items():
            assert exported.same(float(found.user_attrs[name]), exported.number(value)), where
        for name, value in trial.get("constraints", {}).items():
            assert found.system_attrs[f"constraints:{name}"] == value, where
        if state == "COMPLETE" and "constraints" in trial:
            assert found.system_attrs["constraints"] == list(trial["constraints"].values()), where
    check_best(study, [rungs[-1] for _, rungs in sorted(configurations.items())])


def check_best(study, last):
    """Where constraints are, the best trials keep them."""
    if len(study.directions) > 1:
        assert study.best_trials
        assert all(value <= 0 for trial in study.best_trials for value in trial.system_attrs["constraints"])
        names = list(exported.objectives(last[0]))
        assert study.metric_names == names, (study.metric_names, names)
        return
    complete = [trial for trial in study.trials if trial.state.name == "COMPLETE"]
    best = min if study.direction.name == "MINIMIZE" else max
    # An objective of a pruned trial is no candidate.
    assert study.best_value == best(trial.value for trial in complete)


def draw(study):
    """Draws each figure that there is, in both ways."""
    drawn = 0
    several = len(study.directions) > 1
    names = sorted({name for trial in study.trials for name in trial.params})[:3]
    for module in (visualization, visualization.matplotlib):
        for name in module.__all__:
            # The last needs torch, which is larger than all else here together.
            if name in ("is_available", "matplotlib", "plot_terminator_improvement"):
                continue
            arguments = {}
            if name == "plot_pareto_front" and not several:
                continue
            if name == "plot_hypervolume_history":
                if not several:
                    continue
                arguments["reference_point"] = [100.0, -100.0]
            elif several and name not in ("plot_pareto_front", "plot_timeline", "plot_intermediate_values"):
                arguments["target"] = lambda trial: trial.values[0]
            if name in ("plot_contour", "plot_rank", "plot_slice"):
                arguments["params"] = names
            figure = getattr(module, name)(study, **arguments)
            if module is visualization:
                assert figure.to_json(), name
            matplotlib.pyplot.close("all")
            drawn += 1
    return drawn


def importance(study):
    evaluators = (FanovaImportanceEvaluator, MeanDecreaseImpurityImportanceEvaluator, PedAnovaImportanceEvaluator)
    target = (lambda trial: trial.values[0]) if len(study.directions) > 1 else None
    for evaluator in evaluators:
        arguments = {} if evaluator is PedAnovaImportanceEvaluator else {"seed": 0}
        found = get_param_importances(study, evaluator=evaluator(**arguments), target=target)
        assert found and all(value >= 0 for value in found.values()), (evaluator, found)
    return len(evaluators)


if __name__ == "__main__":
    main()
