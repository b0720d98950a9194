"""Accounts, their passkeys and their sessions. No partnership's own: one account, many memberships."""

# Flask-Security annotates its mixins for integer keys and for columns that are never null.
# mypy: disable-error-code="assignment,misc"

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lsp_assess.database.base import Base, Json, placed
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Account(Base, UserMixin):
    """A sign-in. Who somebody is in a partnership is a `Person`; what they may do, a `Membership`."""

    __tablename__ = "account"
    __table_args__ = placed("access", Keep.ACCOUNT)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en")
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_phone_number: Mapped[str | None]
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    webauthn: Mapped[list["Passkey"]] = relationship(back_populates="user", cascade="all, delete")

    roles: ClassVar[list[RoleMixin]] = []

    def check_tf_required_setup(self) -> bool:
        """Once there is a second factor it can be changed, and not be done without."""
        return True


class Passkey(Base, WebAuthnMixin):
    __tablename__ = "passkey"
    __table_args__ = placed("access", Keep.ACCOUNT)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access.account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    usage: Mapped[str]
    user: Mapped[Account] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        return {"id": self.account_id}


class WebSession(Base):
    """A signed-in browser; the row's key is the hash of what the cookie holds."""

    __tablename__ = "web_session"
    __table_args__ = placed("access", Keep.TRANSIENT)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("access.account.id", ondelete="CASCADE"), index=True)
    content: Mapped[Json]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class RateCount(Base):
    """How often something was tried in a window (Flask-Limiter's storage)."""

    __tablename__ = "rate_count"
    __table_args__ = placed("access", Keep.TRANSIENT)
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime]
