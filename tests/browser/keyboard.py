"""Somebody who uses no mouse. What a mouse would click is counted: every press on a link or a button."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

FARTHEST = 80
FOCUSED = "each => each === document.activeElement"
SAME_GROUP = """each => each.type === 'radio' && document.activeElement?.type === 'radio'
    && each.name === document.activeElement.name"""


@dataclass
class Keyboard:
    page: Page
    pressed: int = 0

    def to(self, target: Locator) -> None:
        """Tab until it has the focus, and be able to see that it has; in a group of radios, arrows."""
        expect(target).to_be_attached()
        for _ in range(FARTHEST):
            if target.evaluate(FOCUSED):
                return
            within = target.evaluate(SAME_GROUP)
            self.page.keyboard.press("ArrowDown" if within else "Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, target: Locator) -> None:
        self.to(target)
        self.pressed += 1
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator) -> None:
        self.to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def write(self, target: Locator, text: str) -> None:
        self.to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
