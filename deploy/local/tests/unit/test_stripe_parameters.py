"""stripe-sim takes no parameter that the SDK would not send."""

from typing import Any

import pytest
import stripe.params

from sundial_local.stripe_sim import payment_intents, refunds


@pytest.mark.parametrize(
    ("taken", "of"),
    [
        (payment_intents.CREATING, stripe.params.PaymentIntentCreateParams),
        (payment_intents.CONFIRMING, stripe.params.PaymentIntentConfirmParams),
        (payment_intents.CAPTURING, stripe.params.PaymentIntentCaptureParams),
        (payment_intents.CANCELLING, stripe.params.PaymentIntentCancelParams),
        (refunds.CREATING, stripe.params.RefundCreateParams),
    ],
)
def test_every_parameter_is_one_of_the_sdk(taken: list[str], of: Any):
    assert set(taken) <= set(of.__annotations__)
