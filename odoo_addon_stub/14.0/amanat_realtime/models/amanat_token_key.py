import base64
import hashlib
import json
import uuid

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from psycopg2 import DatabaseError

from odoo import api, models
from odoo.tools import hmac

KEY = "amanat_realtime.token_key"
INSTALL_ID = "amanat_realtime.install_id"
MADE_FOR = "amanat_realtime.token_key_made_for"
# Some hosts let superusers only ask.
SERVER_NUMBER = "SELECT system_identifier FROM pg_control_system()"


class AmanatTokenKey(models.AbstractModel):
    """The key pair browser tokens are signed with; the private half never leaves Odoo.

    A database that was copied, moved or neutralised gets a new one, so that a token of the copy is
    worth nothing at the original.
    """

    _name = "amanat.token.key"
    _description = "Key pair that signs browser tokens"

    @api.model
    def _public_jwk(self):
        """Return the public key as the bridge wants it."""
        return public_jwk(self._private_key())

    @api.model
    def _issuer(self):
        self._private_key()
        return "%s/%s" % (self._parameter("database.uuid"), self._parameter(INSTALL_ID))

    @api.model
    def _login_of(self, session_id):
        """Name a login session without giving its id away.

        sudo: the key of the digest is a parameter that administrators only may read.
        """
        return hmac(self.env(su=True), "amanat_realtime.session", session_id)

    @api.model
    def _sign(self, claims):
        """Return the claims as a compact JWS."""
        return sign(self._private_key(), claims)

    @api.model
    def _private_key(self):
        if self._parameter(MADE_FOR) != self._made_for() or not self._parameter(KEY):
            self._rotate()
        return serialization.load_pem_private_key(self._parameter(KEY).encode(), password=None)

    @api.model
    def _rotate(self):
        """Make a new key pair and a new install id; tokens signed before are refused."""
        self._set_parameter(KEY, new_private_pem())
        self._set_parameter(INSTALL_ID, str(uuid.uuid4()))
        self._set_parameter(MADE_FOR, self._made_for())

    @api.model
    def _made_for(self):
        """Name this very database.

        A copy differs in its uuid if Odoo made it, in its name or number if PostgreSQL did, and a
        dump restored elsewhere in the server's own number.
        """
        cr = self.env.cr
        cr.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        number, server = cr.fetchone()[0], self._server_number()
        return f"{self._parameter('database.uuid')}/{cr.dbname}/{number}/{server}"

    @api.model
    def _server_number(self):
        """Return what PostgreSQL calls its own data directory; nothing if it will not tell."""
        cr = self.env.cr
        try:
            with cr.savepoint(flush=False):
                cr.execute(SERVER_NUMBER, log_exceptions=False)
                return str(cr.fetchone()[0])
        except DatabaseError:
            return ""

    @api.model
    def _parameter(self, key):
        """sudo: ir.config_parameter is for administrators only."""
        return self.env["ir.config_parameter"].sudo().get_param(key) or ""

    @api.model
    def _set_parameter(self, key, value):
        """sudo: ir.config_parameter is for administrators only."""
        self.env["ir.config_parameter"].sudo().set_param(key, value)


def new_private_pem():
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_jwk(private_key):
    numbers = private_key.public_key().public_numbers()
    point = {
        "crv": "P-256",
        "kty": "EC",
        "x": base64url(numbers.x.to_bytes(32, "big")),
        "y": base64url(numbers.y.to_bytes(32, "big")),
    }
    return {**point, "alg": "ES256", "use": "sig", "kid": thumbprint(point)}


def thumbprint(point):
    """Return the key's name after RFC 7638."""
    text = json.dumps(point, sort_keys=True, separators=(",", ":"))
    return base64url(hashlib.sha256(text.encode()).digest())


def sign(private_key, claims):
    """Return a JWS in compact form, ES256 (RFC 7518, 3.4: r and s, 32 bytes each)."""
    header = {"alg": "ES256", "kid": public_jwk(private_key)["kid"], "typ": "JWT"}
    signed = f"{segment(header)}.{segment(claims)}"
    der = private_key.sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def segment(value):
    return base64url(json.dumps(value, separators=(",", ":")).encode())


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
