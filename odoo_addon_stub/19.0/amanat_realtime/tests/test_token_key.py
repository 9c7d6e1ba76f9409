from odoo.tools import file_open

from .common import RealtimeCase


class TestTokenKey(RealtimeCase):
    def setUp(self):
        super().setUp()
        self.keys = self.env["amanat.token.key"]
        self.parameters = self.env["ir.config_parameter"]

    def identity(self):
        return self.keys._public_jwk()["kid"], self.keys._issuer()

    def test_the_key_stays(self):
        self.assertEqual(self.identity(), self.identity())

    def test_a_copied_database_gets_a_new_key(self):
        before = self.identity()
        self.parameters.set_param("database.uuid", "another database")
        after = self.identity()
        self.assertNotEqual(before[0], after[0])
        self.assertNotEqual(before[1].split("/")[1], after[1].split("/")[1])

    def test_a_copy_under_another_name_gets_a_new_key(self):
        before = self.identity()
        self.parameters.set_param("amanat_realtime.token_key_made_for", "uuid/other name")
        self.assertNotEqual(before[0], self.identity()[0])

    def test_a_neutralised_database_gets_a_new_key_and_no_way_in(self):
        before = self.identity()
        self.service.password = "amanat_bridge-password"
        self.env.flush_all()
        with file_open("amanat_realtime/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all(flush=False)
        self.registry.clear_all_caches()
        self.assertNotEqual(before[0], self.identity()[0])
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.service.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_only_administrators_of_the_system_read_the_key(self):
        parameter = self.parameters.search([("key", "=", "amanat_realtime.token_key")])
        self.assertIn("BEGIN PRIVATE KEY", parameter.value)
        for user in (self.user, self.service):
            self.assertFalse(parameter.with_user(user).has_access("read"))
