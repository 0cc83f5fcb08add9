"""Writes torch-*.json: what PyTorch's layers give, with all gradients (torch 2.13.0, CPU).

Run: python torch_layers.py (in this folder). Everything is computed in float64 on inputs and parameters that were rounded
to float32, so that differences are those of the implementation that is compared.
"""
import json

import torch
from torch import nn

D = torch.float64
MADE = (
    "PyTorch 2.13.0+cpu in float64 on inputs and parameters rounded to float32, by torch_layers.py; gradients are those of"
    " sum(output * slope) with respect to the input and every parameter; 9 digits. "
)


def rounded(tensor):
    return tensor.detach().to(torch.float32).to(D)


def normal(*shape, scale=1.0):
    return rounded(torch.randn(*shape, dtype=D) * scale)


def randomise(module):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(normal(*parameter.shape, scale=0.4))
    return module


def block(tensor):
    rows = tensor.detach().reshape(-1, tensor.shape[-1])
    elements = [float(f"{value:.9g}") for value in rows.reshape(-1).tolist()]
    return {"rows": rows.shape[0], "columns": rows.shape[1], "elements": elements}


def case(name, module, x, output, lengths=(), **settings):
    slope = normal(*output.shape)
    (output * slope).sum().backward()
    parameters = dict(module.named_parameters())
    return {
        "name": name, "lengths": list(lengths), "settings": settings, "input": block(x), "slope": block(slope),
        "output": block(output), "inputGradient": block(x.grad),
        "parameters": {key: block(value) for key, value in parameters.items()},
        "gradients": {key: block(value.grad) for key, value in parameters.items()},
    }


def write(name, how, cases):
    with open(f"torch-{name}.json", "w") as file:
        json.dump({"made": MADE + how, "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


def padded(x, lengths):
    """Packed rows [tokens, columns] as [sequences, positions, columns] with zeros for padding."""
    return nn.utils.rnn.pad_sequence(list(x.split(list(lengths))), batch_first=True)


def packed(y, lengths):
    return torch.cat([row[:length] for row, length in zip(y, lengths)])


def masks(lengths, causal):
    positions = max(lengths)
    padding = torch.tensor([[place >= length for place in range(positions)] for length in lengths])
    return padding, torch.triu(torch.ones(positions, positions, dtype=torch.bool), 1) if causal else None


def layer_norm(epsilon, rows, columns, scale):
    module = randomise(nn.LayerNorm(columns, eps=epsilon, dtype=D))
    x = normal(rows, columns, scale=scale).requires_grad_()
    return case(f"layer norm {epsilon}", module, x, module(x), epsilon=epsilon)


def activation(name, function):
    x = rounded(torch.linspace(-9, 9, 73, dtype=D)).reshape(1, -1).requires_grad_()
    return case(name, nn.Module(), x, function(x))


def embedding():
    module = randomise(nn.Embedding(9, 5, padding_idx=2, dtype=D))
    with torch.no_grad():
        module.weight[2] = 0
    indices = [3, 2, 8, 3, 0, 2, 3]
    x = torch.zeros(1, 1, dtype=D, requires_grad=True)
    result = case("embedding", module, x, module(torch.tensor(indices)) + 0 * x, padding=2)
    return result | {"indices": indices}


def gru(both_ways, lengths):
    module = randomise(nn.GRU(3, 5, bidirectional=both_ways, batch_first=True, dtype=D))
    x = normal(sum(lengths), 3).requires_grad_()
    batch = nn.utils.rnn.pack_padded_sequence(
        padded(x, lengths), torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    y, _ = nn.utils.rnn.pad_packed_sequence(module(batch)[0], batch_first=True)
    return case(f"GRU {both_ways}", module, x, packed(y, lengths), lengths, isBidirectional=int(both_ways))


def attention(causal, heads, width, lengths):
    module = randomise(nn.MultiheadAttention(width, heads, batch_first=True, dtype=D))
    x = normal(sum(lengths), width).requires_grad_()
    padding, ahead = masks(lengths, causal)
    batch = padded(x, lengths)
    y, _ = module(batch, batch, batch, key_padding_mask=padding, attn_mask=ahead, need_weights=False)
    return case(
        f"attention {causal}", module, x, packed(y, lengths), lengths, heads=heads, isCausal=int(causal))


def transformer(before, activation_name, causal, lengths):
    module = randomise(nn.TransformerEncoderLayer(
        8, 2, 12, dropout=0, activation=activation_name, norm_first=before, batch_first=True, dtype=D))
    x = normal(sum(lengths), 8).requires_grad_()
    padding, ahead = masks(lengths, causal)
    y = module(padded(x, lengths), src_mask=ahead, src_key_padding_mask=padding)
    return case(
        f"block {before}", module, x, packed(y, lengths), lengths, isBefore=int(before), isCausal=int(causal),
        isRelu=int(activation_name == "relu"))


torch.manual_seed(20261122)
torch.set_num_threads(1)
write("layer-norm", "nn.LayerNorm.", [
    layer_norm(1e-5, 5, 12, 1.5), layer_norm(1e-12, 3, 7, 3.0), layer_norm(1e-5, 2, 40, 0.01)])
write("activations", "Functions of torch.nn.functional.", [
    activation("gelu", nn.functional.gelu),
    activation("geluTanh", lambda x: nn.functional.gelu(x, approximate="tanh")),
    activation("silu", nn.functional.silu), activation("relu", torch.relu), activation("tanh", torch.tanh),
    activation("sigmoid", torch.sigmoid)])
write("embedding", "nn.Embedding with padding_idx.", [embedding()])
write("gru", "nn.GRU on pack_padded_sequence.", [gru(False, [3, 5, 1, 4]), gru(True, [2, 6, 1, 6])])
write("attention", "nn.MultiheadAttention on padded sequences with key_padding_mask; padding left out.", [
    attention(False, 2, 8, [4, 1, 6]), attention(True, 3, 6, [5, 2, 7])])
write("transformer", "nn.TransformerEncoderLayer without dropout on padded sequences; padding left out.", [
    transformer(False, "gelu", False, [3, 1, 5]), transformer(True, "relu", True, [4, 2, 3])])
