"""`flask init` and `flask staff …`: accounts of staff from the terminal. In the audit the actor is `server`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import staff_actions as actions
from app.accounts.code_rules import new_password
from app.accounts.forms import StaffForm
from app.accounts.staff_queries import everybody, office_coded, operators, staff_named
from app.base.catalogue import english
from app.base.errors import Refused
from app.http.current import PublicOrigin, now
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actor_rules import Actor, StaffRole
from app.identity.model import Office, Staff
from app.identity.passwords import HASHER

SERVER = Actor.server()
ROLES = click.Choice([str(each) for each in StaffRole])
ONE_TIME = "one-time password (to be changed at the first login; shown only now): {}"
NEXT = """
What comes next / 接下来:
  1. Start the server, if it does not run yet, and open / 启动服务后打开: {origin}/login
  2. Log in as / 用此登录名登录: {login}
     one-time password, shown only now / 一次性密码，只显示这一次: {password}
  3. Choose a password of your own and set up the second factor with an app on your phone.
     设置自己的密码，并用手机上的验证器应用设置二次验证。
  4. Add your colleagues under 工作人员 (Staff); the front page of /operate says what else is missing.
     在“工作人员”里添加同事；/operate 的首页会列出还缺什么。
"""


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal in words, in English, and the exit code 1."""
    try:
        yield
    except Refused as refusal:
        words = english(refusal.text)
        raise click.ClickException(words % refusal.facts if refusal.facts else words) from None


@click.command("init")
@click.option("--login", "login_name", default="operator", show_default=True, help="What the operator logs in with.")
@click.option("--name", default="运行管理员", show_default=True, help="How the operator is called on pages.")
@with_appcontext
def init(login_name: str, name: str) -> None:
    """Bring the database to this version and make the first operator; refuses where there is one already."""
    database().upgrade()
    typed = StaffForm(login_name, name, StaffRole.OPERATOR)
    password = new_password()
    hashed = HASHER.hash(password)
    with _refusals(), database().writing() as db:
        if operators(db):
            raise click.ClickException("there is an operator already; see `flask staff list`")
        actions.add(db, typed.checked_login, typed.post(frozenset()), hashed, SERVER, now())
    click.echo("database: up to date")
    click.echo(NEXT.format(origin=provided(PublicOrigin)(), login=typed.checked_login, password=password))


staff = AppGroup("staff", help="The accounts of those who work here; every change is in the audit.")


@staff.command("list")
def list_staff() -> None:
    """Login name, role, office, second factor, state; one a line, with tabs."""
    with database().reading() as db:
        for row in everybody(db):
            person = row.staff
            office = person.office.code if person.office else "-"
            second = "second-factor" if person.has_second_factor else "-"
            state = "disabled" if person.is_disabled else "enabled"
            click.echo("\t".join((person.login_name, person.role, office, second, state, person.name)))


@staff.command("add")
@click.argument("login_name")
@click.option("--role", type=ROLES, required=True)
@click.option("--name", required=True, help="How they are called on pages.")
@click.option("--office", default="", help="The code of their office; reviewers need one.")
@click.option("--id-number", default="", help="Lets them in at once while somebody guesses their password.")
def add(login_name: str, role: str, name: str, office: str, id_number: str) -> None:
    """Make an account; prints its one-time password."""
    password = new_password()
    hashed = HASHER.hash(password)
    with _refusals(), database().writing() as db:
        typed = StaffForm(login_name, name, role, _office(db, office), id_number)
        actions.add(db, typed.checked_login, typed.post(_all(db)), hashed, SERVER, now())
    click.echo(ONE_TIME.format(password))


@staff.command("change")
@click.argument("login_name")
@click.option("--role", type=ROLES)
@click.option("--name")
@click.option("--office", help="The code of an office; empty: none.")
@click.option("--id-number", help="Empty: none.")
def change(login_name: str, role: str | None, name: str | None, office: str | None, id_number: str | None) -> None:
    """Change what is given; the rest stays."""
    with _refusals(), database().writing() as db:
        person = _named(db, login_name)
        office_id = (person.office_id or 0) if office is None else _office(db, office)
        number = (person.id_number or "") if id_number is None else id_number
        typed = StaffForm(login_name, name or person.name, role or person.role, office_id, number)
        actions.change(db, person.id, typed.post(_all(db)), SERVER, now())
    click.echo(f"{login_name}: changed")


@staff.command("disable")
@click.argument("login_name")
def disable(login_name: str) -> None:
    """Nothing opens with this account any more; its logins end at once."""
    with _refusals(), database().writing() as db:
        actions.disable(db, _named(db, login_name).id, provided(Slices).login_ended, SERVER, now())
    click.echo(f"{login_name}: disabled")


@staff.command("enable")
@click.argument("login_name")
def enable(login_name: str) -> None:
    """It opens again, with the password it had."""
    with _refusals(), database().writing() as db:
        actions.enable(db, _named(db, login_name).id, SERVER, now())
    click.echo(f"{login_name}: enabled")


@staff.command("reset-password")
@click.argument("login_name")
def reset_password(login_name: str) -> None:
    """A one-time password; their logins end."""
    password = new_password()
    hashed = HASHER.hash(password)
    with _refusals(), database().writing() as db:
        actions.reset_password(db, _named(db, login_name).id, hashed, provided(Slices).login_ended, SERVER, now())
    click.echo(ONE_TIME.format(password))


@staff.command("reset-totp")
@click.argument("login_name")
def reset_totp(login_name: str) -> None:
    """For somebody who has lost their phone and their recovery codes; their logins end."""
    with _refusals(), database().writing() as db:
        actions.reset_second(db, _named(db, login_name).id, provided(Slices).login_ended, SERVER, now())
    click.echo(f"{login_name}: second factor removed")


def _named(session: Session, login_name: str) -> Staff:
    found = staff_named(session, login_name)
    if found is None:
        raise click.ClickException(f"nobody logs in as {login_name}; see `flask staff list`")
    return found


def _office(session: Session, code: str) -> int:
    found = office_coded(session, code) if code else None
    if code and found is None:
        raise click.ClickException(f"there is no office with the code {code}")
    return found.id if found else 0


def _all(session: Session) -> frozenset[int]:
    return frozenset(session.scalars(select(Office.id)))
