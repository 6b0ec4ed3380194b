"""Settings: one frozen object, read once, refusing to start on what is wrong or missing."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# What the server takes out of its environment once it was read; the database's URL may hold a password.
SECRETS = (
    "SECRET_KEY",
    "STORE_KEYS",
    "DATABASE_URL",
    "STORE_URL",
    "REDIS_URL",
    "WEBHOOK_KEY",
    "PARENT_KEYS",
    "MAIL_URL",
)
HERE = ("localhost", "127.0.0.1", "::1")


class WrongSetting(SystemExit):
    """The program stops and names the setting."""


class Settings(BaseSettings):
    """Every setting, its default and its bounds. Environment names are the same in capitals; `.env` is read too."""

    model_config = SettingsConfigDict(env_file=".env", frozen=True, extra="ignore", hide_input_in_errors=True)

    host: str = Field("127.0.0.1", description="Address that plain HTTP listens on.")
    port: int = Field(5000, ge=1, le=65535, description="Port of plain HTTP.")
    tls_port: int = Field(0, ge=0, le=65535, description="Port of HTTPS on all addresses; 0 turns it off.")
    public_url: str = Field("", description="Origin that QR codes carry, e.g. https://zz.example.cn.")
    secret_key: str = Field(
        "", description="Signs tokens and cookies; 32 characters or more; several with commas, newest first."
    )
    store_keys: str = Field("", description="Keys that seal pictures: id:base64key[,…], newest first, 32 bytes each.")
    database_url: str = Field("", description="SQLAlchemy URL; default: SQLite in DATA_DIR.")
    store_url: str = Field("", description="Where pictures are kept; default: file:// in DATA_DIR.")
    data_dir: Path = Field(Path("var"), description="Folder of the database, the pictures and the demo's secrets.")
    async_mode: Literal["eventlet", "threading"] = Field("eventlet", description="How the server runs.")
    demo: bool = Field(False, description="1: invented people, known passwords. Never in production.")

    token_seconds: int = Field(120, ge=10, le=600, description="Life of a QR code.")
    rotate_seconds: int = Field(100, ge=5, le=600, description="Age at which the shown QR code changes by itself.")
    permission_minutes: int = Field(60, ge=1, le=600, description="How long a phone that has claimed may send.")
    transfer_minutes: int = Field(5, ge=1, le=60, description="Life of a link that moves to another browser.")
    support_link_minutes: int = Field(30, ge=1, le=120, description="Life of a link that support issues.")
    support_contact: str = Field("", max_length=100, description="How people reach support: a number, hours.")
    idle_minutes: int = Field(30, ge=1, le=600, description="A login without activity ends after this.")
    pairings_per_10_minutes: int = Field(30, ge=1, description="New pairings a candidate may ask for.")
    uploads_per_pairing: int = Field(10, ge=1, description="Pictures one phone may send.")
    uploads_per_day: int = Field(30, ge=1, description="Pictures one application may send in a day.")
    sockets_per_login: int = Field(4, ge=1, description="Open sockets of one login.")
    max_sockets: int = Field(4000, ge=1, le=19000, description="Open sockets of this process; more get 503.")
    inspectors: int = Field(2, ge=1, le=64, description="Worker processes that decode pictures.")
    inspector_queue: int = Field(8, ge=0, le=256, description="Pictures that may wait for a worker; more get 503.")
    hashers: int = Field(1, ge=1, le=64, description="Worker processes that verify passwords.")
    login_queue: int = Field(1000, ge=0, le=5000, description="Logins that may wait for their turn; more get 503.")
    draft_days: int = Field(30, ge=1, description="Unfinished pictures are deleted after this.")
    document_days: int = Field(180, ge=1, description="ID pictures, rejected portraits: deleted so long after.")
    review_days: int = Field(5, ge=1, le=60, description="Working days that a review usually takes, as pages say.")
    parent_keys: str = Field("", description="Keys that sign launches and data: id:base64key[,…], 32 bytes each.")
    webhook_url: str = Field("", description="Where the parent system is told what happened, https://….")
    webhook_key: str = Field("", description="Signs what it is told: id:base64key, 32 bytes.")
    mail_url: str = Field("", description="Mail server: smtps://user:password@host or smtp://… with STARTTLS.")
    mail_from: str = Field("", max_length=100, description="Address that mails come from.")
    mail_to: str = Field("", max_length=500, description="Addresses of who runs the service, with commas.")
    metrics_address: str = Field("", description="Address and port of /metrics, e.g. 127.0.0.1:9105; empty: none.")
    min_free_mb: int = Field(500, ge=0, description="With less free disk /ready says no.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Reverse proxies in front whose X-Forwarded headers count.")

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/")):
            raise ValueError("must be an origin such as https://zz.example.cn")
        return value.rstrip("/")

    @field_validator("metrics_address")
    @classmethod
    def _a_place(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host.strip("[]") and port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
            raise ValueError("must be an address and a port such as 127.0.0.1:9105")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _a_webhook(cls, value: str) -> str:
        parts = urlsplit(value)
        usable = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
        usable = usable and _is_plain(value) and parts.port != 0
        if value and (not usable or not parts.hostname or parts.username or parts.fragment):
            raise ValueError("must be https://… (http:// on this machine only), without a password")
        return value

    @field_validator("mail_url")
    @classmethod
    def _a_mail_server(cls, value: str) -> str:
        parts = urlsplit(value)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and _is_plain(value) and parts.port != 0
        if value and not usable:
            raise ValueError("must be smtps://user:password@host or smtp://host, other characters as %XX")
        return value

    @field_validator("store_keys", "parent_keys", "webhook_key")
    @classmethod
    def _keys(cls, value: str) -> str:
        parse_keys(value)
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if any(len(key) < 32 for key in self.secret_keys):
            raise ValueError("SECRET_KEY: 32 characters or more")
        if not self.secret_key:
            raise ValueError("SECRET_KEY: is missing")
        if not self.store_keys:
            raise ValueError("STORE_KEYS: is missing")
        if self.rotate_seconds >= self.token_seconds:
            raise ValueError("ROTATE_SECONDS: must be less than TOKEN_SECONDS")
        if len(self.webhook_keys) != bool(self.webhook_url):
            raise ValueError("WEBHOOK_KEY: one key with WEBHOOK_URL, and none without")
        if self.mail_url and not (self.mail_from and self.mail_to):
            raise ValueError("MAIL_FROM, MAIL_TO: are missing")
        return self

    @property
    def secret_keys(self) -> list[str]:
        """Signing keys, oldest first, as itsdangerous wants them."""
        return [key.strip() for key in self.secret_key.split(",") if key.strip()][::-1]

    @property
    def sealing_keys(self) -> dict[str, bytes]:
        """Key id to 32 bytes, newest first."""
        return parse_keys(self.store_keys)

    @property
    def launch_keys(self) -> dict[str, bytes]:
        """Key id to 32 bytes, of the parent system; any of them is good."""
        return parse_keys(self.parent_keys)

    @property
    def webhook_keys(self) -> dict[str, bytes]:
        """Key id to 32 bytes."""
        return parse_keys(self.webhook_key)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'zhengzhao.db').absolute()}"

    @property
    def for_children(self) -> dict[str, str]:
        """What a process of ours that this one starts needs of its environment: the secrets, which are no longer in
        it, and where everything is, wherever that process stands."""
        places = {"DATABASE_URL": self.database, "STORE_URL": self.store, "DATA_DIR": str(self.data_dir.absolute())}
        return {name: str(getattr(self, name.lower(), "")) for name in SECRETS} | places

    @property
    def log_file(self) -> Path | None:
        """Where the demo's log goes, so that the QR code stays on the terminal; None is stderr."""
        return self.data_dir / "zhengzhao.log" if self.demo else None

    @property
    def store(self) -> str:
        """The store's URL in force."""
        return self.store_url or f"file://{(self.data_dir / 'store').absolute()}"


def _is_plain(address: str) -> bool:
    """Whether these are characters that an address has: no spaces, nothing that is not ASCII."""
    return address.isascii() and address.isprintable() and " " not in address


def parse_keys(value: str) -> dict[str, bytes]:
    """`id:base64key[,…]` → {id: 32 bytes}. Raises ValueError in words."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (p.strip() for p in value.split(","))):
        name, colon, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise ValueError("must be id:base64key[,…]") from error
        if not colon or not name.isalnum() or len(name) > 16 or len(key) != 32 or name in keys:
            raise ValueError("must be id:base64key[,…]: each id once, letters and digits, each key 32 bytes")
        keys[name] = key
    return keys


def load(**given: str | int | Path | None) -> Settings:
    """The settings of this process. A wrong or missing one stops the program and is named (its value never is)."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"  {_named('.'.join(map(str, e['loc'])).upper(), e['msg'])}" for e in error.errors()]
        raise WrongSetting("zhengzhao cannot start; please mend these settings:\n" + "\n".join(lines)) from None


def _named(setting: str, words: str) -> str:
    """One line about a setting; what is wrong with several together names them itself."""
    said = words.removeprefix("Value error, ")
    return f"{setting}: {said}" if setting else said
