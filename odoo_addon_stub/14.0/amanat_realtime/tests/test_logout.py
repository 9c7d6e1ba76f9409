import json

from odoo.addons.bus.models.bus import json_dump
from odoo.tests import tagged

from .http import JsonCase, decoded


@tagged("post_install", "-at_install")
class TestLogout(JsonCase):
    """The end of a login session is announced, by the name that its tokens carry."""

    def setUp(self):
        super().setUp()
        self.authenticate("admin", "admin")
        self.login = decoded(self.token()["token"].split(".")[1])["sid"]

    def logouts(self):
        self.env.cr.precommit.run()
        channel = json_dump(self.env["amanat.announcer"]._channel())
        rows = self.env["bus.bus"].sudo().search([("channel", "=", channel)])
        found = [json.loads(row.message)["payload"] for row in rows]
        return [(m["login"], m["users"], m["models"]) for m in found if m.get("login")]

    def assert_logged_out(self):
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self.logouts(), [(self.login, [admin.id], False)])

    def test_log_out(self):
        self.url_open("/web/session/logout", allow_redirects=False)
        self.assert_logged_out()

    def test_destroy(self):
        self.json("/web/session/destroy")
        self.assert_logged_out()

    def test_nobody_was_signed_in(self):
        for _ in range(2):
            self.url_open("/web/session/logout", allow_redirects=False)
        self.assert_logged_out()
