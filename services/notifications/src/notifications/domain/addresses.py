"""Which addresses of the network everybody can reach: no others are ever sent a webhook."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
_GIVEN_OUT = IPv6Network("2000::/3")
"""All of IPv6 that anybody has: the rest is for networks themselves, or for nobody (RFC 4291, 2.4)."""


def is_public(address: str, *, loopback: bool = False) -> bool:
    """Whether everybody can reach it; what stands for an IPv4 address is judged by that. `loopback` is let pass, too.

    Raises ValueError for what is no address.
    """
    found = _meant(ip_address(address.partition("%")[0]))
    if loopback and found.is_loopback:
        return True
    if isinstance(found, IPv6Address) and found not in _GIVEN_OUT:
        return False
    return found.is_global and not found.is_multicast


def may_be_public(host: str, *, loopback: bool = False) -> bool:
    """Whether the host of a URL may be sent to, as far as can be told without resolving it: any name may.

    What ends in a number is no name (URL Standard, "ends in a number"); systems read 127.1 and 0x7f000001 as addresses.
    """
    last = host.removesuffix(".").rpartition(".")[2].lower()
    if ":" not in host and not last.isdecimal() and not last.startswith("0x"):
        return True
    try:
        return is_public(host, loopback=loopback)
    except ValueError:
        return False


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    return inner or address
