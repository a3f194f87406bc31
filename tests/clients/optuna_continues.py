"""Does Optuna go on with studies?

optuna_continues.py URL COUNT NAME...
"""

import sys

import studies


def main():
    url, count, *names = sys.argv[1:]
    for name in names:
        found = go_on(studies.load(url, name), int(count))
        print(f"{name}: {found} trials")


def go_on(study, count):
    """Runs `count` trials more, those that wait first, and checks that the others are as they were."""
    earlier = study.get_trials()
    waiting = [trial for trial in earlier if trial.state.name == "WAITING"]
    named = [trial for trial in earlier if trial.params]
    taken = []

    def objective(trial):
        taken.append(trial.number)
        # The hyperparameters of an earlier trial: all of them, where none is conditional.
        model = earlier[trial.number] if trial.number < len(earlier) else named[trial.number % len(named)]
        for name, distribution in model.distributions.items():
            value = trial._suggest(name, distribution)
            if trial.number < len(earlier):
                assert value == model.params[name], (name, value, model)
        if len(study.directions) == 1:
            trial.report(float(trial.number), 0)
        return [float(trial.number)] * len(study.directions)

    study.optimize(objective, n_trials=count)
    now = study.get_trials()
    assert [trial.number for trial in now] == list(range(len(earlier) + count - min(count, len(waiting))))
    assert taken[: len(waiting)] == [trial.number for trial in waiting][:count]
    for before, after in zip(earlier, now):
        if before.number not in taken:
            assert before == after, (before, after)
    for number in taken:
        assert now[number].state.name == "COMPLETE" and now[number].values == [float(number)] * len(study.directions)
    return len(now)


if __name__ == "__main__":
    main()
