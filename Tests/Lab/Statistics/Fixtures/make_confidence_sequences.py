"""Writes confidence_sequences.json from figures of confseq 0.0.11 (its C++ boundaries bisect to about 1e-12).

python3 make_confidence_sequences.py confseq.json, where confseq.json holds: boundaries.{normal,gamma_exponential,gamma_poisson,
beta_binomial}_mixture_bound, poly_stitching_bound and bernoulli_confidence_interval on a few arguments, and predmix_hoeffding_cs,
predmix_empbern_cs, betting_cs and hedged_cs of x[i] = (splitmix64 double i of seed 42 < 0.1).
"""
import json
import sys

table = json.load(open(sys.argv[1]))
names = ["normal_two", "normal_one", "gamma_exponential_c1", "gamma_poisson_c1", "beta_binomial_g025_h1", "poly_stitching"]
sequences = ["predmix_hoeffding", "predmix_empbern", "betting_cs_1000", "hedged_cs_1000"]
json.dump(
    dict(
        boundaries=[[r["v"], r["alpha"], r["v_opt"], *[r[n] for n in names]] for r in table["boundaries"]],
        bernoulli=[[r["t"], r["p_hat"], *r["ci"]] for r in table["bernoulli_ci"]],
        sequences={n: [list(row) for row in zip(table[n]["at"], table[n]["lower"], table[n]["upper"])] for n in sequences}),
    open("confidence_sequences.json", "w"))
