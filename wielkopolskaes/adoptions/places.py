"""Where a result can be adopted: counties of the region with their communes, then elsewhere."""

from functools import cache

from wielkopolskaes.territory import REGION, VOIVODESHIPS, communes, counties, county_of, name_of


@cache
def places() -> dict[str, str]:
    """Return what can be chosen, by code: each county before its communes."""
    found: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    for code in communes():
        below.setdefault(county_of(code), []).append(code)
    for code, name in sorted(counties().items(), key=lambda pair: pair[1]):
        found[code] = name
        found |= {each: f"{name}: {name_of(each)}" for each in below.get(code, ())}
    found[REGION] = name_of(REGION)
    return found | {code: name_of(code) for code in VOIVODESHIPS}


def place_words(code: str) -> str:
    """Say where: a commune with its county, in the order of an address."""
    county = county_of(code)
    if code in ("", county) or not county:
        return name_of(code) if code else ""
    return f"{name_of(code)}, {name_of(county)}"


def county_or_voivodeship(code: str) -> str:
    """Return the code by which lists are narrowed."""
    return county_of(code) or code
