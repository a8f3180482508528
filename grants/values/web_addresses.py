"""Addresses on the web, as pages may link to them."""


def linkable(address: str) -> str:
    """The address, empty unless a browser asks another site for it: `javascript:` and the like are no links.

    Forms and sheets take only such addresses; a command or plain SQL may have written anything.
    """
    return address if address.lower().startswith(("https://", "http://")) else ""
