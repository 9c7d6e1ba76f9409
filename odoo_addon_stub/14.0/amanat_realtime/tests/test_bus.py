import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..models import amanat_bus
from .common import RealtimeCase


@tagged("post_install", "-at_install")
class TestBus(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bridge = cls.env["amanat.bridge"].with_user(cls.service)
        cls.bus = cls.env["bus.bus"].sudo()
        cls.bus.search([]).unlink()

    def send(self, *texts):
        """Return the ids of messages on our channel, and put another channel's between them."""
        for text in texts:
            self.env["amanat.announcer"]._send([{"text": text}])
            self.bus.sendone("elsewhere", {"text": text})
        return self.bus.search([("channel", "like", "realtime_updates")], order="id").ids

    def texts(self, answer):
        found = [json.loads(one["message"]) for one in answer["notifications"]]
        self.assertLessEqual({one["type"] for one in found}, {"realtime_updates"})
        return [one["payload"]["text"] for one in found]

    def test_poll_answers_our_rows_after_an_id_in_order(self):
        ids = self.send("one", "two", "three")
        answer = self.bridge.poll(0)
        self.assertEqual(self.texts(answer), ["one", "two", "three"])
        self.assertEqual([one["id"] for one in answer["notifications"]], ids)
        self.assertIs(answer["more"], False)
        self.assertEqual(self.texts(self.bridge.poll(ids[0])), ["two", "three"])
        self.assertEqual(self.texts(self.bridge.poll(ids[2])), [])

    def test_poll_stops_at_its_limit_and_says_that_there_is_more(self):
        ids = self.send("one", "two", "three")
        answer = self.bridge.poll(0, 2)
        self.assertEqual(self.texts(answer), ["one", "two"])
        self.assertIs(answer["more"], True)
        self.assertIs(self.bridge.poll(0, 3)["more"], False)
        self.assertIs(self.bridge.poll(ids[2], 1)["more"], False)

    def test_poll_stops_at_a_size_but_never_before_the_first_row(self):
        self.send("x" * 500, "y" * 500, "z" * 500)
        with patch.object(amanat_bus, "MAX_BYTES", 600):
            answer = self.bridge.poll(0)
        self.assertEqual(len(answer["notifications"]), 2)
        self.assertIs(answer["more"], True)
        with patch.object(amanat_bus, "MAX_BYTES", 1):
            answer = self.bridge.poll(0)
        self.assertEqual(len(answer["notifications"]), 1)
        self.assertIs(answer["more"], True)

    def test_texts_come_as_they_were_written(self):
        """XML-RPC drops control characters; in the JSON text they are escaped."""
        text = 'Oʻktam\x0b\x1f "Ли" </value> 🐢'
        self.send(text)
        answer = self.bridge.poll(0)
        self.assertEqual(self.texts(answer), [text])
        self.assertTrue(answer["notifications"][0]["message"].isascii())

    def test_lowest_and_highest_tell_how_far_the_bus_is(self):
        self.assertIs(self.bridge.poll(0)["lowest"], False)
        ids = self.send("one", "two")
        answer = self.bridge.poll(0)
        self.assertEqual(answer["lowest"], ids[0])
        self.assertEqual(answer["highest"], max(self.bus.search([]).ids))
        self.env.cr.execute("SELECT nextval('bus_bus_id_seq')")
        taken = self.env.cr.fetchone()[0]
        self.assertEqual(self.bridge.poll(0)["highest"], taken)

    def test_the_oldest_transaction_is_the_oldest_other_one_that_wrote(self):
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute("SELECT 1")
            self.assertEqual(self.oldest_transaction(), 0)
            other.execute("SELECT txid_current(), pg_sleep(0.01)")
            self.assertGreaterEqual(self.oldest_transaction(), 0.01)
        self.assertEqual(self.oldest_transaction(), 0)

    def oldest_transaction(self):
        self.env.cr.execute("SELECT pg_stat_clear_snapshot()")
        return self.bridge.poll(0)["oldest_transaction"]

    def test_wrong_questions_are_refused(self):
        afters = [(-1,), ("1",), (True,), (False,), (None,), (1.5,)]
        for asked in (*afters, (0, 0), (0, 1001), (0, "9")):
            with self.assertRaises(ValidationError, msg=str(asked)):
                self.bridge.poll(*asked)
        for nonce in ("", "x" * 65, 1, None, ["x"]):
            with self.assertRaises(ValidationError, msg=str(nonce)):
                self.bridge.canary(nonce)

    def test_a_canary_comes_back_on_the_channel(self):
        answer = self.bridge.canary("nonce")
        self.assertEqual(set(answer), {"lowest", "highest", "oldest_transaction", "incarnation"})
        message = self.announced_one()
        self.assertRegex(message.pop("timestamp"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertEqual(message, {"v": 1, "type": "canary", "nonce": "nonce"})

    def test_only_the_service_user_may_ask(self):
        admin = self.env.ref("base.user_admin")
        admin.groups_id += self.group
        self.announced()
        for user in (self.user, admin):
            for bridge in (
                self.env["amanat.bridge"].with_user(user),
                self.env["amanat.bridge"].with_user(user).sudo(),
            ):
                with self.assertRaises(AccessError):
                    bridge.poll(0)
                with self.assertRaises(AccessError):
                    bridge.canary("nonce")
        self.assertEqual(self.announced(), [])

    def test_the_incarnation_names_this_database_in_this_cluster(self):
        incarnation = self.bridge.bridge_info()["incarnation"]
        self.assertRegex(incarnation, r"^\d{10,}/\d+/\d+$")
        self.assertEqual(self.bridge.poll(0)["incarnation"], incarnation)
        self.env.cr.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        self.assertEqual(incarnation.split("/")[2], str(self.env.cr.fetchone()[0]))

    def test_what_postgresql_does_not_tell_is_empty(self):
        for query in ("SELECT no_such_function()", "SELECT rolpassword FROM pg_authid"):
            self.assertEqual(self.env["amanat.bus"]._told(query), "")
        self.assertTrue(self.bridge.poll(0)["incarnation"])

    def test_rows_are_kept_as_long_as_the_setting_says_and_an_hour_at_least(self):
        for hours, seconds in (("24", 86400), ("2", 7200), ("0", 3600), ("nonsense", 86400)):
            self.env["ir.config_parameter"].set_param("amanat_realtime.keep_hours", hours)
            self.assertEqual(self.bridge.bridge_info()["bus_retention"], seconds)

    def test_rows_that_may_be_read_again_are_not_deleted(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.keep_hours", "0")
        old, new = self.send("old", "new")
        for row, minutes in ((old, 61), (new, 59)):
            self.env.cr.execute(
                "UPDATE bus_bus SET create_date = %s WHERE id = %s",
                (fields.Datetime.now() - timedelta(minutes=minutes), row),
            )
        self.env["amanat.announcer"]._delete_old_announcements()
        self.assertEqual(self.texts(self.bridge.poll(0)), ["new"])
        self.assertEqual(self.bus.search_count([("channel", "like", "elsewhere")]), 2)
