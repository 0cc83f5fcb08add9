"""Makes cartpole.json: states of Gymnasium's CartPole-v1 under fixed sequences of actions.

usage: python make_cartpole.py > cartpole.json      (gymnasium 1.0.0, numpy 2)

Starts are set by hand, so that nobody's random generator matters; Gymnasium computes in double precision and rounds only
what it shows, so the states below are those inside.
"""

import json

import gymnasium as gym
import numpy as np

# The name, the start, and the actions: a rule over the state, or numbers drawn once here.
draws = np.random.default_rng(1)


def rule(state):
    """Pushes towards where the pole falls; balances for the whole episode."""
    return int(state[2] + 0.5 * state[3] + 0.05 * state[0] + 0.1 * state[1] > 0)


cases = [
    ("always right", [0.01, -0.02, 0.03, 0.04], lambda step, state: 1),
    ("always left", [-0.04, 0.05, 0.0, -0.01], lambda step, state: 0),
    ("alternating", [0.0, 0.0, 0.0, 0.0], lambda step, state: step % 2),
    ("random", [0.02, 0.03, -0.04, 0.01], lambda step, state: int(draws.integers(2))),
    ("near the edge of the track", [2.39, 0.6, -0.02, -0.1], lambda step, state: rule(state)),
    ("near the edge on the left", [-2.35, -0.9, 0.05, 0.3], lambda step, state: rule(state)),
    ("balanced to the end", [0.03, -0.01, 0.02, -0.03], lambda step, state: rule(state)),
]

result = []
for name, start, act in cases:
    environment = gym.make("CartPole-v1")
    environment.reset(seed=0)
    inner = environment.unwrapped
    inner.state = tuple(np.array(start, dtype=np.float64))
    actions, states, terminated, truncated = [], [], False, False
    while not (terminated or truncated):
        action = act(len(actions), inner.state)
        _, reward, terminated, truncated, _ = environment.step(action)
        assert reward == 1.0
        actions.append(action)
        # The whole way of long episodes would be large: every tenth state and the last.
        if len(actions) <= 20 or len(actions) % 10 == 0 or terminated or truncated:
            states.append({"step": len(actions), "state": [float(x) for x in inner.state]})
    result.append({
        "name": name, "start": start, "actions": "".join(map(str, actions)), "states": states,
        "terminated": bool(terminated), "truncated": bool(truncated),
    })
print(json.dumps({"gymnasium": gym.__version__, "episodes": result}, indent=1))
