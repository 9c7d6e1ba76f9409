import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from odoo.tests import tagged
from odoo.tools import mute_logger

from .http import JsonCase, decoded, raw


@tagged("post_install", "-at_install")
class TestToken(JsonCase):
    def test_token_names_the_user_and_is_signed_by_the_published_key(self):
        self.authenticate("admin", "admin")
        answer = self.token()
        header, claims, signature = answer["token"].split(".")
        admin = self.env.ref("base.user_admin")
        service = self.env.ref("amanat_realtime.user_bridge")
        info = self.env["amanat.bridge"].with_user(service).bridge_info()
        key = info["keys"][0]
        self.assertEqual(decoded(header), {"alg": "ES256", "kid": key["kid"], "typ": "JWT"})
        read = decoded(claims)
        self.assertEqual(read["sub"], str(admin.id))
        self.assertEqual((read["iss"], read["aud"]), (info["issuer"], "amanat-realtime"))
        self.assertEqual(read["companies"][0], admin.company_id.id)
        self.assertLessEqual(read["exp"] - time.time(), 300)
        self.assertEqual(len(read["sid"]), 64)
        verify(key, "%s.%s" % (header, claims), signature)
        self.assertEqual(answer["models"], ["amanat.transfer"])
        self.assertEqual(answer["order"], {"amanat.transfer": ["id desc"]})

    def test_token_ids_differ_and_the_session_stays(self):
        self.authenticate("admin", "admin")
        first, second = (decoded(self.token()["token"].split(".")[1]) for _ in range(2))
        self.assertNotEqual(first["jti"], second["jti"])
        self.assertEqual(first["sid"], second["sid"])

    @mute_logger("odoo.http")
    def test_nobody_signed_in_gets_no_token(self):
        answer = self.json("/amanat_realtime/token").json()
        self.assertNotIn("result", answer)
        self.assertIn("error", answer)

    def test_other_sites_are_not_allowed(self):
        self.authenticate("admin", "admin")
        origin = {"Origin": "https://elsewhere.example"}
        answer = self.json("/amanat_realtime/token", headers=origin)
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)


def verify(jwk, signed, signature):
    number = {name: int.from_bytes(raw(jwk[name]), "big") for name in ("x", "y")}
    key = ec.EllipticCurvePublicNumbers(curve=ec.SECP256R1(), **number).public_key()
    rs = raw(signature)
    der = encode_dss_signature(int.from_bytes(rs[:32], "big"), int.from_bytes(rs[32:], "big"))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
