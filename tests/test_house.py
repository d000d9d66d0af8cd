"""The rules of the house that no linter knows: which way imports run, sizes, locks, settings."""

import ast
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from functools import cache
from importlib.metadata import packages_distributions
from statistics import median

import plaster
import pytest

from wielkopolskaes.accounts import DOORS
from wielkopolskaes.adoptions import ROUTES as TELLING
from wielkopolskaes.alerts import ROUTES
from wielkopolskaes.security.incidents import plain_page
from wielkopolskaes.settings import ROOT, TABLE, SettingsError, load
from wielkopolskaes.site.static_files import release_of

PACKAGE = ROOT / "wielkopolskaes"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# A module may import what stands at its own height or below.
HEIGHT = {"models": 0, "queries": 1, "services": 1, "schemas": 2, "views": 3}
# Nobody imports these: they are named in settings, or they speak for another package.
BY_NAME = {"jinja2", "plaster-pastedeploy", "psycopg", "pyramid-jinja2", "pyramid-tm"}
BY_NAME |= {"setuptools", "waitress"}


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(ROOT))


def imports(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.body[0].lineno + 1


def layer(module):
    """The height of `wielkopolskaes.tree.services`: that of its last part that has one."""
    return max((HEIGHT[part] for part in module.split(".") if part in HEIGHT), default=None)


def test_imports_run_from_views_down_to_models():
    breaches = [
        f"{name(path)} imports {target}"
        for path in MODULES
        if (own := layer(".".join(path.with_suffix("").parts))) is not None
        for target in imports(path)
        if target.startswith("wielkopolskaes.") and (layer(target) or 0) > own
    ]
    assert breaches == []


def test_no_subject_imports_the_views_of_another():
    breaches = [
        f"{name(path)} imports {target}"
        for path in MODULES
        for target in imports(path)
        if ".views" in target
        and target.split(".")[1] != path.relative_to(PACKAGE).parts[0]
        and target.startswith("wielkopolskaes.")
    ]
    assert breaches == []


def test_a_part_imports_none_of_its_modules_at_the_top():
    parts = [path for path in MODULES if any(fn == "includeme" for fn, _ in functions(path))]
    breaches = [
        f"{name(path)} imports {node.module}"
        for path in parts
        if path.name == "__init__.py"
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom)
        and node.module.startswith(".".join(path.parent.relative_to(ROOT).parts) + ".")
    ]
    assert breaches == []


def test_files_stay_under_300_lines():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines >= 300} == {}


def test_functions_stay_short():
    lengths = {f"{name(path)}:{fn}": lines for path in MODULES for fn, lines in functions(path)}
    assert {fn: lines for fn, lines in lengths.items() if lines > 40} == {}
    assert median(lengths.values()) <= 10


