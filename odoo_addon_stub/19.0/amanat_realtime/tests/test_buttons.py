from .common import RealtimeCase


class TestButtons(RealtimeCase):
    """Each button of Amanat › Realtime test makes the kind of change its name says."""

    def setUp(self):
        super().setUp()
        model = self.env["amanat.test.realtime"].with_user(self.user)
        self.record = model.create({"name": "Try me", "value": 1})
        self.announced()

    def press(self, button, records=None):
        found = self.record if records is None else records
        result = getattr(found, button)()
        return result, [message["type"] for message in self.announced()]

    def test_buttons_of_a_record(self):
        self.assertEqual(self.press("action_increase")[1], ["update"])
        self.assertEqual(self.record.value, 2)
        self.assertEqual(self.press("action_duplicate")[1], ["create"])
        self.assertEqual(self.press("action_increase_silently")[1], ["bulk"])
        self.assertEqual(self.press("action_notify")[1], ["event"])
        action, kinds = self.press("action_delete")
        self.assertEqual((action["target"], kinds), ("main", ["delete"]))

    def test_buttons_of_the_list(self):
        nothing = self.record.browse()
        self.assertEqual(self.press("action_create_one", nothing)[1], ["create"])
        self.assertEqual(self.press("action_create_many", nothing)[1], ["bulk"])

    def test_buttons_of_transfers_payments_and_orders(self):
        transfer = self.transfer(state="draft")
        for button, state in (
            ("action_open", "open"),
            ("action_done", "done"),
            ("action_cancel", "cancelled"),
        ):
            self.assertEqual(self.press(button, transfer)[1], ["update"])
            self.assertEqual(transfer.state, state)
        money = self.env["amanat.money"].create({"name": "First", "transfer_id": transfer.id})
        order = self.env["amanat.order"].create({"name": "Tea"})
        self.announced()
        self.assertEqual(self.press("action_paid", money)[1], ["update"])
        self.assertEqual(self.press("action_confirm", order)[1], ["update"])
        self.assertEqual(self.press("action_done", order)[1], ["update"])
