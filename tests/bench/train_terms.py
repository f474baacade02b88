"""Learn which words speak for which procedure, and write knowledge/learned.npz.

The lessons are the names, our own ways of asking, our own questions, and what people ask for that
is not the ward's, nothing else: a linear support vector machine per procedure over
rarity-weighted terms. Learn again when many ways of asking or
concepts have changed; until then what is new counts through the other evidence.

Run: python -m tests.bench.train_terms CATALOGUE.jsonl
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.catalogue import Catalogue
from knowledge.learned import OTHER, OUTSIDE, TermWeights
from knowledge.lexicon import Lexicon
from knowledge.question import QuestionReader, reader_of
from knowledge.readers import read
from knowledge.terms import plain_name, terms_of
from tests.bench.teaching import Teaching

OUT = Path(__file__).parents[2] / "knowledge" / "learned.npz"


def main() -> None:
    """Learn from all and write."""
    catalogue = read(Path(sys.argv[1]))
    weights = learn(catalogue, reader_of(Lexicon.shipped()), Teaching.whole(catalogue))
    weights.save(OUT)
    print(f"{len(weights.rows)} terms, {len(weights.values)} weights, {OUT.stat().st_size} bytes")


def learn(catalogue: Catalogue, reader: QuestionReader, teaching: Teaching) -> TermWeights:
    """Return the weights for the procedures that have ways of asking, and for the rest."""
    asks = teaching.asks
    taught = {
        p.code: (plain_name(p.name), *asks[p.code], *_with_parts(n, p.name, asks[p.code]))
        for n, p in enumerate(catalogue.procedures)
        if asks.get(p.code)
    }
    taught.update({f"{OUTSIDE}{key}": tuple(texts) for key, texts in teaching.outside.items()})
    lessons = [(text, column) for column, texts in enumerate(taught.values()) for text in texts]
    columns = {code: column for column, code in enumerate([*taught, OTHER])}
    for asked in teaching.questions:
        if asked.expect == "none":
            lessons.append((asked.text, columns[OUTSIDE + asked.matter]))
        elif asked.best in columns:
            lessons.append((asked.text, columns[asked.best]))

    def terms(text: str) -> list[str]:
        question = reader.read(text)
        return terms_of(question.syllables, sorted(question.concepts)).all()

    weigher = TfidfVectorizer(analyzer=terms)
    rows = weigher.fit_transform([text for text, _ in lessons])
    machine = LinearSVC(C=1.0, random_state=0).fit(rows, [column for _, column in lessons])
    return TermWeights.of(
        terms=weigher.get_feature_names_out().tolist(),
        codes=list(columns),
        idf=weigher.idf_,
        weights=machine.coef_.T,
        bias=machine.intercept_,
    )


def _with_parts(number: int, name: str, asks: Sequence[str]) -> list[str]:
    """Return the name and the shortest ways of asking, each asking for a part.

    So it is learnt that the words for parts speak for no procedure.
    """
    short = [plain_name(name), *sorted(asks, key=len)[:3]]
    return [f"{text} {_PARTS[(number + n) % len(_PARTS)]}" for n, text in enumerate(short)]


_PARTS = (
    "cần giấy tờ gì",
    "mất bao lâu",
    "lệ phí bao nhiêu",
    "nộp ở đâu",
    "làm thế nào",
    "cần những gì",
    "hồ sơ gồm những gì",
    "bao nhiêu tiền",
    "mấy ngày có",
    "làm ở đâu",
    "có làm trên mạng được không",
    "phải mang theo giấy gì",
)


if __name__ == "__main__":
    main()
