"""A child for the tests: does what the words in a document's text tell it to, and what its arguments say.

Standard library only; it speaks the protocol by hand, so that the tests do not lean on the helper module.
"""

import json
import os
import signal
import subprocess
import sys
import time

SPAN = {"type": "object", "properties": {"start": {"type": "integer"}, "end": {"type": "integer"},
                                         "label": {"enum": ["capital"]}}, "required": ["start", "end", "label"]}


def say(message):
    sys.stdout.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    sys.stdout.flush()


def hello():
    if "no-hello" in sys.argv:
        time.sleep(600)
    if "chatty" in sys.argv:
        say("Loading the model...")
    if "dies-at-start" in sys.argv:
        sys.exit(4)
    if "deaf-to-eof" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    version = "1"
    for argument in sys.argv:
        if argument.startswith("count-starts="):
            # Another version each time it is started.
            path = argument.split("=")[1]
            with open(path, "a") as file:
                file.write("x")
            version = str(os.path.getsize(path))
        if argument.startswith("fails-after="):
            path = argument.split("=")[1]
            if os.path.exists(path):
                sys.exit(5)
            open(path, "w").close()
    say({"type": "hello", "protocol": 2 if "protocol-2" in sys.argv else 1, "name": "capitals", "version": version,
         "requires": ["sentences"] if "no-requires" not in sys.argv else [],
         "provides": [{"layer": "capitals", "schema": {"type": "array", "items": SPAN}}]})


def capitals(text):
    return [{"start": i, "end": i + 1, "label": "capital"} for i, c in enumerate(text[:2000]) if c.isupper()]


def answer(document):
    text, seq = document["text"], document["seq"]
    good = {"type": "answer", "seq": seq, "layers": {"capitals": capitals(text)}}
    if "REFUSE" in text:
        return say({"type": "answer", "seq": seq, "error": "no such text, please"})
    if "DIE" in text:
        sys.exit(3)
    if "HANG" in text:
        time.sleep(600)
    if "GARBAGE" in text:
        return say("}{ \x1b[31m no answer")
    if "NAN" in text:
        return say('{"type":"answer","seq":%d,"layers":{"capitals":NaN}}' % seq)
    if "ENDLESS" in text:
        while True:
            sys.stdout.write("x" * 65536)
    if "FLOOD" in text:
        while True:
            say(good)
    if "TWICE" in text:
        say(good)
    if "STRANGER" in text:
        return say(dict(good, seq=seq + 1000))
    if "CLOSE" in text:
        os.close(0)
        time.sleep(600)
    if "QUIT" in text:
        os.close(1)
        time.sleep(600)
    if "FORK" in text:
        # A child of its own that keeps the pipes open.
        own = subprocess.Popen(["sleep", "600"], start_new_session="FORK SETSID" in text)
        with open(text.split("FORK ")[1].replace("SETSID ", "").split()[0], "w") as file:
            file.write(str(own.pid))
        sys.exit(3)
    if "NOISE" in text:
        # More than a pipe holds.
        for i in range(20):
            print(i, "\x1b[2J" + "x" * 10000, file=sys.stderr)
    if "SPAN" in text:
        good["layers"]["capitals"] = [{"start": 0, "end": len(text) + 1, "label": "capital"}]
    if "SCHEMA" in text:
        good["layers"]["capitals"] = [{"start": 0, "end": 1, "label": "small"}]
    if "NOTHING" in text:
        good["layers"] = {}
    if "MORE" in text:
        good["layers"]["more"] = 1
    say(good)
    if "DEAF" in text:
        os.close(0)
        time.sleep(600)


hello()
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] != "batch":
        continue
    documents = message["documents"]
    if "backwards" in sys.argv:
        documents.reverse()
    for document in documents:
        if "no-requires" not in sys.argv:
            assert all(document["text"][s["start"]:s["end"]] == s["text"] for s in document["layers"]["sentences"])
        answer(document)
if "deaf-to-eof" in sys.argv:
    time.sleep(600)
