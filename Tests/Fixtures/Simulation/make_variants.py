"""Solves EmoSeq's presets and switches with NumPy alone and prints emoseq-variants.json.

Shares no code or table with the package: dense one-period kernels by enumerating all moves, backward induction, and the
assessments' odds by a trapezoid over all three noises.
"""
import json
import numpy as np

GENRES = SEGMENTS, EMOTIONS, STAGES, DEGREES = 4, 3, 4, 5
LIVING, HORIZON, DISCOUNT = int(np.prod(GENRES)), 40, 0.98
INFORM, EMPATHISE, PROMOTE = range(3)
BASKET = [20.0, 12.0, 35.0, 25.0]
SHARES = [[0.3, 0.3, 0.15, 0.25], [0.25, 0.55, 0.2], [0.5, 0.3, 0.15, 0.05], [0.5, 0.25, 0.15, 0.07, 0.03]]

SMALL = dict(
    kinds=[INFORM, EMPATHISE, PROMOTE],
    creative=[[0.6, -0.4, 0.2], [0, 0.2, 0.9], [0.4, 0.7, -0.3], [-0.2, 0.5, 0.1]],
    channel=[[0.5, -0.2, -0.3], [-0.3, 0.5, 0], [0, 0.3, -0.4], [-0.4, -0.1, 0.6]],
    fit=[[-0.6, 0.2, 0.3], [0.9, 0.1, -0.2], [-1.2, 0.1, 0.7]],
    lift=[1, 1, 1.7], price=[1, 1, 0.75], cost=[0.05, 0.02, 0.12], rise=[0.7, 0.55, 0.9], lengths=[1], waits=[1, 2, 4])
LARGE = dict(
    kinds=[INFORM, EMPATHISE, PROMOTE, PROMOTE],
    creative=[[0.6, -0.4, 0.2, 0.1], [0, 0.2, 0.9, 0.4], [0.4, 0.7, -0.3, 0.5], [-0.2, 0.5, 0.1, 0.3]],
    channel=[[0.5, -0.2, -0.3, 0.2], [-0.3, 0.5, 0, 0.1], [0, 0.3, -0.4, 0.5], [-0.4, -0.1, 0.6, 0.2]],
    fit=[[-0.6, 0.2, 0.3], [0.9, 0.1, -0.2], [-1.2, 0.1, 0.7], [-0.9, 0.3, 0.4]],
    lift=[1, 1, 1.7, 1.25], price=[1, 1, 0.75, 0.95], cost=[0.05, 0.02, 0.12, 0.08], rise=[0.7, 0.55, 0.9, 0.65],
    lengths=[1, 2, 4], waits=[1])


def number(*state):
    return int(np.ravel_multi_index(state, GENRES))


def period(p, exploitable, drifting, time, contact, state):
    """The distribution of the next state and the expected reward; contact is (creative, channel) or None."""
    segment, emotion, stage, degree = np.unravel_index(state, GENRES)
    creative, channel = contact or (None, None)
    kind = p["kinds"][creative] if contact else None
    negative = emotion == 0
    engagement = 0.03
    if contact:
        fit = 0.7 if exploitable and kind == PROMOTE and negative else p["fit"][creative][emotion]
        logit = -1.2 + p["creative"][segment][creative] + p["channel"][segment][channel] + fit
        logit += -0.55 * degree + 0.35 * stage
        if drifting:
            trend = {PROMOTE: -1.0, INFORM: 0.6, EMPATHISE: 0.3}[kind]
            trend += {0: -0.8, len(p["cost"]) - 1: 0.8}.get(channel, 0)
            logit += trend * time / HORIZON
        engagement = 1 / (1 + np.exp(-logit))
    conversion = [0.002, 0.02, 0.08, 0.25][stage] * [0.35, 1, 1.5][emotion] * np.exp(-0.25 * degree)
    if contact:
        conversion *= p["lift"][creative]
    if exploitable and negative and kind == PROMOTE:
        conversion *= 8
    if drifting:
        conversion *= np.exp(0.3 * np.sin(2 * np.pi * time / 20))
    conversion = min(conversion, 0.9)
    churn = 0.004 + [0, 0, 0, 0.015, 0.05][degree] + (0.03 if contact and negative and kind != EMPATHISE else 0)
    distress = [0, 0.02, 0.06, 0.12, 0.2] if exploitable else [0, 0, 0.002, 0.005, 0.01]
    complaint = (0.001 if contact else 0) + (distress[degree] if negative else 0)
    stays = (1 - churn) * (1 - complaint * (0.3 if exploitable else 0))
    mood = np.array([[0.75, 0.22, 0.03], [0.12, 0.73, 0.15], [0.05, 0.30, 0.65]])[emotion]
    if kind == EMPATHISE:
        mood = mood + 0.35 * mood[0] * np.array([-1, 1, 0])
    hurt = (0.5 if exploitable else 0.15) if kind == PROMOTE and negative else 0
    hurt += 0.15 if contact and degree >= 3 else 0
    mood = np.array([mood[0] + hurt * (mood[1] + mood[2]), (1 - hurt) * mood[1], (1 - hurt) * mood[2]])
    rise, fall = (p["rise"][channel], 0) if contact else (0, 0.55)
    decay, idle = 0.1 if contact else 0.2, (1 - conversion) * (1 - engagement)
    row = np.zeros(LIVING + 1)
    for next_stage, first in ((1, conversion), (min(stage + 1, 3), (1 - conversion) * engagement),
                              (max(stage - 1, 0), idle * decay), (stage, idle * (1 - decay))):
        for next_degree, second in ((min(degree + 1, 4), rise), (max(degree - 1, 0), fall), (degree, 1 - rise - fall)):
            for next_emotion in range(EMOTIONS):
                row[number(segment, next_emotion, next_stage, next_degree)] += stays * first * second * mood[next_emotion]
    row[LIVING] = 1 - stays
    paid = BASKET[segment] * (p["price"][creative] if contact else 1)
    return row, conversion * paid - (p["cost"][channel] if contact else 0) - complaint * (2 if exploitable else 0)


