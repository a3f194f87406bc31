"""Writes optuna_decisions.txt: after how many reports Optuna's pruners give each trial up, for tables of reports that optuna.rs draws
again.

pip install optuna==4.6.0 numpy==2.4.6 scipy==1.17.1
python optuna_decisions.py > optuna_decisions.txt
"""

import math
import warnings

import optuna
from optuna.pruners import (
    MedianPruner,
    PatientPruner,
    PercentilePruner,
    SuccessiveHalvingPruner,
    ThresholdPruner,
    WilcoxonPruner,
)
from optuna.trial import TrialState

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")


class Numbers:
    """Knuth's MMIX generator."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def curves(seed, trials, reports, gap, nan):
    """Curves of learning: (reports, objective); None is a failed trial. All values are sixteenths."""
    numbers = Numbers(seed)
    for _ in range(trials):
        quality, step, values = numbers.below(24), numbers.below(2), []
        for k in range(reports):
            sixteenths = 4 * quality + numbers.below(33) + max(0, 96 - 8 * k)
            is_nan = numbers.below(100) < nan
            values.append((step, math.nan if is_nan else sixteenths / 16))
            step += 1 + numbers.below(gap)
        failed = numbers.below(12) == 0 or math.isnan(values[-1][1])
        yield values, None if failed else values[-1][1]


def instances(seed, trials, reports, gap, nan):
    """The same instances for all trials, each in an order of its own; the objective is the mean."""
    numbers = Numbers(seed)
    for _ in range(trials):
        quality, values = numbers.below(24), []
        order = list(range(reports))
        for k in range(reports - 1, 0, -1):
            other = numbers.below(k + 1)
            order[k], order[other] = order[other], order[k]
        for instance in order:
            noise = numbers.below(64 if gap == 1 else 6)
            is_nan = numbers.below(100) < nan
            sixteenths = 37 * instance % 101 + 4 * quality + noise
            values.append((instance, math.nan if is_nan else sixteenths / 16))
        failed = numbers.below(12) == 0 or any(math.isnan(value) for _, value in values)
        yield values, None if failed else sum(value for _, value in values) / reports


def decisions(pruner, goal, table):
    study = optuna.create_study(pruner=pruner, direction=goal)
    for values, objective in table:
        trial = study.ask()
        pruned = None
        for count, (step, value) in enumerate(values, 1):
            trial.report(value, step)
            if trial.should_prune():
                pruned = count
                break
        if pruned is not None:
            study.tell(trial, state=TrialState.PRUNED)
        elif objective is None:
            study.tell(trial, state=TrialState.FAIL)
        else:
            study.tell(trial, objective)
        yield "-" if pruned is None else str(pruned)


# Trials, reports, gap between steps, percent of NaN; the pruners in the order of optuna.rs.
CURVES = [(40, 16, 1, 0), (40, 16, 2, 0), (40, 12, 2, 12)]
CASES = [
    ("median", curves, CURVES, lambda: MedianPruner()),
    ("median-late", curves, CURVES, lambda: MedianPruner(2, 3, 3)),
    ("median-min", curves, CURVES, lambda: MedianPruner(0, 0, 1, n_min_trials=4)),
    ("percentile-25", curves, CURVES, lambda: PercentilePruner(25.0)),
    ("percentile-90", curves, CURVES, lambda: PercentilePruner(90.0, 1, 1, 2)),
    ("percentile-0", curves, CURVES, lambda: PercentilePruner(0.0, 3)),
    ("patient", curves, CURVES, lambda: PatientPruner(None, 2)),
    ("patient-0", curves, CURVES, lambda: PatientPruner(None, 0, 0.5)),
    ("patient-median", curves, CURVES, lambda: PatientPruner(MedianPruner(), 1, 0.25)),
    ("threshold", curves, CURVES, lambda: ThresholdPruner(lower=1.0, upper=11.0)),
    ("threshold-upper", curves, CURVES, lambda: ThresholdPruner(upper=7.5, n_warmup_steps=2, interval_steps=3)),
    ("halving", curves, CURVES, lambda: SuccessiveHalvingPruner(1)),
    ("halving-2", curves, CURVES, lambda: SuccessiveHalvingPruner(2, 2)),
    ("halving-late", curves, CURVES, lambda: SuccessiveHalvingPruner(1, 3, 1)),
    ("halving-bootstrap", curves, CURVES, lambda: SuccessiveHalvingPruner(2, 3, 0, 3)),
    ("halving-auto", curves, [(40, 16, 1, 0), (20, 210, 2, 0), (40, 12, 2, 12)], lambda: SuccessiveHalvingPruner()),
    ("wilcoxon", instances, [(30, 12, 1, 0), (30, 12, 2, 0), (30, 12, 1, 3)], lambda: WilcoxonPruner()),
    ("wilcoxon-long", instances, [(12, 60, 1, 0), (12, 60, 2, 0)], lambda: WilcoxonPruner(p_threshold=0.02)),
    ("wilcoxon-late", instances, [(30, 20, 1, 0), (30, 20, 2, 0)], lambda: WilcoxonPruner(p_threshold=0.4, n_startup_steps=8)),
]

for name, draw, shapes, pruner in CASES:
    for seed, shape in enumerate(shapes):
        for goal in ["minimize", "maximize"]:
            print(name, goal, seed, *shape, ":", *decisions(pruner(), goal, draw(seed, *shape)))
