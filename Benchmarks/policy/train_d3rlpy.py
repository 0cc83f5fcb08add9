"""Trains one of d3rlpy's discrete agents on a journey log and writes its greedy policy as ONNX, for Lab to evaluate.

    .venv-peers/bin/python Benchmarks/policy/train_d3rlpy.py LOG.h5 --agent cql --seed 1 --onnx cql.onnx

LOG.h5 is Lab's flat layout (/offsets, /observations with one row more an episode than steps) or flat D4RL keys
(observations, actions, rewards, terminals, timeouts). Network, steps, batch, step size and target interval are those of
Lab's agents unless given. Prints one JSON object; times are processor seconds of one thread.

What d3rlpy is given that it does not know by itself:
- Waits: a step that lasts `elapsed` periods is handed over with d3rlpy's n-step `interval`, so that its target discounts by
  gamma ** elapsed. `--ignore-waits` leaves it at gamma a step.
- Masks: it has none. Its targets may bootstrap from forbidden actions; Lab masks its scores when it decides.
- The horizon ends value as churn does, as for Lab's agents: every episode counts as terminated.
- `--bulk`: batches drawn at once. They are d3rlpy's own bit for bit (same draws, same rows); only its call for each transition
  is spared, which takes more than half of its time.

The ONNX file holds the normalisation. Input `observation` [N, features]; output `scores` [N, actions], of which the largest
permitted one is the action: Q in reward units, logits of behaviour cloning, or, of BCQ, Q with actions of too small an
imitation ratio lowered below all others.
"""

import argparse
import dataclasses
import json
import math
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
warnings.filterwarnings("ignore")

import h5py
import numpy as np
import onnx
import onnx.reference
import torch
from onnx import TensorProto, helper, numpy_helper

