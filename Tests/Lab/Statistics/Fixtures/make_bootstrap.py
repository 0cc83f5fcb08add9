"""Writes bootstrap.json: BCa by SciPy 1.17 (scipy.stats.bootstrap), and its terms by hand from a fixed set of figures.

python3 make_bootstrap.py, beside this file.
"""
import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(20_240_517)
skewed = np.round(rng.exponential(1, 20), 6)
first = np.round(rng.gamma(2, 1, 15), 6)
second = np.round(rng.gamma(2, 1.4, 25), 6)


def scipy_rows(resamples):
    rows = {}
    cases = {
        "mean": ((skewed,), np.mean, False),
        "difference": ((first, second), lambda a, b, axis: np.mean(b, axis) - np.mean(a, axis), False),
        "ratio": ((first, second[:15]), lambda a, b, axis: np.sum(a, axis) / np.sum(b, axis), True),
        "variance": ((skewed,), lambda a, axis: np.var(a, axis, ddof=1), False),
    }
    for name, (data, statistic, paired) in cases.items():
        for method in ("percentile", "BCa"):
            found = stats.bootstrap(
                data, statistic, n_resamples=resamples, method=method, paired=paired, vectorized=True,
                confidence_level=0.9, rng=np.random.default_rng(7))
            interval = found.confidence_interval
            rows[f"{name}.{method}"] = [interval.low, interval.high, found.standard_error]
    return rows


# The terms of BCa from 200 fixed figures, so that nothing is left to chance.
figures = np.array([np.mean(rng.choice(skewed, 20)) for _ in range(200)]).round(9)
value = skewed.mean()
jackknife = np.array([np.delete(skewed, i).mean() for i in range(20)])
u = jackknife.mean() - jackknife
acceleration = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
bias = stats.norm.ppf(((figures < value).mean() + (figures <= value).mean()) / 2)
z = stats.norm.ppf([0.05, 0.95])
shares = stats.norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))

json.dump(
    dict(
        skewed=skewed.tolist(), first=first.tolist(), second=second.tolist(), scipy=scipy_rows(200_000),
        fixed=dict(
            figures=figures.tolist(), acceleration=acceleration,
            lower=np.quantile(figures, shares[0]), upper=np.quantile(figures, shares[1]))),
    open("bootstrap.json", "w"))
