import pytest

from wielkopolskaes.settings import DEVELOPMENT_SECRET, ROOT, SettingsError, load

SECRET = "5f0c2d1b9a7e4836" * 3
PRODUCTION = {
    "WIELKOPOLSKAES_DATABASE_URL": "postgresql+psycopg://portal:hidden@db/portal",
    "WIELKOPOLSKAES_SECRET": SECRET,
    "WIELKOPOLSKAES_BASE_URL": "https://www.example.org/",
    "WIELKOPOLSKAES_VAR": "/srv/var",
    "WIELKOPOLSKAES_MAIL_URL": "smtp://portal:hidden@mail.example.org:587?starttls=1",
    "WIELKOPOLSKAES_MAIL_FROM": "Portal <portal@example.org>",
}
INI = {"wielkopolskaes.production": "true"}


def problems(ini, environ):
    with pytest.raises(SettingsError) as caught:
        load(ini, environ)
    return caught.value.problems


def test_development_needs_nothing():
    settings = load({}, {})
    assert not settings.production
    assert settings.var == ROOT / "var"
    assert settings.database_url == f"sqlite:///{ROOT}/var/portal.sqlite"
    assert settings.base_url == "http://localhost:6543"
    assert settings.hosts == ("localhost",)
    assert settings.worker_in_process


def test_the_environment_wins_over_the_ini_file(tmp_path):
    ini = {"wielkopolskaes.var": "/from/ini", "wielkopolskaes.base_url": "http://ini:1"}
    settings = load(ini, {"WIELKOPOLSKAES_VAR": str(tmp_path)})
    assert settings.var == tmp_path
    assert settings.base_url == "http://ini:1"


def test_the_embedded_database_lies_in_the_folder_var(tmp_path):
    settings = load({"wielkopolskaes.var": str(tmp_path)}, {})
    assert settings.database_url == f"sqlite:///{tmp_path}/portal.sqlite"


def test_letters_of_development_lie_in_the_folder_var(tmp_path):
    settings = load({"wielkopolskaes.var": str(tmp_path)}, {})
    assert settings.mail_url == f"file://{tmp_path}/mail"


def test_metrics_are_off_until_a_port_is_named():
    assert load({}, {}).metrics_port == 0
    assert load({"wielkopolskaes.metrics_port": "9464"}, {}).metrics_port == 9464


def test_hosts_are_the_one_of_the_address_and_those_named_beside_it():
    ini = {
        "wielkopolskaes.base_url": "http://Portal.example.org:81/",
        "wielkopolskaes.hosts": "www.example.org, portal.example.org\n127.0.0.1",
    }
    settings = load(ini, {})
    assert settings.hosts == ("portal.example.org", "www.example.org", "127.0.0.1")


def test_an_address_loses_its_trailing_slash():
    assert load(INI, PRODUCTION).base_url == "https://www.example.org"


def test_production_starts_when_everything_is_told():
    settings = load(INI, PRODUCTION)
    assert settings.production
    assert settings.log_json
    assert not settings.worker_in_process
    assert settings.database_url == PRODUCTION["WIELKOPOLSKAES_DATABASE_URL"]


def test_production_names_all_that_is_missing_in_one_message():
    with pytest.raises(SettingsError) as caught:
        load(INI, {})
    for name in PRODUCTION:
        assert f"{name}: is missing" in str(caught.value)
    assert len(caught.value.problems) == len(PRODUCTION)


def test_wrong_and_missing_values_are_named_together():
    environ = {**PRODUCTION, "WIELKOPOLSKAES_SECRET": "", "WIELKOPOLSKAES_PAGE_CACHE": "perhaps"}
    assert [problem.split(":")[0] for problem in problems(INI, environ)] == [
        "WIELKOPOLSKAES_SECRET",
        "WIELKOPOLSKAES_PAGE_CACHE",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WIELKOPOLSKAES_SECRET", "short", "at least 32"),
        ("WIELKOPOLSKAES_SECRET", DEVELOPMENT_SECRET, "the one of development"),
        ("WIELKOPOLSKAES_BASE_URL", "http://www.example.org", "https://"),
        ("WIELKOPOLSKAES_BASE_URL", "www.example.org", "write an address"),
        ("WIELKOPOLSKAES_DATABASE_URL", "sqlite:////srv/portal.sqlite", "postgresql"),
        ("WIELKOPOLSKAES_MAIL_URL", "file:///srv/mail", "smtp://"),
        ("WIELKOPOLSKAES_MAIL_URL", "memory:", "smtp://"),
        ("WIELKOPOLSKAES_MAIL_URL", "smtp://portal:hidden@mail.example.org", "starttls=1"),
        ("WIELKOPOLSKAES_MAIL_URL", "mail.example.org", "write an address like"),
        ("WIELKOPOLSKAES_MAIL_FROM", "Portal", "write an address like"),
        ("WIELKOPOLSKAES_MAIL_FROM", "portal@example.org\nBcc: all@example.org", "write an"),
        ("WIELKOPOLSKAES_METRICS_PORT", "70000", "number of a port"),
        ("WIELKOPOLSKAES_METRICS_PORT", "nine", "number of a port"),
    ],
)
def test_production_refuses_a_weak_value(name, value, said):
    (problem,) = problems(INI, {**PRODUCTION, name: value})
    assert problem.startswith(name)
    assert said in problem


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pyramid.debug_all", "true"),
        ("pyramid.debug_authorization", "1"),
        ("debug_notfound", "yes"),
        ("pyramid.reload_templates", "true"),
        ("reload_assets", "on"),
        ("pyramid.includes", "pyramid_debugtoolbar"),
        ("debugtoolbar.hosts", "0.0.0.0/0"),
    ],
)
def test_production_refuses_a_debug_setting(key, value):
    (problem,) = problems({**INI, key: value}, PRODUCTION)
    assert problem.startswith(key)


