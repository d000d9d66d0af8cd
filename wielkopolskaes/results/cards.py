"""What lists show of records of the results base."""

from typing import Any

from wielkopolskaes.results.models import Partnership, Result


def of_result(result: Result) -> dict[str, Any]:
    """Keep what tells one result from another at a glance."""
    return {
        "code": result.code,
        "title_lang": result.title_lang,
        "number": result.number,
        "theme": result.theme,
        "programme": result.programme,
        "result_kind": result.result_kind,
        "users": result.users,
        "law": result.law,
        "law_on": result.law_on.isoformat() if result.law_on else None,
    }


def of_partnership(project: Partnership) -> dict[str, Any]:
    """Keep the number and who led the project."""
    return {
        "code": project.code,
        "title_lang": project.title_lang,
        "number": project.number,
        "theme": project.theme,
        "programme": project.programme,
        "administrator": project.administrator,
        "starts": project.starts,
        "ends": project.ends,
    }
