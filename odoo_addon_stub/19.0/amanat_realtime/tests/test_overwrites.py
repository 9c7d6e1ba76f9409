import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import RealtimeConflict
from .guard_case import GuardCase


@tagged("post_install", "-at_install")
class TestOverwrites(GuardCase):
    """A save that says which values it began with overwrites no other ones."""

    def test_the_value_it_began_with_is_still_there(self):
        transfer = self.transfer(amount=9, note="old")
        answer = self.save(transfer, {"note": "mine"}, {"note": "old"}, {"note": {}})
        self.assertEqual(answer, [{"id": transfer.id, "note": "mine"}])

    def test_another_value_is_not_overwritten(self):
        transfer = self.transfer(amount=9, note="old")
        self.written(transfer, note="theirs")
        found = self.conflict(transfer, {"note": "mine", "amount": 5}, {"note": "old", "amount": 9})
        self.assertEqual(found["fields"], {"note": {"base": "old", "theirs": "theirs"}})
        self.assertEqual((found["id"], found["by"]), (transfer.id, "guard_other"))
        self.assertIs(found["own"], False)
        self.assertRegex(found["at"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual((transfer.note, transfer.amount), ("theirs", 9))

    def test_the_sentence_names_fields_and_no_values(self):
        transfer = self.transfer(note="old")
        self.written(transfer, note="theirs")
        with self.assertRaises(RealtimeConflict) as raised:
            self.save(transfer, {"note": "mine"}, {"note": "old"})
        text = str(raised.exception)
        self.assertIn("“Note”", text)
        for value in ("old", "theirs", "mine"):
            self.assertNotIn(value, text)

    def test_other_fields_merge_silently(self):
        transfer = self.transfer(amount=9, note="old")
        self.written(transfer, amount=12, state="done")
        self.save(transfer, {"note": "mine"}, {"note": "old"})
        self.assertEqual((transfer.note, transfer.amount, transfer.state), ("mine", 12, "done"))

    def test_what_is_not_written_does_not_count(self):
        transfer = self.transfer(amount=9, note="old")
        self.written(transfer, amount=12)
        self.save(transfer, {"note": "mine"}, {"note": "old", "amount": 9})
        self.assertEqual(transfer.note, "mine")

    def test_the_same_value_is_no_conflict(self):
        transfer = self.transfer(amount=9)
        self.written(transfer, amount=12)
        self.save(transfer, {"amount": 12.001}, {"amount": 9})
        self.assertEqual(transfer.amount, 12)

    def test_a_value_that_went_there_and_back_is_no_conflict(self):
        transfer = self.transfer(amount=9)
        self.written(transfer, amount=12)
        self.written(transfer, amount=9)
        self.save(transfer, {"amount": 5}, {"amount": 9})
        self.assertEqual(transfer.amount, 5)

    def test_kinds_of_fields(self):
        akbar, lola = self.partners
        transfer = self.transfer(sender_id=akbar.id, date="2026-11-21", state="open")
        began = {"sender_id": akbar.id, "date": "2026-11-21", "state": "open", "active": True}
        mine = {"sender_id": False, "date": "2026-11-23", "state": "cancelled", "active": False}
        self.save(transfer, mine, began)
        self.assertFalse(transfer.active)
        self.written(transfer, sender_id=lola.id, date="2026-11-22", state="done", active=True)
        again = {**began, "active": False}
        found = self.conflict(transfer, again, {**mine, "state": "open"})
        self.assertEqual(
            found["fields"],
            {
                "sender_id": {"base": False, "theirs": {"id": lola.id, "display_name": "Lola"}},
                "date": {"base": "2026-11-23", "theirs": "2026-11-22"},
                "state": {"base": "open", "theirs": "done"},
                "active": {"base": False, "theirs": True},
            },
        )

    def test_without_bases_everything_is_as_ever(self):
        transfer = self.transfer(amount=9)
        self.written(transfer, amount=12)
        transfer.with_user(self.user).web_save({"amount": 5}, {})
        self.assertEqual(transfer.amount, 5)
        elsewhere = {"amanat_base": {"0": {"amount": 9}}}
        transfer.with_user(self.user).with_context(**elsewhere).web_save({"amount": 6}, {})
        self.assertEqual(transfer.amount, 6)

    def test_code_that_a_save_runs_is_not_held_to_it(self):
        transfer = self.transfer(amount=9)
        seen = {"amanat_base": {str(transfer.id): {"amount": 9}}}
        records, bases = transfer.with_context(**seen)._guard_bases()
        self.assertEqual(bases, seen["amanat_base"])
        self.assertNotIn("amanat_base", records.env.context)
        transfer.with_context(**seen).write({"amount": 1})
        transfer.with_context(**seen).write({"amount": 2})

    def test_new_records_have_no_base(self):
        made = self.env["amanat.transfer"].with_context(amanat_base={"1": {"amount": 1}})
        [made] = made.web_save({"amount": 3}, {"amount": {}})
        self.assertEqual(made["amount"], 3)

    def test_a_record_that_is_gone(self):
        transfer = self.transfer(note="old")
        gone = transfer.id
        transfer.unlink()
        record = self.env["amanat.transfer"].browse(gone)
        self.assertEqual(
            self.conflict(record, {"note": "mine"}, {"note": "old"}), {"id": gone, "gone": True}
        )

    def test_several_records_at_once_are_saved_all_or_none(self):
        one, two = self.transfer(note="one"), self.transfer(note="two")
        self.written(two, note="theirs")
        seen = {str(one.id): {"note": "one"}, str(two.id): {"note": "two"}}
        both = (one + two).with_user(self.user).with_context(amanat_base=seen)
        for call in (
            lambda: both.web_save({"note": "mine"}, {}),
            lambda: both.web_save_multi([{"note": "mine"}, {"note": "mine"}], {}),
        ):
            with self.assertRaises(RealtimeConflict) as raised, self.env.cr.savepoint():
                call()
            self.assertEqual([r["id"] for r in raised.exception.context["records"]], [two.id])
            self.assertEqual((one.note, two.note), ("one", "theirs"))
        seen[str(two.id)]["note"] = "theirs"
        both.web_save_multi([{"note": "first"}, {"note": "second"}], {})
        self.assertEqual((one.note, two.note), ("first", "second"))

    def test_the_switch_leaves_a_model_as_odoo_has_it(self):
        transfer = self.transfer(note="old")
        self.written(transfer, note="theirs")
        parameters = self.env["ir.config_parameter"].sudo()
        for setting in ("off", "off:amanat.order,amanat.transfer"):
            parameters.set_param("amanat_realtime.guard", setting)
            self.save(transfer, {"note": "mine"}, {"note": "old"})
        parameters.set_param("amanat_realtime.guard", "off:amanat.order")
        self.conflict(transfer, {"note": "again"}, {"note": "old"})

    def test_a_context_that_is_no_dictionary_is_a_bug_of_its_client(self):
        with self.assertRaises(ValueError):
            self.transfer().with_context(amanat_base=[1]).web_save({"note": "x"}, {})

    def test_an_own_save_in_another_tab_is_said_to_be_one(self):
        transfer = self.transfer(note="old")
        transfer.with_user(self.user).write({"note": "other tab"})
        self.assertIs(self.conflict(transfer, {"note": "mine"}, {"note": "old"})["own"], True)

    def test_the_context_of_the_reader_counts(self):
        transfer = self.transfer(note="old")
        again = transfer.with_user(self.user).with_context(bin_size=True, lang="en_US")
        again.with_context(amanat_base={str(transfer.id): {"note": "old"}}).web_save(
            {"note": "mine"}, {}
        )
        self.assertEqual(transfer.note, "mine")


@tagged("post_install", "-at_install")
class TestOverwrittenLines(GuardCase):
    """Lines are compared one by one: those that a save writes or takes away."""

    def setUp(self):
        super().setUp()
        lines = [Command.create({"name": n, "amount": a}) for n, a in (("one", 1), ("two", 2))]
        self.parent = self.transfer(money_ids=lines)
        self.one, self.two = self.parent.money_ids.sorted("name")

    def test_another_line_merges_silently(self):
        self.written(self.two, amount=20)
        self.save(
            self.parent,
            {"money_ids": [[Command.UPDATE, self.one.id, {"amount": 10}]]},
            {"money_ids": {str(self.one.id): {"amount": 1}}},
        )
        self.assertEqual((self.one.amount, self.two.amount), (10, 20))

    def test_another_field_of_the_line_merges_silently(self):
        self.written(self.one, name="renamed")
        self.save(
            self.parent,
            {"money_ids": [[Command.UPDATE, self.one.id, {"amount": 10}]]},
            {"money_ids": {str(self.one.id): {"amount": 1, "name": "one"}}},
        )
        self.assertEqual((self.one.name, self.one.amount), ("renamed", 10))

    def test_the_same_field_of_the_line_is_a_conflict(self):
        self.written(self.one, amount=11)
        found = self.conflict(
            self.parent,
            {"money_ids": [[Command.UPDATE, self.one.id, {"amount": 10}]]},
            {"money_ids": {str(self.one.id): {"amount": 1}}},
        )
        [line] = found["fields"]["money_ids"]["lines"]
        self.assertEqual(line["fields"], {"amount": {"base": 1, "theirs": 11}})
        self.assertEqual((line["id"], line["by"]), (self.one.id, "guard_other"))
        self.assertEqual(found["by"], "guard_other")

    def test_a_line_that_is_gone_is_not_written_into_nothing(self):
        gone = self.one.id
        self.one.with_user(self.other).unlink()
        found = self.conflict(
            self.parent,
            {"money_ids": [[Command.UPDATE, gone, {"amount": 10}]]},
            {"money_ids": {str(gone): {"amount": 1}}},
        )
        self.assertEqual(found["fields"]["money_ids"]["lines"], [{"id": gone, "gone": True}])

    def test_a_line_that_changed_is_not_taken_away_unseen(self):
        self.written(self.one, amount=11)
        delete = {"money_ids": [[Command.DELETE, self.one.id, False]]}
        seen = {"amount": 1, "name": "one"}
        found = self.conflict(self.parent, delete, {"money_ids": {str(self.one.id): seen}})
        [line] = found["fields"]["money_ids"]["lines"]
        self.assertEqual(line["fields"], {"amount": {"base": 1, "theirs": 11}})
        seen["amount"] = 11
        self.save(self.parent, delete, {"money_ids": {str(self.one.id): seen}})
        self.assertEqual(self.parent.money_ids, self.two)

    def test_a_list_that_is_replaced_takes_no_unseen_line_away(self):
        order = self.env["amanat.order"].create({"name": "Tea"})
        first, second, third = (self.transfer(note=n) for n in "abc")
        order.transfer_ids = first + second
        self.written(order, transfer_ids=[Command.link(third.id)])
        vals = {"transfer_ids": [[Command.SET, False, [first.id]]]}
        seen = {"transfer_ids": {str(first.id): False, str(second.id): False}}
        found = self.conflict(order, vals, seen)
        lines = found["fields"]["transfer_ids"]["lines"]
        self.assertEqual(lines, [{"id": third.id, "new": True}])
        self.assertFalse(found["by"])
        seen["transfer_ids"][str(third.id)] = False
        self.save(order, vals, seen)
        self.assertEqual(order.transfer_ids, first)

    def test_a_list_that_is_replaced_brings_no_line_back_that_somebody_took_away(self):
        order = self.env["amanat.order"].create({"name": "Tea"})
        first, second, third = (self.transfer(note=n) for n in "abc")
        order.transfer_ids = first + second
        vals = {"transfer_ids": [[Command.SET, False, [first.id, second.id, third.id]]]}
        seen = {"transfer_ids": {str(first.id): False, str(second.id): False}}
        self.written(order, transfer_ids=[Command.unlink(second.id)])
        found = self.conflict(order, vals, seen)
        lines = found["fields"]["transfer_ids"]["lines"]
        self.assertEqual(lines, [{"id": second.id, "gone": True}])
        without = {"transfer_ids": [[Command.SET, False, [first.id, third.id]]]}
        self.save(order, without, seen)
        self.assertEqual(order.transfer_ids, first + third)

    def test_of_a_line_taken_away_that_may_not_be_read_nothing_is_said(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.env["amanat.order"].create({"name": "Tea"})
        line = self.transfer(note="hidden", company_id=elsewhere.id)
        vals = {"transfer_ids": [[Command.SET, False, [line.id]]]}
        seen = {"transfer_ids": {str(line.id): False}}
        self.assertEqual(self.found(order, vals, seen), [])
        line.company_id = self.env.company
        self.assertEqual(
            self.found(order, vals, seen)[0]["fields"]["transfer_ids"]["lines"],
            [{"id": line.id, "gone": True}],
        )

    def found(self, order, vals, seen):
        """Return what the guard finds when this user saves an order."""
        self.env.flush_all()
        guard = self.env["amanat.guard"].with_user(self.user)
        order = order.with_user(self.user)
        return guard._find(order, {str(order.id): seen}, {order.id: vals})

    def shown(self, order, *transfers):
        """Return what the guard finds when a button of an order is pressed that shows these."""
        order = order.with_user(self.user)
        seen = {str(order.id): {"transfer_ids": {str(one.id): {"note": "a"} for one in transfers}}}
        self.env.flush_all()
        return self.env["amanat.guard"].with_user(self.user)._find(order, seen, None)

    def test_an_archived_line_is_not_gone_from_a_list_that_shows_it(self):
        order = self.env["amanat.order"].create({"name": "Tea"})
        archived, other = self.transfer(note="a", active=False), self.transfer(note="a")
        order.transfer_ids = archived + other
        self.assertEqual(self.shown(order, archived, other), [])
        self.assertEqual(self.shown(order, other), [])
        self.written(order, transfer_ids=[Command.unlink(archived.id)])
        [found] = self.shown(order, archived, other)
        lines = found["fields"]["transfer_ids"]["lines"]
        self.assertEqual(lines, [{"id": archived.id, "gone": True}])

    def test_nothing_is_said_of_a_line_that_may_not_be_read(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.env["amanat.order"].create({"name": "Tea"})
        hidden = self.transfer(note="hidden", company_id=elsewhere.id)
        seen = self.transfer(note="a")
        order.transfer_ids = hidden + seen  # also in the cache, where it is found without rights
        self.assertEqual(self.shown(order, seen), [])
        [found] = self.shown(order, seen, hidden)
        lines = found["fields"]["transfer_ids"]["lines"]
        self.assertEqual(lines, [{"id": hidden.id, "gone": True}], "from sight, as when deleted")

    def test_however_many_lines_there_are_they_are_read_at_once(self):
        def queries(count):
            lines = [Command.create({"name": str(n), "amount": n}) for n in range(count)]
            parent = self.transfer(money_ids=lines)
            lines = parent.money_ids
            shown = {str(line.id): {"name": line.name, "amount": line.amount} for line in lines}
            seen = {str(parent.id): {"amount": 9, "note": False, "money_ids": shown}}
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            guard = self.env["amanat.guard"].with_user(self.user)
            self.assertEqual(guard._find(parent.with_user(self.user), seen, None), [])
            return self.env.cr.sql_log_count - before

        queries(1)  # what Odoo keeps of rights is read once
        self.assertEqual(queries(40), queries(2))

    def test_links_of_different_people_add_up(self):
        order = self.env["amanat.order"].create({"name": "Tea"})
        first, second = self.transfer(), self.transfer()
        self.written(order, transfer_ids=[Command.link(first.id)])
        vals = {"transfer_ids": [[Command.LINK, second.id, False]]}
        self.save(order, vals, {"transfer_ids": {}})
        self.assertEqual(order.transfer_ids, first + second)


@tagged("post_install", "-at_install")
class TestOtherKinds(GuardCase):
    """Kinds of fields that our own models lack, on a contact; the guard does not care whose."""

    def differing(self, record, seen, vals):
        return [
            {name: (field["base"], field["theirs"]) for name, field in found["fields"].items()}
            for found in self.env["amanat.guard.look"]._differing(record, seen, vals)
        ]

    def test_html(self):
        partner = self.env["res.partner"].create({"name": "Lola", "comment": "<p>old</p>"})
        self.assertEqual(self.differing(partner, {"comment": "<p>old</p>"}, {"comment": "x"}), [])
        partner.comment = "<p>theirs</p>"
        [found] = self.differing(partner, {"comment": "<p>old</p>"}, {"comment": "x"})
        self.assertEqual(found, {"comment": ("<p>old</p>", "<p>theirs</p>")})
        partner.comment = "<p><br></p>"
        self.assertEqual(self.differing(partner, {"comment": False}, {"comment": "x"}), [])

    def test_binaries_by_the_size_that_was_shown_or_by_their_content(self):
        content = base64.b64encode(b"as much as fits into a small file")
        attachment = self.env["ir.attachment"].create({"name": "a", "datas": content})
        [shown] = attachment.with_context(bin_size=True).web_read({"datas": {}})
        size = shown["datas"].decode()
        for seen in (size, content.decode()):
            self.assertEqual(self.differing(attachment, {"datas": seen}, {"datas": "x"}), [])
        attachment.datas = base64.b64encode(b"much more than that" * 99)
        self.env.invalidate_all()  # as another request
        [found] = self.differing(attachment, {"datas": size}, {"datas": "x"})
        self.assertEqual(found["datas"][0], size)
        self.assertLess(len(found["datas"][1]), 20, "a size, not the content")

    def test_many2many(self):
        tags = self.env["res.partner.category"].create([{"name": "a"}, {"name": "b"}])
        partner = self.env["res.partner"].create({"name": "Lola", "category_id": tags.ids})
        seen = {"category_id": {str(tag.id): False for tag in tags}}
        unlink = {"category_id": [[Command.UNLINK, tags[0].id, False]]}
        self.assertEqual(self.env["amanat.guard.look"]._differing(partner, seen, unlink), [])


@tagged("post_install", "-at_install")
class TestOverwritesAndRights(GuardCase):
    """The guard tells nobody what they may not read, and refuses nothing in Odoo's stead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_user("guard_manager", "amanat_realtime.group_manager")

    def seeing(self, record, bases, user=None):
        seen = {"amanat_base": {str(record.id): bases}}
        return record.with_user(user or self.user).with_context(**seen)

    def test_a_field_that_may_not_be_read_cannot_be_probed(self):
        transfer = self.transfer(internal_note="secret")
        for guess in ("wrong", "secret"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.seeing(transfer, {"internal_note": guess}).web_save({"internal_note": "x"}, {})
        writer = self.seeing(transfer, {"internal_note": "old"}, self.manager)
        with self.assertRaises(RealtimeConflict) as raised:
            writer.web_save({"internal_note": "x"}, {})
        theirs = raised.exception.context["records"][0]["fields"]["internal_note"]["theirs"]
        self.assertEqual(theirs, "secret")

    def test_a_record_that_may_not_be_written_is_odoos_to_refuse(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        transfer = self.transfer(note="hidden", company_id=company.id)
        with self.assertRaises(AccessError) as raised, self.env.cr.savepoint():
            self.seeing(transfer, {"note": "guess"}).web_save({"note": "x"}, {})
        self.assertNotIn("hidden", str(vars(raised.exception)))

    def test_a_name_that_may_not_be_seen_is_not_told(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.new_user("guard_stranger", "amanat_realtime.group_user", company=company)
        transfer = self.transfer(note="old", company_id=False)
        transfer.with_user(stranger).write({"note": "theirs"})
        self.env.flush_all()
        hidden = self.env["ir.rule"].create(
            {
                "name": "own users only",
                "model_id": self.env["ir.model"]._get_id("res.users"),
                "domain_force": "[('company_ids', 'in', company_ids)]",
            }
        )
        self.assertTrue(hidden)
        with self.assertRaises(RealtimeConflict) as raised:
            self.seeing(transfer, {"note": "old"}).web_save({"note": "x"}, {})
        self.assertIs(raised.exception.context["records"][0]["by"], False)
