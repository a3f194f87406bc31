"""Samplers of other projects in Python, on the functions of this one: `bench-quality serve` evaluates them.

    peers.py collect METHOD --binary PATH --out FILE [--seeds 60] [--first 0] [--trials 100] [--problem NAME]…
                     [--suite own] [--batch 1] [--seconds 3600]
    peers.py speed METHOD --out FILE [--seconds 60]
    peers.py check FILE --binary PATH     runs two seeds of two problems again and compares
    peers.py list

`run` beside this file makes the environment and calls this.
"""

import os

# One thread, as ours.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import argparse
import contextlib
import importlib
import importlib.metadata
import json
import logging
import math
import platform
import random
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")


class Server:
    """The functions, and the bookkeeping of a run."""

    def __init__(self, binary):
        self.process = subprocess.Popen([binary, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.problems = {problem["name"]: problem for problem in json.loads(self.ask("problems"))}

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().rstrip("\n")
        if answer.startswith("error"):
            raise RuntimeError(answer)
        return answer


class Run:
    """One run of one method: its points go out, values come in, and the sampler's time is what is spent between."""

    def __init__(self, server, problem, seed, trials, batch=1):
        self.server, self.problem, self.seed, self.trials, self.batch = server, problem, seed, trials, batch
        self.axes = problem.get("axes") or json.loads(server.ask(f"axes {problem['name']} {seed}"))
        self.told = 0
        self.configurations = 0
        self.waited = 0.0
        server.ask(f"start {problem['name']} {seed} {batch}")
        self.started = time.process_time()

    def point(self, values):
        """Values by name, None or missing for an axis that does not exist."""
        numbers = (values.get(axis["name"]) for axis in self.axes)
        return " ".join("nan" if number is None else repr(float(number)) for number in numbers)

    def active(self, values):
        """The values of those axes that exist, for methods that know no conditions and choose a value for every axis."""
        found = {}
        for axis in self.axes:
            if exists(axis, self.axes, found):
                found[axis["name"]] = values[axis["name"]]
        return found

    def value(self, values):
        before = time.process_time()
        self.told += 1
        answer = float(self.server.ask("value " + self.point(values)))
        self.waited += time.process_time() - before
        return answer

    def train(self, configuration, budget, values):
        """The loss at a budget, None when the run is over."""
        before = time.process_time()
        self.told += 1
        answer = self.server.ask(f"train {configuration} {budget} {self.point(values)}")
        self.waited += time.process_time() - before
        return None if answer == "end" else float(answer)

    def end(self):
        seconds = time.process_time() - self.started - self.waited
        return self.server.ask(f"end {seconds * 1e6 / max(self.told, 1):.1f}")


class Bowl:
    """A function of 8 numbers that costs nothing: what is measured is the sampler, at so many trials. As in `speed.rs`."""

    TRIALS = [100, 1_000, 10_000, 100_000]

    def __init__(self, seconds):
        self.axes = [
            {"name": name, "kind": "float", "lo": 0.0, "hi": 1.0, "log": False, "parent": -1, "values": []}
            for name in "abcdefgh"
        ]
        self.problem = {"name": "bowl-8", "axes": self.axes}
        self.seed, self.told, self.seconds = 0, 0, seconds
        self.trials = self.TRIALS[-1] + self.TRIALS[-1] // 20
        self.costs = {}
        self.started, self.wall = time.process_time(), time.monotonic()

    def value(self, values):
        elapsed = time.process_time() - self.started
        self.told += 1
        for mark in self.TRIALS:
            window = max(mark // 20, 5)
            if self.told == mark:
                self.since = elapsed
            elif self.told == mark + window:
                self.costs[mark] = (elapsed - self.since) * 1e6 / window
        if elapsed > self.seconds or time.monotonic() - self.wall > 10 * self.seconds:
            raise Over
        return sum((float(x) - 0.3) ** 2 for x in values.values())


def exists(axis, axes, values):
    return axis["parent"] < 0 or values.get(axes[axis["parent"]]["name"]) in axis["values"]


# --- Optuna and its port to Rust, which have one interface but for asking and telling.


def suggest(trial, axes):
    values = {}
    for axis in axes:
        if not exists(axis, axes, values):
            continue
        name = axis["name"]
        if axis["kind"] == "float":
            values[name] = trial.suggest_float(name, axis["lo"], axis["hi"], log=axis["log"])
        elif axis["kind"] == "int":
            values[name] = trial.suggest_int(name, int(axis["lo"]), int(axis["hi"]), log=axis["log"])
        else:
            values[name] = trial.suggest_categorical(name, list(range(int(axis["hi"]) + 1)))
    return values


def optuna_study(sampler, pruner=None):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna.create_study(sampler=sampler, pruner=pruner)


def in_batches(run, ask, tell):
    """All of a batch are asked for before any is told; `ask` gets their number, and gives handles and values."""
    while run.told < run.trials:
        for handle, values in ask(min(run.batch, run.trials - run.told)):
            tell(handle, run.value(values))


def optimize(study, run):
    if run.batch > 1:

        def ask(number):
            trials = [study.ask() for _ in range(number)]
            return [(trial, suggest(trial, run.axes)) for trial in trials]

        return in_batches(run, ask, study.tell)
    study.optimize(lambda trial: run.value(suggest(trial, run.axes)), n_trials=run.trials)


def at_the_largest_budget(study, run):
    """Trials of the largest budget until the run is over."""

    def objective(trial):
        run.configurations += 1
        loss = run.train(run.configurations, run.problem["budgets"][1], suggest(trial, run.axes))
        if loss is None:
            raise Over
        return loss

    try:
        study.optimize(objective, n_trials=1000)
    except Over:
        pass


class Over(Exception):
    """The run has spent all it may."""


def with_optuna(make):
    def method(run):
        study = optuna_study(make(run.seed))
        (at_the_largest_budget if "budgets" in run.problem else optimize)(study, run)

    return method


def optuna_tpe(seed):
    import optuna

    return optuna.samplers.TPESampler(seed=seed)


def optuna_tpe_group(seed):
    import optuna

    return optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True)


def optuna_tpe_independent(seed):
    import optuna

    return optuna.samplers.TPESampler(seed=seed, multivariate=False)


def optuna_cma_es(seed):
    import optuna

    return optuna.samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False)


class WithoutDevices:
    """PyTorch whose `device` does nothing in a `with`: all of it is on the processor anyway."""

    def __init__(self, torch):
        self.torch = torch

    def __getattr__(self, name):
        return getattr(self.torch, name)

    def device(self, *_):
        return contextlib.nullcontext()


def optuna_gp(seed):
    import optuna
    import torch

    torch.set_num_threads(1)
    if torch.__version__.startswith("1."):
        # Debian's PyTorch, which needs no graphics card's libraries, is too old for one thing: a device as a context.
        optuna.samplers._gp.sampler.torch = WithoutDevices(torch)
    return optuna.samplers.GPSampler(seed=seed, deterministic_objective=False, warn_independent_sampling=False)


def optuna_hyperband(run):
    """TPE with the pruner that runs Hyperband's brackets; a trial reports at each rung."""
    import optuna

    if "budgets" not in run.problem:
        raise NotImplementedError("problems with budgets only")
    least, most = run.problem["budgets"]
    pruner = optuna.pruners.HyperbandPruner(min_resource=least, max_resource=most, reduction_factor=3)

    def objective(trial):
        values = suggest(trial, run.axes)
        run.configurations += 1
        configuration, budget = run.configurations, least
        while True:
            loss = run.train(configuration, budget, values)
            if loss is None:
                raise Over
            if budget == most:
                return loss
            trial.report(loss, budget)
            if trial.should_prune():
                raise optuna.TrialPruned
            budget *= 3

    # The name of the study goes into the choice of brackets.
    study = optuna.create_study(study_name="quality", sampler=optuna_tpe(run.seed), pruner=pruner)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        study.optimize(objective, n_trials=100_000)
    except Over:
        pass


def with_rustuna(make):
    def method(run):
        import rustuna

        study = rustuna.create_study(sampler=make(rustuna, run.seed))
        (at_the_largest_budget if "budgets" in run.problem else optimize)(study, run)

    return method


# --- hyperopt


def hyperopt_space(axes):
    """A tree: what depends on a choice lies below it, and integers that something depends on become choices."""
    import numpy as np
    from hyperopt import hp
    from hyperopt.pyll import scope

    children = {index: [child for child in range(len(axes)) if axes[child]["parent"] == index] for index in range(len(axes))}
    nodes = {}

    def node(index):
        if index not in nodes:
            axis = axes[index]
            name, lo, hi = axis["name"], axis["lo"], axis["hi"]
            if axis["kind"] == "choice" or children[index]:
                nodes[index] = hp.choice(name, [branch(index, value) for value in range(int(lo), int(hi) + 1)])
            elif axis["kind"] == "float":
                nodes[index] = hp.loguniform(name, np.log(lo), np.log(hi)) if axis["log"] else hp.uniform(name, lo, hi)
            elif axis["log"]:
                nodes[index] = scope.int(hp.qloguniform(name, np.log(lo - 0.49), np.log(hi + 0.49), 1))
            else:
                nodes[index] = hp.uniformint(name, int(lo), int(hi))
        return nodes[index]

    def branch(index, value):
        below = {axes[child]["name"]: node(child) for child in children[index] if value in axes[child]["values"]}
        return {"value": value, **below}

    return {axis["name"]: node(index) for index, axis in enumerate(axes) if axis["parent"] < 0}


def flat(values):
    """The values of a tree by name."""
    found = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found[name] = value["value"]
            found.update(flat({below: inner for below, inner in value.items() if below != "value"}))
        else:
            found[name] = value
    return found


def hyperopt_tpe(run):
    import numpy as np
    from hyperopt import fmin, tpe

    logging.getLogger("hyperopt").setLevel(logging.ERROR)
    largest = run.problem.get("budgets", [0, 0])[1]

    def objective(values):
        values = flat(values)
        if not largest:
            return run.value(values)
        run.configurations += 1
        loss = run.train(run.configurations, largest, values)
        # A run that is over has no use for what comes next.
        return 0.0 if loss is None else loss

    trials = 101 if largest else run.trials
    fmin(
        objective,
        hyperopt_space(run.axes),
        algo=tpe.suggest,
        max_evals=trials,
        rstate=np.random.default_rng(run.seed),
        show_progressbar=False,
        verbose=False,
    )


# --- SMAC3


def configspace(axes, seed):
    import ConfigSpace as cs

    space = cs.ConfigurationSpace(seed=seed)
    made = []
    for axis in axes:
        name, lo, hi = axis["name"], axis["lo"], axis["hi"]
        if axis["kind"] == "float":
            made.append(cs.UniformFloatHyperparameter(name, lo, hi, log=axis["log"]))
        elif axis["kind"] == "int":
            made.append(cs.UniformIntegerHyperparameter(name, int(lo), int(hi), log=axis["log"]))
        else:
            made.append(cs.CategoricalHyperparameter(name, list(range(int(hi) + 1))))
    space.add(*made)
    conditions = [
        cs.InCondition(made[index], made[axis["parent"]], axis["values"])
        for index, axis in enumerate(axes)
        if axis["parent"] >= 0
    ]
    space.add(*conditions)
    return space


def smac(facade):
    def method(run):
        import smac as smac3
        from smac.runhistory.dataclasses import TrialValue

        with tempfile.TemporaryDirectory() as folder:
            space = configspace(run.axes, run.seed)
            budgets = run.problem.get("budgets")
            if facade == "MultiFidelityFacade" and not budgets:
                raise NotImplementedError("problems with budgets only")
            limits = dict(min_budget=budgets[0], max_budget=budgets[1]) if facade == "MultiFidelityFacade" else {}
            trials = 2_000 if limits else 102 if budgets else run.trials
            scenario = smac3.Scenario(
                space, deterministic=True, n_trials=trials, seed=run.seed, output_directory=folder, **limits
            )
            kind = getattr(smac3, facade)
            optimiser = kind(scenario, lambda config, seed=0, budget=None: 0.0, overwrite=True, logging_level=logging.ERROR)
            if not budgets:

                def ask(number):
                    return [(asked, dict(asked.config)) for asked in (optimiser.ask() for _ in range(number))]

                return in_batches(run, ask, lambda asked, loss: optimiser.tell(asked, TrialValue(cost=loss), save=False))
            names = {}
            while run.told < trials:
                asked = optimiser.ask()
                configuration = names.setdefault(asked.config, len(names))
                budget = round(asked.budget) if asked.budget else budgets[1]
                loss = run.train(configuration, budget, dict(asked.config))
                if loss is None:
                    return None
                optimiser.tell(asked, TrialValue(cost=loss), save=False)
            return None

    return method


# --- Ax, whose default is BoTorch's Gaussian process after a few quasi-random points


def ax_parameters(axes):
    """A tree, in which a name stands below one value only: what exists with several has a name for each, after an @.

    Integers that something depends on become ordered choices.
    """
    from ax.api.configs import ChoiceParameterConfig, RangeParameterConfig

    parameters = []

    def add(index, path):
        axis = axes[index]
        name, kind, lo, hi = axis["name"] + path, axis["kind"], axis["lo"], axis["hi"]
        children = [child for child in range(len(axes)) if axes[child]["parent"] == index]
        if kind == "choice" or children:
            values = list(range(int(lo), int(hi) + 1))
            below = {}
            for child in children:
                several = len(axes[child]["values"]) > 1
                for value in axes[child]["values"]:
                    below.setdefault(value, []).append(add(child, f"{path}@{value}" if several else path))
            parameters.append(
                ChoiceParameterConfig(
                    name=name,
                    values=values,
                    parameter_type="int",
                    is_ordered=kind == "int",
                    dependent_parameters=below or None,
                )
            )
        else:
            bounds = (int(lo), int(hi)) if kind == "int" else (lo, hi)
            scaling = "log" if axis["log"] else "linear"
            parameters.append(RangeParameterConfig(name=name, bounds=bounds, parameter_type=kind, scaling=scaling))
        return name

    for index, axis in enumerate(axes):
        if axis["parent"] < 0:
            add(index, "")
    return parameters


def ax_default(run):
    from ax.api.client import Client

    logging.disable(logging.WARNING)
    client = Client(random_seed=run.seed)
    client.configure_experiment(parameters=ax_parameters(run.axes))
    client.configure_optimization(objective="-value")

    def ask(number):
        # It may give fewer than it is asked for.
        found = client.get_next_trials(max_trials=number)
        if not found:
            raise RuntimeError("no more trials")
        return [
            (index, {name.split("@")[0]: value for name, value in values.items()}) for index, values in found.items()
        ]

    def tell(index, value):
        client.complete_trial(trial_index=index, raw_data={"value": value})

    in_batches(run, ask, tell)


# --- HEBO, which knows no conditions: what does not exist is chosen, and does not matter


def hebo(run):
    import numpy as np
    from hebo.design_space.design_space import DesignSpace
    from hebo.optimizers.hebo import HEBO

    def parameter(axis):
        if axis["kind"] == "choice":
            return {"name": axis["name"], "type": "cat", "categories": list(range(int(axis["hi"]) + 1))}
        whole, log = axis["kind"] == "int", axis["log"]
        kind = ("pow_int" if whole else "pow") if log else ("int" if whole else "num")
        ends = [int(axis[end]) if whole else axis[end] for end in ("lo", "hi")]
        return {"name": axis["name"], "type": kind, "lb": ends[0], "ub": ends[1]}

    optimiser = HEBO(DesignSpace().parse([parameter(axis) for axis in run.axes]), scramble_seed=run.seed)
    while run.told < run.trials:
        # It prints how it struggles.
        with contextlib.redirect_stdout(None):
            asked = optimiser.suggest(n_suggestions=min(run.batch, run.trials - run.told))
        values = [run.value(run.active(row)) for row in asked.to_dict("records")]
        optimiser.observe(asked, np.array(values).reshape(-1, 1))


# --- NGOpt of nevergrad, which picks its algorithm by the space and the number of trials; no conditions here either


def ngopt(run):
    import nevergrad as ng

    def parameter(axis):
        if axis["kind"] == "choice":
            return ng.p.Choice(list(range(int(axis["hi"]) + 1)))
        made = (ng.p.Log if axis["log"] else ng.p.Scalar)(lower=axis["lo"], upper=axis["hi"])
        return made.set_integer_casting() if axis["kind"] == "int" else made

    space = ng.p.Dict(**{axis["name"]: parameter(axis) for axis in run.axes})
    space.random_state.seed(run.seed)
    optimiser = ng.optimizers.NGOpt(parametrization=space, budget=run.trials, num_workers=run.batch)

    def ask(number):
        return [(asked, run.active(asked.value)) for asked in (optimiser.ask() for _ in range(number))]

    in_batches(run, ask, optimiser.tell)


# Its name, how it is run, whether it does problems with budgets, and the packages that make it up.
METHODS = {
    "Optuna TPE": (with_optuna(optuna_tpe), True, ["optuna"]),
    "Optuna TPE group": (with_optuna(optuna_tpe_group), False, ["optuna"]),
    "Optuna TPE independent": (with_optuna(optuna_tpe_independent), False, ["optuna"]),
    "Optuna CMA-ES": (with_optuna(optuna_cma_es), False, ["optuna", "cmaes"]),
    "Optuna GP": (with_optuna(optuna_gp), False, ["optuna", "torch", "scipy"]),
    "Optuna TPE Hyperband": (optuna_hyperband, True, ["optuna"]),
    "Rustuna TPE": (with_rustuna(lambda rustuna, seed: rustuna.samplers.TPESampler(seed=seed)), True, ["rustuna"]),
    "hyperopt TPE": (hyperopt_tpe, True, ["hyperopt"]),
    "SMAC": (smac("HyperparameterOptimizationFacade"), False, ["smac", "ConfigSpace", "scikit-learn"]),
    "Ax": (ax_default, False, ["ax-platform", "botorch", "gpytorch", "torch"]),
    "HEBO": (hebo, False, ["HEBO", "gpytorch", "torch", "pymoo", "numpy"]),
    "NGOpt": (ngopt, False, ["nevergrad", "cma", "numpy"]),
    "SMAC multi-fidelity": (smac("MultiFidelityFacade"), True, ["smac", "ConfigSpace", "scikit-learn"]),
}
BUDGETS_ONLY = {"Optuna TPE Hyperband", "SMAC multi-fidelity"}
# Those that plan for the number of trials: each of these numbers is a run of its own, as far as they were asked for.
PLANNING = {"NGOpt"}
TRIALS = [10, 25, 50, 100, 200]
MODULES = {"scikit-learn": "sklearn", "ax-platform": "ax.api.client", "HEBO": "hebo.optimizers.hebo"}


def row(server, method, problem, seed, trials, batch=1):
    import numpy as np

    def once(trials):
        # For whatever draws from the global generators after all.
        random.seed(seed)
        np.random.seed(seed)
        if "torch" in METHODS[method][2]:
            import torch

            torch.set_num_threads(1)
            torch.manual_seed(seed)
        run = Run(server, server.problems[problem], seed, trials, batch)
        METHODS[method][0](run)
        return run.end()

    if method not in PLANNING:
        return once(trials)
    # The last figure of each.
    rows = [once(number).split("\t") for number in TRIALS if number <= trials]
    numbers = [number for number in TRIALS if number <= trials]
    spent = sum(float(fields[2]) * number for fields, number in zip(rows, numbers))
    return "\t".join([*rows[0][:2], f"{spent / sum(numbers):.1f}", *(fields[-1] for fields in rows)])


def wanted(server, method, suite, batch, only):
    for name, problem in server.problems.items():
        with_budgets = "budgets" in problem
        if problem.get("suite", "own") != suite or with_budgets and batch > 1:
            continue
        if with_budgets and not METHODS[method][1] or not with_budgets and method in BUDGETS_ONLY:
            continue
        if not only or name in only:
            yield name


def collect(arguments):
    """Adds what is missing to a file of results, seed by seed, until the time is over."""
    server = Server(arguments.binary)
    method = arguments.method
    for package in METHODS[method][2]:
        # Loading it is no part of the first run.
        importlib.import_module(MODULES.get(package, package))
    rows = {}
    if os.path.exists(arguments.out):
        with open(arguments.out) as file:
            for line in file:
                if not line.startswith("#"):
                    problem, seed, *_ = line.split("\t")
                    rows[problem, int(seed)] = line.rstrip("\n")
    deadline = time.monotonic() + arguments.seconds
    faults = set()
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        for problem in wanted(server, method, arguments.suite, arguments.batch, arguments.problem):
            if (problem, seed) in rows or problem in faults:
                continue
            if time.monotonic() > deadline:
                return
            try:
                rows[problem, seed] = row(server, method, problem, seed, arguments.trials, arguments.batch)
            except Exception as fault:
                print(f"{method} on {problem}: {type(fault).__name__}: {str(fault)[:200]}", file=sys.stderr)
                faults.add(problem)
                continue
            save(arguments.out, method, rows, faults, arguments.batch)


def save(path, method, rows, faults, batch):
    versions = [f"{package} {importlib.metadata.version(package)}" for package in METHODS[method][2]]
    seeds = sorted({seed for _, seed in rows})
    seconds = sum(float(line.split("\t")[2]) * spent(line, method) for line in rows.values()) / 1e6
    about = [
        f"method: {method}" + (f" in batches of {batch}" if batch > 1 else ""),
        f"version: {', '.join(versions)}, Python {platform.python_version()}",
        f"seeds: {seeds[0]} to {seeds[-1]}",
        f"processor time: {seconds:.0f} s in all; a row has its problem, seed, microseconds for a trial, and regrets",
        *[f"fault: {problem}" for problem in sorted(faults)],
    ]
    with open(path + ".new", "w") as file:
        file.writelines(f"# {line}\n" for line in about)
        file.writelines(f"{rows[key]}\n" for key in sorted(rows))
    os.replace(path + ".new", path)


def spent(line, method):
    """The number of trials of a row: its last budget, or all of them where each is a run of its own."""
    budgets = [float(point.split(":")[0]) for point in line.split("\t")[3:]]
    return sum(budgets) if method in PLANNING else budgets[-1]


def speed(arguments):
    """What a trial costs with so many behind it; results lie beside those of `bench-quality speed`."""
    bowl = Bowl(arguments.seconds)
    try:
        METHODS[arguments.method][0](bowl)
    except Exception as fault:
        if not isinstance(fault, Over) and "Over" not in str(fault):
            print(f"{arguments.method}: {type(fault).__name__}: {fault}", file=sys.stderr)
    costs = [f"{bowl.costs[mark]:.1f}" if mark in bowl.costs else "—" for mark in Bowl.TRIALS]
    with open(arguments.out, "w") as file:
        file.write("\t".join([arguments.method, *costs]) + "\n")


def check(arguments):
    """Runs a sample of a file again: two seeds of two problems, the first and the last of each."""
    server = Server(arguments.binary)
    with open(arguments.out) as file:
        lines = [line.rstrip("\n") for line in file]
    method, _, batch = lines[0].removeprefix("# method: ").partition(" in batches of ")
    kept = {tuple(line.split("\t")[:2]): line.split("\t")[3:] for line in lines if not line.startswith("#")}
    problems = sorted({problem for problem, _ in kept})
    seeds = sorted({int(seed) for _, seed in kept})
    differing = 0
    for problem in {problems[0], problems[-1]}:
        for seed in {seeds[0], seeds[-1]}:
            if (problem, str(seed)) not in kept:
                continue
            trials = int(float(kept[problem, str(seed)][-1].split(":")[0]))
            again = row(server, method, problem, seed, trials, int(batch or 1)).split("\t")[3:]
            # Results that were kept earlier have fewer budgets.
            numbers = [point.split(":")[0] for point in kept[problem, str(seed)]]
            again = [point for point in again if point.split(":")[0] in numbers]
            if again != kept[problem, str(seed)]:
                differing += 1
                print(f"{method} on {problem} with seed {seed}: {again} now, {kept[problem, str(seed)]} kept")
    print(f"{method}: " + ("as kept" if differing == 0 else f"{differing} differ"))
    sys.exit(differing > 0)


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    collecting = commands.add_parser("collect")
    collecting.add_argument("method", choices=METHODS)
    collecting.add_argument("--out", required=True)
    collecting.add_argument("--seeds", type=int, default=60)
    collecting.add_argument("--trials", type=int, default=100)
    collecting.add_argument("--first", type=int, default=0, help="the first seed")
    collecting.add_argument("--problem", action="append", help="only these")
    collecting.add_argument("--suite", default="own")
    collecting.add_argument("--batch", type=int, default=1)
    collecting.add_argument("--seconds", type=float, default=math.inf)
    timing = commands.add_parser("speed")
    timing.add_argument("method", choices=METHODS)
    timing.add_argument("--out", required=True)
    timing.add_argument("--seconds", type=float, default=60.0)
    checking = commands.add_parser("check")
    checking.add_argument("out")
    for command in (collecting, checking):
        command.add_argument("--binary", required=True)
    arguments = parser.parse_args()
    if arguments.command == "list":
        print("\n".join(METHODS))
    else:
        {"collect": collect, "speed": speed, "check": check}[arguments.command](arguments)


if __name__ == "__main__":
    main()
