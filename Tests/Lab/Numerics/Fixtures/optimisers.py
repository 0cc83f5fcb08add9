"""Writes optimisers.json and schedules.json: what PyTorch's optimisers and schedules do (torch 2.13.0, CPU).

Run: python optimisers.py (in this folder).
"""
import json

import torch
from torch.optim import lr_scheduler as schedules

STEPS = 10


def gradients(step):
    """Two small gradients that change sign, size and order; the second is large in step 4."""
    first = [[((3 * step + 2 * r + 5 * c) % 7 - 3) / 4 for c in range(3)] for r in range(2)]
    second = [[(10.0 if step == 4 else 1.0) * ((step + c) % 3 - 1) / 2 for c in range(4)]]
    return [first, second]


START = [[[0.5, -1.0, 2.0], [0.25, 1.5, -0.75]], [[1.0, -2.0, 0.0, 0.125]]]


def run(make, clip=None):
    parameters = [torch.nn.Parameter(torch.tensor(value)) for value in START]
    optimiser = make(parameters)
    steps = []
    for step in range(STEPS):
        for parameter, gradient in zip(parameters, gradients(step)):
            parameter.grad = torch.tensor(gradient)
        norm = torch.nn.utils.get_total_norm([p.grad for p in parameters]).item()
        if clip and clip[0] == "norm":
            torch.nn.utils.clip_grad_norm_(parameters, clip[1])
        if clip and clip[0] == "value":
            torch.nn.utils.clip_grad_value_(parameters, clip[1])
        optimiser.step()
        steps.append({"norm": norm, "parameters": [p.detach().tolist() for p in parameters]})
    return steps


def average():
    """The moving average of parameters that move by their gradients."""
    model = torch.nn.Linear(3, 2, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor(START[0]))
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
    rows = []
    for step in range(STEPS):
        with torch.no_grad():
            model.weight += torch.tensor(gradients(step)[0])
        averaged.update_parameters(model)
        rows.append(averaged.module.weight.detach().tolist())
    return rows


def rates(make, lr, count=25):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    schedule = make(optimiser)
    result = []
    for step in range(count):
        result.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        if step + 1 < count:
            schedule.step()
    return result


cases = {
    "sgd": run(lambda p: torch.optim.SGD(p, lr=0.1)),
    "sgd momentum": run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "sgd nesterov decay": run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.1)),
    "sgd norm": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), ("norm", 1.5)),
    "sgd value": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), ("value", 0.4)),
    "adam": run(lambda p: torch.optim.Adam(p, lr=0.01)),
    "adam decay": run(lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1)),
    "adamw": run(lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.1)),
    "adamw norm": run(lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.01), ("norm", 1.0)),
}
with open("optimisers.json", "w") as file:
    note = f"made by optimisers.py with torch {torch.__version__}"
    json.dump(
        {"note": note, "start": START, "gradients": [gradients(step) for step in range(STEPS)], "cases": cases,
         "average": average()}, file)

table = {
    "constant": rates(lambda o: schedules.ConstantLR(o, factor=1.0), 0.3),
    "cosine": rates(lambda o: schedules.CosineAnnealingLR(o, T_max=24, eta_min=0.01), 0.3),
    "step": rates(lambda o: schedules.StepLR(o, step_size=7, gamma=0.5), 0.3),
    "exponential": rates(lambda o: schedules.ExponentialLR(o, gamma=0.9), 0.3),
    "inverse square root": rates(
        lambda o: schedules.LambdaLR(o, lambda t: min((t + 1) / 5, (5 / (t + 1)) ** 0.5)), 0.3),
    "one-cycle": rates(lambda o: schedules.OneCycleLR(o, max_lr=0.3, total_steps=25), 0.3),
    "warm-up cosine": rates(
        lambda o: schedules.SequentialLR(
            o, [schedules.LinearLR(o, start_factor=0.1, total_iters=5),
                schedules.CosineAnnealingLR(o, T_max=20, eta_min=0.0)], milestones=[5]), 0.3),
}
with open("schedules.json", "w") as file:
    json.dump({"note": note, "rates": table}, file)
