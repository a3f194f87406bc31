"""Does MLflow show what the crate exports as JSON lines?

mlflow_reads.py URI EXPERIMENT EXPORT.jsonl
"""

import sys

import exported
from mlflow.tracking import MlflowClient

STATUSES = {"failed": "FAILED", "cancelled": "KILLED", "running": "RUNNING"}


def main():
    uri, experiment, path = sys.argv[1:]
    client = MlflowClient(uri)
    found = client.get_experiment_by_name(experiment)
    runs = client.search_runs([found.experiment_id], max_results=10_000)
    parents = [run for run in runs if "mlflow.parentRunId" not in run.data.tags]
    assert len(parents) == 1, parents
    parent = parents[0]
    children = {run.info.run_name: run for run in runs if run.data.tags.get("mlflow.parentRunId") == parent.info.run_id}
    trials = exported.configurations(exported.trials(path))
    assert len(children) == len(trials), (len(children), len(trials))
    assert parent.info.status == "FINISHED" and {"sampler", "seed"} <= set(parent.data.params), parent
    for number, rungs in trials.items():
        last = rungs[-1]
        kind = "configuration" if "resources" in last else "trial"
        run = children[f"{kind}-{number:05}"]
        assert run.info.status == STATUSES.get(last["state"], "FINISHED"), (number, run.info)
        assert run.data.tags["hyperopt.state"] == last["state"], (number, run.data.tags)
        assert run.data.tags.get("hyperopt.reason") == last.get("reason"), (number, run.data.tags)
        assert set(run.data.params) == set(last["params"]), (number, run.data.params)
        for name, value in last["params"].items():
            shown = run.data.params[name]
            same = float(shown) == value if isinstance(value, float) else shown == str(value).replace("True", "true").replace("False", "false")
            assert same, (number, name, shown, value)
        for name, value in exported.objectives(last).items():
            # A database of MLflow keeps infinities as the largest double.
            assert exported.same(run.data.metrics[name], value) or abs(run.data.metrics[name]) > 1e308, (number, name)
        reports = [report for rung in rungs for report in rung.get("reports", [])]
        if reports:
            history = client.get_metric_history(run.info.run_id, "reports")
            assert sorted(point.step for point in history) == sorted(step for step, _ in reports), number
    print(f"{experiment}: {len(children)} runs below {parent.info.run_name}")


if __name__ == "__main__":
    main()
