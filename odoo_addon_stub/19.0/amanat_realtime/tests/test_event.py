from .common import RealtimeCase


class TestEvent(RealtimeCase):
    def test_event_reaches_its_users_with_the_fields_that_travel(self):
        transfer = self.transfer(secret_code="4711", note="hello")
        users = self.user + self.service
        users._send_realtime_notification(
            "approved", "amanat.transfer", transfer, ["state", "secret_code"]
        )
        message = self.announced_one()
        self.assertEqual(message["type"], "event")
        self.assertEqual(message["action"], "approved")
        self.assertEqual(message["user_ids"], users.ids)
        self.assertEqual(message["changed_fields"], ["state"])
        self.assertEqual(message["records"][0]["note"], "hello")
        self.assertNotIn("4711", str(message))

    def test_dictionaries_lose_what_must_not_travel(self):
        record = {"id": 5, "note": "kept", "secret_code": "4711", "unknown": 1}
        self.user._send_realtime_notification("seen", "amanat.transfer", [record])
        self.assertEqual(self.announced_one()["records"], [{"id": 5, "note": "kept"}])

    def test_other_models_send_ids_only(self):
        self.user._send_realtime_notification("seen", "res.partner", self.user.partner_id, ["name"])
        message = self.announced_one()
        self.assertEqual(message["records"], [{"id": self.user.partner_id.id}])
        self.assertEqual(message["changed_fields"], [])

    def test_large_events_send_ids_only(self):
        transfer = self.transfer(note="x" * 20_000)
        with self.assertLogs("amanat.realtime", "WARNING"):
            self.user._send_realtime_notification("seen", "amanat.transfer", transfer)
            message = self.announced_one()
        self.assertEqual(message["records"], [{"id": transfer.id}])

    def test_too_many_records_are_refused(self):
        with self.assertRaises(ValueError):
            self.user._send_realtime_notification("seen", "amanat.transfer", range(1, 1002))

    def test_undone_with_its_savepoint(self):
        savepoint = self.env.cr.savepoint()
        self.user._send_realtime_notification("seen", "amanat.transfer", [1])
        savepoint.close(rollback=True)
        self.assertEqual(self.announced(), [])

    def test_nobody_hears_nothing(self):
        self.env["res.users"]._send_realtime_notification("seen", "amanat.transfer", [1])
        self.assertEqual(self.announced(), [])
