"""What lists show of films."""

from typing import Any

from wielkopolskaes.films.models import Film


def of_film(film: Film) -> dict[str, Any]:
    """Keep what tells one film from another at a glance, and who can follow it."""
    return {
        "code": film.code,
        "title_lang": film.title_lang,
        "film_kind": film.film_kind,
        "year": film.year,
        "duration": film.duration,
        "producers": film.producers,
        "access": film.access,
    }
