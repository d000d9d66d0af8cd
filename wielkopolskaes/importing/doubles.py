"""New rows that may describe what is stored already, or what another new row describes."""

from functools import cached_property

from wielkopolskaes.duplicates.likeness import Likenesses
from wielkopolskaes.duplicates.queries import described, entries, visible
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.plans import Plan, Remark
from wielkopolskaes.importing.scope import Scope

MOST = 3
STORED = _("It may be there already:")
IN_FILE = _("It may be the same as in row ${number}.")


class Doubles:
    """Compares new rows with all records, and with the new rows before them."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @cached_property
    def _known(self) -> Likenesses:
        return Likenesses(entries(self._scope.session, self._scope.types.values()))

    def check(self, plan: Plan) -> None:
        """Add a remark for each record that the row may double."""
        scope = self._scope
        # Rows have numbers below those of items.
        entry = described(scope.types[plan.kind], -plan.number, plan.data)
        found = self._known.of(entry)[:MOST]
        self._known.add(entry)
        ids = [each.other.id for each in found if each.other.id > 0]
        seen = visible(scope.session, ids, scope.identity, scope.now) if ids else {}
        for each in found:
            if each.other.id < 0:
                words = _(IN_FILE, mapping={"number": -each.other.id})
                plan.remarks.append(Remark(scope.say(words)))
            elif row := seen.get(each.other.id):
                plan.remarks.append(Remark(scope.say(STORED), row.title, row.id))
