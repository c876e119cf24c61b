"""Who may do what at the screens: the rights of each role, in one table."""

from typing import Final, Literal, get_args

from policies.house.house import Role

Right = Literal["look", "deliver", "serve", "give", "remember", "contacts", "host", "manage", "own"]
"""`look`: see the evening. `deliver`: say that a gesture was brought, note what the kitchen knows.
`serve`: check down, paid, cleared, ready, extended. `give`: offer gestures within one's purse, note
complaints, answer a call. `remember`: read what the house noted of a guest. `contacts`: read phone
numbers and e-mail addresses. `host`: seat, book, cancel, pull levers and all else of the stand.
`manage`, `own`: what managers do, and owners."""

RIGHTS: Final[dict[Role, tuple[Right, ...]]] = {
    "viewer": ("look",),
    "kitchen": ("look", "deliver"),
    "server": ("look", "deliver", "serve", "give", "remember"),
    "host": ("look", "deliver", "serve", "give", "remember", "contacts", "host"),
    "manager": ("look", "deliver", "serve", "give", "remember", "contacts", "host", "manage"),
    "owner": get_args(Right),
}
"""The lowest first. Each has what those before it have, but the kitchen is beside all others."""

RANK: Final[dict[Role, int]] = {role: place for place, role in enumerate(RIGHTS)}

ORDERS_OF_SERVERS: Final = frozenset({"Serve", "Pay", "Clear", "Ready", "Extend"})
"""The orders that `serve` allows, by name; whoever may not do more undoes no others."""

HIDDEN: Final[dict[Right, frozenset[str]]] = {
    "contacts": frozenset({"phone", "email"}),
    "remember": frozenset({"guest_notes", "guest_tags", "tags", "no_shows"}),
}
"""Fields of answers that are empty for whoever lacks the right. Allergies are for everybody."""


def has_right(role: Role, right: Right) -> bool:
    """Whether this role may do it."""
    return right in RIGHTS[role]


def at_least(role: Role, needed: Role) -> bool:
    """Whether `role` ranks at least as high as `needed`."""
    return RANK[role] >= RANK[needed]


def lowest_with(right: Right) -> Role:
    """Return the lowest role that has a right, which says who may."""
    return next(role for role, rights in RIGHTS.items() if right in rights)


def may_undo(role: Role, kind: str) -> bool:
    """Whether this role may take back an action of the stand, by the name of its order."""
    return has_right(role, "host") or (has_right(role, "serve") and kind in ORDERS_OF_SERVERS)


def hidden_from(role: Role) -> frozenset[str]:
    """Return the fields that are empty in what this role is answered."""
    return frozenset[str]().union(
        *(fields for right, fields in HIDDEN.items() if not has_right(role, right))
    )
