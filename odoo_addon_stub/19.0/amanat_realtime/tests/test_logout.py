import json
from unittest.mock import patch

from odoo import http
from odoo.http import STORED_SESSION_BYTES
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import RealtimeCase
from .test_token import decoded

PASSWORD = "realtime_user_password"


@tagged("post_install", "-at_install")
class TestLogout(RealtimeCase, HttpCase):
    """The end of a login session is announced, by the name that its tokens carry."""

    def setUp(self):
        super().setUp()
        self.user.password = PASSWORD
        self.authenticate(self.user.login, PASSWORD)
        self.login = self.sid()
        self.announced()

    def sid(self):
        token = self.make_jsonrpc_request("/amanat_realtime/token", {})["token"]
        return decoded(token.split(".")[1])["sid"]

    def logouts(self):
        found = [m for m in self.announced() if m["type"] == "rights"]
        self.assertEqual({m["reason"] for m in found} - {"logout"}, set())
        return [(m["login"], m["users"], m["models"], m["user_id"]) for m in found]

    def assertLoggedOut(self):
        self.assertEqual(self.logouts(), [(self.login, [self.user.id], False, self.user.id)])

    def test_log_out(self):
        self.url_open("/web/session/logout", allow_redirects=False)
        self.assertLoggedOut()

    def test_destroy(self):
        self.make_jsonrpc_request("/web/session/destroy", {})
        self.assertLoggedOut()

    def test_nobody_was_signed_in(self):
        self.url_open("/web/session/logout", allow_redirects=False)
        self.announced()
        self.url_open("/web/session/logout", allow_redirects=False)
        self.assertEqual(self.logouts(), [])

    def test_signing_in_again_ends_the_login_before(self):
        self.make_jsonrpc_request(
            "/web/session/authenticate",
            {"db": self.env.cr.dbname, "login": self.user.login, "password": PASSWORD},
        )
        self.assertLoggedOut()

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_a_password_that_is_wrong_ends_nothing(self):
        with self.assertRaises(Exception):
            self.make_jsonrpc_request(
                "/web/session/authenticate",
                {"db": self.env.cr.dbname, "login": self.user.login, "password": "wrong"},
            )
        self.assertEqual(self.logouts(), [])

    def test_a_session_that_odoo_expires(self):
        def expire():
            raise http.SessionExpiredException("too old")

        with patch.object(self.registry["ir.http"], "_auth_method_user", expire):
            self.url_open("/web/become", allow_redirects=False)
        self.assertLoggedOut()

    @mute_logger("odoo.http")
    def test_a_session_that_was_invalid_already_ends_nothing(self):
        """An old cookie must not end the login it once belonged to."""
        self.keep("forged")
        with self.assertNoLogs("amanat.realtime", "ERROR"):
            self.url_open("/web/session/logout", allow_redirects=False)
        self.assertEqual(self.logouts(), [])

    def test_a_device_is_revoked(self):
        known = {"user_id": self.user.id, "first_activity": "2026-01-01 00:00:00"}
        known["session_identifier"] = self.session.sid[:STORED_SESSION_BYTES]
        self.env["res.device.log"].create({**known, "last_activity": known["first_activity"]})
        self.env.flush_all()
        self.env["res.device"].search([("user_id", "=", self.user.id)])._revoke()
        found = [(login, users) for login, users, _models, _author in self.logouts()]
        self.assertEqual(found, [(self.login, [self.user.id])])

    def test_the_name_of_a_login_survives_rotation_and_differs_from_the_next(self):
        stored = http.root.session_store.get(self.session.sid)
        http.root.session_store.rotate(stored, self.env, soft=True)
        self.opener.cookies["session_id"] = stored.sid
        self.assertNotEqual(stored.sid, self.session.sid)
        self.assertEqual(self.sid(), self.login)
        self.assertEqual(self.logouts(), [])
        self.authenticate(self.user.login, PASSWORD)
        self.assertNotEqual(self.sid(), self.login)

    def keep(self, session_token):
        """Write that into the stored session."""
        stored = http.root.session_store.get(self.session.sid)
        stored.session_token = session_token
        http.root.session_store.save(stored)

    def test_a_changed_password_is_no_end_of_a_login(self):
        """Odoo's portal renews the session that the password was changed in."""
        self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "res.users",
                "method": "change_password",
                "args": [PASSWORD, "another " + PASSWORD],
                "kwargs": {},
            },
        )
        found = self.announced()
        self.assertEqual([m["reason"] for m in found if m["type"] == "rights"], ["password"])
        self.keep(self.user._compute_session_token(self.session.sid))
        self.assertEqual(self.sid(), self.login)
        self.assertEqual(self.logouts(), [])
        self.assertNotIn(PASSWORD, json.dumps(found))
