"""Publishing, dates, review, archive, access: what is offered, what is taken, what is refused."""

from datetime import timedelta
from hashlib import sha256 as sha

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from wielkopolskaes.audit.services import noted
from wielkopolskaes.content.image.models import Image
from wielkopolskaes.media.models import Blob
from wielkopolskaes.newsroom.moments import NoSuchMoment, read_moment, typed
from wielkopolskaes.newsroom.steps import STEPS
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State


def desk(item, below=""):
    return f"/redakcja/tresci/{item.id}{below}"


def take(app, item, slug, status=303, **fields):
    """Open the page of a step and send its form."""
    form = next(
        form for form in app.get(desk(item, f"/{slug}")).forms.values()
        if form.action.endswith(f"/{slug}")
    )  # fmt: skip
    for name, value in fields.items():
        form[name] = value
    return form.submit(status=status)


def offered(app, item):
    """Name the steps that the item's page offers, as buttons or as links."""
    main = app.get(desk(item)).html.select_one("#teraz").parent
    addresses = [a["href"] for a in main.select("a")] + [f["action"] for f in main.select("form")]
    ends = {address.rpartition("/")[2] for address in addresses}
    return ends & {step.slug for step in STEPS}


@pytest.fixture
def publisher(person, log_in):
    return log_in(person(Role.PUBLISHER))


def test_a_draft_is_published_and_readers_see_it(publisher, browser, page):
    item = page("nowa", state=State.DRAFT)
    browser.get("/nowa", status=404)

    answer = take(publisher, item, "publikuj").follow()

    assert answer.html.select_one(".notice.ok")
    browser.get("/nowa", status=200)


def test_what_is_taken_back_or_archived_is_gone_for_readers(publisher, browser, page):
    for slug in ("wycofaj", "archiwizuj"):
        item = page(slug)
        take(publisher, item, slug, reason="Nieaktualne")
        browser.get(f"/{slug}", status=410)


def test_a_reason_stands_in_the_trail_of_events(db, publisher, page):
    item = page("a")
    take(publisher, item, "wycofaj", reason="Złe dane")

    event = noted(db)[-1]
    assert (event.action, event.reason) == ("item.state_changed", "Złe dane")


def test_review_goes_from_hand_to_hand(db, person, log_in, page, root):
    ewa, jan = person(Role.AUTHOR, name="Ewa"), person(Role.EDITOR, name="Jan")
    author, editor = log_in(ewa), log_in(jan)
    item = page("tekst", state=State.DRAFT)
    item.owner_id = ewa.id
    db.flush()

    assert offered(author, item) == {"zglos"}
    author.get(desk(item)).forms[_form_of(author, item, "zglos")].submit(status=303)
    assert item.state is State.IN_REVIEW
    assert offered(author, item) == set()
    assert offered(editor, item) == {"zatwierdz", "odeslij"}

    refused = take(editor, item, "odeslij", status=422)
    assert refused.html.select(".error-summary a[href='#f-reason']")
    take(editor, item, "odeslij", reason="Brakuje źródła")
    assert item.state is State.DRAFT


def _form_of(app, item, slug):
    forms = app.get(desk(item)).forms
    return next(k for k, form in forms.items() if form.action.endswith(f"/{slug}"))


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.PUBLISHER])
@pytest.mark.parametrize("state", [s for s in State if s is not State.TRASHED])
def test_a_step_is_taken_exactly_when_it_is_offered(person, log_in, page, role, state):
    at = NOW + timedelta(days=3) if state is State.SCHEDULED else None
    item = page("strona", state=state, publish_at=at)
    app = log_in(person(role))
    form = app.get("/redakcja/tresci").html  # any page with a token
    token = form.select_one("[name=csrf_token]")["value"]
    buttons = offered(app, item)

    day, hour = typed(NOW + timedelta(days=5))
    for step in sorted(STEPS, key=lambda step: step.slug in buttons):
        values = {"csrf_token": token, "seen": state.value, "reason": "x", "day": day,
                  "hour": hour}  # fmt: skip
        answer = app.post(desk(item, f"/{step.slug}"), values, expect_errors=True)
        if step.slug in buttons:
            assert answer.status_int == 303
            break
        assert answer.status_int in {403, 409}
        assert item.state is state


