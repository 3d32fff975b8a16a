"""The four roles, as levels: whoever has a higher one may do what the lower ones may."""

from enum import IntEnum


class Role(IntEnum):
    """What somebody is to the register; `NOBODY` is signed in without a role."""

    NOBODY = 0
    VIEWER = 1
    STAFF = 2
    MANAGER = 3
    ADMIN = 4

    @property
    def title(self) -> str:
        """The role's name as the office says it, and as its group is called."""
        return self.name.lower()


def manages_or_owns(user, owner_id: int | None) -> bool:
    """Whether somebody may change what the person with this id added: that person while on the staff, and managers."""
    role = role_of(user)
    return role >= Role.MANAGER or role >= Role.STAFF and owner_id == user.pk


def role_of(user) -> Role:
    """The highest role among the user's groups, read with the user in one query (see `backend`)."""
    if not user.is_authenticated or not user.is_active:
        return Role.NOBODY
    if not hasattr(user, "role_level"):
        names = set(user.groups.values_list("name", flat=True))
        user.role_level = max((role for role in Role if role.title in names), default=Role.NOBODY)
    return Role(user.role_level)
