"""Writes tests.json: statistics and p-values of SciPy 1.17 on small samples, exact ones with ties by enumeration.

python3 make_tests.py, beside this file.
"""
import itertools
import json
import math

import numpy as np
from scipy import stats

rng = np.random.default_rng(11)
small = [np.round(rng.normal(0, 1, 9), 4), np.round(rng.normal(0.8, 1.5, 7), 4)]
large = [np.round(rng.normal(0, 1, 60), 4), np.round(rng.normal(0.4, 1, 45), 4)]
tied = [rng.integers(0, 5, 60).astype(float), rng.integers(1, 6, 45).astype(float)]
few_tied = [np.array([1.0, 2, 2, 3, 5]), np.array([2.0, 3, 3, 4, 6, 6])]
pairs = [np.round(rng.normal(0, 1, 12), 4), np.round(rng.normal(0.6, 1, 12), 4)]
many_pairs = [rng.integers(0, 6, 70).astype(float), rng.integers(0, 8, 70).astype(float)]
# Lab's alternative speaks of the second sample: SciPy gets the samples in the other order.
sides = ["two-sided", "greater", "less"]
rows = []


def add(test, data, options, statistic, p):
    rows.append(dict(
        test=test, data=[np.asarray(d).tolist() for d in data], options=options, statistic=float(statistic), p=float(p)))


def two_sided(lower, upper):
    return min(1, 2 * min(lower, upper))


def enumerate_u(first, second, side):
    ranks = stats.rankdata(np.concatenate([first, second]))
    seen = ranks[len(first):].sum()
    sums = [sum(c) for c in itertools.combinations(ranks, len(second))]
    lower = np.mean([s <= seen for s in sums])
    upper = np.mean([s >= seen for s in sums])
    n = len(second)
    return seen - n * (n + 1) / 2, dict(zip(sides, [two_sided(lower, upper), upper, lower]))[side]


def enumerate_w(first, second, side):
    d = second - first
    d = d[d != 0]
    ranks = stats.rankdata(abs(d))
    seen = ranks[d > 0].sum()
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product([0, 1], repeat=len(d))]
    lower = np.mean([s <= seen for s in sums])
    upper = np.mean([s >= seen for s in sums])
    return seen, dict(zip(sides, [two_sided(lower, upper), upper, lower]))[side]


for side in sides:
    for data in (small, large):
        r = stats.ttest_ind(data[1], data[0], equal_var=False, alternative=side)
        add("welch", data, [side], r.statistic, r.pvalue)
    r = stats.ttest_rel(pairs[1], pairs[0], alternative=side)
    add("paired", pairs, [side], r.statistic, r.pvalue)
    r = stats.mannwhitneyu(small[1], small[0], alternative=side, method="exact")
    add("mannWhitney", small, [side, "exact"], r.statistic, r.pvalue)
    add("mannWhitney", few_tied, [side, "exact"], *enumerate_u(*few_tied, side))
    for data in (large, tied):
        r = stats.mannwhitneyu(data[1], data[0], alternative=side, method="asymptotic")
        add("mannWhitney", data, [side, "normal"], r.statistic, r.pvalue)
    r = stats.mannwhitneyu(large[1], large[0], alternative=side, method="exact")
    add("mannWhitney", large, [side, "exact"], r.statistic, r.pvalue)
    add("wilcoxon", pairs, [side, "exact", "leftOut"], *enumerate_w(*pairs, side))
    rounded = [np.round(p) for p in pairs]
    add("wilcoxon", rounded, [side, "exact", "leftOut"], *enumerate_w(*rounded, side))
    for zeros, mode in (("leftOut", "wilcox"), ("ranked", "pratt")):
        r = stats.wilcoxon(
            many_pairs[1], many_pairs[0], zero_method=mode, correction=True, alternative=side, method="asymptotic")
        d = many_pairs[1] - many_pairs[0]
        kept = d if mode == "pratt" else d[d != 0]
        plus = stats.rankdata(abs(kept))[kept > 0].sum()
        add("wilcoxon", many_pairs, [side, "normal", zeros], plus, r.pvalue)
    for table in ([[3, 1], [1, 3]], [[8, 2], [1, 5]], [[120, 380], [90, 410]], [[0, 12], [4, 9]]):
        # Rows: second sample's successes and failures, then the first's.
        r = stats.fisher_exact(table, alternative=side)
        add("fisher", table, [side], r.statistic, r.pvalue)

