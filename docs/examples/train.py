"""Fits a line by gradient descent: `labctl run --seed 7 -- python3 docs/examples/train.py --rate 0.1`.

Nothing of Lab is imported. Outside `labctl run` the script works as well: it then prints its measurements only.
"""

import argparse
import json
import os
import random
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.1)
parser.add_argument("--steps", type=int, default=50)
options = parser.parse_args()

draw = random.Random(int(os.environ.get("LAB_SEED", "1")))
points = [(x / 50, 3 * x / 50 - 1 + draw.gauss(0, 0.1)) for x in range(50)]
slope = offset = 0.0
for step in range(options.steps):
    errors = [slope * x + offset - y for x, y in points]
    slope -= options.rate * sum(e * x for e, (x, _) in zip(errors, points)) / len(points)
    offset -= options.rate * sum(errors) / len(points)
    loss = sum(e * e for e in errors) / len(points)
    # A line of this form on the output is a measurement ...
    print(f"metric loss={loss} step={step}")

# ... and so is a line of JSON in the file that LAB_METRICS names.
if "LAB_METRICS" in os.environ:
    with open(os.environ["LAB_METRICS"], "a") as metrics:
        metrics.write(json.dumps({"name": "slope", "step": options.steps, "value": slope}) + "\n")

# Files in the folder that LAB_ARTIFACTS names become artifacts.
folder = Path(os.environ.get("LAB_ARTIFACTS", "."))
(folder / "line.json").write_text(json.dumps({"slope": slope, "offset": offset}))
