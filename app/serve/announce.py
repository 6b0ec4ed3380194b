"""The text on the terminal after the start: addresses, demo accounts, and a QR code for the phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

import qrcode

from app.serve.addresses import lan_addresses
from app.serve.origins import EVERY_ADDRESS, https_origins, origin
from app.serve.settings import ServingSettings

ALONE = """
  WARNING: this machine has no address on a local network, so no phone can reach it.
  Connect it to the network that the phone is in, and start again."""

SELF_SIGNED = """
  The phone warns once, because this machine made the certificate itself: choose Advanced, then proceed.
  WeChat cannot be told to trust it; open the address in the phone's own browser."""

DEMO = """
  Demo people, all invented; password zikao-demo
    candidates   010126000001 to 010126000006: each a case of its own (see README)
                 010126000011 to 010126000019: have applied, may take the picture at once
    staff        guangzhou, shenzhen, province, support, operator"""


def announce(settings: ServingSettings) -> None:
    """Print the addresses, the demo's accounts and a QR code of the address on the LAN."""
    print(announcement(settings, lan_addresses()), flush=True)


def announcement(settings: ServingSettings, addresses: Sequence[str]) -> str:
    """The text that `announce` prints for a machine with these addresses on the LAN."""
    return "\n".join(_paragraphs(settings, addresses))


def _paragraphs(settings: ServingSettings, addresses: Sequence[str]) -> Iterator[str]:
    yield f"zhengzhao is up (ASYNC_MODE={settings.async_mode}); Ctrl+C stops it"
    yield from _places(settings, https_origins(settings, addresses))
    if settings.demo:
        yield DEMO
    if settings.tls_port:
        yield from _for_phones(https_origins(settings, addresses))


def _places(settings: ServingSettings, lan: Iterable[str]) -> Iterator[str]:
    host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
    yield f"  here         {origin('http', host, settings.port)}"
    for address in lan:
        yield f"  on the LAN   {address}"
    if settings.public_url:
        yield f"  for everyone {settings.public_url}"
    if settings.log_file:
        yield f"  requests     {settings.log_file}"


def _for_phones(lan: Sequence[str]) -> Iterator[str]:
    if not lan:
        yield ALONE
        return
    yield f"\n{_drawn(lan[0])}"
    yield f"  {lan[0]}{SELF_SIGNED}"


def _drawn(text: str) -> str:
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    picture = StringIO()
    code.print_ascii(out=picture, invert=True)
    return picture.getvalue()
