"""Prints the importances that Optuna's evaluators give to the trials of main.rs: optuna 5.0.0, scikit-learn 1.9.1.

pip install optuna scikit-learn && python optuna_values.py
"""

import math
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import FanovaImportanceEvaluator, PedAnovaImportanceEvaluator

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def unit(trial, axis):
    return math.fmod((trial + 1) * math.sqrt([2, 3, 5, 7, 11, 13][axis]), 1.0)


A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
C = [1.0, 1.2, 3.0, 3.2]


def hartmann(trial):
    params = {f"x{axis}": unit(trial, axis) for axis in range(6)}
    x = list(params.values())
    value = -sum(c * math.exp(-sum(a * (v - p) ** 2 for a, v, p in zip(A[i], x, P[i]))) for i, c in enumerate(C))
    return params, {name: FloatDistribution(0, 1) for name in params}, value


def mixed(trial):
    u = [unit(trial, axis) for axis in range(4)]
    params = {
        "rate": u[0] * 4 - 2,
        "depth": 1 + int(u[1] * 8),
        "kind": "abc"[int(u[2] * 3)],
        "noise": u[3],
    }
    distributions = {
        "rate": FloatDistribution(-2, 2),
        "depth": IntDistribution(1, 8),
        "kind": CategoricalDistribution(["a", "b", "c"]),
        "noise": FloatDistribution(0, 1),
    }
    offset = {"a": 0.0, "b": 1.0, "c": 1.5}[params["kind"]]
    return params, distributions, params["rate"] ** 2 + 0.1 * params["depth"] + offset + 0.01 * params["noise"]


for problem in (hartmann, mixed):
    for count in (100, 400):
        study = optuna.create_study()
        for number in range(count):
            params, distributions, value = problem(number)
            study.add_trial(optuna.trial.create_trial(params=params, distributions=distributions, value=value))
        evaluators = {
            "ped-anova": [PedAnovaImportanceEvaluator()],
            "fanova": [FanovaImportanceEvaluator(seed=seed) for seed in range(5)],
        }
        for name, evaluators in evaluators.items():
            found = [optuna.importance.get_param_importances(study, evaluator=evaluator) for evaluator in evaluators]
            mean = {key: sum(run[key] for run in found) / len(found) for key in sorted(found[0])}
            spread = max(max(run[key] for run in found) - min(run[key] for run in found) for key in mean)
            print(problem.__name__, count, name, {k: round(float(v), 4) for k, v in mean.items()}, f"spread {spread:.3f}")
