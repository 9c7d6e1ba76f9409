import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import RealtimeCase

CHANNEL = "realtime_updates"
LOOK_ALIKES = [
    CHANNEL,
    CHANNEL.upper(),
    "Realtime_Updates",
    " %s " % CHANNEL,
    '"%s"' % CHANNEL,
    '["%s"]' % CHANNEL,
    "amanat,%s" % CHANNEL,
    "amanat/%s" % CHANNEL,
    "realtime\N{ZERO WIDTH SPACE}_updates",
    "\N{FULLWIDTH LATIN SMALL LETTER R}ealtime_updates",
]


@tagged("post_install", "-at_install")
class TestGuard(RealtimeCase):
    """Only the server itself sends announcements, and only the one service user hears them."""

    def setUp(self):
        super().setUp()
        self.bus = self.env["bus.bus"].with_user(self.user)
        self.private = (self.env.cr.dbname, "res.groups", self.group.id, CHANNEL)

    def rows(self):
        found = self.env["bus.bus"].sudo().search([])
        return [row.channel for row in found if CHANNEL in row.channel.lower()]

    def test_nobody_sends_over_rpc(self):
        before = self.rows()
        for channel in [*LOOK_ALIKES, self.private]:
            with self.assertLogs("amanat.realtime", "WARNING"):
                self.bus.sendone(channel, {"forged": True})
            with self.assertLogs("amanat.realtime", "WARNING"):
                self.bus.sendmany([(channel, {"forged": True})])
        self.assertEqual(self.rows(), before)

    def test_other_channels_are_sent_as_ever(self):
        self.bus.sendmany([(CHANNEL, "forged"), ("some_channel", "hello")])
        heard = self.env["bus.bus"].sudo().poll(["some_channel", CHANNEL])
        self.assertEqual([row["message"] for row in heard], ["hello"])

    def test_nobody_reads_over_rpc(self):
        self.transfer().amount = 1
        self.commit()
        self.env["bus.bus"].sudo().sendone(CHANNEL, {"plain": True})
        self.assertEqual(self.bus.poll([*LOOK_ALIKES, self.private]), [])
        self.assertEqual(self.bus.with_user(self.service).poll([self.private]), [])

    def test_nobody_touches_rows(self):
        for user in (self.user, self.service, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.env["bus.bus"].with_user(user).create({"channel": CHANNEL, "message": "{}"})
            with self.assertRaises(AccessError):
                self.env["bus.bus"].with_user(user).search([])

    def test_only_the_service_user_hears_the_private_channel_unasked(self):
        admin = self.env.ref("base.user_admin")
        admin.groups_id += self.group
        for user in (self.user, admin, self.env.ref("base.public_user")):
            bus = self.env["bus.bus"].with_user(user)
            self.assertEqual(bus._realtime_channels([*LOOK_ALIKES, "other"]), ["other"])
        heard = self.env["bus.bus"].with_user(self.service)._realtime_channels(["other"])
        self.assertEqual(heard, ["other", self.private])

    def test_another_user_is_configured(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.service_login", self.user.login)
        self.assertIn(self.private, self.bus._realtime_channels([]))
        self.assertEqual(self.bus.with_user(self.service)._realtime_channels([CHANNEL]), [])

    def test_service_user_has_no_rights_of_its_own(self):
        for model in ("amanat.transfer", "res.partner", "bus.bus"):
            allowed = self.env[model].with_user(self.service)
            self.assertFalse(allowed.check_access_rights("read", raise_exception=False), model)
        self.assertEqual(self.service.groups_id, self.group)
        self.assertTrue(self.service.share)

    def test_odoo_deletes_only_what_is_not_ours(self):
        self.transfer().amount = 1
        self.commit()
        self.env["bus.bus"].sudo().sendone("some_channel", "hello")
        self.env.cr.execute("UPDATE bus_bus SET create_date = create_date - interval '101 s'")
        self.env["bus.bus"]._gc_messages()
        left = {json.loads(row.channel)[-1] for row in self.env["bus.bus"].sudo().search([])}
        self.assertEqual(left, {CHANNEL})
        self.env.cr.execute("UPDATE bus_bus SET create_date = create_date - interval '25 h'")
        self.env["bus.bus"].invalidate_cache()
        self.env["amanat.announcer"]._delete_old_announcements()
        self.assertFalse(self.env["bus.bus"].sudo().search([]))


@tagged("post_install", "-at_install")
class TestPublicRoutes(HttpCase):
    def test_the_public_may_not_send(self):
        for channel in LOOK_ALIKES:
            params = {"channel": channel, "message": {"forged": True}}
            answer = self.url_open(
                "/longpolling/send",
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            )
            self.assertEqual(answer.status_code, 200)
        self.env.cr.execute("SELECT count(*) FROM bus_bus WHERE message LIKE '%forged%'")
        self.assertEqual(self.env.cr.fetchone()[0], 0)
