"""What reviewers do in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.browsers import box_of
from tests.e2e.steps import button, log_in


def open_case(page: Page, origin: str, office: str, number: str) -> None:
    """A reviewer of the office logs in and opens this candidate's case from the queue."""
    log_in(page, origin, office)
    page.goto(f"{origin}/review")
    page.get_by_role("link", name=number).click()
    expect(page.locator("#decide")).to_be_visible()


def mark(page: Page, item: str) -> None:
    """With the pointer: a rectangle from a quarter to a half of the item's picture, both ways."""
    sheet = page.locator(f"#sheet-{item}")
    button(sheet, "标出位置").click()
    paper = sheet.locator(".viewer-picture")
    paper.scroll_into_view_if_needed()
    box = box_of(paper)
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=4)
    page.mouse.up()


def approve(page: Page) -> None:
    """通过 for the only picture there is, or for all; the case was the last in the queue."""
    one = button(page, "通过")
    (one if one.count() == 1 else button(page, "全部通过")).click()
    decided(page, "已通过")


def reject(page: Page, item: str, opinion: str, passing: tuple[str, ...] = ()) -> str:
    """不通过 for one picture with a reason, a marked place and the opinion; the others pass. The reason's text."""
    mark(page, item)
    page.get_by_label("审核意见").fill(opinion)
    about = page.locator(f"fieldset[data-item={item}]")
    if passing:
        button(about, "不通过").click()
    reason = about.locator(".reason").first
    reason.get_by_role("checkbox").check()
    words = reason.locator("span").inner_text()
    if not passing:
        button(about, "不通过").click()
    for other in passing:
        button(page.locator(f"fieldset[data-item={other}]"), "通过").click()
    if passing:
        button(page, "提交审核结果").click()
    decided(page, "已退回")
    return words


def decided(page: Page, words: str) -> None:
    """Back at the queue: 已通过 or 已退回, with a minute to take it back."""
    expect(page.get_by_role("heading", name="待审核")).to_be_visible()
    expect(page.locator(".undo")).to_contain_text(words)
