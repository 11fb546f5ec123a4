"""Makes the tiny models of docmill's tests, with Hugging Face's own numbers beside them.

    python make.py        # torch 2.4, transformers 4.46, tokenizers 0.20, safetensors

Not needed to run the tests: what it makes is committed. Each folder holds a model with random weights (hidden size
32, two layers) and `expected.json`: for each sentence the words, the ids and token types, and the logits of every
position, computed by Hugging Face one sentence at a time.

Weights are drawn wider than models are initialised, so that activations have the size of a trained model's.
"""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import (
    ByteLevelBPETokenizer,
    Tokenizer,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import (
    AlbertConfig,
    AlbertForTokenClassification,
    BertConfig,
    BertForTokenClassification,
    BertTokenizerFast,
    DistilBertConfig,
    DistilBertForTokenClassification,
    ElectraConfig,
    ElectraForTokenClassification,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForTokenClassification,
    RobertaTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForTokenClassification,
)

import make_context
import make_heads
import make_syntax

HERE = Path(__file__).parent
LABELS = ["O", "B-PER", "I-PER", "B-creative-work", "I-creative-work", "B-ORG", "I-ORG"]
CASE_TYPES = ["lower", "title", "upper", "mixed", "digit"]

# Words as docmill's tokens are: `U.S.` is one word.
SENTENCES = [
    "Gen. Cao Gangchuan of the U.S. desk met Sherali Khayrulloyev in Dushanbe .",
    "Émile Zola met Nguyễn in Åland , the café said .",
    "Душанбе и Пекин подписали соглашение .",
    "中国 国防部长 曹刚川 访问 杜尚别 。",
    "The 🛰️ launch in Naryn 🇰🇬 was delayed .",
    "Hizb-ut-Tahrir and NATO : T-90 tanks , 201st division , al-Qaeda .",
    "“ We are close neighbors , ” he said … ½ ﬁne ́ .",
    "unaffable " + "x" * 120 + " İstanbul Straße ΣΊΣΥΦΟΣ",
    "Rasht",
    # Longer than one batch row of a usual sentence.
    " ".join(f"word{i} of Dushanbe and Beijing" for i in range(8)),
]

WORDS = """
the of and in to a is was for on with as by at from that it he said are be has have we not will were been its their
which this or an his but they would who all about after also more one two new can other some people president
minister government security military police army war peace talks treaty border country state world news agency
report september china russia tajikistan kazakhstan dushanbe beijing moscow naryn launch delayed close neighbors met
desk division tanks word launch general
"""


def bert_vocab() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    cyrillic = "абвгдежзийклмнопрстуфхцчшщыьэюя"
    marks = ".,:;!?'\"()-–—“”‘’…$%&/½"
    pieces = ["ing", "ed", "er", "ly", "able", "aff", "un", "kh", "ay", "ru", "lo", "yev", "gang", "chu", "an", "ali"]
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocab += [*letters, *cyrillic, *marks, "中", "国", "防", "部", "长", "σ"]
    vocab += [f"##{c}" for c in letters + cyrillic]
    vocab += [f"##{p}" for p in pieces] + pieces + WORDS.split()
    return list(dict.fromkeys(vocab))


def randomize(model: torch.nn.Module) -> torch.nn.Module:
    torch.manual_seed(20240917)
    for name, parameter in model.named_parameters():
        if "LayerNorm.weight" in name or "layer_norm.weight" in name:
            parameter.data.uniform_(0.5, 1.5)
        elif parameter.dim() == 1:
            parameter.data.uniform_(-0.2, 0.2)
        else:
            parameter.data.normal_(0, 0.5 if "embedding" in name else 0.25)
    return model.eval()


def case_class(word: str) -> int:
    """As models/train/news_en/words.py defines it."""
    letters = [c for c in word if c.isalpha()]
    digit = any(c.isdigit() for c in word)
    if not any(c.isupper() for c in letters):
        return 4 if digit else 0
    if digit:
        return 3
    if len(letters) >= 2 and all(c.isupper() for c in letters):
        return 2
    if not letters[0].isupper():
        return 3
    if any(c.isupper() and before.isalpha() for before, c in zip(word, word[1:])):
        return 3
    return 1


def write(name, model, tokenizer, *, docmill=None, files=()):
    """The model's folder: weights, config, tokenizer, and what Hugging Face makes of the sentences."""
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    model = randomize(model)
    # Half precision on disk; the numbers are those of the weights as stored.
    model = model.half().float()
    tensors = {k: v.half().contiguous() for k, v in model.state_dict().items() if "position_ids" not in k}
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    config = json.loads(model.config.to_json_string(use_diff=False))
    config = {k: v for k, v in config.items() if v is not None and not k.startswith("_")}
    if docmill:
        config["docmill"] = docmill
    # Only what a model card usually has; the rest are the defaults of generation.
    for key in [k for k in config if k in GENERATION]:
        del config[key]
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n")
    if files:
        for file, text in files:
            (folder / file).write_text(text)
    else:
        tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"), pretty=False)

    expected = []
    for sentence in SENTENCES:
        words = sentence.split(" ")
        encoded = tokenizer(words, is_split_into_words=True, return_tensors="pt")
        types = [0 if w is None or not docmill else case_class(words[w]) for w in encoded.word_ids()]
        inputs = {"input_ids": encoded["input_ids"], "attention_mask": encoded["attention_mask"]}
        if docmill:
            inputs["token_type_ids"] = torch.tensor([types])
        with torch.no_grad():
            logits = model(**inputs).logits[0]
        row = {"words": words, "ids": encoded["input_ids"][0].tolist(), "types": types}
        row["logits"] = [[round(x, 6) for x in position] for position in logits.tolist()]
        expected.append(row)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in expected)
    (folder / "expected.json").write_text(f"[\n{lines}\n]\n")