def test_dates_are_read_by_the_clocks_of_poland(publisher, page):
    item = page("plan", state=State.DRAFT)
    take(publisher, item, "zaplanuj", day="2031-07-01", hour="08:00",
         until_day="2031-12-01", until_hour="08:00")  # fmt: skip

    assert item.state is State.SCHEDULED
    assert (item.publish_at.hour, item.expires_at.hour) == (6, 7)
    assert "2031" in publisher.get(desk(item)).html.select_one(".dates").get_text()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "2001-01-01", "hour": "08:00"}, "day"),
        ({"day": "", "hour": ""}, "day"),
        ({"day": "2031-01-01", "hour": ""}, "day"),
        ({"day": "2031-01-01", "hour": "25:99"}, "day"),
        ({"day": "2031-01-02", "hour": "08:00", "until_day": "2031-01-01",
          "until_hour": "08:00"}, "until_day"),
    ],
)  # fmt: skip
def test_wrong_dates_are_named_and_what_was_typed_is_kept(publisher, page, fields, field):
    item = page("plan", state=State.DRAFT)
    refused = take(publisher, item, "zaplanuj", status=422, reason="Plan", **fields)

    assert refused.html.select(f".error-summary a[href='#f-{field}']")
    assert refused.html.select_one("#f-reason").get_text() == "Plan"
    assert refused.html.select_one(f"#f-{field}")["value"] == fields[field]
    assert item.state is State.DRAFT


def test_an_end_is_set_without_hiding_what_is_published(publisher, browser, page):
    item = page("oferta", publish_at=NOW - timedelta(days=30))
    before = item.publish_at
    take(publisher, item, "zaplanuj", until_day="2031-01-01", until_hour="12:00")

    assert item.publish_at == before
    assert item.expires_at is not None
    browser.get("/oferta", status=200)


def test_an_hour_that_the_clocks_skip_does_not_exist():
    with pytest.raises(NoSuchMoment):
        read_moment("2027-03-28", "02:30")
    assert read_moment("2027-03-28", "03:30").hour == 1
    assert read_moment("2026-10-25", "02:30").hour == 0


def test_who_was_slower_hears_what_the_item_is_now(db, publisher, page):
    item = page("strona")
    form = publisher.get(desk(item, "/archiwizuj"))
    change_state(db, item, State.DRAFT, now=NOW)
    db.flush()

    sent = next(f for f in form.forms.values() if f.action.endswith("archiwizuj"))
    answer = sent.submit(status=409)

    assert answer.html.select_one(".status-bar .state").get_text().strip() in {"Draft", "Szkic"}
    assert item.state is State.DRAFT


def test_who_lost_the_right_with_the_state_hears_the_same(db, person, log_in, page):
    ewa = person(Role.AUTHOR)
    author = log_in(ewa)
    item = page("tekst", state=State.DRAFT)
    item.owner_id = ewa.id
    change_state(db, item, State.IN_REVIEW, now=NOW)
    db.flush()
    token = author.get("/redakcja/tresci").html.select_one("[name=csrf_token]")["value"]

    answer = author.post(desk(item, "/zglos"), {"csrf_token": token, "seen": "draft"}, status=403)

    assert answer.html.select(".status-bar")


def test_a_step_without_a_token_is_refused(publisher, page):
    item = page("strona")
    publisher.post(desk(item, "/archiwizuj"), {"seen": "published"}, status=[400, 403])
    assert item.state is State.PUBLISHED


def test_a_publisher_keeps_a_section_for_readers_with_a_role(publisher, browser, section, page):
    place = section("tylko")
    page("strona", place)
    form = publisher.get(desk(place, "/dostep"))
    sent = next(f for f in form.forms.values() if f.action.endswith("dostep"))
    sent["restricted"] = "1"
    sent.submit(status=303)

    assert place.restricted
    browser.get("/tylko/strona", status=410)


