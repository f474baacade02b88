"""Plain methods on the same names, for comparison: each ranks codes for a question."""

import sqlite3
from collections.abc import Callable
from itertools import pairwise

import bm25s
import numpy as np
import tantivy
from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.text import fold, syllables

Ranker = Callable[[str], list[str]]
_TOP = 10


def token_set(catalogue: Catalogue) -> Ranker:
    """Compare with rapidfuzz's token_set_ratio on names without marks."""
    codes = [p.code for p in catalogue.procedures]
    names = [fold(p.name) for p in catalogue.procedures]

    def rank(question: str) -> list[str]:
        found = process.extract(fold(question), names, scorer=fuzz.token_set_ratio, limit=_TOP)
        return [codes[at] for _, _, at in found]

    return rank


def bm25(catalogue: Catalogue) -> Ranker:
    """Rank names with bm25s on syllables and pairs of syllables without marks."""
    codes = [p.code for p in catalogue.procedures]
    index = bm25s.BM25()
    index.index([_grams(p.name) for p in catalogue.procedures], show_progress=False)

    def rank(question: str) -> list[str]:
        scores = index.get_scores(_grams(question))
        return [codes[at] for at in np.argsort(-scores, kind="stable")[:_TOP]]

    return rank


def fts5(catalogue: Catalogue) -> Ranker:
    """Rank names with SQLite FTS5 on text without marks."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE names USING fts5(code UNINDEXED, name)")
    rows = [(p.code, fold(p.name)) for p in catalogue.procedures]
    table.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def rank(question: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in fold(question).split() if word.isalnum())
        query = "SELECT code FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?"
        return [code for (code,) in table.execute(query, (words or '""', _TOP))]

    return rank


def tantivy_bm25(catalogue: Catalogue) -> Ranker:
    """Rank names with tantivy's BM25 on text without marks."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw")
    builder.add_text_field("name")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for procedure in catalogue.procedures:
        writer.add_document(tantivy.Document(code=procedure.code, name=fold(procedure.name)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(question: str) -> list[str]:
        words = " ".join(word for word in fold(question).split() if word.isalnum())
        hits = searcher.search(index.parse_query(words or "?", ["name"]), _TOP).hits
        return [searcher.doc(address)["code"][0] for _, address in hits]

    return rank


def _grams(text: str) -> list[str]:
    words = [fold(word) for word in syllables(text)]
    return words + [f"{a}_{b}" for a, b in pairwise(words)]
