"""Does TensorBoard read `DIRECTORY/NAME`, and find in it what `NAME.jsonl` has?

tensorboard_reads.py DIRECTORY NAME.jsonl...
"""

import json
import sys
import time
import urllib.request
from pathlib import Path

from tensorboard import program
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

import exported


def main():
    directory, *exports = sys.argv[1:]
    for export in map(Path, exports):
        check(Path(directory) / export.stem, exported.configurations(exported.trials(export)))


def check(directory, configurations):
    kind = "configuration" if "resources" in configurations[0][0] else "trial"
    runs = {f"{kind}-{number:05}": rungs for number, rungs in configurations.items()}
    assert sorted(path.name for path in directory.iterdir()) == sorted(runs)
    for name, rungs in runs.items():
        expected = {tag: points for tag, points in scalars(rungs).items() if points}
        accumulator = EventAccumulator(str(directory / name)).Reload()
        assert set(accumulator.Tags()["scalars"]) == set(expected), (name, accumulator.Tags(), expected)
        for tag, points in expected.items():
            found = [(event.step, event.value) for event in accumulator.Scalars(tag)]
            assert [step for step, _ in found] == [step for step, _ in points], (name, tag, found, points)
            for (_, value), (_, told) in zip(found, points):
                assert exported.same(value, told, 1e-7), (name, tag, value, told)
    hyperparameters(directory, runs)
    print(f"{directory.name}: {len(runs)} runs")


def scalars(rungs):
    """The points of each curve."""
    found = {"reports": []}
    for trial in rungs:
        reports = [(step, exported.number(value)) for step, value in trial.get("reports", [])]
        found["reports"] += reports
        step = int(trial["resources"]) if "resources" in trial else reports[-1][0] if reports else 0
        told = exported.objectives(trial) | trial.get("metrics", {})
        told |= {f"constraints/{name}": value for name, value in trial.get("constraints", {}).items()}
        for name, value in told.items():
            found.setdefault(name, []).append((step, exported.number(value)))
    return found


def hyperparameters(directory, runs):
    """What the tab HPARAMS is given by its backend."""
    board = program.TensorBoard()
    board.configure(logdir=str(directory), port=0, load_fast="false", reload_interval=1)
    url = board.launch()
    request = {"experimentName": "", "allowedStatuses": ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"]}
    request |= {"colParams": [], "startIndex": 0, "sliceSize": 10_000}
    groups = []
    for _ in range(60):
        groups = post(url + "data/plugin/hparams/session_groups", request).get("sessionGroups", [])
        if len(groups) == len(runs):
            break
        time.sleep(0.5)
    found = {group["sessions"][0]["name"]: group for group in groups}
    assert sorted(found) == sorted(runs), sorted(found)
    for name, rungs in runs.items():
        trial, group = rungs[-1], found[name]
        assert group["hparams"] == trial["params"], (name, group["hparams"], trial["params"])
        status = {"failed": "STATUS_FAILURE"}.get(trial["state"], "STATUS_SUCCESS")
        assert group["sessions"][0]["status"] == status, (name, group)
        metrics = {value["name"]["tag"]: value["value"] for value in group["metricValues"]}
        for tag, value in exported.objectives(trial).items():
            assert exported.same(float(metrics[tag]), value, 1e-7), (name, tag, metrics)
    experiment = post(url + "data/plugin/hparams/experiment", {"experimentName": ""})
    names = {info["name"] for info in experiment["hparamInfos"]}
    differing = {name for rungs in runs.values() for name in rungs[0]["params"]}
    assert names <= differing and len(names) > 0, (names, differing)


def post(url, message):
    request = urllib.request.Request(url, json.dumps(message).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
