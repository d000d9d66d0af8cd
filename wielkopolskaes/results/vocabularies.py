"""Controlled lists of the results base.

The wording of EQUAL's themes is that of the programme (Journal of Laws 2004 no. 214 item 2172; for
B, C, E and H the list at European level). Only A, D, F, G and I were carried out in Poland.
"""

import re

from wielkopolskaes.i18n import _

PROGRAMMES = {
    "equal": _("EQUAL Community Initiative (2004–2008)"),
    "pokl": _("Human Capital Operational Programme (2007–2013)"),
    "power": _("Knowledge Education Development (2014–2020)"),
    "other": _("another programme"),
}

THEMES = {
    "A": _("Access and return to the labour market"),
    "D": _("Social economy"),
    "F": _("Adaptability of firms and workers"),
    "G": _("Reconciling family and professional life"),
    "I": _("Asylum seekers"),
}
THEMES_IN_FULL = {
    "A": _(
        "Facilitating access and return to the labour market for those who have difficulty in "
        "being integrated or reintegrated into a labour market"
    ),
    "D": _(
        "Strengthening the national social economy (the third sector), in particular the services "
        "of interest to the community, with a focus on improving the quality of jobs"
    ),
    "F": _(
        "Supporting the adaptability of firms and employees to structural economic changes and the "
        "use of information technology and other new technologies"
    ),
    "G": _(
        "Reconciling family and professional life, as well as the reintegration of men and women "
        "who have left the labour market"
    ),
    "I": _("Supporting the social and vocational integration of asylum seekers"),
}
# The letter of the theme and four digits.
EQUAL_NUMBER = re.compile(r"[ADFGI][0-9]{4}")

KINDS = {
    "model": _("model"),
    "system": _("local system"),
    "method": _("method"),
    "tool": _("tool"),
    "training": _("training programme"),
    "standard": _("standard"),
    "publication": _("publication"),
    "recommendation": _("recommendation"),
}

TARGET_GROUPS = {
    "unemployed": _("long-term unemployed people"),
    "women": _("women"),
    "parents": _("parents and carers"),
    "disabled": _("people with disabilities"),
    "mental": _("people with mental illness"),
    "young": _("young people"),
    "older": _("people over 40"),
    "homeless": _("homeless people"),
    "prison": _("people leaving prison"),
    "addiction": _("people after treatment of addiction"),
    "refugees": _("people seeking asylum"),
    "rural": _("people in rural areas"),
    "risk": _("people at risk of exclusion"),
    "workers": _("workers and employers"),
    "organisations": _("organisations and enterprises of the social economy"),
}

USERS = {
    "local": _("local governments"),
    "ngo": _("non-governmental organisations"),
    "enterprise": _("social enterprises"),
    "firm": _("private firms"),
    "school": _("schools and other places of education"),
    "labour": _("labour market institutions"),
    "welfare": _("social assistance and integration institutions"),
}

SETTINGS = {
    "rural": _("rural commune"),
    "town": _("town"),
    "city": _("big city"),
}

VALIDATION = {
    "unknown": _("not known"),
    "validated": _("validated"),
    "mainstreamed": _("brought into common use"),
}

LAW = {
    "unknown": _("nobody has checked"),
    "valid": _("the law it rests on is in force"),
    "changed": _("the law has changed since"),
}

CURRENCIES = {"PLN": "PLN", "EUR": "EUR"}
