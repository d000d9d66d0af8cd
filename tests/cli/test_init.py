import subprocess
import sys

NOTHING = "Everything is in place: nothing to do.\n"


def test_init_sets_everything_up_once(cli, tmp_path):
    first, second = cli("init"), cli("init")

    assert (first.code, second.code) == (0, 0)
    assert "Migrated the database to revision " in first.out
    assert "Loaded the starting content: " in first.out
    assert second.out.startswith(NOTHING)
    assert (tmp_path / "var" / "files").is_dir()


def test_init_loads_changed_content_again(cli, content):
    cli("init")
    index = content / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\nWięcej.\n", encoding="utf-8")

    assert cli("init").out.startswith("Loaded the starting content: ")
    assert cli("init").out.startswith(NOTHING)


def test_init_ignores_files_that_are_not_content(cli, content):
    cli("init")
    (content / ".index.md.swp").write_text("x", encoding="utf-8")
    (content / "_demo").mkdir()
    (content / "_demo" / "index.md").write_text("x", encoding="utf-8")

    assert cli("init").out.startswith(NOTHING)


def test_what_init_could_not_load_it_tries_again(cli, content):
    index = content / "index.md"
    good = index.read_text(encoding="utf-8")
    index.write_text("---\nkind: nonsense\ntitle: x\n---\n", encoding="utf-8")

    assert cli("init").code == 1

    index.write_text(good, encoding="utf-8")
    assert cli("init").out.startswith("Loaded the starting content: ")


def test_two_inits_at_once_do_the_work_once(ini):
    command = [sys.executable, "-c", "import sys, wielkopolskaes.cli as c; sys.exit(c.main())"]
    both = [
        subprocess.Popen(
            [*command, "--config", str(ini), "init"], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    printed = [process.communicate(timeout=60)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert [out.startswith(NOTHING) for out in printed].count(True) == 1