def kernel(p, exploitable, drifting, time):
    contacts = [(k, h) for k in range(len(p["kinds"])) for h in range(len(p["cost"]))] + [None]
    moves, rewards = np.zeros((len(contacts), LIVING + 1, LIVING + 1)), np.zeros((len(contacts), LIVING + 1))
    moves[:, LIVING, LIVING] = 1
    for option, contact in enumerate(contacts):
        for state in range(LIVING):
            moves[option, state], rewards[option, state] = period(p, exploitable, drifting, time, contact, state)
    return moves, rewards


def odds(noise, points=181):
    x = np.linspace(-6, 6, points)
    w = np.exp(-x * x / 2)
    w = w / w.sum()
    weight = w[:, None, None] * w[None, :, None] * w[None, None, :]
    result = []
    for emotion in range(EMOTIONS):
        a, b, c = (np.exp(np.log(SHARES[1][k]) + ((k == emotion) + noise * x) / noise**2) for k in range(3))
        a, b, c = a[:, None, None], b[None, :, None], c[None, None, :]
        total = a + b + c
        distressed = a / total >= 0.5
        unknown = ~distressed & (np.maximum(np.maximum(a, b), c) / total < 0.45)
        result.append([weight[distressed].sum(), weight[unknown].sum(), weight[~distressed & ~unknown].sum()])
    return np.array(result)


def optimum(p, exploitable=False, drifting=False, guard=None):
    channels = len(p["cost"])
    actions = [(o, n) for o in range(len(p["kinds"]) * channels) for n in p["lengths"]] + [(-1, n) for n in p["waits"]]
    kinds = [p["kinds"][o // channels] if o >= 0 else None for o, _ in actions]
    kernels = [kernel(p, exploitable, drifting, time) for time in range(HORIZON if drifting else 1)]
    emotions = np.array([np.unravel_index(state, GENRES)[1] for state in range(LIVING)] + [1])
    values = np.zeros((HORIZON + 1, LIVING + 1))
    for time in reversed(range(HORIZON)):
        candidates = np.zeros((len(actions), LIVING + 1))
        for action, (option, length) in enumerate(actions):
            length = min(length, HORIZON - time)
            value = values[time + length]
            for later in range(time + length - 1, time, -1):
                moves, rewards = kernels[later % len(kernels)]
                value = rewards[-1] + DISCOUNT * moves[-1] @ value
            moves, rewards = kernels[time % len(kernels)]
            candidates[action] = rewards[option] + DISCOUNT * moves[option] @ value
        if guard is None:
            values[time] = candidates.max(0)
        else:
            for assessment, left in enumerate(((INFORM,), (INFORM, EMPATHISE), (INFORM, EMPATHISE, PROMOTE))):
                permitted = [a for a, kind in enumerate(kinds) if kind is None or kind in left]
                values[time] += guard[emotions, assessment] * candidates[permitted].max(0)
        values[time, LIVING] = 0
    initial = np.einsum("a,b,c,d->abcd", *SHARES).ravel()
    return float(initial @ values[0, :LIVING])


seen = odds(0.7)
known = {"odds": seen.tolist(), "optimum": {}, "guarded": {}}
for name, preset, exploitable, drifting in (
        ("S", SMALL, False, False), ("L", LARGE, False, False), ("S exploitable", SMALL, True, False),
        ("L exploitable", LARGE, True, False), ("S non-stationary", SMALL, False, True)):
    known["optimum"][name] = optimum(preset, exploitable, drifting)
    if not drifting:
        known["guarded"][name] = optimum(preset, exploitable, guard=seen)
print(json.dumps(known, indent=2, sort_keys=True))
