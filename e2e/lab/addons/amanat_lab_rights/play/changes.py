"""Random changes of records: each moves something in or out of somebody's sight, or nearly."""

from datetime import date, datetime, timedelta

from odoo import Command, api

LANGUAGES = ("en_US", "ru_RU", "uz_UZ")
TITLES = ["open house", "Open air", "shut", "half way", ""]
WORDS = ["Erkin", "deal", "east", "Zarafshon", "ЕЛКА"]


class Changes:
    """Draws changes; the records of ``shard`` (of two) are the only ones it touches."""

    def __init__(self, people, chance):
        self.people, self.chance = people, chance
        self.kinds = [
            (6, self.write),
            (2, self.write_vague),
            (2, self.create),
            (1, self.delete),
            (2, self.write_many),
            (2, self.write_lines),
            (1, self.move_line),
            (1, self.delete_line),
            (2, self.write_half_undone),
            (1, self.write_twice),
            (1, self.create_and_delete),
            (1, self.write_and_delete),
        ]

    def draw(self):
        weights, kinds = zip(*self.kinds, strict=True)
        return self.chance.choices(kinds, weights)[0]

    def actor(self):
        """Return who does it, in which language; with all rights, or most would be refused."""
        return self.chance.choice(self.people.everybody), self.chance.choice(LANGUAGES)

    def env(self, cr, actor):
        uid, lang = actor
        context = {"lang": lang, "active_test": False, "tracking_disable": True}
        return api.Environment(cr, uid, context, su=True)

    # What there is to draw from

    def deals(self, env, shard, most=1):
        ids = env["lab.deal"].search([], order="id").ids
        mine = [i for i in ids if shard is None or i % 2 == shard]
        return env["lab.deal"].browse(sorted(self.chance.sample(mine, min(most, len(mine)))))

    def values(self, step, creating=False):
        chance, people = self.chance, self.people
        moments = datetime(2026, 1, 1) + timedelta(hours=chance.randrange(96))
        drawn = {
            "name": f"{chance.choice(WORDS)}{chance.randrange(100)}",
            "state": chance.choice(["draft", "open", "done"]),
            "amount": chance.choice([0, 10.5, 300.5, 499.99, 500, 1234.56]),
            "date": chance.choice([False, date(2026, 1, chance.randrange(1, 8))]),
            "deadline": chance.choice([False, moments]),
            "owner_id": chance.choice([*people.everybody, False]),
            "company_id": chance.choice([*people.companies, *people.companies, False]),
            "branch_id": chance.choice([*people.branches, False]),
            "partner_id": chance.choice([*people.partners, False]),
            "country_id": chance.choice([*people.countries, False]),
            "tag_ids": [Command.set(chance.sample(people.tags, chance.randrange(3)))],
            "note": chance.choice([False, "note", f"note {step}"]),
            "internal_note": f"internal {step}",
            "margin": step + 0.25,
            "title": chance.choice(TITLES),
            "price": chance.choice([0, 1.5, step]),
            "secret_code": f"secret {step}",
            "unsent": f"unsent {step}",
            "active": chance.random() < 0.85,
        }
        if not creating:
            kept = chance.sample(sorted(drawn), chance.randrange(1, 5))
            drawn = {name: drawn[name] for name in kept}
        return {**drawn, "step": step}

    def line_values(self, step):
        chance = self.chance
        return {
            "name": f"line {chance.randrange(100)}",
            "amount": chance.choice([1, 2.5, 99.99]),
            "paid": chance.random() < 0.5,
            "cost": step + 0.5,
            "step": step,
        }

    # What happens; each returns the records that it touches

    def write(self, env, step, shard):
        deals = self.deals(env, shard)
        deals.write(self.values(step))
        return deals, deals.line_ids

    def write_many(self, env, step, shard):
        deals = self.deals(env, shard, self.chance.randrange(2, 12))
        deals.write(self.values(step))
        return deals, deals.line_ids

    def create(self, env, step, shard):
        lines = [Command.create(self.line_values(step)) for _ in range(self.chance.randrange(3))]
        deals = env["lab.deal"].create([{**self.values(step, creating=True), "line_ids": lines}])
        return deals, deals.line_ids

    def delete(self, env, step, shard):
        deals = self.deals(env, shard, self.chance.choice([1, 1, 1, 3]))
        if env["lab.deal"].search_count([]) < 25:
            return self.create(env, step, shard)
        lines = deals.line_ids
        deals.unlink()
        return deals, lines

    def write_lines(self, env, step, shard):
        deals = self.deals(env, shard, 3)
        lines = deals.line_ids
        if not lines:
            deals.line_ids = [Command.create(self.line_values(step))]
        lines.write(self.line_values(step))
        return deals, deals.line_ids

    def move_line(self, env, step, shard):
        deals = self.deals(env, shard, 6)
        lines = deals.line_ids[:1]
        lines.write({"deal_id": deals[-1].id, "step": step})
        return deals, deals.line_ids

    def delete_line(self, env, step, shard):
        deals = self.deals(env, shard, 4)
        lines = deals.line_ids
        lines[:2].unlink()
        return deals, lines

    def write_half_undone(self, env, step, shard):
        """Write some in a savepoint that is rolled back, and the rest in one that is not."""
        deals = self.deals(env, shard, 3)
        try:
            with env.cr.savepoint():
                deals.write(self.values(step, creating=True))
                env["lab.deal"].create([self.values(step, creating=True)])
                raise Undone
        except Undone:
            pass
        with env.cr.savepoint():
            deals[:1].write(self.values(step))
        return deals, deals.line_ids

    def write_twice(self, env, step, shard):
        """Bring a record into everybody's sight and out again, announced at each savepoint."""
        deals = self.deals(env, shard)
        with env.cr.savepoint():
            deals.write({"company_id": False, "state": "open", "amount": 1000, "step": step})
        with env.cr.savepoint():
            deals.write(self.values(step))
        deals.write({"company_id": self.chance.choice(self.people.companies), "state": "draft"})
        return deals, deals.line_ids

    def create_and_delete(self, env, step, shard):
        deals = env["lab.deal"].create([self.values(step, creating=True) for _ in range(2)])
        with env.cr.savepoint():
            deals[0].write({"note": "soon gone"})
        deals[0].unlink()
        return deals, deals.exists().line_ids

    def write_and_delete(self, env, step, shard):
        deals = self.deals(env, shard, 2)
        if env["lab.deal"].search_count([]) < 25:
            return self.write(env, step, shard)
        lines = deals.line_ids
        with env.cr.savepoint():
            deals.write({"company_id": False, "state": "open", "step": step})
        deals[:1].unlink()
        return deals, lines

    def write_vague(self, env, step, shard):
        ids = env["lab.vague"].search([], order="id").ids
        mine = [i for i in ids if shard is None or i % 2 == shard]
        vague = env["lab.vague"].browse(self.chance.sample(mine, min(2, len(mine))))
        vague.write(self.vague_values(step))
        return vague, env["lab.line"]

    def vague_values(self, step):
        chance, people = self.chance, self.people
        return {
            "name": f"vague {chance.randrange(100)}",
            "title": chance.choice(TITLES),
            "owner_id": chance.choice([*people.everybody, False]),
            "company_id": chance.choice([*people.companies, False]),
            "note": f"note {step}",
            "internal_note": f"internal {step}",
            "step": step,
        }


class Undone(Exception):
    """Ends a savepoint."""
