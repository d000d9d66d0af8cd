import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
import webtest
from prometheus_client import generate_latest

from tests.letters.servers import free_port
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.operations import start_metrics
from wielkopolskaes.operations.figures import figures
from wielkopolskaes.operations.metrics import Metrics, kind_of
from wielkopolskaes.security.edge import Edge

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def metrics(registry):
    return Metrics(registry)


def answer(environ, start_response):
    """Answers 200, or what the path asks for."""
    code = environ["PATH_INFO"].rpartition("/")[2]
    status = f"{code} Status" if code.isdigit() else "200 OK"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


def answer_from_memory(environ, start_response):
    return answer(environ, start_response)


@pytest.fixture
def browser(metrics, registry):
    """The measured portal in front of an application that answers anything."""
    app = metrics.inside(answer)

    def cached(environ, start_response):
        kept = environ["PATH_INFO"] == "/kept"
        return (answer_from_memory if kept else app)(environ, start_response)

    return webtest.TestApp(metrics.outside(Edge(cached, app, registry.portal)))


def value(metrics, name, **labels):
    return metrics.registry.get_sample_value(name, labels)


def test_answers_are_counted_by_kind_and_class(metrics, browser):
    for path in ("/o-nas", "/aktualnosci/404", "/redakcja/500", "/static/x/site.css"):
        browser.get(path, status="*")

    assert value(metrics, "portal_requests_total", kind="page", status="2xx") == 1
    assert value(metrics, "portal_requests_total", kind="page", status="4xx") == 1
    assert value(metrics, "portal_requests_total", kind="desk", status="5xx") == 1
    assert value(metrics, "portal_requests_total", kind="static", status="2xx") == 1
    assert value(metrics, "portal_request_seconds_count", kind="page") == 2


def test_what_the_cache_answers_is_a_hit(metrics, browser):
    for path in ("/kept", "/kept", "/made"):
        browser.get(path)

    assert value(metrics, "portal_cache_hits_total") == 2


def test_the_real_cache_counts_too(metrics, registry):
    made = []

    def application(environ, start_response):
        made.append(environ["PATH_INFO"])
        return answer(environ, start_response)

    app = metrics.inside(application)
    pages = PageCache(app, registry.versions)
    browser = webtest.TestApp(metrics.outside(Edge(pages, app, registry.portal)))
    browser.get("/a")
    browser.head("/a")

    assert value(metrics, "portal_cache_hits_total") == 2 - len(made)


def test_no_address_and_nobody_is_named(metrics, browser):
    browser.get("/zaproszenie/kanarek-token?email=kanarek@example.org", status="*")
    browser.get("/kanarek", status="*", headers={"User-Agent": "kanarek"})

    assert b"kanarek" not in generate_latest(metrics.registry)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"), ("", "page"), ("/en", "page"), ("/o-nas/zespol", "page"),
        ("/redakcja", "desk"), ("/redakcja/tresci/1", "desk"), ("/konto/haslo", "account"),
        ("/zaloguj", "account"), ("/szukaj", "search"), ("/feed.atom", "feed"),
        ("/en/feed.json", "feed"), ("/readyz", "probe"), ("/static/1/a.css", "static"),
    ],
)  # fmt: skip
def test_addresses_fall_into_few_kinds(path, kind):
    assert kind_of(path) == kind


def letter(number, **columns):
    return Letter(
        key=str(number), message_id=f"<{number}@x>", template="t", to="a@example.org", lang="pl",
        subject="s", text="t", html="h", created_at=NOW, **columns,
    )  # fmt: skip


def test_figures_of_the_whole_portal(registry, add, somebody, tmp_path):
    person = somebody()
    hour = timedelta(hours=1)
    add(
        Job(kind="x", payload={}, run_after=NOW - hour),
        Job(kind="x", payload={}, run_after=NOW + hour),
        Job(kind="x", payload={}, run_after=NOW - 9 * hour, done_at=NOW),
        Job(kind="x", payload={}, run_after=NOW - 9 * hour, dead_at=NOW),
        Job(kind="letter", payload={}, run_after=NOW + hour, key="letter:1"),
        Login(digest="a", person_id=person.id, complete=True, expires_at=NOW + hour),
        Login(digest="b", person_id=person.id, complete=True, expires_at=NOW - hour),
        Login(digest="c", person_id=person.id, complete=False, expires_at=NOW + hour),
        letter(1, id=1),
        letter(2, id=2, sent_at=NOW),
    )
    (tmp_path / "last-backup").write_text((NOW - hour).isoformat())

    with registry.dbsession_factory() as session:
        found = figures(session, tmp_path, now=NOW)

    assert found._asdict() == {
        "jobs_waiting": 3, "jobs_dead": 1, "jobs_age_seconds": 3600.0,
        "letters_waiting": 1, "logins": 1, "backup_age_seconds": 3600.0,
    }  # fmt: skip


def test_without_a_backup_there_is_no_age(registry, tmp_path):
    with registry.dbsession_factory() as session:
        assert figures(session, tmp_path, now=NOW).backup_age_seconds is None


def test_the_numbers_are_served_on_a_port_of_their_own(registry):
    port = free_port()
    object.__setattr__(registry.portal, "metrics_port", port)

    assert start_metrics(registry) is not None

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer_:
        text = answer_.read().decode()
    assert "portal_jobs_waiting 0.0" in text
    assert "process_resident_memory_bytes" in text


def test_a_port_that_is_taken_does_no_harm(registry, caplog):
    port = free_port()
    object.__setattr__(registry.portal, "metrics_port", port)

    first, second = start_metrics(registry), start_metrics(registry)

    assert first is not second
    assert f"No metrics on port {port}" in caplog.text


def test_a_database_that_is_gone_leaves_the_other_numbers(metrics, registry, browser):
    from wielkopolskaes.db import Base

    Base.metadata.drop_all(registry.engine)
    browser.get("/")

    text = generate_latest(metrics.registry).decode()
    assert "portal_requests_total" in text
    assert "portal_jobs_waiting" not in text


def test_nothing_is_loaded_without_a_port(registry):
    assert registry.portal.metrics_port == 0
    assert start_metrics(registry) is None
