"""Where films say what somebody looks for."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import Place
from wielkopolskaes.films.models import Film
from wielkopolskaes.films.times import clock
from wielkopolskaes.films.transcripts import transcript

_COLUMNS = (Film.transcript, Film.tracks, Film.chapters, Film.lang)


def places(session: Session, ids: Collection[int]) -> dict[int, list[Place]]:
    """List the paragraphs of transcripts that have a time, by film; one query."""
    rows = session.execute(select(Film.id, *_COLUMNS).where(Film.id.in_(ids)))
    return {
        id_: [
            Place(f"#t={each.at}", clock(each.at), each.text)
            for part in transcript(*columns)
            for each in part.paragraphs
            if each.at is not None
        ]
        for id_, *columns in rows
    }
