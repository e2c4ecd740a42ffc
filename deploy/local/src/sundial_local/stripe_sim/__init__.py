"""stripe-sim: a stand-in for Stripe's API, for development and tests only; nothing of the product imports it.

It answers the calls that the real `stripe` SDK makes for payments, keeps what it was told in one file, so that it may
be killed, and sends signed webhooks. What no real card network would do on demand (a late payment, a lost webhook, an
answer that never comes) is asked for below `/dev/stripe`.
"""
