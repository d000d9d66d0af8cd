"""Who adopts results."""

from wielkopolskaes.i18n import _

KINDS = {
    "local": _("local government"),
    "welfare": _("social assistance or integration institution"),
    "labour": _("labour market institution"),
    "ngo": _("non-governmental organisation"),
    "enterprise": _("social enterprise"),
    "school": _("school or other place of education"),
    "firm": _("private firm"),
    "other": _("another organisation"),
}
