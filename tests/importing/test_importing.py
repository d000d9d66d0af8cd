"""Records from files at the desk: what is shown before, what is written, what is refused."""

import csv
import io
import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from pyramid.i18n import make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.request import Request
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.content.items import filled
from tests.films.world import YOUTUBE
from wielkopolskaes.audit.services import NOTED, noted
from wielkopolskaes.films.models import Film
from wielkopolskaes.importing import jobs, services
from wielkopolskaes.importing.models import Import, ImportRow, Stage
from wielkopolskaes.importing.scope import record_types
from wielkopolskaes.jobs.leases import bury, claim
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.records.exports import EXPORTS
from wielkopolskaes.records.queries import records_of
from wielkopolskaes.results.models import Partnership, Result
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

IMPORT = "/redakcja/import"
# As a spreadsheet keeps it: no zone.
DAY = datetime(2014, 5, 1)  # noqa: DTZ001
BOM = "\N{BYTE ORDER MARK}"


@pytest.fixture
def base(section):
    return section("baza", title="Baza", listing="results")


@pytest.fixture
def library(section):
    return section("biblioteka", title="Biblioteka", listing="library")


@pytest.fixture
def editor(person):
    return person(Role.EDITOR, name="Ewa Edytorka", lang="en")


@pytest.fixture
def app(editor, log_in):
    return log_in(editor)


@pytest.fixture
def book(make, library):
    def book(code, title, **fields):
        empty = {"people": [], "publishers": [], "languages": []}
        known = {"source": "Źródło", "publication_kind": "book", "abstract": "<p>Opis</p>"}
        values = {"code": code, "title": title, **known, **empty, **fields}
        return make(Publication, library, code.lower(), **values)

    return book


