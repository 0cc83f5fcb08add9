"""Opens a file that `labctl journeys export --format d3rlpy` wrote with d3rlpy itself, and one of d3rlpy's with labctl.

    .venv-peers/bin/python Benchmarks/policy/check_d3rlpy.py LABCTL LOG.h5

LOG.h5 is a log of labctl (`labctl journeys show LOG.h5`). Needs d3rlpy 2.8 (requirements/peers.txt), which brings PyTorch:
too heavy for the tests, which compare the structure of the files instead. Exits with 0 when all agrees.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import d3rlpy
import numpy as np


def labctl(program, *arguments):
    result = subprocess.run([program, "journeys", *arguments, "--json"], check=True, capture_output=True, text=True)
    return json.loads(result.stdout)


def main(program, log):
    with tempfile.TemporaryDirectory() as folder:
        ours = pathlib.Path(folder) / "ours.h5"
        labctl(program, "export", log, "--format", "d3rlpy", "--out", str(ours))
        shown = labctl(program, "show", log)
        with open(ours, "rb") as file:
            buffer = d3rlpy.dataset.ReplayBuffer.load(file, d3rlpy.dataset.InfiniteBuffer())
        assert buffer.size() == shown["episodes"], (buffer.size(), shown["episodes"])
        assert buffer.transition_count == shown["decisions"], (buffer.transition_count, shown["decisions"])
        assert buffer.dataset_info.action_space == d3rlpy.ActionSpace.DISCRETE
        assert sum(bool(e.terminated) for e in buffer.episodes) == shown["ended"]
        batch = buffer.sample_transition_batch(64)
        assert batch.observations.shape == (64, len(shown["features"])) and np.isfinite(batch.next_observations).all()

        theirs = pathlib.Path(folder) / "theirs.h5"
        with open(theirs, "w+b") as file:
            buffer.dump(file)
        back = labctl(program, "show", str(theirs), "--actions", str(len(shown["actions"])))
        assert back["format"] == "d3rlpy" and back["episodes"] == shown["episodes"]
        assert [a["count"] for a in back["actions"]] == [a["count"] for a in shown["actions"]]
        for mine, other in zip(shown["features"], back["features"]):
            assert abs(mine["mean"] - other["mean"]) < 1e-5, mine["name"]
        print(
            f"d3rlpy {d3rlpy.__version__}: {buffer.size()} episodes, {buffer.transition_count} transitions, "
            "read and written back alike"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
