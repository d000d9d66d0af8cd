"""The starting records of EQUAL: all that is known and checked, nothing else."""

from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "content" / "baza-rezultatow"
RECORDS = {
    path.stem: yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    for path in sorted(FOLDER.glob("*.md"))
}
PROJECTS = {stem: record for stem, record in RECORDS.items() if record["kind"] == "partnership"}


def test_all_projects_that_are_known_are_there():
    numbered = [record for record in PROJECTS.values() if record.get("number")]
    assert (len(PROJECTS), len(numbered)) == (25, 21)


def test_every_record_names_its_source_and_the_day_it_was_checked():
    for record in PROJECTS.values():
        assert record["source"]
        assert record["source_url"].startswith("http")
        assert record["verified_on"]


@pytest.mark.parametrize("stem", [stem for stem in PROJECTS if PROJECTS[stem].get("number")])
def test_addresses_of_the_old_base_lead_to_the_project(stem):
    record = PROJECTS[stem]
    pid = record["old_addresses"][0].rpartition("=")[2]
    assert record["old_addresses"] == [
        f"/baza.php?M=10&PID={pid}{rest}" for rest in ("", "&lang=pl", "&lang=en")
    ]


def test_what_is_not_confirmed_is_not_public():
    drafts = {stem for stem, record in RECORDS.items() if record.get("state") == "draft"}
    assert drafts == {"empatia-model-lokalny", "wyjscie-z-bezrobocia-na-wsi"}
    # Their themes were only inferred from titles.
    assert "theme" not in PROJECTS["projekt-mayday"]
    assert "theme" not in PROJECTS["projekt-fise"]