def test_macros_of_the_site_are_told_the_language_and_never_made_for_one_page():
    templates = {name(p): p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.jinja2")}
    imported = r"site/templates/macros/\w+\.jinja2\" import [^%]* with context"
    with_context = [path for path, text in templates.items() if re.search(imported, text)]
    # Without the page's context the filter cannot know its language, and takes it for Polish.
    untold = [
        path
        for path, text in templates.items()
        if "site/templates/macros" in path and re.search(r"\|\s*typo(?!\()", text)
    ]
    assert (with_context, untold) == ([], [])


@cache
def wanted(lock):
    """The packages that a file of requirements names, as the registry spells them."""
    lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").split("\n")
    return {spelled(line) for line in lines if re.match(r"\w", line)}


def spelled(requirement):
    return re.split(r"[\[=<> ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_the_package_imports_what_it_requires_and_requires_what_it_imports():
    distributions = packages_distributions()
    outside = {target.split(".")[0] for path in MODULES for target in imports(path)}
    outside -= sys.stdlib_module_names | {"wielkopolskaes", "boto3", "zope"}
    imported = {spelled(distributions[module][0]) for module in outside} | {"zope-sqlalchemy"}
    assert imported | BY_NAME == wanted("run.in")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_release_has_a_hash(lock):
    text = lock.read_text(encoding="utf-8")
    for requirement in re.split(r"\n(?=\w)", text)[1:]:
        assert re.match(r"[\w.\[\]-]+==\S+ \\\n {4}--hash=sha256:[0-9a-f]{64}", requirement)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_no_folder(lock):
    text = lock.read_text(encoding="utf-8")
    assert not re.search(
        r"https?://|file:|--index-url|--find-links|/(home|root|tmp|opt|work)/", text
    )


def test_the_locks_agree_with_each_other():
    def pins(lock):
        return dict(re.findall(r"^([\w.-]+)==(\S+)", (lock).read_text(encoding="utf-8"), re.M))

    run, s3, test = (pins(ROOT / "requirements" / f"{lock}.txt") for lock in ("run", "s3", "test"))
    assert run.items() <= s3.items() <= test.items()


def ini(file):
    return plaster.get_settings(str(ROOT / file), "app:main")


def test_the_production_file_holds_no_secret_and_asks_for_all_of_them():
    with pytest.raises(SettingsError) as caught:
        load(ini("production.ini"), {})
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "WIELKOPOLSKAES_VAR",
        "WIELKOPOLSKAES_DATABASE_URL",
        "WIELKOPOLSKAES_SECRET",
        "WIELKOPOLSKAES_BASE_URL",
        "WIELKOPOLSKAES_MAIL_URL",
        "WIELKOPOLSKAES_MAIL_FROM",
    ]


def test_the_development_file_starts_as_it_is():
    settings = load(ini("development.ini"), {})
    assert settings.var == ROOT / "var"
    assert not settings.production


@pytest.mark.parametrize("file", ["development.ini", "production.ini"])
def test_the_files_name_only_settings_that_exist(file):
    known = {field.ini for field in TABLE}
    assert {key for key in ini(file) if key.startswith("wielkopolskaes.")} <= known


def test_the_production_server_believes_its_own_proxy_alone():
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "production.ini", encoding="utf-8")
    server = parser["server:main"]
    assert server["get trusted_proxy"] == "proxy"
    assert parser["DEFAULT"]["proxy"] == "127.0.0.1"
    assert server.getboolean("clear_untrusted_proxy_headers")
    assert server.getint("max_request_body_size") <= 12 * 1024 * 1024


def test_every_setting_is_explained_to_the_operator():
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    unexplained = [
        field.env
        for field in TABLE
        if field.key != "production"
        and field.env not in page
        and f"…_{field.key.upper()}" not in page
    ]
    assert unexplained == []


def test_nginx_knows_the_addresses_of_static_files():
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    served = re.search(r'location ~ "(.+)" \{', site)[1].replace("?<", "?P<")
    found = re.match(served, f"/static/{release_of(ROOT / 'static')}/css/site.css")
    assert found["file"] == "css/site.css"


def test_what_nginx_answers_by_itself_is_in_the_words_of_the_portal():
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    pages = re.findall(r"error_page .*? /static/(0{12})/(errors/([0-9]{3})\.html);", site)
    assert [int(code) for _release, _file, code in pages] == [413, 503]
    for release, file, code in pages:
        assert (ROOT / "static" / file).read_bytes() == plain_page(int(code), release=release)


def test_nginx_logs_no_one_time_link():
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    unlogged = re.compile(re.search(r"map \$request_uri \$is_logged \{\s+~(\S+) 0;", site)[1])
    links = [path for _name, path in DOORS + ROUTES + TELLING if "{token" in path]
    assert links
    assert all(unlogged.match(path) for path in links)
    assert site.count("if=$is_logged;") == len(re.findall(r"^server \{", site, re.M))


def test_nginx_logs_neither_addresses_nor_what_is_searched_for():
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    logged = re.search(r"log_format portal ((?:\s*'[^']*')+);", site)[1]
    kept = set(re.findall(r"\$(\w+)", logged))
    assert kept.isdisjoint({"remote_addr", "request", "request_uri", "args", "http_referer"})
    assert set(re.findall(r"access_log \S+ (\w+)", site)) == {"portal"}


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_help_explains_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in re.findall(r"^\.PHONY: (\w+)$", makefile, re.M):
        assert re.search(rf"^  {target} +\S", shown.stdout, re.M)
