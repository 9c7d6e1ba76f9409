from unittest.mock import patch

from odoo.tools import file_open

from ..models import amanat_token_key

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

    def made_for(self):
        self.identity()
        return self.parameters.get_param("amanat_realtime.token_key_made_for").split("/")

    def test_a_key_is_made_for_one_database_of_one_server(self):
        self.env.cr.execute(
            """SELECT d.datname, d.oid::text, s.system_identifier::text
                 FROM pg_database d, pg_control_system() s WHERE d.datname = current_database()"""
        )
        expected = [*self.env.cr.fetchone()]
        uuid = self.parameters.get_param("database.uuid")
        self.assertEqual(self.made_for(), [uuid, *expected])

    def test_a_copy_that_differs_in_anything_gets_a_new_key(self):
        for part, what in enumerate(("uuid", "name", "number", "server")):
            before = self.identity()
            made_for = self.made_for()
            made_for[part] = "another"
            self.parameters.set_param("amanat_realtime.token_key_made_for", "/".join(made_for))
            self.assertNotEqual(before[0], self.identity()[0], what)

    def test_a_server_that_will_not_tell_its_number_still_gets_a_key(self):
        with patch.object(amanat_token_key, "SERVER_NUMBER", "SELECT no_such_function()"):
            self.assertEqual(self.made_for()[3], "")
            self.assertEqual(self.identity(), self.identity())
            self.assertEqual(len(self.keys._sign({"a": 1}).split(".")), 3)

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
