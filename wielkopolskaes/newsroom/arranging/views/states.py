"""Publishing, scheduling, taking back, archiving, review: one address for each step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden
from pyramid.i18n import TranslationString
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content import gate
from wielkopolskaes.forms.posted import all_posted, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import (
    TEMPLATES,
    again,
    conflict,
    done,
    item_values,
    take,
)
from wielkopolskaes.newsroom.companions import Companion, can_follow, companions
from wielkopolskaes.newsroom.moments import NoSuchMoment, read_moment, typed
from wielkopolskaes.newsroom.references import used_on
from wielkopolskaes.newsroom.resources import ITEM, desk_path, item_of
from wielkopolskaes.newsroom.rows import in_trash
from wielkopolskaes.newsroom.steps import MAX_REASON, STEPS, Step, ever_allowed, is_possible
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.lost import hidden
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import NotAllowedNow, change_state, restrict
from wielkopolskaes.tree.states import TIMED, State
from wielkopolskaes.types import Request

FORM = "step.jinja2"
Errors = list[tuple[str, TranslationString]]


class Dates(NamedTuple):
    """From when until when readers see an item."""

    publish_at: datetime | None
    expires_at: datetime | None


def add_steps(config: Configurator) -> None:
    """Give each step its route, its two views, and a polite answer when it is too late."""
    for step in STEPS:
        route = f"desk.{step.name}"
        config.add_route(route, f"{ITEM}/{step.slug}", factory=item_of)
        config.add_view(
            _asker(step), route_name=route, permission=step.needs, request_method="GET",
            renderer=f"{TEMPLATES}/{FORM}",
        )  # fmt: skip
        config.add_view(
            _taker(step), route_name=route, permission=step.needs, request_method="POST"
        )
        config.add_exception_view(_refuser(step), context=HTTPForbidden, route_name=route)


def _asker(step: Step) -> Callable[[Node, Request], Any]:
    def ask(context: Node, request: Request) -> Any:
        if not is_possible(step, context):
            return conflict(request, context)
        return step_values(request, context, step)

    return ask


def _taker(step: Step) -> Callable[[Node, Request], Response]:
    def take_step(context: Node, request: Request) -> Response:
        take(request, context, step.needs)
        if posted(request, "seen") != context.state or not is_possible(step, context):
            return conflict(request, context)
        dates, errors = _read(request, context, step)
        if errors:
            values = step_values(request, context, step) | {"errors": errors}
            return again(request, FORM, values)
        reason = posted(request, "reason").strip()
        try:
            change_state(
                request.dbsession, context, step.target, now=request.now, reason=reason,
                publish_at=dates.publish_at, expires_at=dates.expires_at,
            )  # fmt: skip
        except NotAllowedNow:
            return conflict(request, context)
        if posted(request, "files"):
            _take_along(request, context, step, dates)
        return done(request, desk_path(context), step.name)

    return take_step


def _take_along(request: Request, node: Node, step: Step, dates: Dates) -> None:
    """Let the page's pictures and documents that wait for it be seen from the same moment."""
    for found in _companions(request, node, step):
        if can_follow(found, step.target) and not found.appears_by(dates.publish_at):
            change_state(
                request.dbsession, found.node, step.target, now=request.now,
                publish_at=dates.publish_at,
            )  # fmt: skip


def _companions(request: Request, node: Node, step: Step) -> list[Companion]:
    if step.target not in TIMED:
        return []
    return companions(request.dbsession, node, identity=request.identity, now=request.now)


def _refuser(step: Step) -> Callable[[Exception, Request], Response]:
    """Answer somebody who could have taken the step a moment ago: say what the item is now."""

    def refuse(error: Exception, request: Request) -> Response:
        node = request.__dict__.get("context")
        if not isinstance(node, Node) or is_possible(step, node):
            return hidden(error, request)
        seen = may(request.identity, Permission.VIEW, node, request.now)
        if not seen or not ever_allowed(request.identity, step.needs, node):
            return hidden(error, request)
        return conflict(request, node, 403)

    return refuse