def send(app, section, data, name="plik.csv", kind=""):
    """Upload a file, and return the page that follows."""
    page = app.get(IMPORT)
    form = page.forms["form"]
    form["section"], form["kind"] = str(section.id), kind
    data = data if isinstance(data, bytes) else data.encode()
    form["file"] = ("file", data) if not name else (name, data)
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def table(*rows, delimiter=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def workbook(*rows, **more):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, value in more.items():
        book.active[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def counts(page):
    return {dt.get_text(): int(dt.find_next("dd").get_text()) for dt in page.html.select("dl dt")}


def problems(page):
    return [li.get_text(" ", strip=True) for li in page.html.select(".import-rows li ul li")]


def confirm(page, **fields):
    form = page.forms["form"]
    for name, value in fields.items():
        form[name] = value
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


HEAD = ["code", "title", "publication_kind", "year", "people", "isbn", "abstract"]
ROW = ["ABC", "Spółdzielnie", "książka", "2014", "Anna Nowak | author\nJan Kot | redaktor",
       "9788389410429", "Pierwszy akapit.\n\nDrugi **akapit**."]  # fmt: skip


def test_new_rows_become_drafts_of_whoever_agreed_to_them(db, app, editor, library):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    assert counts(preview) == {"New": 1, "With changes": 0, "Unchanged": 0, "Wrong": 0}
    assert db.scalar(select(func.count()).select_from(Publication)) == 0

    report = confirm(preview)

    made = db.scalars(select(Publication)).one()
    assert (made.state, made.owner_id, made.parent_id) == (State.DRAFT, editor.id, library.id)
    assert (made.code, made.year, made.publication_kind) == ("ABC", 2014, "book")
    assert made.people == [{"name": "Anna Nowak", "role": "author"},
                           {"name": "Jan Kot", "role": "editor"}]  # fmt: skip
    assert made.abstract == "<p>Pierwszy akapit.</p>\n<p>Drugi <strong>akapit</strong>.</p>"
    assert made.path == "/biblioteka/spoldzielnie"
    assert counts(report)["New drafts"] == 1
    actions = [each.action for each in noted(db)]
    assert {"item.added", "records.imported"} <= set(actions)


def test_the_same_file_again_changes_nothing(db, app, library):
    confirm(send(app, library, table(HEAD, ROW), kind="publication"))
    before = db.scalar(select(Publication.version))

    again = send(app, library, table(HEAD, ROW), kind="publication")

    assert counts(again) == {"New": 0, "With changes": 0, "Unchanged": 1, "Wrong": 0}
    assert "nothing to import" in again.text
    assert db.scalar(select(Publication.version)) == before


def test_a_changed_row_is_shown_field_by_field_and_taken_over_only_when_ticked(db, app, book):
    stored = book("ABC", "Spółdzielnie", year="2014")
    rows = table(["code", "title", "year"], ["ABC", "Spółdzielnie socjalne", "2015"])

    preview = send(app, stored.parent, rows, kind="publication")
    labels = [each.get_text() for each in preview.html.select("details.comparison summary")]
    assert labels == ["Title", "Year of publication"]
    assert [each.get_text() for each in preview.html.select(".import-rows ins")] == [
        " socjalne", "2015"]  # fmt: skip
    confirm(preview)
    assert (stored.title, stored.year) == ("Spółdzielnie", 2014)
    db.info[NOTED].clear()

    confirm(send(app, stored.parent, rows, kind="publication"), wiersz=["2"])

    assert (stored.title, stored.year, stored.abstract) == (
        "Spółdzielnie socjalne", 2015, "<p>Opis</p>")  # fmt: skip
    assert stored.state is State.PUBLISHED
    edited = [each for each in noted(db) if each.action == "item.edited"]
    assert edited[-1].after == {"title": "Spółdzielnie socjalne", "year": 2015}


def test_somebody_who_was_faster_is_told_of_and_loses_nothing(db, app, book):
    stored, other = book("ABC", "Jeden"), book("DEF", "Dwa")
    rows = table(["code", "title"], ["ABC", "Jeden!"], ["DEF", "Dwa!"], ["GHI", "Trzy"])
    preview = send(app, stored.parent, rows, kind="publication")
    stored.source = "Ktoś inny"
    db.flush()

    answer = confirm(preview, aktualizuj=True)

    assert answer.status_int == 409
    assert (stored.title, other.title, stored.source) == ("Jeden", "Dwa", "Ktoś inny")
    assert db.scalar(select(func.count()).select_from(Publication)) == 2
    told = [li.get_text() for li in answer.html.select(".import-rows > li")]
    assert ["since the preview" in each for each in told] == [True, False]
    confirm(answer, aktualizuj=True)
    assert (stored.title, other.title, stored.source) == ("Jeden!", "Dwa!", "Ktoś inny")


def test_one_wrong_row_keeps_all_from_being_imported_and_says_why(db, app, library):
    rows = table(
        ["code", "Tytuł", "Rok wydania", "isbn", "Kind of publication", "people"],
        ["ABC", "Dobry", "", "", "", ""],
        ["zły kod", "", "1014", "978-83-894-1042-1", "płyta", "Jan Kot | aktor"],
    )
    preview = send(app, library, rows, kind="publication")

    assert counts(preview)["Wrong"] == 1
    assert [each.split(":")[0].strip() for each in problems(preview)] == [
        "code", "Tytuł", "Rok wydania", "isbn", "Kind of publication", "people"]  # fmt: skip
    text = " ".join(problems(preview))
    assert "“płyta” is none of the words" in text
    assert "“aktor” is none of the words" in text
    assert "Write a year from 1900" in text
    assert preview.html.select('form[action$="zapisz"] button') == []
    found = db.scalars(select(Import)).one()
    app.post(
        f"{IMPORT}/{found.id}/zapisz", {"csrf_token": preview.forms["form"]["csrf_token"].value}
    )
    assert db.scalar(select(func.count()).select_from(Publication)) == 0


def test_rows_are_known_by_other_numbers_when_they_have_no_code(app, book, make, base):
    stored = book("ABC", "Stary", isbn="978-83-89410-42-9")
    make(Partnership, base, "p", title="Projekt", code="D0104", number="D0104", theme="D")
    by_isbn = send(app, stored.parent, table(["isbn", "title"], ["9788389410429", "Nowy"]),
                   kind="publication")  # fmt: skip
    by_number = send(app, base, table(["number", "title"], ["D0104", "Nowy"]), kind="partnership")

    assert (counts(by_isbn)["With changes"], counts(by_number)["With changes"]) == (1, 1)


def test_items_of_one_file_may_name_each_other(db, app, base):
    rows = [
        {"kind": "result", "code": "R1", "title": "Rezultat", "project": "/e/P1", "users": []},
        {"kind": "partnership", "code": "P1", "title": "Projekt",
         "aims": '<p>Z tego jest <a href="/r/R1">rezultat</a></p>'},
    ]  # fmt: skip
    confirm(send(app, base, json.dumps(rows), "plik.json"))

    result, project = (db.scalars(select(each)).one() for each in (Result, Partnership))
    named = db.execute(select(Reference.role, Reference.target_id)
                       .where(Reference.source_id == result.id)).all()  # fmt: skip
    assert named == [("project", project.id)]
    assert f'href="node:{result.id}"' in project.aims


def test_two_rows_about_one_record_are_told(app, library):
    rows = table(["code", "title"], ["ABC", "Raz"], ["ABC", "Dwa"])
    assert "Row 2 is about the same record" in problems(
        send(app, library, rows, kind="publication"))[0]  # fmt: skip


def test_what_is_no_table_is_refused_in_words_and_the_choice_is_kept(app, library, base):
    answer = send(app, library, "title;title\nA;B", kind="result")
    assert answer.status_int == 422
    assert "stands twice" in answer.html.select_one("#f-file-error").get_text()
    form = answer.forms["form"]
    assert (form["section"].value, form["kind"].value) == (str(library.id), "result")
    assert "no CSV, XLSX or JSON" in send(app, library, b"MZ", "virus.exe").text
    form = app.get(IMPORT).forms["form"]
    assert form.submit(expect_errors=True).status_int == 422


@pytest.mark.parametrize(
    ("data", "name"), [("code;title\r\n", "plik.csv"), (workbook(["code", "title"]), "plik.xlsx")]
)
def test_columns_without_rows_are_refused_in_words(app, library, data, name):
    answer = send(app, library, data, name, kind="result")
    assert answer.status_int == 422
    assert "nothing below them" in answer.html.select_one("#f-file-error").get_text()


def test_the_menu_marks_the_part_that_the_imports_belong_to(app, library):
    marked = [link["href"] for link in app.get(IMPORT).html.select("#menu a[aria-current]")]
    assert marked == ["/redakcja/tresci"]


def test_spreadsheets_may_show_days_numbers_and_flags_in_their_own_way(db, app, base):
    rows = table(
        ["code", "title", "Stan prawny", "law_on", "shown_on", "listed", "steps", "areas"],
        ["R1", "Rezultat", "unknown", "01.05.2014", "2014-05-01 00:00:00", "NIE",
         "Zebrać grupę | miesiąc | 1 200,00 | 2000 | PLN | 2008", "woj. wielkopolskie\n3064"],
    )  # fmt: skip
    preview = send(app, base, rows, kind="result")
    assert counts(preview)["New"] == 1, problems(preview)
    confirm(preview)

    made = db.scalars(select(Result)).one()
    assert made.listed is False
    assert made.shown_on.isoformat() == "2014-05-01"
    assert made.steps[0]["cost_min"] == 1200
    assert made.areas == ["30", "3064"]


def test_of_a_workbook_values_alone_are_read(db, app, library):
    data = workbook(
        ["code", "title", "year", "pages", "verified_on", "listed"],
        ["ABC", "=1+1", 2014, 12.0, DAY, True],
        [None] * 6,
        ["DEF", "Dwa", 2015, None, None, False],
        C4="=2000+15",
    )
    preview = send(app, library, data, "plik.xlsx", kind="publication")

    assert "Cells with formulas: 2" in preview.text
    assert [each.split(":")[0] for each in problems(preview)] == ["title", "year"]
    data = workbook(["code", "title", "year", "verified_on"],
                    ["ABC", "Jeden", 2014, DAY])  # fmt: skip
    confirm(send(app, library, data, "plik.xlsx", kind="publication"))
    made = db.scalars(select(Publication)).one()
    assert (made.year, made.verified_on.isoformat()) == (2014, "2014-05-01")


def test_a_bomb_and_a_lie_about_the_size_of_a_sheet_do_no_harm(app, library):
    whole = workbook(["code", "title"], ["ABC", "Tytuł"])
    bomb, lie = io.BytesIO(), io.BytesIO()
    with ZipFile(io.BytesIO(whole)) as old, ZipFile(bomb, "w", ZIP_DEFLATED) as one:
        for name in old.namelist():
            filler = b" " * 60_000_000 if "sheet1" in name else b""
            one.writestr(name, old.read(name) + filler)
    with ZipFile(io.BytesIO(whole)) as old, ZipFile(lie, "w") as two:
        for name in old.namelist():
            text = old.read(name).replace(b"A1:B2", b"A1:XFD1048576")
            two.writestr(name, text.replace(b'r="2"', b'r="99000"'))

    refused = send(app, library, bomb.getvalue(), "b.xlsx", kind="publication")
    read = send(app, library, lie.getvalue(), "l.xlsx", kind="publication")

    assert (refused.status_int, "too much space" in refused.text) == (422, True)
    assert read.status_int in {200, 422}
    assert send(app, library, b"PK\x03\x04 nic", "x.xlsx").status_int == 422


def test_what_cannot_be_shown_is_left_out_and_what_is_too_long_is_told(db, app, library):
    rows = table(["code", "title", "lead"], ["ABC", "Ty\x00t\x07u\u202eł", "x" * 601])
    preview = send(app, library, rows, kind="publication")
    assert "characters that cannot be shown" in preview.text
    assert problems(preview)[0].startswith("lead:")
    confirm(send(app, library, rows.replace("x" * 601, "x"), kind="publication"))
    assert db.scalar(select(Publication.title)) == "Tytuł"


def test_unknown_columns_and_columns_with_one_meaning_are_told(app, library):
    unknown = send(app, library, table(["code", "title", "Kolor"], ["A", "B", "c"]),
                   kind="publication")  # fmt: skip
    assert "they are left out: Kolor" in unknown.text
    double = send(app, library, table(["code", "title", "Tytuł"], ["A", "B", "C"]),
                  kind="publication")  # fmt: skip
    assert "mean the same field" in problems(double)[0]
    for head in (["code", "title"], ["code", "", "title"]):
        headless = send(app, library, table(head, ["A", "B", "C"]), kind="publication")
        assert "has no heading" in problems(headless)[0]


def test_the_template_explains_its_columns_and_its_example_is_not_imported(app, library):
    for suffix in ("csv", "xlsx"):
        data = app.get(f"{IMPORT}/wzor/publication.{suffix}").body
        answer = send(app, library, data, f"wzor.{suffix}")
        assert (answer.status_int, "no rows" in answer.text) == (422, True)
    rows = list(csv.reader(io.StringIO(app.get(f"{IMPORT}/wzor/publication.csv").text.lstrip(BOM)),
                           delimiter=";"))  # fmt: skip
    known = dict(zip(rows[0], rows[1], strict=True))
    assert known["People"] == "one on each line: name | role"
    assert known["Code"].startswith("required")


def test_an_import_is_its_persons_own_and_needs_the_role_in_the_section(
    db, app, library, base, person, log_in
):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    other = log_in(person((Role.EDITOR, base)))
    address = preview.request.path
    assert other.get(address, expect_errors=True).status_int == 404
    token = other.get(IMPORT).forms["form"]["csrf_token"].value
    for deed in ("zapisz", "usun"):
        answer = other.post(f"{address}/{deed}", {"csrf_token": token}, expect_errors=True)
        assert answer.status_int == 404
    form = other.get(IMPORT).forms["form"]
    assert [value for value, *_ in form["section"].options] == [str(base.id)]
    form["section"].force_value(str(library.id))
    form["file"] = ("plik.csv", table(HEAD, ROW).encode())
    assert form.submit(expect_errors=True).status_int == 422
    assert other.get(f"{IMPORT}/zapisy/{library.id}.csv", expect_errors=True).status_int == 404


def test_what_the_person_may_not_change_is_refused_row_by_row(make, library, base, person, log_in):
    secret = make(Publication, library, "s", code="TAJ", title="Tajny", state=State.DRAFT)
    approved = make(Publication, base, "a", code="APR", title="Zatwierdzony", state=State.APPROVED)
    own = log_in(person((Role.EDITOR, base), lang="en"))
    rows = table(["code", "title"], ["TAJ", "X"], ["APR", "Y"])

    page = send(own, base, rows, kind="publication")

    told = problems(page)
    assert "may not see" in told[0]
    assert "may not change this record" in told[1]
    assert secret.title not in page.text
    assert approved.title == "Zatwierdzony"


def test_a_change_takes_nothing_that_readers_of_a_film_need(make, base, app):
    make(Film, base, "film", code="FILM", title="Film", film_kind="interview", tracks=[],
         availability="embed", embed=YOUTUBE, other_captions=["pl"], transcript="Mowa",
         source="Źródło", chapters=[], versions=[], people=[], producers=[], languages=[],
         subjects=[])  # fmt: skip
    rows = table(["code", "transcript"], ["FILM", ""])

    page = send(app, base, rows, kind="film")

    assert problems(page) == ["Add a transcript, or say by which day it will come and why."]
    changed = send(app, base, rows.replace('transcript\r\nFILM;', 'transcript\r\nFILM;Inna mowa'),
                   kind="film")  # fmt: skip
    assert (problems(changed), counts(changed)["With changes"]) == ([], 1)


def test_a_row_of_a_public_list_is_about_the_record_at_its_address(db, app, book, registry):
    stored, other = book("ABC", "Jeden"), book("DEF", "Drugi")
    request = request_of(registry, db, "en")
    written = EXPORTS["csv"].write(records_of(request, [stored.id]), request).decode()

    page = send(app, stored.parent, written.replace('"ABC"', '"DEF"').replace("Źródło", "Inne"))

    assert problems(page) == ["Code: The permanent address in this row is that of another record."]
    assert other.source == "Źródło"
    without = written.replace("Code;", "").replace('"Code"', '"Kod rekordu?"')
    page = send(app, stored.parent, without.replace("Źródło", "Inne"))
    confirm(page, aktualizuj=True)
    assert stored.source == "Inne"


@pytest.mark.parametrize("lose", ["role", "section"])
def test_what_waits_for_the_worker_is_not_written_without_the_right_to_it(
    db, app, editor, library, registry, monkeypatch, lose
):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    monkeypatch.setattr(services, "AT_ONCE", 0)
    confirm(preview)
    if lose == "role":
        editor.grants.clear()
    else:
        trash(db, library, now=NOW)
    db.flush()
    job = db.scalars(select(Job).where(Job.kind == "importing.write")).one()

    jobs.write(Context(registry, db), **job.payload)

    found = db.scalars(select(Import)).one()
    assert (found.stage, db.scalar(select(func.count()).select_from(Publication))) == (
        Stage.FAILED, 0)  # fmt: skip


def test_a_write_that_took_its_worker_with_it_is_tried_again(db, app, library, monkeypatch):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    monkeypatch.setattr(services, "AT_ONCE", 0)
    confirm(preview)
    later = NOW + timedelta(hours=1)

    def take(now):
        return claim(db, kinds=["importing.write"], worker="a", now=now, lease=timedelta(minutes=1))

    take(later)
    bury(db, now=later + timedelta(hours=1))
    assert take(later + timedelta(hours=1)).attempt == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_end_of_a_text_that_is_longer_than_a_cell_is_neither_lost_nor_passed_over(
    db, app, book, suffix
):
    stored = book("ABC", "Tytuł", abstract=f"<p>{'długi ' * 6_000}koniec</p>")
    assert counts(send(app, stored.parent, exported(app, stored.parent, suffix),
                       f"plik.{suffix}"))["Unchanged"] == 1  # fmt: skip
    cell = {"csv": f"{stored.abstract[:-10]}inny koniec</p>",
            "xlsx": stored.abstract[:20_000]}[suffix]  # fmt: skip
    rows = [["code", "abstract"], ["ABC", cell]]
    file = table(*rows) if suffix == "csv" else workbook(*rows)

    page = send(app, stored.parent, file, f"plik.{suffix}", kind="publication")

    if suffix == "csv":
        confirm(page, aktualizuj=True)
        assert stored.abstract.endswith("inny koniec</p>")
    else:
        assert "holds no more" in problems(page)[0]


def test_a_second_press_imports_nothing_twice(db, app, library):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    form = preview.forms["form"]
    form.submit()
    assert form.submit().status_int == 303
    assert db.scalar(select(func.count()).select_from(Publication)) == 1


def test_a_file_can_be_given_up(db, app, library):
    preview = send(app, library, table(HEAD, ROW), kind="publication")
    next(form for form in preview.forms.values() if form.action.endswith("usun")).submit()
    assert db.scalar(select(func.count()).select_from(Import)) == 0
    assert db.scalar(select(func.count()).select_from(ImportRow)) == 0


def exported(app, section, suffix):
    return app.get(f"{IMPORT}/zapisy/{section.id}.{suffix}").body


HARD = [
    "=HYPERLINK(1)",
    "+48 61",
    "-1",
    "@nic",
    "'=1",
    "_x0041_",
    "a;b\"c'd",
    "tekst, =1;-2",
    "[x]",
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_what_was_exported_comes_back_unchanged(db, app, make, base, book, suffix):
    project = make(
        Partnership, base, "p", title="Projekt", code="D0104", theme="D", number="D0104",
        partners=[{"name": "A | B", "role": "x"}, {"name": "C", "role": ""}],
        facts=["Jeden\ndwa", "[trzy]"], areas=["30", "3064"], starts="2005-05",
    )  # fmt: skip
    make(
        Result, base, "r", title="Rezultat", code="R1", project=project.path, users=[],
        essence=f'<p>Do <a href="{project.path}">projektu</a></p>',
        components=[{"title": "Pierwsza", "needs": ["2"], "text": "<p>T</p>"},
                    {"title": "Druga", "needs": [], "text": ""}],
        steps=[{"title": "Krok", "cost_min": "1", "price_year": "2008"}], state=State.DRAFT,
        evidence="<p>" + "długi tekst " * 3000 + "</p>",
    )  # fmt: skip
    for number, words in enumerate(HARD):
        stored = book(f"H{number}", words, subtitle=words, place=words)
        stored.lead = f"{words}\r\n{words}"
    db.flush()
    library = db.scalars(select(Node).where(Node.path == "/biblioteka")).one()
    for section, rows in ((base, 2), (library, len(HARD))):
        page = send(app, section, exported(app, section, suffix), f"plik.{suffix}")
        assert (counts(page)["Unchanged"], problems(page)) == (rows, [])


def test_a_public_list_comes_back_unchanged_and_its_fields_can_be_corrected(
    db, app, book, registry
):
    stored = book("ABC", "Tytuł", subtitle="Podtytuł", isbn="978-83-89410-42-9", title_lang="en")
    for lang in ("pl", "en"):
        request = request_of(registry, db, lang)
        for suffix, export in EXPORTS.items():
            written = export.write(records_of(request, [stored.id]), request)
            page = send(app, stored.parent, written, f"lista.{suffix}")
            assert (counts(page)["Unchanged"], problems(page)) == (1, [])
            assert "only for reading" in page.text

    written = EXPORTS["csv"].write(records_of(request, [stored.id]), request).decode()
    page = send(app, stored.parent, written.replace("Źródło", "Inne źródło"))
    confirm(page, aktualizuj=True)
    assert (stored.source, stored.title) == ("Inne źródło", "Tytuł")


def request_of(registry, db, lang):
    """Make the request of a stranger, as lists are written for one."""
    request = Request.blank("/", base_url="http://localhost")
    request.registry, request.dbsession, request.now = registry, db, NOW
    request.portal = registry.portal
    folders = registry.queryUtility(ITranslationDirectories)
    request.localizer = make_localizer(lang, folders)
    return request


def test_a_workbook_of_ours_is_read_by_other_programs(app, book):
    stored = book("ABC", "=1+1")
    sheet = load_workbook(io.BytesIO(exported(app, stored.parent, "xlsx"))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds <= {"s", "inlineStr"}


def test_a_row_from_an_older_version_is_pointed_out(db, app, book):
    stored = book("ABC", "Jeden")
    file = exported(app, stored.parent, "csv")
    stored.title = "Jeden i pół"
    db.flush()

    page = send(app, stored.parent, file)

    assert counts(page)["With changes"] == 1
    assert "after this file was made" in page.text
    assert db.scalars(select(Import)).one().stage is Stage.READY


def test_a_long_file_is_planned_and_written_by_the_worker(
    db, app, editor, library, registry, monkeypatch
):
    monkeypatch.setattr(services, "AT_ONCE", 1)
    waiting = send(app, library, table(["code", "title"], ["A", "B"], ["C", "D"]),
                   kind="publication")  # fmt: skip
    assert "being read" in waiting.text
    found = db.scalars(select(Import)).one()
    plan = db.scalars(select(Job)).one()
    assert plan.kind == "importing.plan"
    context = Context(registry, db)
    jobs.plan(context, **plan.payload)
    preview = app.get(f"{IMPORT}/{found.id}")
    assert "being written" in confirm(preview).text
    write = db.scalars(select(Job).where(Job.kind == "importing.write")).one()
    jobs.write(context, **write.payload)
    jobs.write(context, **write.payload)
    assert {node.owner_id for node in db.scalars(select(Publication))} == {editor.id}
    assert counts(app.get(f"{IMPORT}/{found.id}"))["New drafts"] == 2
    assert [row.cells for row in db.scalars(select(ImportRow))] == [{}, {}]


class Context:
    """What the worker gives to a job, in the transaction of the test."""

    def __init__(self, registry, session):
        self.registry, self.session, self.now = registry, session, NOW

    @contextmanager
    def reading(self):
        yield self.session


def test_what_was_imported_is_forgotten_after_a_day(db, app, registry, library):
    send(app, library, table(HEAD, ROW), kind="publication")
    rule = registry.retention["records.imports"]
    assert rule.due(db, NOW - timedelta(days=1)) == 0
    rule.forget(db, NOW + timedelta(hours=1), NOW)
    assert db.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_new_rows_that_may_be_there_already_are_pointed_out_and_hinder_nothing(db, app, book):
    stored = book("ABC", "Spółdzielnia socjalna krok po kroku")
    rows = table(
        ["code", "title"],
        ["X1", "Spółdzielnie socjalne krok po kroku"],
        ["X2", "Zatrudnienie wspomagane w praktyce"],
        ["X3", "Zatrudnienie wspomagane w praktyce"],
    )
    preview = send(app, stored.parent, rows, kind="publication")

    first, _second, third = preview.html.select(".import-rows > li")
    assert first.select_one(".state a")["href"] == f"/redakcja/tresci/{stored.id}"
    assert "the same as in row 3" in third.get_text()
    confirm(preview)
    assert db.scalar(select(func.count()).select_from(Publication)) == 4


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_every_field_of_every_type_of_record_comes_back_unchanged(
    registry, make, section, app, suffix
):
    base = section("wszystko", title="Wszystko", listing="results")
    types = record_types(registry)
    for kind, content_type in types.items():
        fields = filled(content_type.schema(), "Słowo | =1", {})
        fields |= {"code": kind.upper(), "title": f"Zapis {kind}"}
        make(content_type.model, base, kind, **fields)

    page = send(app, base, exported(app, base, suffix), f"plik.{suffix}")

    assert (counts(page)["Unchanged"], problems(page)) == (len(types), [])
