"""What an editor fills in for records of the results base."""

from typing import Any

import colander

from wielkopolskaes.content.fields import choice, day, item, many, rich, text
from wielkopolskaes.content.project.schemas import PartnerSchema, partial
from wielkopolskaes.i18n import _
from wielkopolskaes.records.schemas import CodedSchema
from wielkopolskaes.results.parts import circle_in, needs_of
from wielkopolskaes.results.vocabularies import (
    CURRENCIES,
    EQUAL_NUMBER,
    KINDS,
    LAW,
    PROGRAMMES,
    SETTINGS,
    TARGET_GROUPS,
    THEMES,
    USERS,
    VALIDATION,
)
from wielkopolskaes.territory import areas


def several(name: str, title: str, of: str, options: dict[str, str], **kw: Any) -> Any:
    """Declare some words of a list."""
    return many(name, title, choice("word", of, options), limit=len(options), **kw)


def amount(name: str, title: str, description: str = "") -> colander.SchemaNode:
    """Declare an optional whole amount of money."""
    return colander.SchemaNode(
        colander.Integer(), name=name, title=title, missing=None, description=description,
        validator=colander.Range(0, 1_000_000_000),
    )  # fmt: skip


class RecordSchema(CodedSchema):
    """What both kinds of records have."""

    programme = choice("programme", _("Programme"), PROGRAMMES, missing="equal")
    theme = choice("theme", _("Theme"), THEMES, missing=None)
    number = text(
        "number", _("Project number"), 20,
        description=_("In EQUAL the letter of the theme and four digits: D0104."),
    )  # fmt: skip

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse what contradicts itself."""
        error = colander.Invalid(node)
        self.check(value, error)
        if error.children or error.msg:
            raise error

    def check(self, value: dict[str, Any], error: colander.Invalid) -> None:
        """Note what contradicts itself."""
        number = value["number"]
        if value["programme"] != "equal" or not number:
            return
        if not EQUAL_NUMBER.fullmatch(number):
            error["number"] = _("A number of EQUAL is one of the letters A, D, F, G, I and four "
                                "digits: D0104.")  # fmt: skip
        elif value["theme"] and value["theme"] != number[0]:
            error["theme"] = _("The theme must be the letter that the number begins with.")


class PartnershipSchema(RecordSchema):
    """The fields of a project."""

    other_title = text("other_title", _("Title in the other language"), 250)
    administrator = text("administrator", _("Administrator"), 400)
    partners = many("partners", _("Partners"), PartnerSchema(title=_("Partner")))
    starts = partial("starts", _("Start"))
    ends = partial("ends", _("End"))
    areas = several("areas", _("Areas"), _("Area"), areas())
    area_text = text("area_text", _("Area in words"), 400)
    target_groups = several("target_groups", _("Target groups"), _("Target group"), TARGET_GROUPS)
    groups_text = many(
        "groups_text", _("Target groups in words"), text("group", _("Target group"), 200)
    )
    facts = many("facts", _("Facts"), text("fact", _("Fact"), 400))
    problem = rich("problem", _("Problem"))
    aims = rich("aims", _("Aims"))

    def check(self, value: dict[str, Any], error: colander.Invalid) -> None:
        """Refuse a project that ends before it starts (compared as far as both are known)."""
        super().check(value, error)
        starts, ends = value["starts"], value["ends"]
        if starts and ends and ends[: len(starts)] < starts[: len(ends)]:
            error["ends"] = _("The project ends before it starts.")


class ComponentSchema(colander.Schema):
    """A part of a result, and the other parts that it cannot do without."""

    title = text("title", _("Name"), 250, missing=colander.required)
    needs = many(
        "needs", _("Needs the parts"),
        colander.SchemaNode(colander.Integer(), title=_("Number of the part"),
                            validator=colander.Range(1, 50)),
        limit=50,
    )  # fmt: skip
    text = rich("text", _("Text"))  # last: from here on the name is this field


class StepSchema(colander.Schema):
    """A step of putting a result in place; amounts are in the prices of `price_year`."""

    title = text("title", _("What has to be done"), 400, missing=colander.required)
    duration = text("duration", _("How long it takes"), 120)
    cost_min = amount(
        "cost_min", _("Cost from"), _("A single amount, here or below, is the exact cost.")
    )
    cost_max = amount("cost_max", _("Cost to"))
    currency = choice("currency", _("Currency"), CURRENCIES, missing="PLN")
    price_year = colander.SchemaNode(
        colander.Integer(), name="price_year", title=_("Year of the prices"), missing=None,
        validator=colander.Range(1990, 2100),
    )  # fmt: skip

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a range that runs backwards, and an amount without the year of its prices."""
        error = colander.Invalid(node)
        low, high = value["cost_min"], value["cost_max"]
        if low is not None and high is not None and low > high:
            error["cost_max"] = _("The highest cost is below the lowest.")
        if (low is not None or high is not None) and not value["price_year"]:
            error["price_year"] = _("Say of which year the prices are.")
        if error.children:
            raise error


class ResultSchema(RecordSchema):
    """The fields of a result."""

    full_name = text("full_name", _("Full name"), 600)
    project = item("project", _("Project"), "partnership")
    result_kind = choice("result_kind", _("Kind of result"), KINDS, missing="model")
    essence = rich("essence", _("Essence"))
    components = many("components", _("Parts"), ComponentSchema(title=_("Part")), limit=50)
    users = several("users", _("Who can use it"), _("User"), USERS)
    users_text = rich("users_text", _("Who can use it, in words"))
    target_groups = several("target_groups", _("Target groups"), _("Target group"), TARGET_GROUPS)
    settings = several("settings", _("Tried in"), _("Setting"), SETTINGS)
    areas = several("areas", _("Areas"), _("Area"), areas())
    conditions = rich("conditions", _("What it takes"))
    steps = many("steps", _("Steps"), StepSchema(title=_("Step")), limit=50)
    cost_reducers = rich("cost_reducers", _("What lowers the cost"))
    evidence = rich("evidence", _("Evidence"))
    validation = choice("validation", _("Validation"), VALIDATION, missing="unknown")
    law = choice("law", _("State of the law"), LAW, missing="unknown")
    law_on = day("law_on", _("Day the law was checked"), missing=None)
    law_note = text("law_note", _("Note on the law"), 600)
    keywords = many("keywords", _("Keywords"), text("keyword", _("Keyword"), 80), limit=30)
    study = item("study", _("Full study"), "document")
    files = many("files", _("Files"), item("file", _("File"), "document"), limit=50)

    def check(self, value: dict[str, Any], error: colander.Invalid) -> None:
        """Refuse parts that need what is not there, and a checked law without a day."""
        super().check(value, error)
        parts = value["components"]
        numbers = range(1, len(parts) + 1)
        if any(need not in numbers or need == nth
               for nth, part in enumerate(parts, 1) for need in part["needs"]):  # fmt: skip
            error["components"] = _("A part can only need other parts of the list.")
        else:
            circle = circle_in(needs_of(parts))
            if circle:
                way = " → ".join(map(str, circle))
                error["components"] = _(
                    "Parts must not need each other in a circle: ${way}.", mapping={"way": way}
                )
        if value["law"] != "unknown" and not value["law_on"]:
            error["law_on"] = _("Say when the law was checked.")
