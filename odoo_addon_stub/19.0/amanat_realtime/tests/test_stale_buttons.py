import json

from odoo.tests import HttpCase, tagged

CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflict"
STALE = "odoo.addons.amanat_realtime.exceptions.RealtimeStale"


@tagged("post_install", "-at_install")
class TestStaleButtons(HttpCase):
    """A button on a record that changed since it was shown does nothing until its user knows."""

    def setUp(self):
        super().setUp()
        self.authenticate("admin", "admin")
        lines = [(0, 0, {"name": "one", "amount": 1}), (0, 0, {"name": "two", "amount": 2})]
        self.transfer = self.env["amanat.transfer"].create(
            {"amount": 9, "state": "open", "note": "old", "money_ids": lines}
        )
        self.one, self.two = self.transfer.money_ids.sorted("name")

    def call(self, method, shown=None, route="call_button", args=(), **kwargs):
        """Return what Odoo answers to a button of the web client, the whole of it."""
        self.env.flush_all()
        context = {} if shown is None else {"amanat_shown": {str(self.transfer.id): shown}}
        params = {
            "model": "amanat.transfer",
            "method": method,
            "args": [self.transfer.ids, *args],
            "kwargs": {"context": context, **kwargs},
        }
        answer = self.url_open(
            f"/web/dataset/{route}/amanat.transfer/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        self.env.invalidate_all(flush=False)
        return answer

    def stale(self, method, shown, **more):
        data = self.call(method, shown, **more)["error"]["data"]
        self.assertEqual(data["name"], STALE)
        self.assertEqual(data["arguments"], [data["message"]])
        self.assertEqual(data["context"]["model"], "amanat.transfer")
        [found] = data["context"]["records"]
        return found

    def test_nothing_changed(self):
        shown = {"amount": 9, "state": "open", "money_ids": self.transfer.money_ids.ids}
        self.assertNotIn("error", self.call("action_done", shown))
        self.assertEqual(self.transfer.state, "done")

    def test_a_shown_field_changed(self):
        self.transfer.amount = 12
        for route in ("call_button", "call_kw"):
            found = self.stale("action_done", {"amount": 9, "note": "old"}, route=route)
            self.assertEqual(found["fields"], {"amount": {"base": 9, "theirs": 12}})
            self.assertEqual(self.transfer.state, "open")
        self.assertNotIn("error", self.call("action_done", {"amount": 12, "note": "old"}))
        self.assertEqual(self.transfer.state, "done")

    def test_lines_that_came_changed_or_went(self):
        shown = {"money_ids": {str(self.one.id): {"amount": 1}, str(self.two.id): {"amount": 2}}}
        self.one.amount = 11
        gone = self.two.id
        self.two.unlink()
        third = self.one.copy({"name": "three"})
        found = self.stale("action_done", shown)
        one, two, three = found["fields"]["money_ids"]["lines"]
        self.assertEqual((one["id"], one["fields"]["amount"]["theirs"]), (self.one.id, 11))
        self.assertEqual(two, {"id": gone, "gone": True})
        self.assertEqual(three, {"id": third.id, "new": True})

    def test_without_a_word_of_what_was_shown_it_is_as_ever(self):
        self.transfer.amount = 12
        self.assertNotIn("error", self.call("action_done"))
        self.assertEqual(self.transfer.state, "done")

    def test_the_switch(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.guard", "off")
        self.transfer.amount = 12
        self.assertNotIn("error", self.call("action_done", {"amount": 9}))

    def test_what_only_reads_is_not_held_up(self):
        answer = self.call("web_read", {"amount": 1}, "call_kw", specification={"amount": {}})
        self.assertEqual(answer["result"], [{"id": self.transfer.id, "amount": 9}])

    def test_private_methods_stay_private(self):
        data = self.call("_check_company", {"amount": 1}, "call_kw")["error"]["data"]
        self.assertEqual(data["name"], "odoo.exceptions.AccessError")

    def test_a_save_for_a_button_looks_at_the_fields_it_does_not_write(self):
        self.transfer.amount = 12
        self.stale("web_save", {"amount": 9}, route="call_kw", args=[{"note": "mine"}, {}])
        self.assertEqual(self.transfer.note, "old")

    def test_a_conflict_comes_to_the_browser_with_its_values(self):
        self.transfer.note = "theirs"
        self.env.flush_all()
        answer = self.call(
            "web_save",
            route="call_kw",
            args=[{"note": "mine"}, {}],
            context={"amanat_base": {str(self.transfer.id): {"note": "old"}}},
        )
        data = answer["error"]["data"]
        self.assertEqual(data["name"], CONFLICT)
        fields = data["context"]["records"][0]["fields"]
        self.assertEqual(fields, {"note": {"base": "old", "theirs": "theirs"}})
        self.assertNotIn("theirs", data["message"])

    def test_the_web_client_is_told_which_models_are_guarded(self):
        self.assertIn("amanat.transfer", self.guarded())
        self.env["ir.config_parameter"].set_param("amanat_realtime.guard", "off:amanat.transfer")
        self.assertNotIn("amanat.transfer", self.guarded())
        self.assertIn("amanat.order", self.guarded())

    def guarded(self):
        answer = self.url_open(
            "/web/session/get_session_info",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}}),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer["result"]["amanat_guarded"]
