"""What tables of records have in common."""

from pyramid.i18n import TranslationString
from sqlalchemy import String, exists, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, object_session

from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State


class Coded:
    """Columns of every record.

    `code` ends its permanent address and is the same for all its language versions; `title_lang`
    is set where the source has the title in another language than the record's.
    """

    @declared_attr
    def code(self) -> Mapped[str]:
        return mapped_column(String(30), index=True)

    @declared_attr
    def title_lang(self) -> Mapped[str | None]:
        return mapped_column(String(2))

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the record."""
        if not self._code_is_taken():
            return []
        return [_("Another record has this code. Choose one of its own for the permanent address.")]

    def _code_is_taken(self) -> bool:
        session = object_session(self)
        if session is None:
            return False
        own = self.__table__.c  # type: ignore[attr-defined]
        node: Node = self  # type: ignore[assignment]
        same_code = select(own.id).where(own.code == self.code, own.id != node.id)
        other = Node.id.in_(same_code), Node.lang == node.lang, Node.state != State.TRASHED
        return bool(session.scalar(exists().where(*other).select()))
