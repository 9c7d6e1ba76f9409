import json

from odoo.tests import HttpCase, tagged

from ..models.realtime_messages import CHANNEL

LOOK_ALIKES = [
    CHANNEL,
    CHANNEL.upper(),
    "Realtime_Updates",
    f" {CHANNEL} ",
    f'"{CHANNEL}"',
    f'["{CHANNEL}"]',
    f"amanat,{CHANNEL}",
    f"amanat/{CHANNEL}",
    "realtime\N{ZERO WIDTH SPACE}_updates",
    "\N{FULLWIDTH LATIN SMALL LETTER R}ealtime_updates",
]


@tagged("post_install", "-at_install")
class TestGuard(HttpCase):
    """Only the configured service user hears announcements, whatever a client asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env.ref("amanat_realtime.group_bridge")
        cls.service = cls.env.ref("amanat_realtime.user_bridge")
        cls.service.password = "amanat_bridge-password"
        for login, group in (
            ("guard_internal", "base.group_user"),
            ("guard_portal", "base.group_portal"),
            ("guard_member", "amanat_realtime.group_bridge"),
        ):
            cls.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": login,
                    "login": login,
                    "password": f"{login}-password",
                    "group_ids": [(6, 0, cls.env.ref(group).ids)],
                }
            )
        cls.env["res.groups"].create({"name": "Implies", "implied_ids": [(4, cls.group.id)]}).write(
            {"user_ids": [(4, cls.env.ref("base.user_admin").id)]}
        )
        cls.db_channel = [cls.env.cr.dbname, "res.groups", cls.group.id, CHANNEL]

    def peek(self, channels):
        return self.make_jsonrpc_request(
            "/websocket/peek_notifications",
            {
                "channels": [*channels, f'["{self.env.cr.dbname}","{CHANNEL}"]'],
                "last": 0,
                "is_first_poll": True,
            },
        )

    def announce(self):
        self.env["bus.bus"].search([]).unlink()
        self.env["bus.bus"]._sendone((self.group, CHANNEL), CHANNEL, {"private": True})
        self.env["bus.bus"]._sendone(CHANNEL, CHANNEL, {"plain": True})
        self.env.cr.flush()

    def payloads(self, answer):
        found = [notification["message"] for notification in answer["notifications"]]
        return [message["payload"] for message in found if message["type"] == CHANNEL]

    def assert_hears_nothing(self):
        self.announce()
        answer = self.peek(LOOK_ALIKES)
        self.assertEqual(self.payloads(answer), [])
        self.assertNotIn(CHANNEL, json.dumps(answer["channels"]).lower())

    def test_anonymous(self):
        self.assert_hears_nothing()

    def test_forged_session(self):
        self.opener.cookies["session_id"] = "f" * 84
        self.assert_hears_nothing()

    def test_internal_user(self):
        self.authenticate("guard_internal", "guard_internal-password")
        self.assert_hears_nothing()

    def test_portal_user(self):
        self.authenticate("guard_portal", "guard_portal-password")
        self.assert_hears_nothing()

    def test_another_member_of_the_group(self):
        self.authenticate("guard_member", "guard_member-password")
        self.assert_hears_nothing()

    def test_administrator_who_is_an_implied_member(self):
        self.authenticate("admin", "admin")
        self.assert_hears_nothing()

    def test_service_user_hears_the_private_channel_unasked(self):
        self.authenticate("amanat_bridge", "amanat_bridge-password")
        self.announce()
        answer = self.peek([])
        self.assertIn(self.db_channel, answer["channels"])
        self.assertEqual(self.payloads(answer), [{"private": True}])

    def test_service_user_may_also_read_the_plain_channel(self):
        self.authenticate("amanat_bridge", "amanat_bridge-password")
        self.announce()
        self.assertEqual(self.payloads(self.peek([CHANNEL])), [{"private": True}, {"plain": True}])

    def test_another_user_is_configured(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.service_login", "guard_member")
        self.authenticate("amanat_bridge", "amanat_bridge-password")
        self.assert_hears_nothing()

    def test_other_channels_stay_as_they_are(self):
        answer = self.peek(["some_channel", "realtime"])
        self.assertIn([self.env.cr.dbname, "some_channel"], answer["channels"])
        self.assertIn([self.env.cr.dbname, "realtime"], answer["channels"])

    def test_service_user_has_no_rights_of_its_own(self):
        for model in ("amanat.transfer", "amanat.money", "res.partner", "res.users", "bus.bus"):
            self.assertFalse(self.env[model].with_user(self.service).has_access("read"), model)

    def test_service_user_has_no_password_as_shipped(self):
        data = self.env.ref("amanat_realtime.user_bridge")
        self.assertTrue(data.share)
        self.assertEqual(data.all_group_ids, self.group)
