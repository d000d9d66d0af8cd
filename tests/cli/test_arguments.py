import pytest

from wielkopolskaes.cli import main


@pytest.mark.parametrize("verb", [[], ["init"], ["migrate"], ["load-content"], ["worker"]])
def test_help_explains_the_exit_codes(verb, capsys):
    with pytest.raises(SystemExit) as end:
        main([*verb, "--help"])

    assert end.value.code == 0
    assert "3  the configuration is refused" in capsys.readouterr().out


def test_help_names_every_verb(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])

    out = capsys.readouterr().out
    for verb in ("init", "migrate", "load-content", "worker", "doctor", "search"):
        assert f"    {verb} " in out


@pytest.mark.parametrize("argv", [[], ["tidy"], ["init", "--fast"]])
def test_wrong_usage_ends_with_code_2(argv, capsys):
    with pytest.raises(SystemExit) as end:
        main(argv)

    assert end.value.code == 2
    assert "usage: wielkopolskaes" in capsys.readouterr().err
