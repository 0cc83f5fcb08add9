"""Randomly initialised models of `transformers` with their outputs, gradients and a short training: witnesses of the import.

Run with torch, transformers and safetensors installed:  python transformers_models.py
"""
import json
import os

import torch
from safetensors.torch import save_file
from transformers import (
    BertConfig, BertModel, DistilBertConfig, DistilBertModel, RobertaConfig, RobertaModel)

here = os.path.dirname(os.path.abspath(__file__))
torch.set_num_threads(1)
sequences = {
    "bert": [[2, 17, 33, 41, 9, 3], [2, 3], [2, 55, 20, 20, 20, 20, 59, 31, 8, 12, 3], [2, 44, 3]],
    "roberta": [[0, 17, 33, 41, 9, 2], [0, 2], [0, 45, 20, 20, 1, 20, 29, 31, 8, 12, 2], [0, 44, 2]],
    "distilbert": [[2, 17, 33, 41, 9, 3], [2, 3], [2, 45, 20, 20, 20, 20, 29, 31, 8, 12, 3], [2, 44, 3]],
}


def spread(model):
    """Makes biases and normalisations other than 0 and 1, and weights large enough for attention to matter."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() == 2 and "embeddings" not in name:
                p.mul_(8)
            elif p.dim() == 1:
                p.add_(0.2 * torch.randn_like(p))
    return model.eval()


def outputs(model, ids):
    with torch.no_grad():
        result = [model(input_ids=torch.tensor([s])) for s in ids]
    rows = [[round(x, 8) for x in row] for r in result for row in r.last_hidden_state[0].tolist()]
    pooled = [r.pooler_output[0].tolist() for r in result] if hasattr(result[0], "pooler_output") else []
    return {"ids": ids, "hidden": rows, "pooler": pooled}


def keep(name, model, prefix, kind):
    folder = os.path.join(here, name)
    os.makedirs(folder, exist_ok=True)
    if kind is not None:
        with torch.no_grad():
            for p in model.parameters():
                p.copy_(p.to(kind).to(torch.float32))
    save_file({prefix + k: (v if kind is None else v.to(kind)).contiguous() for k, v in model.state_dict().items()
               if v.is_floating_point()}, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    config = model.config.to_dict()
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump({k: v for k, v in sorted(config.items()) if k not in ("_name_or_path", "transformers_version")}, f,
                  indent=1)
    with open(os.path.join(folder, "outputs.json"), "w") as f:
        json.dump(outputs(model, sequences[name]), f)


torch.manual_seed(1)
bert = spread(BertModel(BertConfig(
    vocab_size=60, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
    max_position_embeddings=24, type_vocab_size=2, hidden_act="gelu")))
keep("bert", bert, "", None)
roberta = spread(RobertaModel(RobertaConfig(
    vocab_size=50, hidden_size=48, num_hidden_layers=3, num_attention_heads=3, intermediate_size=72,
    max_position_embeddings=26, type_vocab_size=1, hidden_act="gelu_new", pad_token_id=1, bos_token_id=0,
    eos_token_id=2, layer_norm_eps=1e-5)))
keep("roberta", roberta, "roberta.", torch.float16)
distil = spread(DistilBertModel(DistilBertConfig(
    vocab_size=50, dim=24, n_layers=2, n_heads=3, hidden_dim=40, max_position_embeddings=24, activation="relu")))
keep("distilbert", distil, "distilbert.", torch.bfloat16)

# One batch's gradients and eight steps of AdamW from the BERT above, pooled by the mean, without dropout.
labels, weights = [1, 0, 3, 2], [0.5, 1.0, 2.0, 1.5]
head = torch.nn.Linear(32, 4)
criterion = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights), label_smoothing=0.1)


def loss(places):
    pooled = [bert(input_ids=torch.tensor([sequences["bert"][p]])).last_hidden_state[0].mean(0) for p in places]
    return criterion(head(torch.stack(pooled)), torch.tensor([labels[p] for p in places]))


for p in bert.pooler.parameters():
    p.requires_grad_(False)
state = {"head." + k: v.clone() for k, v in head.state_dict().items()}
first = loss([0, 1, 2, 3])
first.backward()
grads = {k: p.grad.clone() for k, p in bert.named_parameters() if p.grad is not None}
grads.update({"head." + k: p.grad.clone() for k, p in head.named_parameters()})
norm = torch.sqrt(sum((g ** 2).sum() for g in grads.values())).item()
grads.update({"start." + k: v for k, v in state.items()})
save_file({k: v.contiguous() for k, v in grads.items()}, os.path.join(here, "bert", "gradients.safetensors"))


def rate(name):  # layer-wise decay 0.8 from the head downwards
    if name.startswith("encoder.layer."):
        return 0.8 ** (2 - int(name.split(".")[2]))
    return 0.8 ** 3


groups = []
for name, p in bert.named_parameters():
    if p.requires_grad:
        plain = name.endswith("bias") or "LayerNorm" in name
        groups.append({"params": [p], "lr": 1e-2 * rate(name), "weight_decay": 0.0 if plain else 0.1})
groups.append({"params": [head.weight], "lr": 1e-2, "weight_decay": 0.1})
groups.append({"params": [head.bias], "lr": 1e-2, "weight_decay": 0.0})
optimiser = torch.optim.AdamW(groups, eps=1e-6)
batches = [[0, 1], [2, 3], [3, 1], [0], [1], [2, 0], [3], [0, 1, 2, 3]]
losses = []
every = [p for g in groups for p in g["params"]]
for batch in batches:
    optimiser.zero_grad()
    value = loss(batch)
    value.backward()
    torch.nn.utils.clip_grad_norm_(every, 1.0)
    optimiser.step()
    losses.append(value.item())
names = ["embeddings.word_embeddings.weight", "encoder.layer.0.attention.self.key.weight",
         "encoder.layer.1.output.dense.bias"]
after = dict(bert.named_parameters())
with open(os.path.join(here, "bert", "training.json"), "w") as f:
    json.dump({"labels": labels, "weights": weights, "loss": first.item(), "norm": norm, "batches": batches,
               "losses": losses,
               "after": {n: after[n].detach().flatten().tolist() for n in names}}, f)
