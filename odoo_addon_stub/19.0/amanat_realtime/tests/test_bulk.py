from .common import RealtimeCase


class TestBulk(RealtimeCase):
    """Silenced and large transactions carry ids and what rules look at, and hide nothing."""

    def test_silenced_write_sends_no_values(self):
        transfer = self.transfer()
        transfer.with_context(realtime_silent=True).write({"amount": 77, "note": "hidden"})
        message = self.announced_one()
        self.assertEqual(message["type"], "bulk")
        self.assertEqual(message["operation"], "update")
        self.assertEqual(message["changed_fields"], ["amount", "note"])
        company = [self.env.company.id, self.env.company.name]
        image = {"id": transfer.id, "active": True, "company_id": company}
        self.assertEqual(message["records"], [image])
        self.assertNotIn("old", message)

    def test_one_silenced_change_silences_its_transaction(self):
        loud, silent = self.transfer(), self.transfer()
        loud.amount = 1
        silent.with_context(realtime_silent=True).amount = 2
        message = self.announced_one()
        self.assertEqual((message["type"], len(message["records"])), ("bulk", 2))

    def test_silenced_creation_and_deletion(self):
        silent = self.env["amanat.transfer"].with_context(realtime_silent=True)
        transfer = silent.create({"amount": 1})
        created = self.announced_one()
        self.assertEqual((created["type"], created["operation"]), ("bulk", "create"))
        transfer.unlink()
        deleted = self.announced_one()
        self.assertEqual((deleted["type"], deleted["operation"]), ("bulk", "delete"))
        self.assertEqual(deleted["records"], created["records"])

    def test_silence_ends_with_its_flush(self):
        transfer = self.transfer()
        transfer.with_context(realtime_silent=True).amount = 1
        self.announced()
        transfer.amount = 2
        self.assertEqual(self.announced_one()["type"], "update")

    def test_more_records_than_the_limit(self):
        self.env["ir.config_parameter"].set_param("amanat_realtime.bulk_limit", "3")
        records = self.env["amanat.transfer"].create([{"amount": n} for n in range(4)])
        self.assertEqual(self.announced_one()["operation"], "create")
        records.write({"amount": 99})
        self.assertEqual(self.announced_one()["operation"], "update")
        records[:3].write({"amount": 98})
        self.assertEqual(self.announced_one()["type"], "update")

    def test_a_thousand_records_a_message(self):
        self.env["amanat.test.realtime"].create([{"name": str(n)} for n in range(1001)])
        self.assertEqual([len(m["records"]) for m in self.announced()], [1000, 1])

    def test_a_message_larger_than_the_bus_should_carry(self):
        transfer = self.transfer()
        transfer.note = "x" * 300_000
        self.assertEqual(self.announced_one()["type"], "bulk")
