"""Latin hypercubes of SMT and SciPy: the columns of `cargo run --release`, for comparison in one go.

python -m venv target/peers && target/peers/bin/pip install -r requirements.txt && target/peers/bin/python peers.py
"""

import os

# One thread, as ours.
for library in ("OMP", "OPENBLAS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import time

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import qmc
from smt.sampling_methods import LHS

SEEDS = range(11)


def smt_ese(seed, trials, axes):
    return LHS(xlimits=np.array([[0.0, 1.0]] * axes), criterion="ese", seed=seed)(trials)


def scipy_random_cd(seed, trials, axes):
    return qmc.LatinHypercube(axes, optimization="random-cd", rng=seed).random(trials)


def worth(points):
    distances = pdist(points)
    return distances.min(), (distances**-2).sum(), (distances**-10).sum() ** 0.1, qmc.discrepancy(points)


print("   n   d  plan                               min dist   Σ 1/d²     φ10       CD²        CPU ms")
for trials, axes in [(50, 3), (100, 3), (100, 8), (400, 10)]:
    for name, plan in [("SMT ese", smt_ese), ("SciPy random-cd", scipy_random_cd)]:
        start = time.process_time()
        plans = [plan(seed, trials, axes) for seed in SEEDS]
        milliseconds = (time.process_time() - start) / len(SEEDS) * 1e3
        least, energy, tenth, even = np.median([worth(points) for points in plans], axis=0)
        print(
            f"{trials:4} {axes:3}  {name:34} {least:8.4f} {energy:10.1f} {tenth:8.4f} {even:11.4e} {milliseconds:10.2f}",
            flush=True,
        )
