"""What the loader remembers of each file."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.tree.models import Node


class LoadedFile(Base):
    """A content file and the item made from it, as both were when it was loaded.

    `path` is the address that the file's place in the folder stands for; the item may have
    been moved since.
    """

    __tablename__ = "loaded_file"

    path: Mapped[str] = mapped_column(String(1000), primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey(Node.id, ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    node_version: Mapped[int]
