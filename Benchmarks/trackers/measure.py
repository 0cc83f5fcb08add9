#!/usr/bin/env python3
"""usage: measure.py [TRACKER …]    Measures other experiment trackers and prints one JSON object.

For each of Aim, Sacred, DVCLive, Weights & Biases (offline) and tensorboardX, in a process and a folder of its own:

- points/s: measurements of one series, one call each, by processor or passed seconds, whichever are more;
- start/end: milliseconds that pass from opening a run with three settings to closing it, median of several;
- inodes: files and folders that one such run with ten measurements leaves, beside what the store needs once.

A tracker that is not installed, or fails, is listed with what it said. Each is used as its own documentation shows, with
its network use and terminal output switched off. Set-up: scripts/venv.sh trackers, then
.venv-trackers/bin/python Benchmarks/trackers/measure.py
"""

import importlib.metadata
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

POINTS = 2000
LIVES = 5
STEPS = 10
SETTINGS = {"rate": 0.1, "layers": 2, "label": "benchmark"}


class Aim:
    package = "aim"

    def __init__(self, place):
        import aim

        self.aim = aim
        self.repo = aim.Repo(str(place), init=True)

    def start(self):
        run = self.aim.Run(repo=self.repo, system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False)
        run["settings"] = SETTINGS
        return run

    def log(self, run, step):
        run.track(0.25 + step * 1e-6, name="loss", step=step)

    def end(self, run):
        run.close()


class Sacred:
    """Sacred wraps a function: what is logged is handed to its file observer while the function runs and when it ends."""

    package = "sacred"

    def __init__(self, place):
        from sacred import SETTINGS as switches
        from sacred import Experiment
        from sacred.observers import FileStorageObserver

        switches.CAPTURE_MODE = "no"
        switches.DISCOVER_SOURCES = switches.DISCOVER_DEPENDENCIES = "none"
        switches.HOST_INFO.INCLUDE_GPU_INFO = False
        self.experiment = Experiment("bench", interactive=True)
        self.experiment.logger = __import__("logging").getLogger("quiet")
        self.experiment.logger.setLevel("CRITICAL")
        self.experiment.observers.append(FileStorageObserver(str(place)))
        self.experiment.add_config(SETTINGS)

    def whole(self, steps):
        @self.experiment.main
        def main(_run):
            for step in range(steps):
                _run.log_scalar("loss", 0.25 + step * 1e-6, step)

        self.experiment.run(options={"--loglevel": "CRITICAL"})


class DVCLive:
    package = "dvclive"

    def __init__(self, place):
        self.place, self.count = place, 0

    def start(self):
        from dvclive import Live

        self.count += 1
        live = Live(dir=str(self.place / f"run{self.count}"), report=None, save_dvc_exp=False, dvcyaml=None)
        live.log_params(SETTINGS)
        return live

    def log(self, live, step):
        live.log_metric("loss", 0.25 + step * 1e-6)
        live.next_step()

    def end(self, live):
        live.end()


class Wandb:
    package = "wandb"

    def __init__(self, place):
        os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=str(place), WANDB_CONSOLE="off",
                          WANDB_DATA_DIR=str(place / "data"), WANDB_CACHE_DIR=str(place / "cache"))
        import wandb

        self.wandb, self.place = wandb, place

    def start(self):
        settings = self.wandb.Settings(x_disable_stats=True, x_disable_meta=True, disable_git=True, disable_code=True)
        return self.wandb.init(project="bench", dir=str(self.place), config=SETTINGS, settings=settings)

    def log(self, run, step):
        run.log({"loss": 0.25 + step * 1e-6}, step=step)

    def end(self, run):
        run.finish()


class TensorBoardX:
    package = "tensorboardX"

    def __init__(self, place):
        self.place, self.count = place, 0

    def start(self):
        from tensorboardX import SummaryWriter

        self.count += 1
        writer = SummaryWriter(str(self.place / f"run{self.count}"))
        writer.add_text("settings", json.dumps(SETTINGS))
        return writer

    def log(self, writer, step):
        writer.add_scalar("loss", 0.25 + step * 1e-6, step)

    def end(self, writer):
        writer.close()


TRACKERS = {"aim": Aim, "sacred": Sacred, "dvclive": DVCLive, "wandb": Wandb, "tensorboardX": TensorBoardX}


def processor_seconds():
    """Of this process and of the children that have ended."""
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def inodes(place):
    return sum(1 for _ in place.rglob("*"))


def life(tracker, steps):
    if hasattr(tracker, "whole"):
        return tracker.whole(steps)
    run = tracker.start()
    for step in range(steps):
        tracker.log(run, step)
    tracker.end(run)


def measure(name):
    with tempfile.TemporaryDirectory(prefix="trackers-") as folder:
        os.chdir(folder)
        place = pathlib.Path(folder) / "store"
        place.mkdir()
        tracker = TRACKERS[name](place)
        life(tracker, STEPS)
        before = inodes(place)
        life(tracker, STEPS)
        left = inodes(place) - before
        lives = []
        for _ in range(LIVES):
            begin = time.perf_counter()
            life(tracker, 0)
            lives.append((time.perf_counter() - begin) * 1e3)
        # What a run costs without points is taken off, since not all trackers can be stopped between the two.
        empty = map(statistics.median, zip(*(timed(lambda: life(tracker, 0)) for _ in range(3))))
        full = timed(lambda: life(tracker, POINTS))
        seconds = max(a - b for a, b in zip(full, empty))
        return {
            "version": importlib.metadata.version(tracker.package),
            "pointsPerSecond": round(POINTS / max(seconds, 1e-9)),
            "startAndEndMilliseconds": round(statistics.median(lives), 1),
            "inodesPerRun": left,
        }


def timed(work):
    """Processor seconds, and seconds that passed: trackers that work in another process only show in the second."""
    busy, begin = processor_seconds(), time.perf_counter()
    work()
    return processor_seconds() - busy, time.perf_counter() - begin


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        print(json.dumps(measure(sys.argv[2])))
        return 0
    unknown = [name for name in sys.argv[1:] if name not in TRACKERS]
    if unknown:
        sys.exit(f"error: no tracker named {', '.join(unknown)}\nhint: there are {', '.join(TRACKERS)}")
    found = {}
    for name in sys.argv[1:] or TRACKERS:
        try:
            done = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, timeout=180)
            lines = done.stdout.strip().splitlines()
            if done.returncode == 0 and lines:
                found[name] = json.loads(lines[-1])
            else:
                found[name] = {"failed": (done.stderr.strip().splitlines() or ["no output"])[-1]}
        except subprocess.TimeoutExpired:
            found[name] = {"failed": "not done after 180 s"}
    print(json.dumps({"python": platform.python_version(), "points": POINTS, "trackers": found}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
