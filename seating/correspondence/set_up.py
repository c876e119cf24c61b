"""Which mail server and which provider of text messages the operator has set."""

from typing import Literal

from msgspec import Struct

from policies.house.house import Venue
from seating.correspondence.mailing import MailServer, sender_of
from seating.correspondence.texting import SignedGateway, TextGateway
from seating.correspondence.twilio import TwilioGateway

TextProvider = Literal["", "signed", "twilio"]


class ChannelsSet(Struct, frozen=True, kw_only=True):
    """Which channels a house has set."""

    emails: bool
    texts: bool


class TextAccount(Struct, frozen=True, kw_only=True):
    """An account at a provider; `url`: of a signed gateway, or another one than Twilio's own."""

    provider: TextProvider = ""
    url: str = ""
    account: str = ""
    secret: str = ""
    sender: str = ""

    def __repr__(self) -> str:
        return f"TextAccount({self.provider!r})"


class PostOffice(Struct, frozen=True, kw_only=True):
    """How notices leave; `public`: our address, without which no guest's page can be named."""

    mail: MailServer | None = None
    texts: TextGateway | None = None
    provider: TextProvider = ""
    public: str = ""

    def ready(self, venue: Venue) -> ChannelsSet:
        """Return which channels a house has."""
        mail = self.mail is not None and sender_of(self.mail, venue) is not None
        return ChannelsSet(
            emails=mail and bool(self.public), texts=self.texts is not None and bool(self.public)
        )


def gateway_of(account: TextAccount) -> TextGateway | None:
    """Return the provider of an account, None where none is set."""
    match account.provider:
        case "signed":
            return SignedGateway(account.url, account.secret, account.sender)
        case "twilio":
            return TwilioGateway(account.account, account.secret, account.sender, account.url)
        case "":
            return None
