"""Mail to whoever runs the service, by SMTP: in Chinese and English, without personal data."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.base.catalogue import english
from app.base.clock import Clock
from app.base.errors import N_
from app.outbox.port import NAME, Deadline, attempt
from app.outbox.rules import TRY_SECONDS, Letter, NoticeKind, Tried

PORTS = {"smtp": 587, "smtps": 465}
WORDS = {
    NoticeKind.TEST: (
        N_("证照采集：测试邮件"),
        N_("这是一封测试邮件。收到它，说明邮件通知已经可以使用。"),
    ),
    NoticeKind.CHANNEL_FAILS: (
        N_("证照采集：结果回传持续失败"),
        N_("向上级系统回传结果已经连续失败约一小时，系统会继续重试。请打开“通知”页面查看原因。"),
    ),
    NoticeKind.GAVE_UP: (
        N_("证照采集：有回传事件已放弃"),
        N_("有回传事件重试三天仍未送达，已不再自动重试。请打开“通知”页面，排除原因后按“再试一次”。"),
    ),
}


class Mail:
    """Sends letters over an encrypted connection: `smtp://` begins it with STARTTLS, but on this machine."""

    def __init__(self, url: str, sender: str, to: list[str], page: str, clock: Clock) -> None:
        self._url, self._sender, self._to, self._page, self._clock = urlsplit(url), sender, to, page, clock

    def send(self, letter: Letter) -> Tried:
        """Taken is what the server has taken for anybody: sent again, it would come to them again."""
        return attempt(lambda end: self._deliver(letter, end), TRY_SECONDS)

    def _deliver(self, letter: Letter, end: Deadline) -> Tried:
        try:
            with self._server() as server:
                if server.sock:
                    end.watch(server.sock)
                self._introduce(server)
                refused = server.send_message(self.message(letter), self._sender, self._to)
        except smtplib.SMTPAuthenticationError:
            return Tried("password", of_all=True)
        except smtplib.SMTPRecipientsRefused:
            return Tried("recipients", of_all=True)
        except smtplib.SMTPResponseException as error:
            return Tried(f"smtp:{error.smtp_code}", of_all=True)
        except smtplib.SMTPException:
            return Tried("smtp:0", of_all=True)
        return Tried(note="recipients" if refused else "")

    def _server(self) -> smtplib.SMTP:
        host = self._url.hostname or ""
        port = self._url.port or PORTS[self._url.scheme]
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=TRY_SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TRY_SECONDS)

    def _introduce(self, server: smtplib.SMTP) -> None:
        if self._url.scheme == "smtp" and not _is_here(self._url.hostname or ""):
            server.starttls(context=ssl.create_default_context())
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))

    def message(self, letter: Letter) -> EmailMessage:
        """What the operator reads. The id tells a mail server, and a person, which one came twice."""
        subject, text = WORDS[letter.kind]
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = subject, self._sender, ", ".join(self._to)
        message["Date"] = self._clock.now()
        message["Message-ID"] = f"<{letter.name}@{NAME}.invalid>"
        message.set_content(f"{text}\n\n{english(text)}\n\n{self._page}\n")
        return message


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")
