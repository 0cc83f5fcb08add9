"""Writes seeds.json: what SciPy, statsmodels and rliable make of few values under several seeds.

python -m venv v && v/bin/pip install scipy==1.17.1 statsmodels==0.15.0 rliable && v/bin/python make_seeds.py > seeds.json
"""

import json

import numpy
import scipy.stats
from rliable import metrics
from statsmodels.stats.multitest import multipletests


def case(first, second):
    a, b = numpy.array(first), numpy.array(second)
    difference = b - a
    interval = scipy.stats.t.interval(0.95, len(a) - 1, loc=difference.mean(), scale=scipy.stats.sem(difference))
    flip = scipy.stats.permutation_test(
        (difference,), numpy.mean, permutation_type="samples", n_resamples=numpy.inf, alternative="two-sided")
    return {
        "first": list(first), "second": list(second),
        # rliable takes runs by tasks.
        "interquartileMean": float(metrics.aggregate_iqm(b[:, None])),
        # rliable gives the probability that the first argument is better than the second.
        "probabilityOfImprovement": float(numpy.mean(metrics.probability_of_improvement(b[:, None], a[:, None]))),
        "difference": float(difference.mean()), "lower": float(interval[0]), "upper": float(interval[1]),
        "signFlip": float(flip.pvalue),
    }


generator = numpy.random.default_rng(20261122)
cases = []
for count in (2, 3, 5, 8, 11, 12):
    first = numpy.round(generator.normal(1.0, 0.5, count), 3).tolist()
    second = numpy.round(numpy.array(first) + generator.normal(0.25, 0.4, count), 3).tolist()
    cases.append(case(first, second))
# Ties, and no difference at all under some seeds.
cases.append(case([1, 2, 3, 4, 5, 6], [1, 3, 3, 5, 4, 8]))
raw = [0.04, 0.001, 0.2, 0.03, 0.03, 0.9, 0.6]
print(json.dumps(
    {"cases": cases, "holm": {"raw": raw, "adjusted": multipletests(raw, method="holm")[1].tolist()}}, indent=1))
