"""The HTTP edge: passwords are hashed first, then one transaction, committed before the answer is sent."""

from accounts.routes.business import router as business
from accounts.routes.internal import router as internal
from accounts.routes.public_keys import router as public_keys
from accounts.routes.session import router as session
from accounts.routes.sign_in import router as sign_in
from accounts.routes.sign_up import router as sign_up

ROUTERS = (sign_up, sign_in, session, business, public_keys, internal)
