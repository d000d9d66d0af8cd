"""The films that the portal begins with: what is checked is public, nothing else."""

from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[2] / "content" / "filmy"
RECORDS = {
    path.stem: yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    for path in sorted(FOLDER.glob("*.md"))
    if path.stem != "index"
}


def test_what_is_not_confirmed_is_not_public():
    drafts = {stem for stem, film in RECORDS.items() if film.get("state") == "draft"}
    assert drafts == {"film-o-szkoleniach-dla-samorzadow", "film-z-konferencji-w-gdansku-2008"}
    assert all("verified_on" not in RECORDS[stem] for stem in drafts)


def test_every_public_film_names_its_source_and_the_day_it_was_checked():
    public = [film for film in RECORDS.values() if "state" not in film]
    assert len(public) == 4
    for film in public:
        assert film["source_url"].startswith("https://")
        assert film["verified_on"]


def test_a_year_that_the_source_does_not_name_is_not_made_up():
    assert {stem for stem, film in RECORDS.items() if film.get("year")} == {
        "film-informacyjno-promocyjny-odcinek-1", "film-informacyjno-promocyjny-odcinek-2",
        "film-z-konferencji-w-gdansku-2008",
    }  # fmt: skip


def test_codes_are_their_own():
    assert sorted(film["code"] for film in RECORDS.values()) == [f"F00{n}" for n in range(1, 7)]
