import json

PROJECT = {"kind": "partnership", "code": "P1", "title": "Projekt", "facts": ["Jeden", "Dwa"]}


def told(done):
    return done.out.strip().splitlines()[-1]


def test_rows_become_drafts_once(cli, tmp_path):
    cli("init")
    file = tmp_path / "projekty.json"
    file.write_text(json.dumps([PROJECT]), encoding="utf-8")
    ask = ("records", "import", str(file), "--section", "/")

    outcomes = [cli(*ask, "--dry-run"), cli(*ask), cli(*ask)]

    assert [(each.code, told(each)) for each in outcomes] == [
        (0, "1 new, 0 changed, 0 unchanged, 0 wrong. Nothing was written."),
        (0, "1 new, 0 changed, 0 unchanged, 0 wrong. 1 written."),
        (0, "0 new, 0 changed, 1 unchanged, 0 wrong. 0 written."),
    ]
    file.write_text(json.dumps([PROJECT | {"title": "Inny"}]), encoding="utf-8")
    assert told(cli(*ask)).startswith("0 new, 1 changed")
    assert told(cli(*ask, "--update")).endswith(" 1 written.")
    assert told(cli(*ask)).startswith("0 new, 0 changed, 1 unchanged")


def test_a_wrong_row_stops_the_whole_and_is_told(cli, tmp_path):
    cli("init")
    file = tmp_path / "projekty.csv"
    file.write_text("code;title;starts\nP1;Projekt;\nP2;Drugi;maj\n", encoding="utf-8")

    done = cli("records", "import", str(file), "--section", "/", "--kind", "partnership")

    assert done.code == 1
    assert "    starts: " in done.out
    assert told(done).endswith("1 wrong. Nothing was written.")


def test_a_section_or_a_type_that_is_not_there_is_wrong_usage(cli, tmp_path):
    cli("init")
    file = tmp_path / "x.csv"
    file.write_text("code;title\nP1;Projekt\n", encoding="utf-8")

    for more in (("--section", "/nie-ma"), ("--section", "/", "--kind", "nic")):
        assert cli("records", "import", str(file), *more).code == 2
