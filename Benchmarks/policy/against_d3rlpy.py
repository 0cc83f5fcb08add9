"""Trains Lab's agents and d3rlpy's on the same logs, and tries all of them on the same fresh simulated customers.

    .venv-peers/bin/python Benchmarks/policy/against_d3rlpy.py [--work FOLDER] [--seeds 1 2 3 4 5]

What is alike, for each seed:
- The log: preset S, 10,000 customers under the logging policy and the safeguards, written once by `labctl simulate`.
- The rows: `labctl train` keeps 2 % of the customers back to judge by and learns from the others, whom it draws by seed and
  agent; d3rlpy gets the journeys of exactly these others from the same file.
- Network, gradient steps, batch, Adam with its step size, weight decay and limit of gradients, target interval, reward scale,
  discount, Huber loss, normalisation, weight of CQL, threshold of BCQ: the numbers in `SAME`. They are Lab's defaults; neither
  side was tuned for this comparison. Waits reach d3rlpy as n-step intervals, so that it discounts by gamma ** elapsed.
- The judge: each policy is an ONNX file, tried by `labctl train policy/onnx` on the same 4,000 fresh customers under the same
  safeguards, all policies of a seed under that seed; that the customers are the same is checked by the behaviour policy's value.

What differs, as each library has it: Lab masks forbidden actions in its targets and in the gaps of CQL, d3rlpy cannot; Lab's NFQ
holds its targets for 100 steps, d3rlpy's for one; d3rlpy's imitators (BC, BCQ) carry a penalty on their log-probabilities (its
`beta`, 0.5), which flattens them, so that an equal threshold of BCQ leaves more actions; random draws. Lab's default policy
averages the weights of the second half of its steps, d3rlpy has nothing like it: so `ours` is the default and `oursLast` the
last network of the same training, with which the comparison is like for like.

Values are EUR a customer; intervals are Student's over seeds, 95 %, differences paired by seed. Processor seconds are those of the
training alone, one thread: d3rlpy's `fit` with batches drawn in bulk, which spares it half (see train_d3rlpy.py); of `labctl
train` its user and system time less that of the same call with one step.

Prints a table and lines `metric NAME=VALUE`, which `labctl run` keeps as figures, and writes results.json (values, which come out
again) and times.json (which do not) to $LAB_ARTIFACTS or the work folder. --work keeps logs and policies, and what is there already
is not made again.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import scipy.stats

HERE = Path(__file__).resolve().parent
SAME = dict(steps=8_000, batch=256, learningRate=5e-4, weightDecay=0.01, gradientLimit=10.0, hidden=[64, 64],
            targetInterval=50, rewardScale=5.0, huberDelta=1.0)
# Name: experiment, settings of ours, options of d3rlpy's.
AGENTS = {
    "bc": ("policy/bc", {"method.temperature": 0}, ["--agent", "bc"]),
    "dqn": ("policy/dqn", {"method.double": "true", "method.dueling": "false"}, ["--agent", "dqn"]),
    "nfq": ("policy/nfq", {}, ["--agent", "nfq"]),
    "cql-0.1": ("policy/cql", {"method.weight": 0.1}, ["--agent", "cql", "--cql-weight", "0.1"]),
    "cql-1": ("policy/cql", {"method.weight": 1}, ["--agent", "cql", "--cql-weight", "1"]),
    "bcq": ("policy/bcq", {"method.threshold": 0.3}, ["--agent", "bcq", "--bcq-ratio", "0.3"]),
}
SIDES = ["ours", "oursLast", "d3rlpy"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--agents", nargs="+", choices=list(AGENTS), default=list(AGENTS))
    parser.add_argument("--customers", type=int, default=10_000, help="logged")
    parser.add_argument("--truth-customers", type=int, default=4_000, help="fresh ones, on whom policies are tried")
    parser.add_argument("--steps", type=int, default=SAME["steps"])
    parser.add_argument("--work", help="folder that keeps logs and policies; by default one that is deleted")
    return parser.parse_args()


def run(command):
    """What a program printed as JSON, and its processor seconds."""
    def seconds():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = seconds()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, command))} ended with {done.returncode}\n{done.stderr[-2_000:]}")
    return json.loads(done.stdout), seconds() - before


def kept(file, make):
    """The JSON of a file, which `make` gives where there is none."""
    if not file.exists():
        value = make()
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(value, indent=1, sort_keys=True))
        partial.replace(file)
    return json.loads(file.read_text())


class Contest:
    """One seed: a log, and what both sides learn from it."""

    def __init__(self, args, work, seed):
        self.args, self.seed = args, seed
        self.labctl = Path(os.environ.get("LAB_LABCTL", ".build/release/labctl")).resolve()
        self.folder = work / f"seed-{seed}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "log.h5"
        self.journeys = kept(self.folder / "log.json", self.simulate)["run"]

    def lab(self, *command):
        return run([self.labctl, *command, "--seed", self.seed, "--workspace", self.folder, "--quiet", "--json"])

    def train(self, experiment, settings):
        options = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
        return self.lab("train", experiment, "--input", f"journeys={self.journeys}", *options)

    def simulate(self):
        return dict(run=self.lab("simulate", "--preset", "S", "--customers", self.args.customers, "--out", self.log)[0]["run"])

    def ours(self, name, averaged):
        """Our policy, which customers it learned from, and its seconds."""
        experiment, method, _ = AGENTS[name]
        settings = {f"agent.{key}": value for key, value in SAME.items() if key not in ("batch", "steps", "hidden")}
        settings |= {
            "agent.batchSize": SAME["batch"], "agent.hidden": json.dumps(SAME["hidden"]), "agent.averagedShare": averaged,
            "agent.steps": self.args.steps, "trainingShare": 0.98, "truthCustomers": 2, "evaluation.steps": 1, "resamples": 20,
        } | method
        trained, seconds = self.train(experiment, settings)
        _, overhead = self.train(experiment, settings | {"agent.steps": 1})
        artifacts = Path(trained["folder"]) / "artifacts"
        return dict(
            onnx=str(artifacts / "policy.onnx"), customers=str(artifacts / "split.json"),
            seconds=round(seconds - overhead, 2))

    def theirs(self, name, customers):
        """d3rlpy's policy and its seconds."""
        onnx = self.folder / f"{name}.d3rlpy.onnx"
        report, _ = run([
            sys.executable, HERE / "train_d3rlpy.py", self.log, "--bulk", "--customers", customers, "--seed", self.seed,
            "--onnx", onnx, "--steps", self.args.steps, "--batch", SAME["batch"], "--learning-rate", SAME["learningRate"],
            "--weight-decay", SAME["weightDecay"], "--gradient-limit", SAME["gradientLimit"], "--hidden", *SAME["hidden"],
            "--target-interval", SAME["targetInterval"], "--reward-scale", SAME["rewardScale"], *AGENTS[name][2]])
        return dict(
            onnx=str(onnx), seconds=report["cpuSeconds"], transitions=report["transitions"], versions=report["versions"])

    def judged(self, onnx):
        """A policy's value to fresh customers, and the behaviour policy's to the same."""
        figures = self.train("policy/onnx", {
            "model": onnx, "trainingShare": 0.98, "truthCustomers": self.args.truth_customers, "evaluation.steps": 1,
            "resamples": 20})[0]["figures"]
        return dict(
            value=figures["valueLearned"]["value"], behavior=figures["valueBehavior"]["value"],
            guardedOptimum=figures["valueOptimumGuarded"]["value"], promotions=figures["promotionsToDistressed"]["value"])

    def side(self, name, side):
        def make():
            if side == "d3rlpy":
                trained = self.theirs(name, self.side(name, "ours")["customers"])
            else:
                trained = self.ours(name, 0.5 if side == "ours" else 0)
            return trained | self.judged(trained["onnx"])
        return kept(self.folder / f"{name}.{side}.json", make)


