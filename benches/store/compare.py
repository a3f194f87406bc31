"""How many trials a second a study takes, beside Optuna and Rustuna on the same disk and server.

Each worker is a process with eight hyperparameters and an objective that costs nothing. The clock runs from the moment at
which all of them are ready until the last one has ended. Optuna and Rustuna draw at random, as the worker in Rust does.

A file is written with a write-ahead log by hyperopt, which the disk has when the operating system says so; "durable" waits
for the disk at each commit, as Optuna's settings do. "optuna, log" has the settings of hyperopt.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import uuid


def work(library, url, name, trials):
    """A worker of a peer."""
    if library.startswith("optuna"):
        import optuna as peer

        peer.logging.set_verbosity(peer.logging.ERROR)
        options = {"engine_kwargs": {"connect_args": {"timeout": 60}}} if url.startswith("sqlite") else {}
        storage = peer.storages.RDBStorage(url, **options)
        if library == "optuna, log":
            # As ours: a write-ahead log, which the operating system writes to the disk when it likes.
            import sqlalchemy

            @sqlalchemy.event.listens_for(storage.engine, "connect")
            def loosen(connection, _):
                connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")

            storage.engine.dispose()
        study = peer.load_study(study_name=name, storage=storage, sampler=peer.samplers.RandomSampler())
    else:
        import rustuna as peer

        storage = peer.storages.SQLite3Storage(url.removeprefix("sqlite:///"))
        sampler = peer.samplers.RandomSampler()
        study = peer.create_study(study_name=name, storage=storage, sampler=sampler, load_if_exists=True)

    def objective(trial):
        a, b = trial.suggest_float("a", 0, 1), trial.suggest_float("b", 0, 1)
        c, d = trial.suggest_float("c", 1e-5, 1e-1, log=True), trial.suggest_float("d", 1e-5, 1e-1, log=True)
        e, f = trial.suggest_int("e", 1, 64), trial.suggest_int("f", 1, 64)
        g = trial.suggest_categorical("g", ["adam", "sgd", "rmsprop"])
        h = trial.suggest_categorical("h", [True, False])
        return a + b + c + d + e + f + h + len(g)

    print("ready", flush=True)
    sys.stdin.readline()
    study.optimize(objective, n_trials=trials)


def run(commands):
    """Seconds from the start of all until the end of the last; None where one of them fails."""
    workers = [subprocess.Popen(c, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for c in commands]
    for worker in workers:
        while (line := worker.stdout.readline()) and line.strip() != "ready":
            pass
    started = time.monotonic()
    for worker in workers:
        try:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        except BrokenPipeError:
            pass
    failed = [worker.communicate()[1].strip().splitlines()[-1:] for worker in workers if worker.wait() != 0]
    seconds = time.monotonic() - started
    if failed:
        print(f"  {len(failed)} of {len(workers)} workers failed: {failed[0]}", file=sys.stderr)
        return None
    return seconds


def create(url, name):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    optuna.create_study(study_name=name, storage=url)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker", help="the worker in Rust")
    parser.add_argument("--postgres", help="the URL of a server")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 4, 16])
    parser.add_argument("--trials", type=int, default=400, help="of each peer; the worker in Rust has ten times as many")
    parser.add_argument("--peer", nargs=4, metavar=("LIBRARY", "URL", "NAME", "TRIALS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        library, url, name, trials = arguments.peer
        return work(library, url, name, int(trials))

    methods = [("hyperopt", []), ("hyperopt, durable", ["durable"])]
    methods += [("optuna", None), ("optuna, log", None), ("rustuna", None)]
    print(f"{'store':10} {'workers':>7} {'method':20} {'trials/s':>10} {'of Optuna':>10}")
    ratios = {}
    for store in ["sqlite"] + ["postgres"] * bool(arguments.postgres):
        for workers in arguments.workers:
            rates = {}
            for method, options in methods:
                if store == "postgres" and method not in ("hyperopt", "optuna"):
                    continue
                with tempfile.TemporaryDirectory() as directory:
                    path = os.path.join(directory, "study.db")
                    name = uuid.uuid4().hex
                    if options is not None:
                        url = f"sqlite:{path}" if store == "sqlite" else arguments.postgres
                        trials = 10 * arguments.trials
                        commands = [[arguments.worker, url, name, str(trials), *options]] * workers
                    else:
                        url = f"sqlite:///{path}" if store == "sqlite" else arguments.postgres.replace(":", "+psycopg2:", 1)
                        if method.startswith("optuna"):
                            create(url, name)
                        share = max(arguments.trials // workers, 1)
                        trials = share * workers
                        commands = [[sys.executable, __file__, "--peer", method, url, name, str(share)]] * workers
                    seconds = run(commands)
                rates[method] = trials / seconds if seconds else None
            for method, rate in rates.items():
                ratio = rate / rates["optuna"] if rate and rates["optuna"] else None
                ratios[store, workers, method] = ratio
                shown = "failed" if rate is None else f"{rate:.0f}"
                print(f"{store:10} {workers:7} {method:20} {shown:>10} {'' if ratio is None else f'{ratio:.1f}':>10}", flush=True)
    wanted = {"sqlite": 20, "postgres": 5}
    short = [key for key, ratio in ratios.items() if key[2] == "hyperopt" and ratio is not None and ratio < wanted[key[0]]]
    if short:
        sys.exit(f"below {wanted}: {short}")


if __name__ == "__main__":
    main()
