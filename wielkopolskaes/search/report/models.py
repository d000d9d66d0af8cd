"""How often something was searched for on a day, and which results were opened."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import binary_ordered

LONGEST_WORDS = 300
LONGEST_SURFACE = 200


class SearchCount(Base):
    """One query of one day, whoever asked it.

    Purpose: editors learn what readers look for and do not find. Legal basis: Article 6(1)(e) of
    the GDPR, for what personal data somebody may have typed in spite of the filter (`privacy`).
    Kept for 400 days.

    `digest` stands for the query in all its forms, keyed with the portal's secret: what was asked
    is counted before its words may be kept. That of the row which counts all the rest is empty.
    `words` is the query in the basic forms of its words, `surface` as it is typed most often;
    `votes` says by how much (Boyer and Moore's majority vote). Both are empty or masked until
    `flushing.established`.

    `asked` counts first pages. Of these `narrowed` had a choice of the reader's, and `zero`, not
    narrowed, found nothing; `hits` is what the last one found that was not narrowed. `deeper`
    counts further pages, `deepest` is the last of them. A page counts one click at most: `first`
    were on the first result, `low` below the fifth, `ranks` is the sum of all.
    """

    __tablename__ = "search_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    digest: Mapped[str] = mapped_column(binary_ordered(32), primary_key=True, index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    surface: Mapped[str] = mapped_column(String(LONGEST_SURFACE))
    votes: Mapped[int]
    hits: Mapped[int | None]
    asked: Mapped[int]
    narrowed: Mapped[int]
    zero: Mapped[int]
    deeper: Mapped[int]
    deepest: Mapped[int]
    clicks: Mapped[int]
    first: Mapped[int]
    low: Mapped[int]
    ranks: Mapped[int]
