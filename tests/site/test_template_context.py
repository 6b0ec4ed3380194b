"""What templates are given."""

from __future__ import annotations

from app.site.template_context import unbroken


def test_a_telephone_number_stays_on_one_line() -> None:
    number = '<span class="nowrap">020-00000000</span>'
    assert unbroken("市考办，电话 020-00000000（样例）") == f"市考办，电话 {number}（样例）"


def test_what_an_office_wrote_is_no_markup() -> None:
    assert unbroken("<b>&020") == "&lt;b&gt;&amp;020"
