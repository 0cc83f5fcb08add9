"""Small ONNX models, one a file, and what onnxruntime makes of them: the witness of Lab's evaluator.

pip install onnx==1.23.2 onnxruntime==1.32.0 numpy && python make_models.py
"""

import json
import pathlib

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(4)
cases = []


def array(*shape, low=-2.0, high=2.0):
    return random.uniform(low, high, shape).astype(np.float32)


def value(name, a):
    return numpy_helper.from_array(np.asarray(a), name)


def case(name, nodes, inputs, outputs=1, opset=17, weights=None):
    """One model: `inputs` are arrays by name, `weights` initialisers by name."""
    weights = weights or {}
    kinds = {np.dtype("float32"): T.FLOAT, np.dtype("int64"): T.INT64, np.dtype("bool"): T.BOOL,
             np.dtype("int32"): T.INT32, np.dtype("float64"): T.DOUBLE}
    graph = h.make_graph(
        nodes, name,
        [h.make_tensor_value_info(k, kinds[a.dtype], ["N"] + list(a.shape[1:]) if a.ndim else [])
         for k, a in inputs.items()],
        [h.make_empty_tensor_value_info(f"y{i}") for i in range(outputs)],
        [value(k, a) for k, a in weights.items()])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", opset)], ir_version=8, producer_name="make_models")
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    results = session.run(None, inputs)
    # Types of outputs are what onnxruntime found.
    for info, result in zip(model.graph.output, results):
        info.CopyFrom(h.make_tensor_value_info(info.name, kinds[result.dtype], [None] * result.ndim))
    onnx.checker.check_model(model)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))

    def listed(a):
        return {"type": str(a.dtype), "shape": list(a.shape),
                "values": [float(x) if np.isfinite(x) else str(x) for x in a.astype(np.float64).ravel()]}

    cases.append({"name": name, "inputs": {k: listed(a) for k, a in inputs.items()},
                  "outputs": {f"y{i}": listed(np.asarray(r)) for i, r in enumerate(results)}})


def chain(name, ops, x, opset=17):
    """Functions of one input, each as an output of one model."""
    nodes = [h.make_node(op, ["x"], [f"y{i}"], **attributes) for i, (op, attributes) in enumerate(ops)]
    case(name, nodes, {"x": x}, outputs=len(ops), opset=opset)


def ints(*values):
    return np.array(values, dtype=np.int64)


# A perceptron as PyTorch exports it: Gemm with a transposed weight.
case("mlp", [h.make_node("Gemm", ["x", "w1", "b1"], ["h"], transB=1), h.make_node("Relu", ["h"], ["r"]),
             h.make_node("Gemm", ["r", "w2", "b2"], ["y0"], transB=1)],
     {"x": array(5, 7)}, weights={"w1": array(16, 7), "b1": array(16), "w2": array(3, 16), "b2": array(3)})
case("gemm", [h.make_node("Gemm", ["x", "w"], ["y0"], alpha=0.5),
              h.make_node("Gemm", ["w2", "x", "c"], ["y1"], transA=1, transB=1, beta=2.0),
              h.make_node("Gemm", ["x", "w", "row"], ["y2"])],
     {"x": array(4, 3)}, outputs=3, weights={"w": array(3, 2), "w2": array(3, 5), "c": array(5, 1), "row": array(2)})
case("matmul", [h.make_node("MatMul", ["x", "w"], ["y0"]), h.make_node("MatMul", ["x", "v"], ["y1"]),
                h.make_node("MatMul", ["x", "b"], ["y2"]), h.make_node("MatMul", ["u", "x"], ["y3"])],
     {"x": array(2, 3, 4)}, outputs=4,
     weights={"w": array(4, 5), "v": array(4), "b": array(2, 4, 2), "u": array(3)})
chain("functions", [("Relu", {}), ("LeakyRelu", {"alpha": 0.2}), ("Elu", {"alpha": 1.5}), ("Tanh", {}), ("Sigmoid", {}),
                    ("Softplus", {}), ("Exp", {}), ("Neg", {}), ("Abs", {}), ("Erf", {}), ("Sign", {}), ("Selu", {}),
                    ("HardSigmoid", {}), ("Softsign", {}), ("Sin", {}), ("Cos", {}), ("Floor", {}), ("Ceil", {}),
                    ("Identity", {}), ("Dropout", {})],
      np.concatenate([array(3, 6, low=-6, high=6), np.float32([[0, -0.0, 30, -30, 0.5, -0.5]])]))
chain("positive", [("Log", {}), ("Sqrt", {}), ("Reciprocal", {})], array(3, 5, low=0.01, high=9))
chain("gelu", [("Gelu", {}), ("Gelu", {"approximate": "tanh"})], array(4, 5, low=-5, high=5), opset=20)
arithmetic = ["Add", "Sub", "Mul", "Div", "Min", "Max", "Greater", "Less", "Equal", "GreaterOrEqual", "LessOrEqual"]
for shape_name, a, b in [("same", array(3, 4), array(3, 4)), ("row", array(3, 4), array(4)),
                         ("column", array(3, 4), array(3, 1)), ("outer", array(3, 1), array(1, 4)),
                         ("deep", array(2, 1, 3, 4), array(5, 1, 4))]:
    b.ravel()[0] = a.ravel()[0]
    case(f"pairs_{shape_name}", [h.make_node(op, ["x", "w"], [f"y{i}"]) for i, op in enumerate(arithmetic)],
         {"x": a}, outputs=len(arithmetic), weights={"w": b})
