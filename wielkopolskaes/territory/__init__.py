"""Territorial units by their TERYT codes: voivodeships, counties and communes of the region.

Codes and names are those of the register TERC that GUS keeps, as of 1 January 2024; a code of two
digits is a voivodeship, of four a county, of seven a commune.
"""

import json
from functools import cache
from pathlib import Path

REGION = "30"
VOIVODESHIPS = {
    "02": "dolnośląskie",
    "04": "kujawsko-pomorskie",
    "06": "lubelskie",
    "08": "lubuskie",
    "10": "łódzkie",
    "12": "małopolskie",
    "14": "mazowieckie",
    "16": "opolskie",
    "18": "podkarpackie",
    "20": "podlaskie",
    "22": "pomorskie",
    "24": "śląskie",
    "26": "świętokrzyskie",
    "28": "warmińsko-mazurskie",
    "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}


@cache
def _data() -> dict[str, dict[str, str]]:
    file = Path(__file__).with_name("wielkopolska.json")
    return json.loads(file.read_text("utf-8"))


def counties() -> dict[str, str]:
    """Return the counties of the region, by code."""
    return _data()["counties"]


def communes() -> dict[str, str]:
    """Return the communes of the region, by code."""
    return _data()["communes"]


def name_of(code: str) -> str:
    """Say what a code stands for; an unknown one stands for itself."""
    if code in VOIVODESHIPS:
        return f"woj. {VOIVODESHIPS[code]}"
    return counties().get(code) or communes().get(code) or code


def short_name(code: str) -> str:
    """Say what a county is called where it is plain that it is one."""
    return name_of(code).removeprefix("powiat ").removeprefix("miasto ")


def county_of(code: str) -> str:
    """Return the county that a county or a commune lies in; "" for a voivodeship."""
    return code[:4] if len(code) >= 4 else ""


def areas() -> dict[str, str]:
    """Return what a record can be about: voivodeships, then counties of the region."""
    return {code: name_of(code) for code in (*VOIVODESHIPS, *counties())}
