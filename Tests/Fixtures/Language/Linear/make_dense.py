"""scikit-learn's multinomial logistic regression for dense.json. Run: python make_dense.py > dense.json"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(1)
n, d, k, l2 = 60, 4, 3, 0.02
y = rng.integers(0, k, n)
x = (rng.normal(0, 1, (n, d)) + 0.8 * rng.normal(0, 1, (k, d))[y]) * [1, 5, 0.1, 1] + [0, 20, -3, 1]
x = x.astype(np.float32).astype(np.float64)
z = (x - x.mean(0)) / x.std(0)


def fit(weights):
    # scikit-learn: 1/2 ||w||^2 + C sum of weighted losses; ours: l2/2 ||w||^2 + weighted mean of losses.
    model = LogisticRegression(C=1 / (n * l2), tol=1e-10, max_iter=10_000)
    model.fit(z, y, sample_weight=weights)
    return model.decision_function(z)


counts = np.bincount(y)
balanced = (n / (k * counts))[y]
print(json.dumps({
    "rows": n, "columns": d, "classes": k, "l2": l2, "features": x.ravel().tolist(), "labels": y.tolist(),
    "logits": fit(np.ones(n)).ravel().tolist(), "balancedLogits": fit(balanced / balanced.mean()).ravel().tolist(),
}))