whole = ["Add", "Sub", "Mul", "Div", "Min", "Max", "Greater", "Equal"]
case("pairs_integers", [h.make_node(op, ["x", "w"], [f"y{i}"]) for i, op in enumerate(whole)]
     + [h.make_node("Neg", ["x"], ["y8"]), h.make_node("Abs", ["x"], ["y9"])],
     {"x": ints(-7, 8, 2**62, 3).reshape(4, 1)}, outputs=10, weights={"w": ints(2, -3, 5)})
case("pow", [h.make_node("Pow", ["x", "w"], ["y0"]), h.make_node("Pow", ["x", "i"], ["y1"])],
     {"x": array(3, 2, low=0.1)}, outputs=2, weights={"w": array(2), "i": ints(2, 3)})
case("variadic", [h.make_node("Min", ["x", "w", "v"], ["y0"]), h.make_node("Max", ["x", "w", "v"], ["y1"]),
                  h.make_node("Sum", ["x", "w", "v"], ["y2"])],
     {"x": array(3, 4)}, outputs=3, weights={"w": array(4), "v": array(1)})
case("clip", [h.make_node("Clip", ["x", "lo", "hi"], ["y0"]), h.make_node("Clip", ["x", "", "hi"], ["y1"]),
              h.make_node("Clip", ["x"], ["y2"])],
     {"x": array(3, 4)}, outputs=3, weights={"lo": np.float32(-0.5), "hi": np.float32(0.75)})
for opset in (11, 13):
    chain(f"softmax_{opset}", [("Softmax", {}), ("Softmax", {"axis": 1}), ("Softmax", {"axis": 2}), ("LogSoftmax", {}),
                               ("LogSoftmax", {"axis": 0})], array(2, 3, 4), opset=opset)
case("logic", [h.make_node("Not", ["x"], ["y0"]), h.make_node("And", ["x", "w"], ["y1"]),
               h.make_node("Or", ["x", "w"], ["y2"]), h.make_node("Xor", ["x", "w"], ["y3"]),
               h.make_node("Where", ["x", "a", "b"], ["y4"]), h.make_node("Equal", ["x", "w"], ["y5"])],
     {"x": random.random((3, 4)) < 0.5}, outputs=6,
     weights={"w": random.random((4,)) < 0.5, "a": array(4), "b": array(3, 1)})
reductions = ["ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSumExp",
              "ReduceSumSquare"]
case("reductions_13", [h.make_node(op, ["x"], [f"y{2 * i}"], axes=[1]) for i, op in enumerate(reductions)]
     + [h.make_node(op, ["x"], [f"y{2 * i + 1}"], axes=[-1, 0], keepdims=0) for i, op in enumerate(reductions)]
     + [h.make_node("ReduceSum", ["x", "axes"], ["y16"], keepdims=0), h.make_node("ReduceSum", ["x"], ["y17"]),
        h.make_node("ReduceSum", ["x"], ["y18"], noop_with_empty_axes=1), h.make_node("ReduceMean", ["x"], ["y19"])],
     {"x": array(2, 3, 4)}, outputs=20, weights={"axes": ints(0, 2)}, opset=13)
case("reductions_11", [h.make_node("ReduceSum", ["x"], ["y0"], axes=[1]), h.make_node("ReduceSum", ["x"], ["y1"])],
     {"x": array(2, 3, 4)}, outputs=2, opset=11)
case("reductions_18", [h.make_node(op, ["x", "axes"], [f"y{i}"]) for i, op in enumerate(reductions)]
     + [h.make_node("ReduceMean", ["x"], ["y8"], noop_with_empty_axes=1)],
     {"x": array(2, 3, 4)}, outputs=9, weights={"axes": ints(-1)}, opset=18)
case("argmax", [h.make_node("ArgMax", ["x"], ["y0"]), h.make_node("ArgMax", ["x"], ["y1"], axis=1, keepdims=0),
                h.make_node("ArgMin", ["x"], ["y2"], axis=-1),
                h.make_node("ArgMax", ["x"], ["y3"], axis=1, select_last_index=1)],
     {"x": np.float32([[1, 3, 3, 2], [0, 0, -1, -1], [5, 4, 5, 4]])}, outputs=4)
