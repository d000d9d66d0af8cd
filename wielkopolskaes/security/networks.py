"""The beginning of an address: an office is told from a stranger, a person is not."""

from ipaddress import ip_address, ip_network

_BITS = {4: 24, 6: 64}


def network_of(address: str | None) -> str:
    """Return `192.0.2.0/24` or `2001:db8::/64`; nothing for what is no address."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network((found, _BITS[found.version]), strict=False))
