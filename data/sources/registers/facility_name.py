"""Names of facilities that a resident can recognise, made only of words that the register has."""

from dataclasses import replace

from data.sources.registers.address_text import Address
from data.sources.registers.profile import Name


def complete_name(name: str, address: Address, rules: Name) -> str:
    """
    Return the name, told apart from its namesakes when it is only a kind of facility.

    "ŚDS" at "Tomaszkowice 455" is "ŚDS Tomaszkowice", "ŚDS" at "ul. Józefa 1" is "ŚDS, ul. Józefa 1". A row
    without a name gets the `default` of the profile first. Other names stay as they are.
    """
    full = name or rules.default or ""
    if full not in rules.generic or not address.street_address:
        return full
    village = address.locality_name
    if village and address.street_address.startswith(f"{village} "):
        return f"{full} {village}"
    return f"{full}, {address.street_address}"


def place_from_name(name: str, address: Address, rules: Name) -> Address:
    """
    Return the address with the village that the name tells.

    `locality` of the profile finds it ("ŚDS Konary", post town Mogilany). A village that the address itself
    names beside the post town is kept.
    """
    match = rules.locality.fullmatch(name) if rules.locality else None
    if match is None or address.locality_name not in {None, address.post_town}:
        return address
    return replace(address, locality_name=match["locality"])