case("parts", [h.make_node("Slice", ["x", "s", "e"], ["y0"]),
               h.make_node("Slice", ["x", "s2", "e2", "a2", "st2"], ["y1"]),
               h.make_node("Gather", ["x", "i"], ["y2"], axis=1), h.make_node("Gather", ["x", "j"], ["y3"], axis=-1),
               h.make_node("Concat", ["x", "w", "x"], ["y4"], axis=1), h.make_node("Concat", ["x", "x"], ["y5"], axis=0),
               h.make_node("Split", ["x", "parts"], ["y6", "y7"], axis=2), h.make_node("Split", ["x"], ["y8", "y9"], axis=0)],
     {"x": array(2, 3, 4)}, outputs=10,
     weights={"s": ints(0, 1), "e": ints(9, 3), "s2": ints(-1, 3), "e2": ints(-100, 0), "a2": ints(1, 2),
              "st2": ints(-1, -2), "i": ints(2, -3).reshape(2, 1), "j": np.array(1, dtype=np.int64),
              "w": array(2, 1, 4), "parts": ints(1, 3)})
case("shapes", [h.make_node("Reshape", ["x", "r"], ["y0"]), h.make_node("Reshape", ["x", "r0"], ["y1"]),
                h.make_node("Flatten", ["x"], ["y2"]), h.make_node("Flatten", ["x"], ["y3"], axis=-1),
                h.make_node("Transpose", ["x"], ["y4"]), h.make_node("Transpose", ["x"], ["y5"], perm=[1, 0, 2]),
                h.make_node("Unsqueeze", ["x", "u"], ["y6"]), h.make_node("Squeeze", ["y6", "u"], ["y7"]),
                h.make_node("Squeeze", ["y6"], ["y8"]), h.make_node("Expand", ["w", "big"], ["y9"]),
                h.make_node("Shape", ["x"], ["y10"]), h.make_node("Shape", ["x"], ["y11"], start=-2),
                h.make_node("ConstantOfShape", ["y10"], ["y12"], value=value("v", np.float32([2.5]))),
                h.make_node("Size", ["x"], ["y13"])],
     {"x": array(2, 3, 4)}, outputs=14,
     weights={"r": ints(-1, 6), "r0": ints(0, 0, 2, -1), "u": ints(0, -1), "w": array(3, 1), "big": ints(2, 1, 4)})
case("shapes_11", [h.make_node("Unsqueeze", ["x"], ["y0"], axes=[0, 3]), h.make_node("Squeeze", ["y0"], ["y1"], axes=[0]),
                   h.make_node("Split", ["x"], ["y2", "y3"], axis=1, split=[1, 2])],
     {"x": array(2, 3)}, outputs=4, opset=11)
case("constants", [h.make_node("Constant", [], ["c"], value_floats=[0.5, 1.5, 2.5]),
                   h.make_node("Constant", [], ["k"], value_int=2), h.make_node("Cast", ["k"], ["kf"], to=T.FLOAT),
                   h.make_node("Constant", [], ["t"], value=value("t", array(3))), h.make_node("Add", ["x", "c"], ["a"]),
                   h.make_node("Mul", ["a", "kf"], ["b"]), h.make_node("Sub", ["b", "t"], ["y0"])], {"x": array(2, 3)})
case("casts", [h.make_node("Cast", ["x"], [f"y{i}"], to=kind) for i, kind in
               enumerate([T.INT64, T.BOOL, T.DOUBLE, T.INT32])], {"x": np.float32([[1.9, -1.9, 0, 0.4, 1e6]])}, outputs=4)
case("layer_norm", [h.make_node("LayerNormalization", ["x", "g", "b"], ["y0", "y1", "y2"], axis=-1),
                    h.make_node("LayerNormalization", ["x", "g2"], ["y3"], axis=1, epsilon=1e-3)],
     {"x": array(3, 2, 5)}, outputs=4, weights={"g": array(5), "b": array(5), "g2": array(2, 5)})
case("batch_norm", [h.make_node("BatchNormalization", ["x", "g", "b", "m", "v"], ["y0"], epsilon=1e-4)],
     {"x": array(4, 3)}, weights={"g": array(3), "b": array(3), "m": array(3), "v": array(3, low=0.1)})
case("batch_norm_images", [h.make_node("BatchNormalization", ["x", "g", "b", "m", "v"], ["y0"])],
     {"x": array(2, 3, 4)}, weights={"g": array(3), "b": array(3), "m": array(3), "v": array(3, low=0.1)})
case("dueling", [h.make_node("Gemm", ["x", "w", "b"], ["h"], transB=1), h.make_node("Relu", ["h"], ["r"]),
                 h.make_node("MatMul", ["r", "wv"], ["v"]), h.make_node("MatMul", ["r", "wa"], ["a"]),
                 h.make_node("ReduceMean", ["a"], ["m"], axes=[1], keepdims=1), h.make_node("Sub", ["a", "m"], ["c"]),
                 h.make_node("Add", ["v", "c"], ["y0"]), h.make_node("ArgMax", ["y0"], ["y1"], axis=1, keepdims=0)],
     {"x": array(6, 5)}, outputs=2, weights={"w": array(8, 5), "b": array(8), "wv": array(8, 1), "wa": array(8, 4)})

(HERE / "expected.json").write_text(json.dumps({"onnxruntime": ort.__version__, "cases": cases}, separators=(",", ":")))
sizes = [p.stat().st_size for p in HERE.glob("*.onnx")]
print(len(cases), "models, largest", max(sizes), "bytes; answers", (HERE / "expected.json").stat().st_size)
