"""Mail to whoever runs the service: over a stand-in mail server, once, in both languages, about no person."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from app.outbox.rules import TRIED_FOR, Channel, Tried
from tests import people
from tests.outbox.telling import KEY_TEXT, FakeSender, deliver, deliverer, told, way
from tests.ports import free_port
from tests.world import NewWorld, World


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails; refuses recipients whose address has `nobody` in it."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        super().__init__(("127.0.0.1", free_port()), Talk)


class Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper().split()[0]
            if word == "DATA":
                self.say("354 go on")
                self.take()
            self.say("550 unknown" if "nobody" in line else "221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def take(self) -> None:
        body = b""
        while not body.endswith(b"\r\n.\r\n"):
            body += self.rfile.readline()
        self.server.taken.append(email.message_from_bytes(body[:-3], policy=email.policy.default))

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mails() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def with_mail(new_world: NewWorld, mails: MailServer, to: str = "one@office.example, two@office.example") -> World:
    port = mails.server_address[1]
    return new_world(
        webhook_url="https://nowhere.invalid/",
        webhook_key=KEY_TEXT,
        mail_url=f"smtp://127.0.0.1:{port}",
        mail_from="zz@office.example",
        mail_to=to,
        public_url="http://localhost:5000",
    )


def test_a_test_mail_arrives_in_both_languages(new_world: NewWorld, mails: MailServer) -> None:
    world = with_mail(new_world, mails)
    notice = told(world, channel=Channel.MAIL)
    assert deliver(world) == 1
    [mail] = mails.taken
    assert (mail["Subject"], mail["To"]) == ("证照采集：测试邮件", "one@office.example, two@office.example")
    assert notice.name in mail["Message-ID"]
    text = mail.get_content()
    assert "这是一封测试邮件" in text
    assert "This is a test mail" in text
    assert "http://localhost:5000/operate/notices" in text
    assert way(world, Channel.MAIL).sent_at == world.clock.now()


def test_when_nobody_is_known_there_it_is_tried_again(new_world: NewWorld, mails: MailServer) -> None:
    world = with_mail(new_world, mails, "nobody@x.example")
    told(world, channel=Channel.MAIL)
    deliver(world)
    assert (way(world, Channel.MAIL).error, way(world, Channel.MAIL).failures) == ("recipients", 1)


def test_one_address_that_is_wrong_is_told_and_the_others_get_it_once(new_world: NewWorld, mails: MailServer) -> None:
    world = with_mail(new_world, mails, "a@x.example,nobody@x.example")
    told(world, channel=Channel.MAIL)
    deliver(world)
    world.clock.move(days=1)
    assert (deliver(world), len(mails.taken)) == (0, 1)
    page = world.visitor(world.add(people.operator())).go("/operate/notices")
    assert "最近一封没有送到每一个人：邮件服务器不接受某个收件地址" in page.text


def test_the_operator_hears_of_a_webhook_that_fails_and_of_what_was_given_up(
    new_world: NewWorld, mails: MailServer
) -> None:
    world = with_mail(new_world, mails)
    by = deliverer(world, {Channel.WEBHOOK: FakeSender(Tried("refused", of_all=True))})
    for _each in range(20):
        told(world)
    began = world.clock.now()
    while world.clock.now() - began < TRIED_FOR:
        world.clock.time = way(world).paused_until or world.clock.now()
        deliver(world, by)
    deliver(world)
    subjects = [mail["Subject"] for mail in mails.taken]
    assert subjects == ["证照采集：结果回传持续失败", "证照采集：有回传事件已放弃"]
