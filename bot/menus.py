"""Menus where a platform shows few buttons or none: written out, picked by typing a number."""

from collections.abc import Sequence

from bot.channel import Channel

Button = tuple[str, str]
"""Label and action."""


def fitted(
    text: str, buttons: Sequence[Button], channel: Channel
) -> tuple[str, tuple[Button, ...]]:
    """Return the text and the buttons of a message as a channel can show them.

    Where the platform takes fewer buttons than there are, or not every phone shows them, the
    menu also stands in the text. A typed number picks an entry in the dialogue, on any channel.
    """
    offered = tuple(buttons)
    shown = offered if len(offered) <= channel.most_buttons else ()
    if offered and (channel.numbered or not shown):
        return f"{text}\n\n{written(offered)}", shown
    return text, shown


def written(buttons: Sequence[Button]) -> str:
    """Return a menu as numbered lines, in the order in which numbers pick."""
    return "\n".join(f"{n}. {label}" for n, (label, _) in enumerate(buttons, start=1))
