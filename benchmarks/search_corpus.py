"""Writes a corpus of Polish documents and queries for `wielkopolskaes search bench`.

Sentences are those of `content/`; every document gets its own mixture of them, with a tail of
words that are rare as in real language (a Zipf tail of inflected words made of syllables).
The same seed gives the same files.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TYPES = ("article", "document", "page", "project", "gallery", "film", "result")
ROLES = ("everyone", "partner", "jury")
SYLLABLES = re.findall(
    r"\w+",
    """
ba be bo bra ce chy cza da dro dzi fa ga gło go je ka kle ko kra la li lo łę ma mi
mo na ni no ora pa pe po pra prze ra ro ry sa się śli so sta stra su szcza ta te to tra tu
wa we wie wo wy za ze zdro zi zna żo
""",
)
ENDINGS = ("", "a", "y", "ie", "ę", "ą", "om", "ami", "ach", "owi", "em", "ów")
TAIL = 40_000
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_MARKUP = re.compile(r"[#*_>`|\[\]()]|https?://\S+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def sentences() -> list[str]:
    found = []
    for path in sorted((ROOT / "content").rglob("*.md")):
        text = _MARKUP.sub(" ", _FRONT.sub("", path.read_text("utf-8")))
        for paragraph in text.split("\n\n"):
            found += [" ".join(s.split()) for s in _SENTENCE.split(paragraph)]
    return [sentence for sentence in dict.fromkeys(found) if len(sentence) > 25]


def tail_words(chance: random.Random) -> tuple[list[str], list[float]]:
    stems = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(TAIL)}
    words = sorted(stems)
    chance.shuffle(words)
    return words, list(accumulate(1 / (n + 20) for n in range(len(words))))


class Writer:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sentences = sentences()
        self.words, self.weights = tail_words(self.chance)
        own = sorted({w for s in self.sentences for w in re.findall(r"\w{4,}", s)})
        self.chance.shuffle(own)
        self.own, self.own_weights = own, list(accumulate(1 / (n + 5) for n in range(len(own))))

    def rare(self, count: int) -> list[str]:
        stems = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        return [stem + self.chance.choice(ENDINGS) for stem in stems]

    def known(self, count: int) -> list[str]:
        return self.chance.choices(self.own, cum_weights=self.own_weights, k=count)

    def body(self) -> str:
        parts = self.chance.choices(self.sentences, k=self.chance.randint(4, 22))
        for _ in range(self.chance.randint(3, 18)):
            some = self.rare(self.chance.randint(2, 6)) + self.known(self.chance.randint(3, 7))
            self.chance.shuffle(some)
            parts.insert(self.chance.randrange(len(parts) + 1), " ".join(some).capitalize() + ".")
        return " ".join(parts)

    def document(self, number: int) -> dict[str, object]:
        chance = self.chance
        day = date(2026, 11, 1) - timedelta(days=int(chance.paretovariate(0.7) * 20) % 6000)
        return {
            "id": number,
            "title": " ".join(self.known(chance.randint(2, 5)) + self.rare(1)).capitalize(),
            "body": self.body(),
            "type": chance.choices(TYPES, (40, 20, 12, 10, 8, 6, 4))[0],
            "tags": sorted({f"theme:{int(chance.paretovariate(1.0)) % 24}" for _ in range(3)}),
            "year": day.year,
            "date": day.isoformat(),
            "state": "published" if chance.random() < 0.9 else "draft",
            "roles": ["everyone"] if chance.random() < 0.93 else [chance.choice(ROLES[1:])],
        }  # fmt: skip


def misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return chance.choice(
        [word[:place] + word[place + 1 :], word[:place] + word[place - 1] + word[place:],
         word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]]
    )  # fmt: skip


def queries(writer: Writer, texts: Sequence[str]) -> dict[str, list[str]]:
    chance = writer.chance
    pool = [re.findall(r"\w{3,}", text) for text in texts]

    def row(length: int) -> list[str]:
        words = chance.choice(pool)
        start = chance.randrange(len(words) - length)
        return words[start : start + length]

    return {
        "one word": [row(1)[0] for _ in range(60)],
        "two words": [" ".join(chance.sample(chance.choice(pool), 2)) for _ in range(60)],
        "phrase": [f'"{" ".join(_neighbours(chance, texts))}"' for _ in range(40)],
        "prefix": [row(1)[0][: chance.randint(3, 5)] + "*" for _ in range(30)],
        "typo": [misspelt(chance.choice([w for w in row(8) if len(w) > 4] or ["praca"]), chance)
                 for _ in range(30)],
    }  # fmt: skip


def _neighbours(chance: random.Random, texts: Sequence[str]) -> list[str]:
    words = re.findall(r"\w+", chance.choice(texts))
    start = chance.randrange(len(words) - 3)
    return words[start : start + 2]


def corpus(writer: Writer, count: int) -> Iterator[dict[str, object]]:
    return (writer.document(number) for number in range(1, count + 1))


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.search_corpus", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--into", type=Path, required=True, help="folder for the two files")
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    writer, sample = Writer(args.seed), []
    with (args.into / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for document in corpus(writer, args.documents):
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
            if document["id"] % 40 == 0:
                sample.append(document["body"])
    asked = json.dumps(queries(writer, sample), ensure_ascii=False, indent=1)
    (args.into / "queries.json").write_text(asked, encoding="utf-8")


if __name__ == "__main__":
    main()
