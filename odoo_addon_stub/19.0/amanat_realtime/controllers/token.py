import secrets
import time

from odoo import http
from odoo.http import request

from ..models.amanat_bridge import AUDIENCE, companies_of

LIFETIME_SECONDS = 300


class TokenController(http.Controller):
    @http.route("/amanat_realtime/token", type="jsonrpc", auth="user", methods=["POST"])
    def token(self):
        """Return a token that tells the bridge which user this browser is signed in as."""
        env = request.env
        # sudo: amanat.token.key reads the private key, which stays inside Odoo.
        keys = env["amanat.token.key"].sudo()
        now = int(time.time())
        login = keys._login_of(request.session.sid)
        claims = token_claims(env.user, keys._issuer(), login, now)
        live = env["amanat.bridge"]._live_models()
        models = [name for name in live if env[name].has_access("read")]
        return {
            "token": keys._sign(claims),
            "expires_in": LIFETIME_SECONDS,
            "url": keys._parameter("amanat_realtime.bridge_url"),
            "models": models,
            "order": {name: order_terms(env[name]._order) for name in models},
        }


def token_claims(user, issuer, login, now):
    presence = user._realtime_presence()
    return {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(user.id),
        "sid": login,
        "name": user.name,
        "companies": companies_of(user),
        "lang": user.lang or "en_US",
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        "jti": secrets.token_hex(16),
        **({"presence": presence} if presence else {}),
    }


def order_terms(order):
    """Return the terms of a model's ``_order``, each with single spaces."""
    return [" ".join(part.split()) for part in order.split(",") if part.strip()]
