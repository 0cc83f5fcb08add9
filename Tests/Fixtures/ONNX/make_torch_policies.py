"""Policies as PyTorch exports them, and what onnxruntime makes of them: the witness of `ONNXPolicy`.

pip install torch==2.13.0+cpu onnx==1.23.2 onnxscript onnxruntime==1.32.0 numpy && python make_torch_policies.py
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
torch.manual_seed(4)
cases = []


class Dueling(nn.Module):
    def __init__(self, width, actions):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(width, 16), nn.LayerNorm(16), nn.GELU())
        self.value, self.advantage = nn.Linear(16, 1), nn.Linear(16, actions)

    def forward(self, observation):
        hidden = self.body(observation)
        advantage = self.advantage(hidden)
        return self.value(hidden) + advantage - advantage.mean(dim=1, keepdim=True)


class Chooser(nn.Module):
    """Takes the best action itself, as Stable-Baselines3's documentation advises to export."""

    def __init__(self, width, actions):
        super().__init__()
        self.net = nn.Sequential(nn.BatchNorm1d(width), nn.Linear(width, 12), nn.Tanh(), nn.Dropout(), nn.Linear(12, actions))

    def forward(self, observation):
        return self.net(observation).argmax(dim=1)


class Softmaxed(nn.Module):
    def __init__(self, width, actions):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 8), nn.SiLU(), nn.Linear(8, actions), nn.Softmax(dim=-1))

    def forward(self, observation):
        return self.net(observation)


class Masked(nn.Module):
    def __init__(self, width, actions):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 8), nn.ELU(), nn.Linear(8, actions))

    def forward(self, observation, permitted):
        return torch.where(permitted, self.net(observation), torch.full((), -1e9))


def case(name, module, width, actions, dynamo, free=True, masked=False, opset=17):
    module.eval()
    rows = torch.randn(6, width)
    mask = torch.rand(6, actions) < 0.6
    mask[:, 0] = True
    example = (torch.randn(2 if free else 1, width),)
    if masked:
        example += (torch.ones(2, actions, dtype=torch.bool),)
    names = ["observation", "permitted"][: len(example)]
    path = HERE / f"{name}.onnx"
    options = dict(input_names=names, output_names=["output"], opset_version=opset, dynamo=dynamo)
    if free and dynamo:
        rows_free = torch.export.Dim("batch", min=1)
        options["dynamic_shapes"] = tuple({0: rows_free} for _ in names)
        options["external_data"] = False
    elif free:
        options["dynamic_axes"] = {n: {0: "batch"} for n in names + ["output"]}
    elif dynamo:
        options["external_data"] = False
    torch.onnx.export(module, example, str(path), **options)
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.graph.value_info[:]
    path.write_bytes(model.SerializeToString(deterministic=True))
    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    inputs = {i.name for i in session.get_inputs()}
    outputs = []
    for row in range(0, 6, 6 if free else 1):
        end = 6 if free else row + 1
        feed = {"observation": rows[row:end].numpy(), "permitted": mask[row:end].numpy()}
        outputs.append(session.run(None, {k: v for k, v in feed.items() if k in inputs})[0])
    result = np.concatenate([np.atleast_1d(o) for o in outputs])
    cases.append({"name": name, "width": width, "actions": actions, "states": rows.numpy().ravel().tolist(),
                  "permitted": mask.numpy().ravel().tolist(),
                  "output": result.astype(float).ravel().tolist()})


case("torch_mlp", nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 3)), 5, 3, dynamo=False)
case("torch_dueling", Dueling(5, 4), 5, 4, dynamo=True, opset=18)
case("torch_dueling_one_row", Dueling(5, 4), 5, 4, dynamo=False, free=False)
case("torch_chooser", Chooser(4, 3), 4, 3, dynamo=False)
case("torch_softmax", Softmaxed(4, 3), 4, 3, dynamo=True, opset=20)
case("torch_masked", Masked(4, 3), 4, 3, dynamo=False, masked=True)
(HERE / "torch-expected.json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")))
for path in sorted(HERE.glob("torch_*.onnx")):
    model = onnx.load(path)
    print(path.name, path.stat().st_size, [o.version for o in model.opset_import], sorted({n.op_type for n in model.graph.node}))
