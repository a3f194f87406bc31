"""Do workers of both kinds share one study?

mixed.py PROGRAM URL

Queues trials, of which each is to run exactly once, and lets four workers of Optuna and three of PROGRAM, the crate's example
`worker`, loose on them. The latter stop when the study has had TOTAL trials.
"""

import json
import math
import multiprocessing
import os
import subprocess
import sys
import time
import warnings
from collections import Counter

import optuna
from optuna.storages import RDBStorage, RetryHeartbeatStaleTrialCallback

# Its heartbeats have been an experiment for years.
warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)

QUEUED, TOTAL, PYTHON, RUST, EACH = 200, 300, 4, 3, 15
# How long a trial of ours lasts at least.
SECONDS = 0.1
CHOICES = [8, 16, 32]


def storage(url):
    callback = RetryHeartbeatStaleTrialCallback(max_retry=3)
    return RDBStorage(url, heartbeat_interval=30, grace_period=120, heartbeat_stale_trial_callback=callback)


def suggest(trial):
    rate = trial.suggest_float("rate", 1e-3, 1.0, log=True)
    decay = trial.suggest_float("decay", 1e-6, 1e-1, log=True)
    return rate, decay, trial.suggest_categorical("batch", CHOICES)


def work(url, seed, pipe):
    """A worker of Optuna: gives the numbers of the trials that it ran."""
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.load_study(study_name="wine", storage=storage(url), sampler=optuna.samplers.RandomSampler(seed))
    ran = []

    def objective(trial):
        ran.append(trial.number)
        rate, decay, batch = suggest(trial)
        return rate + decay + batch

    study.optimize(objective, n_trials=EACH)
    pipe.send(ran)


def main():
    program, url = sys.argv[1:]
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(study_name="wine", storage=storage(url))
    queue = [{"rate": 1e-3 * (1 + i), "decay": 1e-6 * (1 + i), "batch": CHOICES[i % 3]} for i in range(QUEUED)]
    for params in queue:
        study.enqueue_trial(params)

    pipes, processes = [], []
    for seed in range(PYTHON):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        processes.append(multiprocessing.Process(target=work, args=(url, seed, sender)))
        processes[-1].start()
        pipes.append(receiver)
    place = {"SLURM_JOB_ID": "71", "SLURM_ARRAY_TASK_ID": "3", "POD_NAME": "sweep-x7"}
    environment = os.environ | {"DATABASE_URL": url} | place
    # Python takes its time to begin.
    while not any(trial.state.is_finished() for trial in study.get_trials(deepcopy=False)):
        time.sleep(0.05)
    command = [program, str(TOTAL), str(SECONDS)]
    rust = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(RUST)]
    by_python = [pipe.recv() for pipe in pipes]
    by_rust = [[int(line.split()[0]) for line in worker.communicate(timeout=120)[0].splitlines()] for worker in rust]
    for process in processes:
        process.join()
        assert process.exitcode == 0, process
    assert all(worker.returncode == 0 for worker in rust)

    check(study, queue, by_python, by_rust, [worker.pid for worker in rust])


def check(study, queue, by_python, by_rust, pids):
    trials = study.get_trials()
    ran = Counter(number for numbers in by_python + by_rust for number in numbers)
    assert [trial.number for trial in trials] == list(range(len(trials)))
    assert set(ran) == set(range(len(trials))) and max(ran.values()) == 1, ran.most_common(10)
    assert all(trial.state.name == "COMPLETE" for trial in trials)
    for trial, params in zip(trials, queue):
        assert trial.params.keys() == params.keys(), (trial, params)
        # Ours go by their logarithms.
        assert all(math.isclose(trial.params[name], value, rel_tol=1e-12) for name, value in params.items()), (trial, params)
    assert [len(numbers) for numbers in by_python] == [EACH] * PYTHON
    assert all(numbers for numbers in by_rust), "a worker has had no trial"
    queued = [sum(number < QUEUED for number in numbers) for numbers in by_python + by_rust]
    assert any(queued[:PYTHON]) and all(queued[PYTHON:]), queued
    # Ours begin no trial above the total; Optuna's workers count their own.
    assert all(number < TOTAL for numbers in by_rust for number in numbers)
    beyond = [number for numbers in by_python for number in numbers if number >= TOTAL]
    assert len(trials) == TOTAL + len(beyond), (len(trials), beyond)

    assert study.user_attrs == {"sampler": "TpeSampler", "seed": 1}, study.user_attrs
    place = "SLURM_JOB_ID=71 SLURM_ARRAY_TASK_ID=3 POD_NAME=sweep-x7"
    workers = {number: f":{pid} {place}" for pid, numbers in zip(pids, by_rust) for number in numbers}
    for trial in trials:
        worker = trial.user_attrs.get("worker")
        assert worker is None if trial.number not in workers else worker.endswith(workers[trial.number]), trial
    durations = study.trials_dataframe()["duration"].dt.total_seconds()
    assert (durations >= 0).all() and all(durations[number] >= SECONDS for number in workers), durations
    print(f"wine: {len(trials)} trials, each once; the {QUEUED} queued ones by {queued}, all by", end=" ")
    print(json.dumps([len(numbers) for numbers in by_python + by_rust]))


if __name__ == "__main__":
    main()
