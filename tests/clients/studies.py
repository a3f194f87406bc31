"""Studies that Optuna opens, by the URL of a database or the path of a journal."""

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)


def storage(url):
    return JournalStorage(JournalFileBackend(url)) if url.endswith(".log") else url


def load(url, name):
    return optuna.load_study(study_name=name, storage=storage(url))