def step_values(request: Request, node: Node, step: Step) -> dict[str, Any]:
    """Collect what the page of a step shows: what it does, where the item is used, the fields."""
    values = item_values(request, node, step.label)
    form = all_posted(request) if request.method == "POST" else _stored(node, step)
    values |= {"step": step, "form": form, "errors": [], "usage": None}
    values["companions"] = _companions(request, node, step)
    if step.hides:
        values["usage"] = used_on(
            request.dbsession, node, identity=request.identity, now=request.now
        )
    return values


def _stored(node: Node, step: Step) -> dict[str, str]:
    if not step.timed:
        return {}
    day, hour = typed(node.publish_at)
    until_day, until_hour = typed(node.expires_at)
    return {"day": day, "hour": hour, "until_day": until_day, "until_hour": until_hour}


def _read(request: Request, node: Node, step: Step) -> tuple[Dates, Errors]:
    errors: Errors = []
    reason = posted(request, "reason").strip()
    if step.must_say_why and not reason:
        errors.append(("reason", _("Say what is missing: the author waits for it.")))
    if len(reason) > MAX_REASON:
        errors.append(("reason", _("Write at most 1,000 characters.")))
    if step.target in TIMED:
        errors += [("gate", problem) for problem in gate.problems(node)]
    dates = Dates(None, _kept_end(node, step, request.now))
    if step.timed:
        dates, wrong = _read_dates(request, node)
        errors += wrong
    return dates, errors


def _kept_end(node: Node, step: Step, now: datetime) -> datetime | None:
    """Keep the day on which a planned item disappears when it is published before its time."""
    if step.target is not State.PUBLISHED or node.state is not State.SCHEDULED:
        return None
    return node.expires_at if node.expires_at and node.expires_at > now else None


def _read_dates(request: Request, node: Node) -> tuple[Dates, Errors]:
    found: dict[str, datetime | None] = {}
    errors: Errors = []
    for day, hour in (("day", "hour"), ("until_day", "until_hour")):
        try:
            found[day] = read_moment(posted(request, day), posted(request, hour))
        except NoSuchMoment:
            found[day] = None
            errors.append((day, _("Give a day and an hour that exist, such as 08:00.")))
    since, until = found["day"], found["until_day"]
    if not errors:
        errors = _wrong_dates(request, node, since, until)
    if node.state in TIMED and typed(since) == typed(node.publish_at):
        since = node.publish_at
    return Dates(since, until), errors


def _wrong_dates(
    request: Request, node: Node, since: datetime | None, until: datetime | None
) -> Errors:
    kept = node.state in TIMED and typed(since) == typed(node.publish_at)
    if since is None:
        return [("day", _("Give the day and the hour from which readers see it."))]
    if since <= request.now and not kept:
        return [("day", _("This moment has passed. Give a later one, or publish it now."))]
    if until is not None and until <= max(since, request.now):
        return [("until_day", _("The end must come after the beginning, and after this moment."))]
    return []


@view_config(
    route_name="desk.restrict",
    permission=Permission.PUBLISH,
    request_method="GET",
    renderer=f"{TEMPLATES}/restrict.jinja2",
)
def ask_access(context: Node, request: Request) -> Any:
    """Ask for whom the item and what is under it shall be."""
    if in_trash(context.path):
        return conflict(request, context)
    return item_values(request, context, _("Who may see it"))


@view_config(route_name="desk.restrict", permission=Permission.PUBLISH, request_method="POST")
def set_access(context: Node, request: Request) -> Response:
    """Keep the item for readers with a role, or open it."""
    take(request, context, Permission.PUBLISH)
    if in_trash(context.path):
        return conflict(request, context)
    restricted = posted(request, "restricted") == "1"
    restrict(request.dbsession, context, restricted=restricted, now=request.now)
    return done(request, desk_path(context), "restricted" if restricted else "opened")
