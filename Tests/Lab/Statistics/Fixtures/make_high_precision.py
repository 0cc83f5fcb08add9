"""Writes high_precision.json: Welch's tests of proportions (absolute, relative), sample-ratio checks, mSPRT and sample sizes.

python3 make_high_precision.py truths.json, a table made with 40 digits by mpmath with what gbstats 0.8.0 answers beside it.
"""
import json
import sys

table = json.load(open(sys.argv[1]))
json.dump(
    dict(
        welch=[[*r["a"], *r["b"], int(r["difference_type"] == "relative"), *[float(r[k]) for k in (
            "estimate", "se", "dof", "t", "p_two_sided", "gbstats_p", "pooled_z", "pooled_z_p")]] for r in table["welch"]],
        sampleRatio=[dict(users=r["users"], weights=r["weights"], statistic=float(r["chi2"]), p=float(r["p_correct"]),
                          gbstats=r["gbstats"]) for r in table["srm"]],
        sequential=[[float(r[k]) for k in ("delta", "V", "tau2", "p_always_valid")] for r in table["msprt"]],
        power=[[float(r[k]) for k in ("p1", "p2", "n_per_arm")] for r in table["power"]]),
    open("high_precision.json", "w"))