AGENTS = {
    "dqn": "DoubleDQNConfig",
    "cql": "DiscreteCQLConfig",
    "bcq": "DiscreteBCQConfig",
    "bc": "DiscreteBCConfig",
    "nfq": "NFQConfig",
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("log", help="HDF5 file of journeys")
    parser.add_argument("--agent", choices=sorted(AGENTS), required=True)
    parser.add_argument("--onnx", required=True, help="where the policy is written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=8_000)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--learning-rate", type=float, default=5e-4)
    parser.add_argument("--weight-decay", type=float, default=0.01, help="decoupled; 0 is plain Adam")
    parser.add_argument("--gradient-limit", type=float, default=10.0, help="largest joint norm; 0 leaves gradients alone")
    parser.add_argument("--hidden", type=int, nargs="+", default=[64, 64])
    parser.add_argument("--target-interval", type=int, default=50)
    parser.add_argument("--reward-scale", type=float, default=5.0, help="currency units that become 1")
    parser.add_argument("--discount", type=float, help="a period; default: the log's")
    parser.add_argument("--cql-weight", type=float, default=0.1, help="alpha of conservative Q-learning")
    parser.add_argument("--bcq-ratio", type=float, default=0.3, help="least imitation ratio of an action of BCQ")
    parser.add_argument("--customers", help="JSON file whose list 'training' names the customers to learn from")
    parser.add_argument("--bulk", action="store_true", help="draw the same batches at once, in less time")
    parser.add_argument("--ignore-waits", action="store_true", help="discount every step alike")
    return parser.parse_args()


def read(path, customers=None):
    """Episodes as (observations [T + 1 or T, F], actions [T], rewards [T], elapsed [T]), and the log's discount.

    With `customers` only theirs, which takes a file that says whose each episode is.
    """
    with h5py.File(path) as file:
        observations = file["observations"][:].astype(np.float32)
        actions = file["actions"][:].astype(np.int64).reshape(-1)
        rewards = file["rewards"][:].astype(np.float32).reshape(-1)
        discount = file.attrs.get("discount")
        if "offsets" in file:
            offsets = file["offsets"][:].astype(int)
            elapsed = file["infos/elapsed"][:].astype(int)
            first = [(start, start + episode) for episode, start in enumerate(offsets[:-1])]
        else:
            ends = file["terminals"][:].astype(bool) | file["timeouts"][:].astype(bool)
            ends[-1] = True
            offsets = np.concatenate([[0], np.flatnonzero(ends) + 1])
            elapsed = np.ones(len(actions), int)
            first = [(start, start) for start in offsets[:-1]]
        extra = 1 if "offsets" in file else 0
        owners = None if customers is None else file["infos/customer"][:]
    episodes = []
    for episode, ((start, row), end) in enumerate(zip(first, offsets[1:])):
        if owners is not None and int(owners[episode]) not in customers:
            continue
        steps = end - start
        episodes.append(
            (observations[row:row + steps + extra], actions[start:end], rewards[start:end], elapsed[start:end]))
    return episodes, None if discount is None else float(discount)


def replay(episodes, mean, deviation, scale, use_waits, actions, in_bulk):
    """d3rlpy's buffer of the normalised episodes, each transition with its wait as its interval."""
    from d3rlpy.constants import ActionSpace
    from d3rlpy.dataset import BasicTransitionPicker, Episode, FIFOBuffer, ReplayBuffer, TransitionMiniBatch

    waits, parts = {}, []
    for observations, chosen, rewards, elapsed in episodes:
        part = Episode(
            (observations[:len(chosen)] - mean) / deviation, chosen.reshape(-1, 1), rewards.reshape(-1, 1) / scale, True)
        parts.append(part)
        waits[id(part)] = elapsed

    class Picker(BasicTransitionPicker):
        def __call__(self, episode, index):
            transition = super().__call__(episode, index)
            return dataclasses.replace(transition, interval=int(waits[id(episode)][index])) if use_waits else transition

    count = sum(len(part.actions) for part in parts)

    class BulkBuffer(ReplayBuffer):
        """Gives the batches that d3rlpy's own buffer gives, from the same draws, without a call for each transition."""

        columns = None

        def sample_transition_batch(self, batch_size):
            if self.columns is None:
                self.columns = (
                    np.concatenate([part.observations for part in parts]),
                    np.concatenate([part.actions for part in parts]).astype(np.float32),
                    np.concatenate([part.rewards for part in parts]).astype(np.float32),
                    np.concatenate([np.append(part.observations[1:], 0 * part.observations[:1], 0) for part in parts]),
                    np.concatenate([np.append(part.actions[1:], 0 * part.actions[:1], 0) for part in parts]).astype(np.float32),
                    np.concatenate([np.arange(len(part.actions)) == len(part.actions) - 1 for part in parts])
                    .astype(np.float32)[:, None],
                    np.concatenate([waits[id(part)] if use_waits else np.ones(len(part.actions)) for part in parts])
                    .astype(np.float32)[:, None])
            rows = np.random.randint(count, size=batch_size)
            return TransitionMiniBatch(*(column[rows] for column in self.columns), transitions=[])

    return (BulkBuffer if in_bulk else ReplayBuffer)(
        FIFOBuffer(count), episodes=parts, transition_picker=Picker(), action_space=ActionSpace.DISCRETE,
        action_size=actions), count


def learner(args, discount):
    import d3rlpy

    optimizer = (d3rlpy.optimizers.AdamWFactory if args.weight_decay > 0 else d3rlpy.optimizers.AdamFactory)(
        weight_decay=args.weight_decay, clip_grad_norm=args.gradient_limit or None)
    settings = dict(
        batch_size=args.batch, learning_rate=args.learning_rate, gamma=discount, optim_factory=optimizer,
        encoder_factory=d3rlpy.models.VectorEncoderFactory(args.hidden))
    if args.agent in ("dqn", "cql", "bcq"):
        settings["target_update_interval"] = args.target_interval
    if args.agent == "cql":
        settings["alpha"] = args.cql_weight
    if args.agent == "bcq":
        settings["action_flexibility"] = args.bcq_ratio
    return getattr(d3rlpy.algos, AGENTS[args.agent])(**settings).create(device=False)


class Graph:
    """An ONNX graph in the making."""

    def __init__(self, width, actions):
        self.nodes, self.constants, self.width, self.actions = [], [], width, actions

    def constant(self, name, array):
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def network(self, name, module, value):
        """Linear layers with ReLU between them."""
        layers = [part for part in module.modules() if isinstance(part, torch.nn.Linear)]
        for place, layer in enumerate(layers):
            weight = self.constant(f"{name}.{place}.weight", layer.weight.detach().numpy())
            bias = self.constant(f"{name}.{place}.bias", layer.bias.detach().numpy())
            value = self.node("Gemm", [value, weight, bias], f"{name}.{place}", transB=1)
            if place + 1 < len(layers):
                value = self.node("Relu", [value], f"{name}.{place}.relu")
        return value

    def write(self, path, properties):
        graph = helper.make_graph(
            self.nodes, "policy",
            [helper.make_tensor_value_info("observation", TensorProto.FLOAT, ["N", self.width])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", self.actions])], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, properties)
        onnx.checker.check_model(model, full_check=True)
        partial = path + ".partial"
        onnx.save(model, partial)
        os.replace(partial, path)


def export(args, trained, mean, deviation, actions, properties):
    graph, modules = Graph(len(mean), actions), trained.impl.modules
    centred = graph.node("Sub", ["observation", graph.constant("mean", mean)], "centred")
    state = graph.node("Div", [centred, graph.constant("deviation", deviation)], "normalised")
    if args.agent == "bc":
        scores = graph.network("imitator", modules.imitator, state)
    else:
        scores = graph.network("q", modules.q_funcs[0], state)
    if args.agent == "bcq":
        logits = graph.network("imitator", modules.imitator, state)
        top = graph.node("ReduceMax", [logits], "top", axes=[1], keepdims=1)
        gap = graph.node("Sub", [logits, top], "gap")
        likely = graph.node(
            "Greater", [gap, graph.constant("threshold", np.float32(math.log(args.bcq_ratio)))], "likely")
        lowered = graph.node("Sub", [scores, graph.constant("distance", np.float32(1e6))], "lowered")
        scores = graph.node("Where", [likely, scores, lowered], "allowed")
    graph.node("Identity", [scores], "scores")
    graph.write(args.onnx, properties)


def check(args, trained, states, mean, deviation):
    """The file must choose what d3rlpy itself chooses."""
    own = trained.predict((states - mean) / deviation)
    scores = onnx.reference.ReferenceEvaluator(args.onnx).run(None, {"observation": states})[0]
    if (scores.argmax(1) != own).mean() > 0.01:
        os.remove(args.onnx)
        sys.exit(f"error: {args.onnx} does not choose as d3rlpy does, so it was removed\nhint: is this d3rlpy 2.8.1?")


def main():
    args = arguments()
    # d3rlpy prints what it notices: only the report goes to the standard output.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    torch.set_num_threads(1)
    import d3rlpy

    d3rlpy.seed(args.seed)
    customers = None
    if args.customers:
        with open(args.customers) as file:
            customers = set(json.load(file)["training"])
    episodes, logged = read(args.log, customers)
    discount = args.discount if args.discount is not None else logged
    if discount is None:
        sys.exit(f"error: {args.log} does not say its discount\nhint: give --discount")
    states = np.concatenate([episode[0][:len(episode[1])] for episode in episodes]).astype(np.float64)
    mean = states.mean(0).astype(np.float32)
    deviation = (np.sqrt(states.var(0)) + 1e-6).astype(np.float32)
    with h5py.File(args.log) as file:
        actions = file["infos/permitted"].shape[1] if "infos/permitted" in file else int(file["actions"][:].max()) + 1
    buffer, count = replay(episodes, mean, deviation, args.reward_scale, not args.ignore_waits, actions, args.bulk)
    trained = learner(args, discount)
    begin = time.process_time()
    trained.fit(
        buffer, n_steps=args.steps, n_steps_per_epoch=args.steps, show_progress=False, save_interval=2,
        logger_adapter=d3rlpy.logging.NoopAdapterFactory())
    seconds = time.process_time() - begin
    report = dict(
        agent=args.agent, seed=args.seed, steps=args.steps, batch=args.batch, hidden=args.hidden, transitions=count,
        actions=actions, discount=discount, waits="ignored" if args.ignore_waits else "gamma ** elapsed",
        cpuSeconds=round(seconds, 3), onnx=args.onnx,
        versions=dict(d3rlpy=d3rlpy.__version__, torch=torch.__version__, onnx=onnx.__version__))
    export(args, trained, mean, deviation, actions, {"agent": "d3rlpy " + args.agent, "discount": repr(discount)})
    check(args, trained, states[:1_000].astype(np.float32), mean, deviation)
    print(json.dumps(report), file=answers)


if __name__ == "__main__":
    main()
