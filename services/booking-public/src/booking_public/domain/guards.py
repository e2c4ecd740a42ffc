"""What guards the booking pages of this installation: a captcha, payments; each is switched off without its keys."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Guards:
    """The keys that a browser is told."""

    captcha_site_key: str | None = None
    payments_publishable_key: str | None = None
    payments_script_path: str | None = None
    """Where a stand-in for the provider's script is."""

    @property
    def captcha(self) -> Literal["hcaptcha"] | None:
        """The provider; None when it is switched off."""
        return "hcaptcha" if self.captcha_site_key else None

    @property
    def payments(self) -> Literal["stripe"] | None:
        """The provider; None when it is switched off."""
        return "stripe" if self.payments_publishable_key else None
