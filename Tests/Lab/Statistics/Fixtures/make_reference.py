"""Writes distributions.json: distribution functions and quantiles to 17 digits, computed with 40 (mpmath 1.3).

python3 make_reference.py, beside this file.
"""
import json
from mpmath import mp, mpf, betainc, erfc, gammainc, sqrt
from mpmath.libmp import NoConvergence

mp.dps = 40
rows = []


def add(function, parameters, x, compute):
    try:
        value = float(compute())
        if value == 0 or abs(value) > 1e-300:
            rows.append([function, [float(p) for p in parameters], float(x), value])
    except (NoConvergence, ValueError):
        # mpmath's series give up in far corners; the rows around them remain.
        pass


def t_tail(n, t):
    n, t = mpf(n), mpf(t)
    return betainc(n / 2, mpf(1) / 2, 0, n / (n + t * t), regularized=True) / 2


def normal_cdf(z):
    return erfc(-mpf(z) / sqrt(2)) / 2


def solve(f, target, low, high):
    # Bisection to 60 bits, so that no starting point matters.
    low, high = mpf(low), mpf(high)
    rising = f(high) > f(low)
    for _ in range(140):
        middle = (low + high) / 2
        if (f(middle) < target) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


for z in [-37, -10, -5, -2.5, -1, -1e-3, 0, 0.3, 1.96, 4, 8]:
    add("normal.cdf", [], z, lambda: normal_cdf(z))
for p in [1e-300, 1e-20, 1e-6, 0.001, 0.02425, 0.025, 0.3, 0.7, 0.975, 0.999]:
    add("normal.quantile", [], p, lambda: solve(normal_cdf, mpf(p), -40, 40))
for n in [1, 2, 3.5, 7, 29, 100, 5970.694448451675, 1e6]:
    for t in [1e-3, 0.5, 1, 2, 5, 20]:
        add("t.upperTail", [n], t, lambda: t_tail(n, t))
    for p in [0.6, 0.975, 0.9995]:
        add("t.quantile", [n], p, lambda: solve(lambda t: 1 - t_tail(n, t), mpf(p), 0.01, 700))
for k in [0.5, 1, 2, 5, 30, 200, 3000]:
    for x in [0.01, 0.5, 1, 3, 10, 35, 250, 3100]:
        add("chi2.cdf", [k], x, lambda: gammainc(mpf(k) / 2, 0, mpf(x) / 2, regularized=True))
        add("chi2.upperTail", [k], x, lambda: gammainc(mpf(k) / 2, mpf(x) / 2, regularized=True))
for k in [0.5, 1, 5, 30]:
    for p in [0.001, 0.5, 0.95, 0.999]:
        add("chi2.quantile", [k], p, lambda: solve(lambda x: gammainc(mpf(k) / 2, 0, x / 2, regularized=True), p, 1e-18, 200))
for a, b in [(0.5, 0.5), (1, 1), (0.2, 3), (2, 5), (17, 4), (300, 700), (5000, 20000)]:
    for x in [1e-4, 0.05, 0.2, 0.3, 0.5, 0.85, 0.999]:
        add("beta.cdf", [a, b], x, lambda: betainc(a, b, 0, mpf(x), regularized=True))
for a, b in [(0.5, 0.5), (0.2, 3), (2, 5), (17, 4)]:
    for p in [0.001, 0.025, 0.5, 0.975]:
        add("beta.quantile", [a, b], p, lambda: solve(lambda x: betainc(a, b, 0, x, regularized=True), p, 1e-30, 1))

with open("distributions.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(len(rows), "rows")
