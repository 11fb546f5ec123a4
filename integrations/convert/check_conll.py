"""CoNLL: read by NLTK's corpus reader, entities found by seqeval."""

import nltk.data
from nltk.corpus.reader import ConllCorpusReader
from seqeval.metrics.sequence_labeling import get_entities


def check(path, records):
    # NLTK reads from folders that it was told of.
    nltk.data.path.append(str(path.parent))
    reader = ConllCorpusReader(str(path.parent), [path.name], ("words", "pos", "ignore", "chunk"), separator=" ")
    sentences = [sentence for sentence in reader.iob_sents() if sentence]
    documents = path.read_text(encoding="utf-8").count("-DOCSTART- -X- -X- O\n")
    if documents != len(records):
        yield f"{documents} documents, not {len(records)}"
    wanted = [(record, sentence) for record in records for sentence in record["sentences"]]
    if len(sentences) != len(wanted):
        yield f"{len(sentences)} sentences, not {len(wanted)}"
    for found, (record, sentence) in zip(sentences, wanted):
        words, tags = [word for word, _, _ in found], [tag for _, _, tag in found]
        if bare("".join(words)) != bare(sentence["text"]):
            yield f"{record['id']}: {words}, not {sentence['text']}"
        entities = [(label, bare("".join(words[first : last + 1]))) for label, first, last in get_entities(tags)]
        gold = [(e["label"], bare(e["text"])) for e in record["entities"] if e["sentence"] == sentence["id"]]
        if entities != gold:
            yield f"{record['id']}: {entities}, not {gold}"


def bare(text):
    """Without white space, and without what stands for it and for control characters in a column."""
    return "".join(c for c in text if c.isprintable() and not c.isspace() and c != "_")
