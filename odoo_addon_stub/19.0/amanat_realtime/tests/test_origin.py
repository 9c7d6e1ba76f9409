import json

from odoo.tests import HttpCase, tagged

ORIGIN = "9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8"


@tagged("post_install", "-at_install")
class TestOrigin(HttpCase):
    """Each browser tab names itself in a header, so that it can recognise its own changes."""

    def origin_announced(self, *headers):
        self.authenticate("admin", "admin")
        self.env["bus.bus"].search([]).unlink()
        call = {
            "model": "amanat.test.realtime",
            "method": "create",
            "args": [{"name": "Origin"}],
            "kwargs": {},
        }
        self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": call}),
            headers={"Content-Type": "application/json", **dict(headers)},
        ).raise_for_status()
        row = self.env["bus.bus"].search([("channel", "like", "realtime_updates")])
        message = json.loads(row.message)["payload"]
        self.assertEqual(message["user_id"], self.env.ref("base.user_admin").id)
        return message["origin"]

    def test_valid_origin_is_passed_on(self):
        self.assertEqual(self.origin_announced(("X-Amanat-Origin", ORIGIN)), ORIGIN)

    def test_without_one_there_is_none(self):
        self.assertIs(self.origin_announced(), False)

    def test_anything_else_is_dropped(self):
        for forged in (ORIGIN.upper(), ORIGIN + "0", ORIGIN[:-1], "<script>", ORIGIN[:-1] + "g"):
            self.assertIs(self.origin_announced(("X-Amanat-Origin", forged)), False, forged)
