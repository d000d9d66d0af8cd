"""Applies changes until it is killed, saying each that is safe: `python -m … FOLDER`."""

import sys
from itertools import count
from pathlib import Path

from tests.search.samples import analyse
from wielkopolskaes.search.backend import Change, Document
from wielkopolskaes.search.whoosh_index.index import WhooshIndex

ITEMS = 40
REBUILD, KEEP, OPTIMISE = 61, 17, 29


def change(seq: int) -> Change:
    """Return change number `seq`, always the same one."""
    id_ = 1 + seq * 7 % ITEMS
    gone = seq % 9 == 0
    return Change(seq, id_, None if gone else Document(id_, "page", "pl", f"wersja w{seq}"))


def state(upto: int) -> dict[int, Document]:
    """Return the documents that are there after change `upto`."""
    newest = {each.id: each.document for each in map(change, range(1, upto + 1))}
    return {id_: document for id_, document in newest.items() if document}


def main() -> None:
    index = WhooshIndex(Path(sys.argv[1]), analyse)
    for seq in count(index.position() + 1):
        if seq % REBUILD == 0:
            index.rebuild(state(seq).values(), seq)
        else:
            index.apply([change(seq)], seq)
        if seq % KEEP == 0:
            index.keep()
        if seq % OPTIMISE == 0:
            index.optimise()
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
