"""Compares the laws of our search spaces with those of the packages that they are named after.

Reads lines of JSON, each of which has `draws` of ours and says of what: a `law` is an expression of Python's hyperopt,
`hp.uniform('x', 0, 1)`; otherwise a parameter's `name`, and the `file` of the sweep that defines it, in the words of Ray's search
spaces or of Ludwig's documentation. The same number of draws is made by the package, and the two samples have to be of one law: by a χ² test where there are few values,
by Kolmogorov's and Smirnov's where there are many. The same test has to notice that one draw in eight is another.
"""

import importlib.util
import json
import pathlib
import sys

import numpy as np
import scipy.stats
import yaml
from hyperopt import hp  # noqa: F401, for the laws
from hyperopt.pyll.stochastic import sample

SEED = 7
FEW = 60


def ray_spaces():
    """Ray's spaces without the rest of Tune, which wants the dependencies of a cluster."""
    folder = pathlib.Path(importlib.util.find_spec("ray").origin).parent
    spec = importlib.util.spec_from_file_location("spaces", folder / "tune/search/sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of_hyperopt(law, count):
    space, rng = eval(law), np.random.default_rng(SEED)  # noqa: S307, laws are ours
    return [sample(space, rng=rng) for _ in range(count)]


def of_ray(spaces, law, count):
    np.random.seed(SEED)
    arguments = {name: value for name, value in law.items() if name != "space"}
    return list(getattr(spaces, law["space"])(**arguments).sample(size=count))


def rounded(law, count):
    """Ours where it is deliberately not Ray's: the nearest integer on the logarithmic scale, and not the next one below."""
    rng, q = np.random.default_rng(SEED), law.get("q", 1)
    # Only that of multiples of more than 1 includes `upper`.
    least, most = law["lower"] / q, law["upper"] / q - (q == 1)
    return list(np.exp(rng.uniform(np.log(least - 0.5), np.log(most + 0.5), size=count)).round() * q)


# What the documentation lists as different.
DIFFERENT = {"lograndint": rounded, "qlograndint": rounded}


def of_ludwig(law, count):
    """What the documentation says: `steps` holds for all samplers, and integers are even over both ends."""
    rng = np.random.default_rng(SEED)
    if law["type"] == "category":
        return [law["values"][index] for index in rng.integers(len(law["values"]), size=count)]
    low, high, scale = law["low"], law["high"], law.get("scale", law.get("space", "linear"))
    warp, unwarp = {
        "linear": (lambda x: x, lambda x: x),
        "log": (np.log, np.exp),
        "logit": (lambda x: np.log(x / (1 - x)), lambda x: 1 / (1 + np.exp(-x))),
        "bilog": (lambda x: np.sign(x) * np.log1p(abs(x)), lambda x: np.sign(x) * np.expm1(np.abs(x))),
    }[scale]
    if steps := law.get("steps"):
        levels = unwarp(np.linspace(warp(low), warp(high), steps))
        levels = np.unique(levels.round()) if law["type"] == "int" else levels
        return list(rng.choice(levels, size=count))
    if law["type"] == "int" and scale == "linear":
        return list(rng.integers(low, high, size=count, endpoint=True))
    if law["type"] == "int":
        return list(np.clip(unwarp(rng.uniform(warp(low - 0.5), warp(high + 0.5), size=count)).round(), low, high))
    return list(unwarp(rng.uniform(warp(low), warp(high), size=count)))


def plain(values):
    return [value.item() if isinstance(value, np.generic) else value for value in values]


def probability(ours, theirs):
    """How probable it is that two samples of one law differ so much; and by which test."""
    if isinstance(ours[0], (int, float)) and not isinstance(ours[0], bool):
        # Products and quotients of steps may differ in the last digit, and zeros in their sign.
        ours, theirs = (np.array(values, float).round(9) + 0.0 for values in (ours, theirs))
        if len(set(ours) | set(theirs)) > FEW:
            return scipy.stats.ks_2samp(ours, theirs).pvalue, "KS"
    key = lambda value: json.dumps(value, sort_keys=True)  # noqa: E731
    ours, theirs = (np.array([key(value) for value in values]) for values in ([*ours], [*theirs]))
    values = sorted(set(ours) | set(theirs))
    table = np.array([[(sample == value).sum() for value in values] for sample in (ours, theirs)])
    rare = table.sum(axis=0) < 20
    table = np.column_stack([table[:, ~rare], table[:, rare].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    return (scipy.stats.chi2_contingency(table).pvalue if table.shape[1] > 1 else 1.0), "χ²"


def main():
    spaces, laws = ray_spaces(), [json.loads(line) for line in sys.stdin]
    assert laws, "no law was read"
    least, failed = 0.01 / len(laws), 0
    for entry in laws:
        ours = entry["draws"]
        if "law" in entry:
            law, origin = entry["law"], "hyperopt"
            theirs = of_hyperopt(law, len(ours))
        else:
            law = yaml.safe_load(pathlib.Path(entry["file"]).read_text())["hyperopt"]["parameters"][entry["name"]]
            origin = "Ludwig" if "type" in law else "Ray"
            theirs = of_ludwig(law, len(ours)) if "type" in law else of_ray(spaces, law, len(ours))
        theirs = plain(theirs)
        if clip := entry.get("clip"):
            # Ours never leave the bounds.
            theirs = np.clip(theirs, *clip).tolist()
        others = theirs[:]
        if (space := isinstance(law, dict) and law.get("space")) in DIFFERENT:
            others, theirs, origin = theirs, plain(DIFFERENT[space](law, len(ours))), "ours"
        else:
            others[::8] = [theirs[0]] * len(others[::8])
        p, test = probability(ours, theirs)
        noticed, _ = probability(ours, others)
        sound = p >= least and noticed < 1e-6
        failed += not sound
        print(f"{'ok  ' if sound else 'FAIL'} {origin:<8} {test} p = {p:.4f}, of another law {noticed:.0e}: {law}")
    print(f"{len(laws)} laws, {len(laws[0]['draws'])} draws each, {failed} that differ")
    sys.exit(failed > 0)


main()
