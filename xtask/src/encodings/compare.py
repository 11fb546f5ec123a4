"""Texts in many encodings, and who tells them: `compare.py make TEXTS FOLDER`, `compare.py judge FOLDER`."""

import collections
import json
import pathlib
import sys
import unicodedata

# Encodings of the files of chardet's own test suite, by Python's names.
CHARDET_SUITE = """ascii big5 cp932 cp949 euc_jp euc_kr gb2312 cp855 cp866 iso2022_jp iso2022_kr cp1252 iso8859_1
iso8859_2 iso8859_5 iso8859_6 iso8859_7 iso8859_9 johab koi8_r mac_cyrillic mac_roman shift_jis tis_620 utf_16 utf_16_be
utf_16_le utf_32 utf_8 utf_8_sig cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257""".split()

TONES = "\u0300\u0301\u0303\u0309\u0323"


def encode(text, encoding):
    """Bytes; Vietnamese of Windows writes tones as characters of their own."""
    if encoding == "cp1258":
        text = "".join(c if fits(c, encoding) else apart(c) for c in text)
    return text.encode(encoding)


def fits(c, encoding):
    try:
        return bool(c.encode(encoding))
    except UnicodeEncodeError:
        return False


def apart(c):
    parts = unicodedata.normalize("NFD", c)
    tones = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tones


def make(texts, folder):
    """Each text whole, its first sentence, and the text behind English lines."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = []
    for line in texts.read_text(encoding="utf-8").splitlines():
        language, encodings, text = line.split("\t")
        stop = next(end for end in (". ", "。", "บ ") if end in text)
        first = text.split(stop)[0] + stop.strip()
        behind = f"From: harbour@desk.example\nSubject: Boats\nDate: Mon, 5 May 2014\n\n{text}\n"
        for encoding in encodings.split():
            for kind, text_of in (("whole", text), ("first sentence", first), ("behind ASCII", behind)):
                try:
                    data = encode(text_of, encoding)
                except UnicodeEncodeError as error:
                    sys.exit(f"{language} in {encoding}: {error}")
                name = f"{len(samples):04}.txt"
                (folder / name).write_bytes(data)
                sample = {"file": name, "language": language, "encoding": encoding, "kind": kind, "text": text_of}
                samples.append(sample)
    (folder / "samples.json").write_text(json.dumps(samples), encoding="utf-8")


def same(data, encoding, text):
    """Whether bytes read by an encoding are the text: another name for the same characters is right."""
    try:
        read = data.decode(encoding or "ascii")
    except (LookupError, UnicodeDecodeError):
        return False
    return plain(read) == plain(text)


def plain(text):
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


def judge(folder):
    import chardet
    from charset_normalizer import from_bytes

    samples = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    docmill = json.loads((folder / "docmill.json").read_text(encoding="utf-8"))
    right = collections.Counter()
    total = collections.Counter()
    missed = collections.defaultdict(list)
    for sample in samples:
        data = (folder / sample["file"]).read_bytes()
        text, encoding = sample["text"], sample["encoding"]
        best = from_bytes(data).best()
        told = {
            "chardet": chardet.detect(data)["encoding"],
            "charset-normalizer": best.encoding if best else None,
        }
        answers = {name: (encoding, same(data, encoding, text)) for name, encoding in told.items()}
        read = docmill[sample["file"]]
        answers["docmill"] = (read["encoding"], plain(read["text"]) == plain(text))
        rows = ["all", sample["kind"]] + (["encodings of chardet's suite"] if encoding in CHARDET_SUITE else [])
        for row in rows:
            total[row] += 1
        for name, (told_as, ok) in answers.items():
            for row in rows:
                right[row, name] += ok
            if not ok and name == "docmill":
                others = [other for other in told if answers[other][1]]
                missed[sample["language"], encoding].append(f"{sample['kind']}: {told_as} (right: {others})")
    names = ["docmill", "charset-normalizer", "chardet"]
    print(f"{'samples':32}{'total':>8}" + "".join(f"{name:>22}" for name in names))
    for row in total:
        shares = "".join(f"{right[row, name]:>14} {right[row, name] / total[row]:>6.1%}" for name in names)
        print(f"{row:32}{total[row]:>8}{shares}")
    print("docmill is wrong in:")
    for (language, encoding), lines in sorted(missed.items()):
        print(f"  {language} in {encoding}: {'; '.join(lines)}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        judge(pathlib.Path(sys.argv[2]))
