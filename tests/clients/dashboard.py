"""Does optuna-dashboard show the studies of a database or journal?

dashboard.py URL DIRECTORY COUNT NAME.jsonl...

Asks for what its pages are made of, and takes pictures of the first COUNT pages, if Chromium is there, for a person to look at.
"""

import json
import math
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import exported

# The names of their pictures. The table of trials stays empty without a mouse, whoever has written the study.
PAGES = {"overview": "", "analytics": "/analytics", "trial-0": "/trials", "trial-3": "/trials?numbers=3"}


def main():
    url, directory, count, *exports = sys.argv[1:]
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("optuna-dashboard"), url, "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        studies = {study["study_name"]: study["study_id"] for study in wait(address + "/api/studies")["study_summaries"]}
        for export in map(Path, exports):
            check(address, studies[export.stem], exported.configurations(exported.trials(export)))
            pictures = photograph(f"{address}/dashboard/studies/{studies[export.stem]}", directory / export.stem, int(count))
            print(f"{export.stem}: {pictures} pictures")
    finally:
        server.terminate()
        server.wait()


def wait(url):
    for _ in range(120):
        try:
            return get(url)
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(url)


def get(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.load(answer)


def check(address, study, configurations):
    detail = get(f"{address}/api/studies/{study}?after=0")
    attributes = {attribute["key"]: attribute["value"] for attribute in detail["user_attrs"]}
    assert attributes.keys() == {"sampler", "seed"}, attributes
    trials = detail["trials"]
    assert len(trials) == len(configurations)
    for found, rungs in zip(trials, configurations.values()):
        if found["state"] == "Complete":
            told = list(exported.objectives(rungs[-1]).values())
            assert all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(found["values"], told, strict=True)), found
        names = {param["name"].split(".")[0] for param in found["params"]}
        assert names == set(rungs[-1]["params"]), found
    complete = [trial for trial in trials if trial["state"] == "Complete"]
    assert complete
    importances = get(f"{address}/api/studies/{study}/param_importances")["param_importances"]
    assert all(sum(param["importance"] for param in objective) > 0.99 for objective in importances), importances


def photograph(url, name, count):
    browser = shutil.which("chromium")
    if browser is None:
        return 0
    for page, path in list(PAGES.items())[:count]:
        picture = Path(f"{name}-{page}.png").absolute()
        picture.unlink(missing_ok=True)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,2600"]
        options += ["--virtual-time-budget=15000", f"--screenshot={picture}"]
        subprocess.run([browser, *options, url + path], check=True, timeout=120, capture_output=True)
        assert picture.stat().st_size > 10_000, picture
    return count


if __name__ == "__main__":
    main()
