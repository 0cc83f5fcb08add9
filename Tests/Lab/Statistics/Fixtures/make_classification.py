"""Figures of scikit-learn and plain NumPy for classification.json. Run: python make_classification.py > classification.json"""

import json
import warnings

import numpy as np
from sklearn.metrics import accuracy_score, f1_score, log_loss, recall_score

warnings.simplefilter("ignore")
rng = np.random.default_rng(1)


def case(name, truth, predicted, k):
    labels = list(range(k))
    each = f1_score(truth, predicted, labels=labels, average=None, zero_division=0)
    return {
        "name": name, "classes": k, "truth": [int(x) for x in truth], "predicted": [int(x) for x in predicted],
        "accuracy": accuracy_score(truth, predicted),
        "macroF1": f1_score(truth, predicted, labels=labels, average="macro", zero_division=0),
        "macroRecall": recall_score(truth, predicted, labels=labels, average="macro", zero_division=0),
        "f1": each.tolist(),
    }


truth = rng.integers(0, 4, 120)
noisy = np.where(rng.random(120) < 0.6, truth, rng.integers(0, 4, 120))
cases = [
    case("random", truth, noisy, 4),
    case("a class that is never true", [0, 0, 1, 1, 3], [0, 2, 1, 3, 3], 4),
    case("a class that is never predicted", [0, 1, 2, 2], [0, 1, 1, 0], 3),
    case("a class that occurs nowhere", [0, 1, 1, 0], [0, 1, 0, 0], 3),
    case("all of one class, all right", [1, 1, 1], [1, 1, 1], 3),
    case("all of one class, all wrong", [1, 1, 1], [0, 0, 0], 3),
]


def ece(confidence, correct, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(correct[place == b].mean() - confidence[place == b].mean()) * (place == b).mean()
               for b in range(bins) if (place == b).any())


logits = rng.normal(0, 1.5, (60, 3))
p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
p = p.astype(np.float32).astype(np.float64)
y = np.array([rng.choice(3, p=row / row.sum()) for row in p])
scores = {
    "probabilities": p.ravel().tolist(), "labels": y.tolist(),
    "logLoss": -np.log(p[np.arange(60), y]).mean(),
    "brier": ((p - np.eye(3)[y]) ** 2).sum(1).mean(),
    "calibrationError": ece(p.max(1), p.argmax(1) == y, 10),
    "classWiseCalibrationError": float(np.mean([ece(p[:, c], y == c, 10) for c in range(3)])),
}
assert abs(scores["logLoss"] - log_loss(y, p / p.sum(1, keepdims=True))) < 1e-6

sets = [[c for c in range(3) if rng.random() < q[c]] for q in p]
best = [max(f1_score([c in s for s in sets], p[:, c] >= t, zero_division=0) for t in p[:, c]) for c in range(3)]
print(json.dumps({"cases": cases, "scores": scores, "sets": sets, "bestF1": best}))