third = np.round(rng.normal(0.3, 2, 8), 4)
for data in ([*small, third], [*tied, np.array([3.0, 3, 4, 4])]):
    r = stats.kruskal(*data)
    add("kruskal", data, [], r.statistic, r.pvalue)
for counts, weights in (([10000, 10500], [1, 1]), ([5000, 5100, 4900, 5050], [1] * 4), ([90, 15, 3], [0.8, 0.15, 0.05])):
    expected = np.array(weights) / sum(weights) * sum(counts)
    for name, power in (("pearson", 1), ("likelihoodRatio", 0)):
        r = stats.power_divergence(counts, expected, lambda_=power)
        add("goodnessOfFit", [counts, weights], [name], r.statistic, r.pvalue)
for table in ([[12, 5], [3, 9]], [[20, 31, 14], [25, 22, 30]]):
    for name in ("pearson", "log-likelihood"):
        for continuity in (False, True):
            r = stats.chi2_contingency(table, correction=continuity, lambda_=name)
            label = "pearson" if name == "pearson" else "likelihoodRatio"
            add("independence", table, [label, "corrected" if continuity else "plain"], r.statistic, r.pvalue)
for data, mode in ((small, "exact"), (large, "exact")):
    r = stats.ks_2samp(*data, method=mode)
    add("ks2", data, [], r.statistic, r.pvalue)
big = [np.round(rng.normal(0, 1, 150), 6), np.round(rng.normal(0.2, 1, 120), 6)]
r = stats.ks_2samp(*big)
m, n = 150, 120
add("ks2", big, [], r.statistic, stats.kstwobign.sf(r.statistic * math.sqrt(m * n / (m + n))))
for data in (small[0], large[0], np.abs(large[0])):
    r = stats.ks_1samp(data, stats.norm.cdf, method="exact")
    add("ks1", [data], [], r.statistic, r.pvalue)


def durbin(n, d):
    """Marsaglia, Tsang and Wang's algorithm with 40 digits: SciPy falls back on an approximation at n = 200."""
    from mpmath import factorial, mp, mpf
    mp.dps = 40
    d = mpf(d)
    k = int(n * d) + 1
    size, h = 2 * k - 1, k - n * d
    matrix = [[mpf(1) if i - j + 1 >= 0 else mpf(0) for j in range(size)] for i in range(size)]
    for i in range(size):
        matrix[i][0] -= h ** (i + 1)
        matrix[size - 1][i] -= h ** (size - i)
    matrix[size - 1][0] += (2 * h - 1) ** size if 2 * h > 1 else 0
    matrix = [[matrix[i][j] / factorial(max(i - j + 1, 0)) for j in range(size)] for i in range(size)]
    vector = [mpf(0)] * size
    vector[k - 1] = mpf(1)
    for step in range(1, n + 1):
        vector = [sum(vector[i] * matrix[i][j] for i in range(size)) * step / n for j in range(size)]
    return float(1 - vector[k - 1])


kolmogorov = [[n, d, durbin(n, d) if n == 200 and d < 0.2 else float(stats.kstwo.sf(d, n))]
              for n in (1, 5, 20, 100, 200) for d in (0.06, 0.11, 0.2, 0.35, 0.6, 0.9)]

with open("tests.json", "w") as file:
    file.write('{"rows": [\n' + ",\n".join(json.dumps(r) for r in rows))
    file.write('\n],\n"kolmogorov": ' + json.dumps(kolmogorov) + "}\n")
print(len(rows))