def interval(values):
    """Mean and Student's 95 % interval over seeds."""
    values = np.asarray(values, float)
    half = scipy.stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.inf
    return dict(mean=values.mean(), lower=values.mean() - half, upper=values.mean() + half)


def summary(results):
    """For each agent every side's value, and each side of ours less d3rlpy's."""
    agents = {}
    for name, seeds in results.items():
        values = {side: [seed[side]["value"] for seed in seeds] for side in SIDES}
        row = {side: interval(values[side]) for side in SIDES}
        for side in SIDES[:2]:
            row[side + "Less"] = interval(np.subtract(values[side], values["d3rlpy"]))
        agents[name] = row | dict(values=values)
    return agents


def show(agents, times):
    """The table in Markdown, then the metrics."""
    print("| agent | ours | ours, last network | d3rlpy | ours - d3rlpy | last - d3rlpy | CPU s, ours | CPU s, d3rlpy |")
    print("|---" * 8 + "|")
    for name, row in agents.items():
        cells = [name] + [f"{row[side]['mean']:.2f}" for side in SIDES]
        for side in SIDES[:2]:
            part = row[side + "Less"]
            cells.append(f"{part['mean']:+.2f} [{part['lower']:+.2f}, {part['upper']:+.2f}]")
        cells += [f"{np.mean(times[name][side]):.1f}" for side in ("ours", "d3rlpy")]
        print("| " + " | ".join(cells) + " |")
    for name, row in agents.items():
        for side in SIDES:
            print(f"metric {name}.{side}={row[side]['mean']:.6f}")
        for side in SIDES[:2]:
            for end in ("mean", "lower", "upper"):
                print(f"metric {name}.{side}LessD3rlpy.{end}={row[side + 'Less'][end]:.6f}")


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(args.work or temporary).resolve()
        results = {name: [] for name in args.agents}
        references = []
        for seed in args.seeds:
            contest = Contest(args, work, seed)
            for name in args.agents:
                sides = {side: contest.side(name, side) for side in SIDES}
                results[name].append(sides)
                print(f"seed {seed} {name}: " + ", ".join(f"{side} {sides[side]['value']:.3f}" for side in SIDES), flush=True)
            judged = [side for name in args.agents for side in results[name][-1].values()]
            if len({side["behavior"] for side in judged}) != 1:
                sys.exit(f"error: seed {seed}: not all policies met the same customers\nhint: empty the folder of --work")
            references.append(dict(
                seed=seed, behavior=judged[0]["behavior"], guardedOptimum=judged[0]["guardedOptimum"],
                promotionsToDistressed=sum(side["promotions"] for side in judged)))
    agents = summary(results)
    times = {name: {side: [seed[side]["seconds"] for seed in seeds] for side in SIDES} for name, seeds in results.items()}
    show(agents, times)
    print(f"metric behavior={np.mean([seed['behavior'] for seed in references]):.6f}")
    print(f"metric promotionsToDistressed={sum(seed['promotionsToDistressed'] for seed in references)}")
    theirs = [seed["d3rlpy"] for seeds in results.values() for seed in seeds]
    settings = SAME | dict(steps=args.steps, customers=args.customers, trainingShare=0.98, truthCustomers=args.truth_customers,
                           preset="S", seeds=args.seeds)
    report = dict(
        settings=settings, versions=theirs[0]["versions"], references=references, agents=agents,
        transitions={name: [seed["d3rlpy"]["transitions"] for seed in seeds] for name, seeds in results.items()})
    folder = Path(os.environ.get("LAB_ARTIFACTS", args.work or "."))
    for file, value in (("results.json", report), ("times.json", times)):
        (folder / file).write_text(json.dumps(value, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
