import json

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestJson2(HttpCase):
    """The bridge may come with an API key instead of a password."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env.ref("amanat_realtime.user_bridge")

    def key_of(self, user):
        """Make a key that never expires, as docs/operating.md says."""
        return self.env(user=user)["res.users.apikeys"].sudo()._generate(None, "bridge", False)

    def ask(self, key, method, **arguments):
        response = self.url_open(
            f"/json/2/amanat.bridge/{method}",
            data=json.dumps(arguments),
            headers={"Content-Type": "application/json", "Authorization": f"bearer {key}"},
        )
        return response.status_code, response.json()

    def test_the_service_user_asks_with_a_key(self):
        key = self.key_of(self.service)
        status, info = self.ask(key, "bridge_info")
        self.assertEqual((status, info["service_user_id"]), (200, self.service.id))
        status, answer = self.ask(key, "canary", nonce="by key")
        self.assertEqual((status, answer["incarnation"]), (200, info["incarnation"]))
        status, answer = self.ask(key, "poll", after=0, limit=1000)
        self.assertEqual(status, 200)
        sent = [json.loads(one["message"])["payload"] for one in answer["notifications"]]
        self.assertIn("by key", [payload.get("nonce") for payload in sent])

    def test_nobody_else_asks_with_a_key(self):
        key = self.key_of(self.env.ref("base.user_admin"))
        status, error = self.ask(key, "poll", after=0)
        self.assertEqual((status, error["name"]), (403, "odoo.exceptions.AccessError"))
        status, _error = self.ask("0" * 40, "poll", after=0)
        self.assertEqual(status, 401)

    def test_a_wrong_question_is_said(self):
        status, error = self.ask(self.key_of(self.service), "poll", after=-1)
        self.assertEqual((status, error["name"]), (422, "odoo.exceptions.ValidationError"))
