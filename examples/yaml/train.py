"""Logistic regression on the words of reviews, in Python's standard library alone.

Prints a line of JSON after each epoch, which `hyperopt run` reads, and leaves its weights in the directory of the trial.
"""

import argparse
import csv
import json
import math
import os
import random
import zlib


def read_config(path):
    """Reads the part of YAML that this configuration is written in: nested mappings of numbers, booleans and text."""
    root = {}
    open_mappings = [(-1, root)]
    for line in open(path, encoding="utf-8"):
        text = line.split(" #")[0].strip()
        if not text or text.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        key, _, value = text.partition(":")
        while open_mappings[-1][0] >= indent:
            open_mappings.pop()
        mapping = open_mappings[-1][1]
        if value.strip():
            mapping[key] = scalar(value.strip())
        else:
            mapping[key] = {}
            open_mappings.append((indent, mapping[key]))
    return root


def scalar(text):
    try:
        return json.loads(text)
    except ValueError:
        return text.strip("'")


def read_rows(path, buckets):
    """Each review as the numbers of its words' buckets, two numbers, and whether the film is recommended."""
    rows = []
    for row in csv.DictReader(open(path, newline="", encoding="utf-8")):
        words = [zlib.crc32(word.encode()) % buckets for word in row["review"].split()]
        numbers = [(float(row["runtime"]) - 108) / 14, float(row["top_critic"] == "true")]
        rows.append((words, numbers, row["recommended"] == "true"))
    return rows


class Model:
    def __init__(self, buckets):
        self.words = [0.0] * buckets
        self.numbers = [0.0, 0.0]
        self.bias = 0.0

    def probability(self, words, numbers):
        score = self.bias + sum(self.words[word] for word in words)
        score += sum(weight * number for weight, number in zip(self.numbers, numbers))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def learn(self, batch, learning_rate, l2):
        for words, numbers, label in batch:
            step = learning_rate * (label - self.probability(words, numbers)) / len(batch)
            self.bias += step
            for word in words:
                self.words[word] += step - learning_rate * l2 * self.words[word]
            for index, number in enumerate(numbers):
                self.numbers[index] += step * number

    def measure(self, rows):
        loss = correct = 0.0
        for words, numbers, label in rows:
            probability = self.probability(words, numbers)
            correct += (probability > 0.5) == label
            loss -= math.log(max(probability if label else 1 - probability, 1e-12))
        return {"recommended": {"loss": loss / len(rows), "accuracy": correct / len(rows)}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    parser.add_argument("--data", required=True)
    arguments = parser.parse_args()
    config = read_config(arguments.config)
    trainer, buckets = config["trainer"], config["model"]["buckets"]

    rows = read_rows(arguments.data, buckets)
    generator = random.Random(trainer["seed"])
    generator.shuffle(rows)
    validation, training = rows[: len(rows) // 4], rows[len(rows) // 4 :]
    model = Model(buckets)
    for epoch in range(1, trainer["epochs"] + 1):
        generator.shuffle(training)
        for start in range(0, len(training), trainer["batch_size"]):
            batch = training[start : start + trainer["batch_size"]]
            model.learn(batch, trainer["learning_rate"], trainer["l2"])
        line = {"epoch": epoch, "training": model.measure(training), "validation": model.measure(validation)}
        print(json.dumps(line), flush=True)

    output = os.environ.get("HYPEROPT_OUTPUT")
    if output:
        with open(os.path.join(output, "model.json"), "w", encoding="utf-8") as file:
            json.dump({"bias": model.bias, "numbers": model.numbers, "words": model.words}, file)


if __name__ == "__main__":
    main()