def test_production_refuses_a_debug_variable():
    (problem,) = problems(INI, {**PRODUCTION, "PYRAMID_DEBUG_ALL": "1"})
    assert problem.startswith("PYRAMID_DEBUG_ALL")


def test_a_debug_setting_that_is_off_is_no_problem():
    assert load({**INI, "pyramid.debug_all": "false"}, {**PRODUCTION, "PYRAMID_RELOAD_ALL": "0"})


def test_production_on_cloud_files_names_the_missing_keys():
    environ = {**PRODUCTION, "WIELKOPOLSKAES_FILES_URL": "s3://portal", "AWS_ACCESS_KEY_ID": "id"}
    assert problems(INI, environ) == ["AWS_SECRET_ACCESS_KEY: is missing"]


def test_development_may_debug():
    assert load({"pyramid.debug_all": "true"}, {"PYRAMID_RELOAD_TEMPLATES": "1"})


@pytest.mark.parametrize("answer", ["", "perhaps", "true "])
def test_an_unreadable_answer_never_switches_production_off(answer):
    ini = {"wielkopolskaes.production": "true"}
    environ = {"WIELKOPOLSKAES_PRODUCTION": answer}
    assert "WIELKOPOLSKAES_VAR: is missing" in problems(ini, environ)


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    environ = {**PRODUCTION, "WIELKOPOLSKAES_SECRET_FILE": str(file)}
    del environ["WIELKOPOLSKAES_SECRET"]
    assert load(INI, environ).secret == SECRET


def test_production_refuses_a_secret_file_that_everybody_may_read(tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET, encoding="utf-8")
    file.chmod(0o644)
    (problem,) = problems(INI, {**PRODUCTION, "WIELKOPOLSKAES_SECRET_FILE": str(file)})
    assert problem.startswith(str(file))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("wielkopolskaes.secret", SECRET),
        ("wielkopolskaes.database_url", "postgresql://portal:hidden@db/portal"),
    ],
)
def test_production_refuses_an_open_ini_file_that_holds_a_secret(tmp_path, key, value):
    file = tmp_path / "own.ini"
    file.touch(mode=0o644)
    ini = {**INI, key: value, "__file__": str(file)}
    (problem,) = problems(ini, PRODUCTION)
    assert problem.startswith(str(file))
    file.chmod(0o640)
    assert load(ini, PRODUCTION).secret == SECRET


def test_an_open_ini_file_without_secrets_is_no_problem(tmp_path):
    file = tmp_path / "production.ini"
    file.touch(mode=0o644)
    assert load({**INI, "__file__": str(file)}, PRODUCTION)


def test_no_message_repeats_a_secret():
    environ = {**PRODUCTION, "WIELKOPOLSKAES_SECRET": "hunter2hunter2"}
    environ["WIELKOPOLSKAES_DATABASE_URL"] = "mysql://portal:hunter2@db/portal"
    assert not any("hunter2" in problem for problem in problems(INI, environ))


def test_the_bulletin_is_an_address_or_nothing():
    assert load({"wielkopolskaes.production": "false"}, {}).bip_url == ""
    with pytest.raises(SettingsError, match="WIELKOPOLSKAES_BIP_URL"):
        load({"wielkopolskaes.production": "false"}, {"WIELKOPOLSKAES_BIP_URL": "javascript:x"})


def test_the_index_lies_in_files_until_told_otherwise():
    assert load({}, {}).search_backend == "whoosh"


def test_the_index_can_lie_in_a_postgresql_database_and_in_no_other():
    told = {"WIELKOPOLSKAES_SEARCH_BACKEND": "postgres"}
    url = PRODUCTION["WIELKOPOLSKAES_DATABASE_URL"]
    assert load({}, told | {"WIELKOPOLSKAES_DATABASE_URL": url}).search_backend == "postgres"
    for sqlite in ({}, {"WIELKOPOLSKAES_DATABASE_URL": "sqlite:////srv/var/portal.sqlite"}):
        (problem,) = problems({}, told | sqlite)
        assert "postgres needs a PostgreSQL database" in problem


def test_an_unknown_kind_of_index_is_refused():
    (problem,) = problems({}, {"WIELKOPOLSKAES_SEARCH_BACKEND": "solr"})
    assert problem == "WIELKOPOLSKAES_SEARCH_BACKEND: write whoosh or postgres"