def test_an_editor_is_not_asked_who_may_see_it(person, log_in, section):
    place = section("s")
    editor = log_in(person(Role.EDITOR))

    assert "/dostep" not in editor.get(desk(place)).text
    editor.get(desk(place, "/dostep"), status=403)


@pytest.fixture
def with_files(db, make, page):
    """A draft page with a described picture and one that nobody has described."""
    here = page("z-obrazami", state=State.DRAFT)
    for slug, alt in (("opisany", "Dwie osoby przy stole"), ("bez-opisu", "")):
        file = make(Image, here, slug, state=State.DRAFT, alt="x", sha256=blob(db, slug),
                    mime="image/png", width=1, height=1)  # fmt: skip
        file.alt = alt
        db.add(Reference(source_id=here.id, role="picture", position=file.id, target_id=file.id))
    db.flush()
    return here


def blob(db, name):
    sha256 = sha(name.encode()).hexdigest()
    db.add(Blob(sha256=sha256, upload_sha256=sha256, size=1, mime="image/png", width=1, height=1))
    db.flush()
    return sha256


def states_of_files(db, page):
    query = select(Node.slug, Node.state).where(Node.parent_id == page.id)
    return dict(db.execute(query).all())


def test_publishing_a_page_publishes_its_pictures_that_are_ready(db, publisher, with_files):
    asked = publisher.get(desk(with_files, "/publikuj"))
    assert "opisany" in asked.text
    assert "bez-opisu" in asked.text

    take(publisher, with_files, "publikuj")

    assert states_of_files(db, with_files) == {
        "opisany": State.PUBLISHED, "bez-opisu": State.DRAFT,
    }  # fmt: skip


def test_pictures_stay_drafts_when_the_publisher_says_so(db, publisher, with_files):
    take(publisher, with_files, "publikuj", files=False)

    assert set(states_of_files(db, with_files).values()) == {State.DRAFT}


def test_pictures_of_a_scheduled_page_appear_with_it(db, publisher, with_files):
    take(publisher, with_files, "zaplanuj", day="2031-07-01", hour="08:00")

    file = db.scalars(select(Node).where(Node.slug == "opisany")).one()
    assert (file.state, file.publish_at) == (State.SCHEDULED, with_files.publish_at)


def test_pictures_that_wait_for_a_date_appear_with_a_page_that_does_not(db, publisher, with_files):
    take(publisher, with_files, "zaplanuj", day="2031-07-01", hour="08:00")
    assert "opisany" in publisher.get(desk(with_files, "/publikuj")).text

    take(publisher, with_files, "publikuj")

    assert states_of_files(db, with_files)["opisany"] == State.PUBLISHED


def test_pictures_that_appear_earlier_keep_their_date(db, publisher, with_files):
    take(publisher, with_files, "zaplanuj", day="2031-07-01", hour="08:00")
    file = db.scalars(select(Node).where(Node.slug == "opisany")).one()
    before = file.publish_at

    take(publisher, with_files, "zaplanuj", day="2031-08-01", hour="08:00")

    assert file.publish_at == before


def test_a_page_let_out_says_which_pictures_readers_miss(publisher, with_files):
    take(publisher, with_files, "publikuj")

    notice = publisher.get(desk(with_files)).html.select_one(".notice.warn").get_text()

    assert "bez-opisu" in notice
    assert "opisany" not in notice


def test_publishing_before_the_date_keeps_the_end(db, publisher, page):
    item = page("a", state=State.DRAFT)
    take(publisher, item, "zaplanuj", day="2031-07-01", hour="08:00", until_day="2031-08-01",
         until_hour="10:00")  # fmt: skip
    until = item.expires_at

    take(publisher, item, "publikuj")

    assert (item.state, item.expires_at) == (State.PUBLISHED, until)
    assert until is not None


def test_a_page_whose_pictures_readers_see_asks_nothing(publisher, page):
    item = page("bez-obrazow", state=State.DRAFT)

    assert not publisher.get(desk(item, "/publikuj")).html.select("[name=files]")
