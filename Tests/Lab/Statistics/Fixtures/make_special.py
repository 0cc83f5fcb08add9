"""Writes special.json: special functions, distributions and their inverses with mpmath 1.3 (40 to 120 digits).

python3 make_special.py, beside this file. Each row: function, arguments, value. Arguments are Doubles, taken exactly.
"""
import json

from mpmath import (
    betainc, binomial, digamma, erf, erfc, exp, factorial, findroot, gamma, gammainc, hyp1f1, inf, log, loggamma, mp, mpf,
    pi, polygamma, power, quad, sqrt)

mp.dps = 60
rows = []


def add(name, arguments, value):
    value = float(value)
    if value == value and abs(value) != float("inf") and (value == 0 or abs(value) > 1e-290):
        rows.append([name, [float(a) for a in arguments], value])


def gamma_p(a, x): return gammainc(mpf(a), 0, mpf(x), regularized=True)
def gamma_q(a, x): return gammainc(mpf(a), mpf(x), inf, regularized=True)


def hyper_beta(a, b, x):
    """The series of DLMF 8.17.8, whose terms are all positive."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    total, term, n = mpf(1), mpf(1), 0
    while term > total * mpf(10) ** -45:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    factor = exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))
    return factor * total


def beta_tails(a, b, x):
    mp.dps = 90
    x = mpf(x)
    # The series of the nearer end for small parameters, else of the smaller tail.
    if x < (0.5 if a + b < 100 else mpf(a) / (mpf(a) + mpf(b))):
        lower = hyper_beta(a, b, x)
        upper = 1 - lower
    else:
        upper = hyper_beta(b, a, 1 - x)
        lower = 1 - upper
    mp.dps = 60
    return lower, upper


def solve(f, target, low, high):
    low, high = mpf(low), mpf(high)
    rising = f(high) > f(low)
    for _ in range(200):
        middle = sqrt(low * high) if low > 0 and high > 4 * low else (low + high) / 2
        if (f(middle) < target) == rising:
            low = middle
        else:
            high = middle
        if high - low < abs(high) * mpf(10) ** -20:
            break
    return (low + high) / 2


for x in [1e-300, 1e-9, 0.1, 0.7, 0.999, 1.001, 1.3, 1.46, 1.4616321449683622, 1.47, 1.7, 2.0001, 3.5, 9.99, 25, 1e3, 1e8, 1e100]:
    add("logGamma", [x], loggamma(mpf(x)))
    add("digamma", [x], digamma(mpf(x)))
    add("trigamma", [x], polygamma(1, mpf(x)) if x < 1e50 else 1 / mpf(x))
for a, b in [(1e-12, 1e-9), (1e-5, 3), (0.3, 0.4), (0.5, 1e6), (2, 3), (7, 1e8), (9.5, 9.9), (12, 15), (300, 2e5), (1e7, 1e9)]:
    add("logBeta", [a, b], loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b)))
for x in [-5.5, -1, -1e-10, 1e-300, 1e-8, 0.3, 0.84, 1.5, 3, 6, 15, 26]:
    add("erf", [x], erf(mpf(x)))
    add("erfc", [x], erfc(mpf(x)))
for x in [-20, -2, -1e-9, 0, 0.5, 2, 5, 9.9, 10.1, 20, 100, 1e10]:
    add("erfcx", [x], exp(mpf(x) ** 2) * erfc(mpf(x)) if x < 50 else (1 - 1 / (2 * mpf(x) ** 2) + 3 / (4 * mpf(x) ** 4) - 15 / (8 * mpf(x) ** 6) + 105 / (16 * mpf(x) ** 8)) / (mpf(x) * sqrt(pi)))
for x in [1e-300, 1e-12, 0.01, 0.3, 0.499, 0.501, 0.9, 0.999999, 1 - 2.0**-53]:
    add("inverseErf", [x], solve(erf, mpf(x), 0, 7) if x > 1e-10 else mpf(x) * sqrt(pi) / 2)
for x in [1e-280, 1e-100, 1e-10, 0.2, 0.6, 0.99, 1.3, 1.9, 1.999999]:
    add("inverseErfc", [x], solve(lambda y: erfc(y), mpf(x), -7, 30))

for a in [1e-12, 1e-6, 0.01, 0.3, 0.5, 1, 2.5, 10, 99.5, 1000, 2e4, 1e6]:
    near = [a + k * a ** 0.5 for k in (-20, -6, -2, 0, 1, 5, 15, 25)] if a >= 10 else []
    for x in [1e-200, 1e-10, 0.01, 0.5, 1.2, 4, 20, 300, *near]:
        if x > 0 and (a < 1e4 or x in near):
            mp.dps = 120 if a < 1e4 else 200
            if x < a:
                p = gamma_p(a, x) if a < 1e4 else None
                if p is None:
                    total = term = mpf(1)
                    n = 0
                    while term > total * mpf(10) ** -190:
                        n += 1
                        term *= mpf(x) / (mpf(a) + n)
                        total += term
                    p = exp(mpf(a) * log(mpf(x)) - mpf(x) - loggamma(mpf(a) + 1)) * total
                q = 1 - p
            else:
                q = gamma_q(a, x) if a < 1e4 else None
                if q is None:
                    total = term = mpf(1)
                    n = 0
                    while term > total * mpf(10) ** -190:
                        n += 1
                        term *= mpf(x) / (mpf(a) + n)
                        total += term
                    q = 1 - exp(mpf(a) * log(mpf(x)) - mpf(x) - loggamma(mpf(a) + 1)) * total
                p = 1 - q
            add("gammaP", [a, x], p)
            add("gammaQ", [a, x], q)
            mp.dps = 60
for a in [1e-6, 0.3, 1, 8.5, 400]:
    for p in [1e-250, 1e-30, 1e-4, 0.3, 0.5]:
        high = 4 * a + 2000
        add("inverseGammaP", [a, p], solve(lambda x: gamma_p(a, x), mpf(p), mpf(10) ** -310, high))
        add("inverseGammaQ", [a, p], solve(lambda x: gamma_q(a, x), mpf(p), mpf(10) ** -310, high))

for a, b in [(1e-9, 2), (0.001, 0.002), (0.3, 40), (0.5, 0.5), (1, 1), (3, 1e-7), (5, 9), (80, 0.2), (300, 700), (2e4, 5), (1e5, 3e5)]:
    center, spread = a / (a + b), (a * b / (a + b) ** 2 / (a + b + 1)) ** 0.5
    for x in [1e-100, 1e-3, 0.2, 0.5, 0.9, 1 - 2.0**-40, *[center + k * spread for k in (-15, -4, -1, 0.5, 3, 12)]]:
        if 0 < x < 1 and (a + b < 1e4 or abs(x - center) < 20 * spread):
            lower, upper = beta_tails(a, b, x)
            add("betaI", [a, b, x], lower)
            add("betaC", [a, b, x], upper)
for a, b in [(0.2, 0.7), (1, 5), (30, 12), (2000, 900)]:
    for p in [1e-200, 1e-12, 0.01, 0.4]:
        add("inverseBetaI", [a, b, p], solve(lambda x: beta_tails(a, b, x)[0], mpf(p), mpf(10) ** -305, 1 - mpf(10) ** -40) )
        x = solve(lambda x: beta_tails(b, a, x)[0], mpf(p), mpf(10) ** -305, 1 - mpf(10) ** -40)
        if x > mpf(10) ** -10:
            add("inverseBetaC", [a, b, p], 1 - x)

for z in [-37, -20, -8, -2, -1e-9, 0.4, 3, 8]:
    add("normal.cdf", [z], erfc(-mpf(z) / sqrt(2)) / 2)
for z in [-1e8, -1000, -38, -5, -1, -0.9, 0.2, 5, 15]:
    mp.dps = 150
    value = log(erfc(-mpf(z) / sqrt(2)) / 2) if z > -2000 else -mpf(z) ** 2 / 2 - log(-mpf(z) * sqrt(2 * pi)) - 1 / mpf(z) ** 2
    add("normal.logCDF", [z], value)
mp.dps = 60
for p in [5e-324, 1e-300, 1e-50, 1e-5, 0.24, 0.26, 0.5 - 1e-10, 0.5 + 1e-13, 0.7, 0.76, 1 - 2.0**-53]:
    add("normal.quantile", [p], -sqrt(2) * solve(erfc, 2 * mpf(p), -7, 40) if abs(p - 0.5) > 1e-9 else (mpf(p) - 0.5) * sqrt(2 * pi))
for p in [-1e6, -5000, -3]:
    target = mpf(p)
    z = findroot(lambda z: log(erfc(z / sqrt(2)) / 2) - target, sqrt(-2 * target))
    add("normal.quantileOfLog", [p], -z)


def t_tail(n, t):
    n, t = mpf(n), mpf(t)
    if t * t > n or t * t > 200:
        return hyper_beta(n / 2, mpf(1) / 2, n / (n + t * t)) / 2
    # At least 1e-44, so that 100 digits leave enough of the difference.
    return (1 - hyper_beta(mpf(1) / 2, n / 2, t * t / (n + t * t))) / 2


for n in [0.1, 1, 4.5, 30, 1e4, 1e9]:
    for t in [1e-12, 0.3, 2, 10, 30, 1e5]:
        if n < 1e5 or t < 20:
            mp.dps = 100
            add("t.upperTail", [n, t], t_tail(n, t))
            mp.dps = 60
        add("t.logDensity", [n, t], loggamma((mpf(n) + 1) / 2) - loggamma(mpf(n) / 2) - log(mpf(n) * pi) / 2 - (mpf(n) + 1) / 2 * log(1 + mpf(t) ** 2 / n))
for n in [1, 3, 200]:
    for p in [1e-100, 1e-6, 0.2, 0.4999]:
        add("t.upperQuantile", [n, p], solve(lambda t: t_tail(n, t), mpf(p), mpf(10) ** -6, mpf(10) ** 101))
for d1, d2 in [(1, 1), (3, 12), (40, 7.5), (500, 900)]:
    for x in [1e-8, 0.3, 1.1, 4, 1e3]:
        z = mpf(d1) * mpf(x) / (mpf(d1) * mpf(x) + d2)
        lower, upper = beta_tails(mpf(d1) / 2, mpf(d2) / 2, z)
        add("F.cdf", [d1, d2, x], lower)
        add("F.upperTail", [d1, d2, x], upper)
for n, p in [(10, 0.3), (1000, 1e-4), (100000, 0.5)]:
    for k in sorted({0, 1, int(n * p), int(n * p) + 3, min(n - 1, int(n * p + 12 * (n * p) ** 0.5))}):
        pm = mpf(p)
        masses = [binomial(n, j) * pm**j * (1 - pm) ** (n - j) for j in (k,)]
        add("binomial.logMass", [n, p, k], log(masses[0]))
        lower, upper = beta_tails(k + 1, n - k, pm)
        add("binomial.cdf", [n, p, k], upper)
        add("binomial.upperTail", [n, p, k], lower)
for m in [1e-5, 0.7, 12, 5000]:
    for k in [0, 1, int(m) + 5, int(m + 9 * m**0.5)]:
        add("poisson.logMass", [m, k], k * log(mpf(m)) - mpf(m) - loggamma(k + 1))
        mp.dps = 100
        add("poisson.cdf", [m, k], gamma_q(k + 1, m))
        add("poisson.upperTail", [m, k], 1 - gamma_q(k + 1, m))
        mp.dps = 60
for r, p in [(0.4, 0.1), (5, 0.6), (250, 0.03)]:
    for k in [0, 3, 40, 9000]:
        pm, rm = mpf(p), mpf(r)
        add("negativeBinomial.logMass", [r, p, k], loggamma(k + rm) - loggamma(rm) - loggamma(k + 1) + rm * log(pm) + k * log(1 - pm))
        add("negativeBinomial.cdf", [r, p, k], beta_tails(r, k + 1, pm)[0])
        add("negativeBinomial.upperTail", [r, p, k], beta_tails(r, k + 1, pm)[1])
for s, f, n in [(4, 6, 5), (50, 900, 100), (3000, 2000, 1500)]:
    top = min(n, s)
    mass = [binomial(s, j) * binomial(f, n - j) / binomial(s + f, n) if 0 <= n - j <= f else mpf(0) for j in range(top + 1)]
    center = n * s // (s + f)
    for k in {1, center - 1, center + 2, min(top - 1, center + 60)}:
        add("hypergeometric.mass", [s, f, n, k], mass[k])
        add("hypergeometric.cdf", [s, f, n, k], sum(mass[: k + 1]))
        add("hypergeometric.upperTail", [s, f, n, k], sum(mass[k + 1 :]))
mp.dps = 22
for n, delta, ts in [(3, 1, (0.5, 4.5)), (10, 2.5, (2.2,)), (58, 3.2, (2.0, 6.0)), (400, 6, (1.97,))]:
    for t in ts:
        # P(T > t) as the normal tail averaged over the chi distribution.
        def part(s): return (erfc((mpf(t) * s - delta) / sqrt(2)) / 2) * 2 * mpf(n) * s * exp((mpf(n) / 2 - 1) * log(mpf(n) * s * s) - mpf(n) * s * s / 2 - mpf(n) / 2 * log(2) - loggamma(mpf(n) / 2))
        width = 1 / sqrt(2 * mpf(n))
        points = [mpf(0)] + [1 + k * width for k in (-12, -9, -6, -3, -1, 0, 1, 3, 6, 9, 14) if 1 + k * width > 0] + [1 + 30 * width]
        add("noncentralT.upperTail", [n, delta, t], quad(part, points))

with open("special.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(len(rows), "rows")
