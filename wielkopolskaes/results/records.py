"""Results and projects in the terms that catalogues share."""

from wielkopolskaes.content.registry import Say, Uses
from wielkopolskaes.records.record import (
    Contributor,
    Kind,
    Record,
    Role,
    Subject,
    addresses,
    file_of,
)
from wielkopolskaes.results.models import Partnership, Result
from wielkopolskaes.results.vocabularies import KINDS, PROGRAMMES, TARGET_GROUPS, THEMES, USERS
from wielkopolskaes.territory import name_of

RESULT, PROJECT = "r", "e"


def of_result(result: Result, uses: Uses, say: Say) -> Record:
    """Tell what is known of a result."""
    authors = [Contributor(result.author, Role.AUTHOR, False)] if result.author else []
    leaders = [
        Contributor(card.extra["administrator"], Role.LEADER, False)
        for card in uses.get("project", ())
        if card.extra.get("administrator")
    ]
    subjects = (
        *_subjects(result, say),
        Subject("result kind", result.result_kind, say(KINDS[result.result_kind])),
        *(Subject("user", user, say(USERS[user])) for user in result.users),
        *(Subject("keyword", word, word) for word in result.keywords),
    )
    documents = (*uses.get("study", ()), *uses.get("files", ()))
    return Record(
        node_id=result.id,
        letter=RESULT,
        code=result.code,
        kind=Kind.RESULT,
        path=result.path,
        title=result.full_name or result.title,
        lang=result.lang,
        title_lang=result.title_lang or "",
        version=result.version,
        modified=result.updated_at,
        abstract=result.lead,
        contributors=(*authors, *leaders),
        number=result.number,
        programme=say(PROGRAMMES[result.programme]),
        source=result.source,
        source_url=result.source_url,
        subjects=subjects,
        coverage=tuple(map(name_of, result.areas)),
        relations=tuple(addresses(PROJECT, uses.get("project", ()))),
        files=tuple(file_of(card) for card in documents),
    )


def of_partnership(project: Partnership, uses: Uses, say: Say) -> Record:
    """Tell what is known of a project."""
    people = [Contributor(partner["name"], Role.PARTNER, False) for partner in project.partners]
    if project.administrator:
        people.insert(0, Contributor(project.administrator, Role.LEADER, False))
    return Record(
        node_id=project.id,
        letter=PROJECT,
        code=project.code,
        kind=Kind.PROJECT,
        path=project.path,
        title=project.title,
        lang=project.lang,
        title_lang=project.title_lang or "",
        version=project.version,
        modified=project.updated_at,
        abstract=project.lead,
        contributors=tuple(people),
        issued=project.starts or "",
        number=project.number,
        programme=say(PROGRAMMES[project.programme]),
        source=project.source,
        source_url=project.source_url,
        subjects=tuple(_subjects(project, say)),
        coverage=tuple(map(name_of, project.areas)) or tuple(filter(None, [project.area_text])),
    )


def _subjects(record: Result | Partnership, say: Say) -> list[Subject]:
    themes = [record.theme] if record.theme else []
    return [
        *(Subject("theme", theme, say(THEMES[theme])) for theme in themes),
        *(Subject("target group", each, say(TARGET_GROUPS[each])) for each in record.target_groups),
    ]
