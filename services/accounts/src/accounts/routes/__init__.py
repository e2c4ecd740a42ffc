"""The HTTP edge: passwords are hashed first, then one transaction, committed before the answer is sent."""

from accounts.routes.accept import router as accept
from accounts.routes.api_keys import router as api_keys
from accounts.routes.business import router as business
from accounts.routes.internal import router as internal
from accounts.routes.invitations import router as invitations
from accounts.routes.members import router as members
from accounts.routes.public_keys import router as public_keys
from accounts.routes.session import router as session
from accounts.routes.sign_in import router as sign_in
from accounts.routes.sign_up import router as sign_up

ROUTERS = (sign_up, sign_in, session, business, members, invitations, accept, api_keys, public_keys, internal)
