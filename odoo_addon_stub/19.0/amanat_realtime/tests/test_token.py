import base64
import json
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestToken(HttpCase):
    def ask(self):
        return self.make_jsonrpc_request("/amanat_realtime/token", {})

    def test_token_names_the_user_and_is_signed_by_the_published_key(self):
        self.authenticate("admin", "admin")
        answer = self.ask()
        header, claims, signature = answer["token"].split(".")
        admin = self.env.ref("base.user_admin")
        info = (
            self.env["amanat.bridge"]
            .with_user(self.env.ref("amanat_realtime.user_bridge"))
            .bridge_info()
        )
        key = info["keys"][0]
        self.assertEqual(decoded(header), {"alg": "ES256", "kid": key["kid"], "typ": "JWT"})
        claims_read = decoded(claims)
        self.assertEqual(claims_read["sub"], str(admin.id))
        self.assertEqual(claims_read["iss"], info["issuer"])
        self.assertEqual(claims_read["aud"], "amanat-realtime")
        self.assertCountEqual(claims_read["companies"], admin.company_ids.ids)
        self.assertEqual(claims_read["companies"][0], admin.company_id.id)
        self.assertLessEqual(claims_read["exp"] - time.time(), 300)
        self.assertEqual(len(claims_read["sid"]), 64)
        verify(key, f"{header}.{claims}", signature)
        self.assertIn("amanat.transfer", answer["models"])
        self.assertEqual(answer["order"]["amanat.money"], ["date desc", "id desc"])

    def test_token_ids_differ_and_the_session_stays(self):
        self.authenticate("admin", "admin")
        first, second = (decoded(self.ask()["token"].split(".")[1]) for _ in range(2))
        self.assertNotEqual(first["jti"], second["jti"])
        self.assertEqual(first["sid"], second["sid"])

    def test_nobody_signed_in_gets_no_token(self):
        response = self.url_open(
            "/amanat_realtime/token", data=b'{"jsonrpc":"2.0","params":{}}', headers=JSON
        )
        self.assertNotIn("token", response.json().get("result") or {})
        self.assertIn("error", response.json())

    def test_other_sites_are_not_allowed(self):
        self.authenticate("admin", "admin")
        response = self.url_open(
            "/amanat_realtime/token",
            data=b'{"jsonrpc":"2.0","params":{}}',
            headers={**JSON, "Origin": "https://elsewhere.example"},
        )
        self.assertNotIn("Access-Control-Allow-Origin", response.headers)


JSON = {"Content-Type": "application/json"}


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def decoded(text):
    return json.loads(raw(text))


def verify(jwk, signed, signature):
    number = {name: int.from_bytes(raw(jwk[name]), "big") for name in ("x", "y")}
    key = ec.EllipticCurvePublicNumbers(**number, curve=ec.SECP256R1()).public_key()
    rs = raw(signature)
    der = encode_dss_signature(int.from_bytes(rs[:32], "big"), int.from_bytes(rs[32:], "big"))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
