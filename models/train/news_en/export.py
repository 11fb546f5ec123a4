"""Model to package: config, vocabulary, fp16 safetensors, int8 ONNX graph."""

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertConfig

from .evaluate import Forward
from .inventory import LEMMAS, read_inventory
from .labels import NER_LABELS, SENTIMENT_LABELS, STANCE_LABELS, STANCE_MIRROR
from .lemmas import table_text
from .model import JointModel, base_folder
from .syntax import UPOS
from .words import CASE_TYPES

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUTS = ["last_hidden_state", "logits"]
INT8 = "model.int8.onnx"


def config_json(model: JointModel) -> dict:
    """The Hugging Face config of a BertForTokenClassification, and what docmill needs on top."""
    config = model.config.to_dict()
    for key in ("_name_or_path", "_attn_implementation_autoset", "torch_dtype"):
        config.pop(key, None)
    config["architectures"] = ["BertForTokenClassification"]
    config["id2label"] = {str(i): label for i, label in enumerate(NER_LABELS)}
    head = {"form": "role-layer", "activation": "gelu_erf", "pooling": "mean"}
    config["docmill"] = {
        "transitions": model.transitions.tolist(),
        "format": 3,
        "token_types": "case",
        "case_types": CASE_TYPES,
        "do_lower_case": True,
        "strip_accents": True,
        "label_piece": "first",
        "max_length": 256,
        "onnx": {"int8": INT8, "inputs": INPUTS, "outputs": OUTPUTS},
        "heads": {
            "sentiment": {"spans": 1, "labels": SENTIMENT_LABELS, **head},
            "sentence": {"form": "sentence", "labels": SENTIMENT_LABELS},
            "stance": {"spans": 2, "labels": STANCE_LABELS, "mirror": STANCE_MIRROR, **head},
        },
    }
    if model.inventory:
        config["docmill"]["heads"]["syntax"] = {
            "form": "biaffine",
            "upos": UPOS,
            "deprel": model.inventory.deprel,
            "lemma": model.inventory.scripts,
            "lemma_exceptions": LEMMAS,
        }
    return config


class _Graph(nn.Module):
    """Encoder and NER classifier with the inputs in the order of INPUTS."""

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        states = self.model.encode(ids, types, mask)
        return states, self.model.ner_logits(states)


def write_onnx(model: JointModel, path: Path) -> None:
    """fp32 graph, dynamic batch and length, opset 14."""
    ids = torch.tensor([[101, 2000, 102], [101, 2001, 102]])
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS + OUTPUTS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Graph(model.eval()),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=14,
            dynamo=False,
        )


def write_int8(fp32: Path, path: Path) -> None:
    """Dynamic quantisation, int8 weights per channel."""
    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(str(fp32), str(path), per_channel=True, weight_type=QuantType.QInt8)


def rounded(model: JointModel) -> JointModel:
    """The model with its weights rounded to fp16, so that every file of the package agrees."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


def write_package(model: JointModel, out: Path, fp32_onnx: Path | None = None) -> None:
    """Writes the package without its card into `out`, replacing what is there."""
    model = rounded(model)
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        folder = Path(scratch) / "package"
        folder.mkdir()
        text = json.dumps(config_json(model), indent=2, sort_keys=True)
        (folder / "config.json").write_text(text + "\n", encoding="utf-8")
        shutil.copy(base_folder() / "vocab.txt", folder / "vocab.txt")
        if model.inventory:
            (folder / LEMMAS).write_text(table_text(model.inventory.exceptions), encoding="utf-8")
        weights = {k: v.half().contiguous() for k, v in model.state_dict().items()}
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        fp32 = fp32_onnx or Path(scratch) / "fp32.onnx"
        write_onnx(model, fp32)
        write_int8(fp32, folder / INT8)
        if out.exists():
            out.rename(Path(scratch) / "old")
        folder.rename(out)


def load_package(folder: Path) -> JointModel:
    """The PyTorch model of a package, in fp32."""
    config = BertConfig.from_pretrained(folder)
    config._attn_implementation = "eager"
    model = JointModel(config, read_inventory(folder))
    model.add_sentence_head()
    weights = load_file(folder / "model.safetensors")
    model.load_state_dict({k: v.float() for k, v in weights.items()}, strict=True)
    model.transitions = read_transitions(folder)
    return model.eval()


def read_transitions(folder: Path) -> np.ndarray | None:
    """Those of a package."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = config["docmill"].get("transitions")
    return None if found is None else np.array(found)


def onnx_forward(path: Path, threads: int = 2) -> Forward:
    """Forward pass of a graph in ONNX Runtime."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def forward(ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        states, logits = session.run(OUTPUTS, {k: v.numpy() for k, v in feeds.items()})
        return torch.from_numpy(states), torch.from_numpy(logits)

    return forward
