from odoo import Command
from odoo.tests import BaseCase, tagged

from ..models.guard_values import Kind, is_guarded, overwrites, same, touched_lines


@tagged("post_install", "-at_install")
class TestGuardValues(BaseCase):
    """Values are compared as their users would: by what can be told apart on the screen."""

    def assertSame(self, kind, one, other, **more):
        self.assertTrue(same(Kind(kind, **more), one, other), (kind, one, other))

    def assertDiffer(self, kind, one, other, **more):
        self.assertFalse(same(Kind(kind, **more), one, other), (kind, one, other))

    def test_numbers_count_as_many_digits_as_the_field_has(self):
        self.assertSame("float", 0.1 + 0.2, 0.3, digits=2)
        self.assertDiffer("float", 0.31, 0.3, digits=2)
        self.assertSame("monetary", 10, 10.001, digits=2)
        self.assertDiffer("float", 1.0001, 1.0002)
        self.assertSame("integer", False, 0)

    def test_nothing_is_nothing_however_it_is_written(self):
        for kind in ("char", "text", "html", "date", "datetime", "selection", "many2one"):
            self.assertSame(kind, False, "" if kind != "many2one" else None)
        self.assertSame("html", "<p><br></p>", False)
        self.assertSame("boolean", None, False)

    def test_many2one_is_its_record_not_its_name(self):
        self.assertSame("many2one", 3, {"id": 3, "display_name": "Akbar"})
        self.assertSame("many2one", [3, "Akbar"], {"id": 3, "display_name": "Renamed"})
        self.assertDiffer("many2one", 3, 4)
        self.assertDiffer("many2one", 3, False)

    def test_a_value_of_the_wrong_form_equals_nothing(self):
        for kind, wrong in (("float", "x"), ("integer", []), ("many2one", {}), ("many2one", [])):
            self.assertDiffer(kind, wrong, wrong if kind == "float" else {"a": 1})
        self.assertTrue(overwrites(Kind("float"), "x", 1, 2))
        self.assertTrue(overwrites(Kind("properties"), 7, [], []))

    def test_mine_is_no_conflict_when_it_is_there_already(self):
        self.assertFalse(overwrites(Kind("char"), "old", "new", "new"))
        self.assertTrue(overwrites(Kind("char"), "old", "new", "mine"))
        self.assertFalse(overwrites(Kind("char"), "old", "old", "mine"))

    def test_properties_are_compared_one_by_one(self):
        def values(a, b):
            return [
                {"name": "a", "type": "integer", "value": a},
                {"name": "b", "type": "many2one", "value": b and [b, "name"]},
            ]

        kind = Kind("properties")
        self.assertFalse(overwrites(kind, values(1, 2), values(1, 2), values(5, 2)))
        self.assertFalse(overwrites(kind, values(1, 2), values(1, 3), values(5, 3)))
        self.assertTrue(overwrites(kind, values(1, 2), values(1, 3), values(5, 2)))
        self.assertTrue(overwrites(kind, values(1, 2), values(2, 2), values(5, 2)))

    def test_commands_tell_which_lines_they_touch(self):
        touched = touched_lines(
            [
                [Command.UPDATE, 1, {"a": 1}],
                [Command.UPDATE, 1, {"b": 2}],
                [Command.DELETE, 2, False],
                [Command.UNLINK, 3],
                [Command.CREATE, "virtual_1", {"a": 9}],
                [Command.LINK, 4, False],
            ],
            [1, 2, 3],
        )
        self.assertEqual(touched.written, {1: {"a": 1, "b": 2}})
        self.assertEqual(touched.removed, {2, 3})
        self.assertEqual(touched.others, frozenset())

    def test_replacing_a_list_takes_away_whatever_is_not_in_the_new_one(self):
        self.assertEqual(touched_lines([[Command.SET, 0, [1, 4]]], [1, 2, 3]).others, {2, 3})
        self.assertEqual(touched_lines([[Command.CLEAR]], [1, 2]).others, {1, 2})

    def test_replacing_a_list_keeps_what_is_named_and_not_removed(self):
        commands = [[Command.SET, 0, [1, 4]], [Command.UNLINK, 4]]
        self.assertEqual(touched_lines(commands, [1, 2, 3]).kept, {1})
        self.assertEqual(touched_lines([[Command.LINK, 4, False]], [1]).kept, frozenset())

    def test_the_switch(self):
        for setting in ("on", "", False, "nonsense", "off:other.model", "off: other.model , x"):
            self.assertTrue(is_guarded(setting, "amanat.order"), setting)
        for setting in ("off", " off", "off:amanat.order", "off:x, amanat.order"):
            self.assertFalse(is_guarded(setting, "amanat.order"), setting)
