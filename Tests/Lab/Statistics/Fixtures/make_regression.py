"""Writes regression.json: least squares with classical and HC1 errors by their formulas in NumPy 2.4, effect sizes with SciPy 1.17.

python3 make_regression.py, beside this file.
"""
import json

import numpy as np
from scipy import optimize, stats

rng = np.random.default_rng(3)
n = 30
x = np.column_stack([np.ones(n), rng.normal(5, 2, n).round(4), rng.exponential(1, n).round(4)])
y = (x @ [1.0, -0.5, 2.0] + rng.normal(0, 1 + x[:, 2], n)).round(4)
w = rng.uniform(0.5, 3, n).round(4)
rows = []
for weights in (None, w):
    for ridge in (0.0, 2.5):
        for robust in (False, True):
            d = np.ones(n) if weights is None else weights
            gram = x.T @ (d[:, None] * x)
            inverse = np.linalg.inv(gram + ridge * np.eye(3))
            beta = inverse @ x.T @ (d * y)
            e = y - x @ beta
            freedom = n - np.trace(inverse @ gram)
            if robust:
                cov = inverse @ (x.T @ ((d * e)[:, None] ** 2 * x)) @ inverse * n / freedom
            else:
                cov = inverse @ gram @ inverse * (d * e * e).sum() / freedom
            se = np.sqrt(np.diag(cov))
            rows.append(dict(
                weighted=weights is not None, ridge=ridge, robust=robust, beta=beta.tolist(), se=se.tolist(),
                freedom=freedom, p=(2 * stats.t.sf(abs(beta / se), freedom)).tolist(),
                half=(stats.t.ppf(0.975, freedom) * se).tolist()))

first, second = rng.normal(0, 1, 9).round(3), rng.normal(0.9, 1.4, 12).round(3)
tied = [rng.integers(0, 6, 14).astype(float), rng.integers(1, 8, 11).astype(float)]
m, k = len(first), len(second)
pooled = ((m - 1) * first.var(ddof=1) + (k - 1) * second.var(ddof=1)) / (m + k - 2)
d = (second.mean() - first.mean()) / pooled**0.5
scale = (m * k / (m + k)) ** 0.5
ends = [
    optimize.brentq(lambda c: stats.nct.sf(d * scale, m + k - 2, c) - p, -8, 12, xtol=1e-13) / scale
    for p in (0.025, 0.975)]
superiority = []
for a, b in ((first, second), tied):
    value = ((b[:, None] > a).sum() + 0.5 * (b[:, None] == a).sum()) / len(a) / len(b)
    # SciPy's statistic is (value - 1/2) / error in size.
    statistic = abs(stats.brunnermunzel(a, b).statistic)
    superiority.append(dict(first=a.tolist(), second=b.tolist(), value=value, error=abs(value - 0.5) / statistic))
power = [[e, a, b, float(stats.nct.sf(stats.t.ppf(0.975, a + b - 2), a + b - 2, e * (a * b / (a + b)) ** 0.5))]
         for e, a, b in ((0.5, 64, 64), (0.8, 10, 20), (0.2, 300, 300))]
clopper = [[s, t, *map(float, stats.binomtest(s, t).proportion_ci(0.95, "exact"))] for s, t in ((0, 10), (3, 17), (40, 41), (250, 10_000))]
json.dump(
    dict(design=x.tolist(), response=y.tolist(), weights=w.tolist(), rows=rows, superiority=superiority, power=power,
         clopper=clopper, cohen=dict(first=first.tolist(), second=second.tolist(), d=d, ends=ends)),
    open("regression.json", "w"))
