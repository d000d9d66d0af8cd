"""The film's table."""

from datetime import UTC, date, datetime
from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import JSON, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.base import Body
from wielkopolskaes.content.document.models import Document
from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import FILMS
from wielkopolskaes.records.models import Coded
from wielkopolskaes.tree.models import Node, Reference


class Film(Coded, Body, Node):
    """A film (film): our own file, one that another service plays here, or one known elsewhere.

    `availability` says which: "file" has a document in the role `film_file`, "embed" the address
    in `embed`, "link" that in `link`, "unknown" nothing. `people` holds `{name, role}`, `tracks`
    `{kind, lang, text}` with WebVTT, `chapters` `{at, title}` in seconds, `versions` `{kind,
    version_file, address}`. `other_captions` are languages of captions that are in the picture or
    that the other service shows. `plan_on` and `plan_reason` say until when captions and transcript
    will come, and why they are not there yet.
    """

    __tablename__ = "content_film"
    __mapper_args__ = {"polymorphic_identity": "film"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    film_kind: Mapped[str | None] = mapped_column(String(20))
    producers: Mapped[list[str]] = mapped_column(JSON, default=list)
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    year: Mapped[int | None]
    duration: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    licence: Mapped[str] = mapped_column(String(200), default="")
    availability: Mapped[str | None] = mapped_column(String(8))
    embed: Mapped[str] = mapped_column(String(500), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    tracks: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, deferred=True, deferred_group="words"
    )
    other_captions: Mapped[list[str]] = mapped_column(JSON, default=list)
    transcript: Mapped[str] = mapped_column(Text, default="", deferred=True, deferred_group="words")
    chapters: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    versions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    plan_on: Mapped[date | None] = mapped_column(index=True)
    plan_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def access(self) -> list[str]:
        """What opens the film to people who do not hear or see it, in the words of ACCESS."""
        has = {
            "captions": self._has_captions,
            "transcript": bool(self.transcript or self._has_track("captions")),
            "described": self._has_version("described") or self._plays_track("descriptions"),
            "signed": self._has_version("signed"),
        }
        return [name for name, there in has.items() if there]

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the film."""
        lacking = super().lacks()
        if not self.film_kind:
            lacking.append(_("Say what kind of film it is."))
        if not self.source:
            lacking.append(_("Name the source of the description."))
        place = self._lacks_place()
        return [*lacking, *([place] if place else []), *self.lacks_access()]

    def lacks_access(self) -> list[TranslationString]:
        """List what opens a film that is shown here and is neither there nor planned.

        Somebody else's film on somebody else's page needs nothing of ours.
        """
        if self.availability not in ("file", "embed") or self._is_planned:
            return []
        access, lacking = self.access, []
        if "captions" not in access:
            lacking.append(_("Add captions, or say by which day they will come and why."))
        if "transcript" not in access:
            lacking.append(_("Add a transcript, or say by which day it will come and why."))
        return lacking

    @property
    def _is_planned(self) -> bool:
        today = day_of(datetime.now(UTC))
        return bool(self.plan_reason and self.plan_on and self.plan_on >= today)

    def _lacks_place(self) -> TranslationString | None:
        if self.availability == "embed":
            return None if self.embed else _("Give the address of the film in the other service.")
        if self.availability == "link":
            return None if self.link else _("Give the address of the page with the film.")
        if self.availability == "file":
            return self._lacks_file()
        return None if self.availability else _("Say where the film can be watched.")

    def _lacks_file(self) -> TranslationString | None:
        session = object_session(self)
        mime = Document.__table__.c
        query = (
            select(mime.mime)
            .join(Reference, Reference.target_id == mime.id)
            .where(Reference.source_id == self.id, Reference.role == "film_file")
        )
        found = session.scalar(query) if session else None
        if found is None:
            return _("Choose the file of the film.")
        if found not in {kind.mime for kind in FILMS}:
            return _("The chosen file is no film: it must be MP4 or WebM.")
        return None

    @property
    def _has_captions(self) -> bool:
        return self._plays_track("captions") or bool(self.other_captions)

    def _plays_track(self, kind: str) -> bool:
        # A player of another service cannot be given ours.
        return self.availability == "file" and self._has_track(kind)

    def _has_track(self, kind: str) -> bool:
        return any(track["kind"] == kind for track in self.tracks)

    def _has_version(self, kind: str) -> bool:
        return any(version["kind"] == kind for version in self.versions)