GENERATION = set(json.loads(BertConfig().to_json_string(use_diff=False))) - set(BertConfig().to_diff_dict()) - {
    "attention_probs_dropout_prob", "hidden_act", "hidden_dropout_prob", "hidden_size", "initializer_range",
    "intermediate_size", "layer_norm_eps", "max_position_embeddings", "model_type", "num_attention_heads",
    "num_hidden_layers", "pad_token_id", "position_embedding_type", "type_vocab_size", "vocab_size", "id2label",
    "label2id", "architectures", "bos_token_id", "eos_token_id", "is_decoder",
}


def main() -> None:
    vocab = bert_vocab()
    names = dict(id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)})
    size = dict(
        vocab_size=len(vocab), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=160, **names,
    )
    vocab_txt = "\n".join(vocab) + "\n"
    scratch = HERE / "scratch"
    scratch.mkdir(exist_ok=True)
    (scratch / "vocab.txt").write_text(vocab_txt)
    wordpiece = BertTokenizerFast(str(scratch / "vocab.txt"), do_lower_case=True)

    # Our own kind: vocab.txt, case in the token types.
    model = BertForTokenClassification(BertConfig(**size, type_vocab_size=5))
    write("bert", model, wordpiece, docmill={"case_types": CASE_TYPES}, files=[("vocab.txt", vocab_txt)])
    make_heads.main(randomize, wordpiece)
    make_syntax.main()
    make_context.main(randomize, wordpiece)
    write("distilbert", DistilBertForTokenClassification(DistilBertConfig(
        vocab_size=len(vocab), dim=32, n_layers=2, n_heads=4, hidden_dim=64, max_position_embeddings=160,
        tie_weights_=True, **names)), wordpiece)
    write("electra", ElectraForTokenClassification(ElectraConfig(**size, embedding_size=16)), wordpiece)
    write("albert", AlbertForTokenClassification(AlbertConfig(**size, embedding_size=16)), wordpiece)

    bpe = ByteLevelBPETokenizer(add_prefix_space=True)
    bpe.train_from_iterator(
        [WORDS.replace("\n", " ")] * 3, vocab_size=420, min_frequency=1, show_progress=False,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
    )
    bpe.save_model(str(scratch))
    files = [(f, (scratch / f).read_text()) for f in ("vocab.json", "merges.txt")]
    words = RobertaTokenizerFast(str(scratch / "vocab.json"), str(scratch / "merges.txt"), add_prefix_space=True)
    size |= dict(vocab_size=len(words), max_position_embeddings=322)
    roberta = RobertaConfig(**size, type_vocab_size=1, layer_norm_eps=1e-5)
    write("roberta", RobertaForTokenClassification(roberta), words, files=files)

    unigram = Tokenizer(models.Unigram())
    unigram.normalizer = normalizers.NFKC()
    unigram.pre_tokenizer = pre_tokenizers.Metaspace()
    unigram.train_from_iterator([WORDS.replace("\n", " ")] * 3, trainers.UnigramTrainer(
        vocab_size=200, unk_token="<unk>", special_tokens=["<s>", "<pad>", "</s>", "<unk>"], show_progress=False))
    unigram.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    pieces = PreTrainedTokenizerFast(tokenizer_object=unigram, unk_token="<unk>", pad_token="<pad>")
    size |= dict(vocab_size=len(pieces))
    write("xlm-roberta", XLMRobertaForTokenClassification(XLMRobertaConfig(**size, type_vocab_size=1)), pieces)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
