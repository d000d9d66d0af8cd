"""The links that letters have brought."""

import re

from sqlalchemy import select

from wielkopolskaes.letters.models import Letter


def letters_to(db, email):
    found = db.scalars(select(Letter).where(Letter.to == email).order_by(Letter.id)).all()
    return [letter.text for letter in found]


def link_in(text):
    return re.search(r"http://localhost(/(?:zaproszenie|nowe-haslo)/[\w-]+)", text)[1]
