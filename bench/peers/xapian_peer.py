"""Xapian as a peer: reads commands as JSON lines, answers as JSON lines. Called by xapian.ts."""
import json
import os
import resource
import shutil
import sys
import time
import unicodedata

import xapian


def words(text):
    """Lower case and without accents, split where Unicode has no letter, mark or digit: as the others do."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in folded).split()


def build(texts, folder):
    path = os.path.join(folder, "xapian")
    shutil.rmtree(path, ignore_errors=True)
    os.environ["XAPIAN_FLUSH_THRESHOLD"] = "20000"
    db = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    spent = 0.0
    with open(texts, encoding="utf-8") as lines:
        for line in lines:
            tokens = words(line)
            began = time.perf_counter()
            document = xapian.Document()
            for position, word in enumerate(tokens, 1):
                # Xapian refuses terms of more than 245 bytes.
                if len(word) < 60:
                    document.add_posting(word, position)
            db.add_document(document)
            spent += time.perf_counter() - began
    began = time.perf_counter()
    db.commit()
    db.close()
    spent += time.perf_counter() - began
    size = sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path))
    return {"version": xapian.version_string(), "seconds": spent, "bytes": size, "path": path}


def query_of(db, question):
    kind, terms = question["kind"], question["words"]
    if kind == "prefix":
        # Made by the parser: the binding takes the direct constructor for one with a list of subqueries.
        parser = xapian.QueryParser()
        parser.set_database(db)
        return parser.parse_query(terms[0] + "*", xapian.QueryParser.FLAG_WILDCARD)
    if kind == "phrase":
        return xapian.Query(xapian.Query.OP_PHRASE, terms)
    if kind == "any":
        return xapian.Query(xapian.Query.OP_OR, terms)
    if kind == "but-not":
        return xapian.Query(xapian.Query.OP_AND_NOT, xapian.Query(terms[0]), xapian.Query(terms[1]))
    return xapian.Query(xapian.Query.OP_AND, terms)


def median_ms(runs, work):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[runs // 2]


def ask(db, question, runs):
    query = query_of(db, question)

    def enquire(by_relevance):
        enquiry = xapian.Enquire(db)
        enquiry.set_query(query)
        if not by_relevance:
            enquiry.set_weighting_scheme(xapian.BoolWeight())
            enquiry.set_docid_order(xapian.Enquire.DESCENDING)
        return enquiry

    everything = db.get_doccount()
    return {
        "total": enquire(False).get_mset(0, 0, everything).get_matches_estimated(),
        "totalMs": median_ms(min(runs, 5), lambda: enquire(False).get_mset(0, 0, everything)),
        "newestMs": median_ms(runs, lambda: enquire(False).get_mset(0, 50)),
        "bestMs": median_ms(min(runs, 3), lambda: enquire(True).get_mset(0, 50)),
    }


database = None
for command in sys.stdin:
    message = json.loads(command)
    if "build" in message:
        answer = build(message["build"]["texts"], message["build"]["folder"])
        database = xapian.Database(answer.pop("path"))
    else:
        answer = {
            "answer": ask(database, message["ask"]["question"], message["ask"]["runs"]),
            "memoryMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    print(json.dumps(answer), flush=True)
