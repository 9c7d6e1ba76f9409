"""What Odoo says about random records and random domains, one JSON object a line.

Run by 'lab shell', which gives `env`. The test that sends this file sets OPTIONS, which names the
seed and how many domains are made for each model. Nothing is committed.
Lines: {"model", "fields", "parent"} per model, {"model", "image"} per record, and per domain
{"model", "domain", "search", "filtered"}: the ids that match, or null where Odoo refuses it.
"""

import json
import logging
import random
import sys
from datetime import date, datetime, timedelta

SETTINGS = json.loads(OPTIONS)  # noqa: F821 (set by the test that sends this file)
chance = random.Random(SETTINGS["seed"])
logging.disable(logging.CRITICAL)
out = sys.stdout
env = env(  # noqa: F821
    context={
        "active_test": False,
        "tracking_disable": True,
        "no_reset_password": True,
        "realtime_skip": True,
    }
)

TYPES = {
    "boolean",
    "integer",
    "float",
    "monetary",
    "char",
    "text",
    "html",
    "selection",
    "reference",
    "date",
    "datetime",
    "many2one",
    "one2many",
    "many2many",
}
WORDS = [
    "a",
    "A",
    "ab",
    "aB%",
    "a_b",
    "b\\c",
    "Żółw",
    "żÓŁW",
    "é",
    "e",
    "x y",
    "Ўзбек",
    "ўЗБЕК",
    "0",
    "10",
    "😀z",
    "\uffee",
    "ß",
    "%",
    "zz",
]
MODELS = [
    "res.partner",
    "res.users",
    "res.company",
    "res.country",
    "res.currency",
    "amanat.transfer",
    "amanat.money",
    "amanat.order",
    "amanat.test.realtime",
    "res.partner.category",
    "ir.sequence",
    "ir.cron",
    "res.currency.rate",
    "ir.filters",
]


def word():
    return chance.choice(WORDS) + (chance.choice(WORDS) if chance.random() < 0.3 else "")


def fields_of(model):
    """The fields whose column is all that Odoo compares, and that are the same for every reader."""
    chosen = {}
    for name, field in sorted(model._fields.items()):
        if (
            field.type not in TYPES
            or not field.store
            or field.company_dependent
            or getattr(field, "translate", False)
        ):
            continue
        if (
            field.search
            or field.inherited
            or name in ("id", "parent_path")
            or name == "display_name"
        ):
            continue
        if (
            field.type in ("one2many", "many2many")
            and field.get_comodel_domain(model).is_true() is False
        ):
            continue
        if field.type == "integer" and field.name == "res_id":
            continue
        chosen[name] = field
    return chosen


def relation_of(model, field):
    target = env[field.comodel_name]
    name = target._fields.get(target._rec_name or "")
    exact = bool(
        name
        and name.type == "char"
        and name.store
        and name.required
        and not name.translate
        and not name.search
        and not name.inherited
        and not target._rec_names_search
        and type(target)._compute_display_name is env.registry["base"]._compute_display_name
        and type(target)._search_display_name is env.registry["base"]._search_display_name
    )
    return {
        "model": field.comodel_name,
        "names": exact,
        "hierarchy": target._parent_name in target._fields,
    }


def describe(model, fields):
    described = {}
    for name, field in fields.items():
        one = {"type": field.type}
        if field.type == "float" and field.get_digits(env):
            one["scale"] = field.get_digits(env)[1]
        if field.relational:
            one["relation"] = relation_of(model, field)
        described[name] = one
    return described


def random_value(field):
    kind = field.type
    if chance.random() < 0.25 and not field.required:
        return False
    if kind in ("char", "text"):
        return chance.choice(["", word(), word()]) or (word() if field.required else "")
    if kind == "html":
        return "<p>%s</p>" % chance.choice(["a", "b", "ab"])
    if kind == "integer":
        return chance.choice([0, 1, 5, 10, -3, 100])
    if kind in ("float", "monetary"):
        return chance.choice([0, 0.1, 1.005, 2.675, 10.5, -3.33, 100])
    if kind == "boolean":
        return chance.random() < 0.5
    if kind == "date":
        return date(2024, 1, 1) + timedelta(days=chance.randrange(8))
    if kind == "datetime":
        return datetime(2024, 1, 1) + timedelta(
            hours=chance.randrange(96), seconds=chance.randrange(3)
        )
    return False


def numbers_of(model):
    return model.sudo().search([], limit=40).ids


def create(name):
    """Some records with random values beside those that are there already."""

    def partner():
        return chance.choice(env["res.partner"].search([], limit=30).ids)

    def pick(model):
        return chance.choice(env[model].search([], limit=20).ids + [False])

    common = {
        "res.partner": lambda: {
            "name": word(),
            "parent_id": partner(),
            "country_id": pick("res.country"),
            "category_id": [
                (6, 0, env["res.partner.category"].search([]).ids[: chance.randrange(4)])
            ],
            "user_id": pick("res.users"),
            "company_id": pick("res.company"),
        },
        "amanat.transfer": lambda: {
            "name": word(),
            "state": chance.choice(["draft", "open", "done"]),
            "sender_id": partner(),
            "receiver_id": partner(),
            "manager_id": pick("res.users"),
            "company_id": pick("res.company"),
            "money_ids": [
                (0, 0, {"name": word(), "amount": i}) for i in range(chance.randrange(3))
            ],
        },
        "amanat.order": lambda: {
            "name": word(),
            "partner_id": partner(),
            "state": chance.choice(["draft", "done"]),
            "transfer_ids": [
                (6, 0, env["amanat.transfer"].search([]).ids[-chance.randrange(1, 5) :])
            ],
        },
        "amanat.test.realtime": lambda: {
            "name": word(),
            "user_id": pick("res.users"),
            "company_id": pick("res.company"),
        },
        "res.partner.category": lambda: {"name": word(), "parent_id": pick("res.partner.category")},
        "ir.sequence": lambda: {"name": word(), "company_id": pick("res.company")},
    }.get(name)
    if not common:
        return
    model = env[name]
    wanted = SETTINGS["records"]
    for _ in range(wanted):
        values = common()
        for field_name, field in fields_of(model).items():
            if (
                field_name not in values
                and not field.readonly
                and not field.compute
                and not field.related
                and field.type
                not in ("many2one", "one2many", "many2many", "selection", "reference")
                and field_name
                not in (
                    "vat",
                    "email",
                    "phone",
                    "barcode",
                    "number_increment",
                    "padding",
                    "number_next",
                )
            ):
                if chance.random() < 0.8:
                    values[field_name] = random_value(field)
        try:
            with env.cr.savepoint():
                model.create(values)
                env.flush_all()
        except (
            Exception
        ):  # noqa: BLE001 - a combination that the model does not allow is just not made
            env.invalidate_all(flush=False)
            env.transaction.clear()


def as_json(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


class Maker:
    """Makes domains on one model whose images hold these values."""

    def __init__(self, name, fields, images):
        self.name, self.fields, self.images = name, fields, images

    def sample(self, field):
        return as_json(chance.choice(self.images)[field])

    def literal(self, name, field):
        kind = field.type
        seen = self.sample(name)
        if chance.random() < 0.12:
            if kind in ("date", "datetime", "many2one"):
                return chance.choice([False, None])
            return chance.choice([False, None, 0] if field.relational else [False, None, "", 0])
        if kind in ("many2one",):
            if chance.random() < 0.15:
                return (
                    seen[1]
                    if seen and relation_of(env[self.name], field)["names"]
                    else chance.choice([1, 2])
                )
            return seen[0] if seen and chance.random() < 0.8 else chance.choice([1, 2, 3, 999999])
        if kind in ("one2many", "many2many"):
            return (
                chance.choice(seen)
                if seen and chance.random() < 0.8
                else chance.choice([1, 2, 3, 999999])
            )
        if kind == "boolean":
            return chance.choice([True, False, True, False, "true", "0", 1])
        if kind == "integer":
            return chance.choice([seen, seen, 0, 1, 2.7, "5", True, -1])
        if kind in ("float", "monetary"):
            return chance.choice([seen, seen, seen + 0.004, 0.1, 2.675, 0, "1.5", True])
        if kind == "date":
            return chance.choice([seen or "2024-01-03", "2024-01-04", "2024-01-05 12:30:00"])
        if kind == "datetime":
            return chance.choice(
                [
                    seen or "2024-01-03 00:00:01",
                    "2024-01-02 05:00:00",
                    "2024-01-03T01:02:03",
                    "2024-01-02 03:04",
                ]
            )
        return chance.choice([seen or "a", word(), word(), seen or "b", chance.choice([5, True])])

    def pattern(self, name, field):
        seen = self.sample(name)
        if field.type == "many2one":
            seen = seen[1] if seen else ""
        seen = seen if isinstance(seen, str) else str(seen or "")
        start = chance.randrange(len(seen) + 1)
        part = seen[start : start + chance.randrange(1, 6)]
        text = chance.choice(
            [
                part,
                part,
                part.swapcase(),
                word(),
                part + "%",
                "%" + part,
                "_" + part[1:] if part else "_",
                "\\" + part if part else "\\%",
                "%",
                "",
            ]
        )
        return chance.choice([text] * 12 + [False, None, 5, True, text + "\\"])

    def leaf(self):
        if chance.random() < 0.08:
            ids = [one["id"] for one in self.images]
            if chance.random() < 0.4:
                return [
                    "id",
                    chance.choice(["in", "not in"]),
                    chance.sample(ids, min(3, len(ids))) + chance.choice([[], [False]]),
                ]
            return [
                "id",
                chance.choice(["=", "!=", "<", ">", "<=", ">="]),
                chance.choice(ids + [False, 0]),
            ]
        if chance.random() < 0.03:
            return chance.choice([[1, "=", 1], [0, "=", 1]])
        name = chance.choice(list(self.fields))
        field = self.fields[name]
        kind = field.type
        dice = chance.random()
        exact = field.relational and relation_of(env[self.name], field)["names"]
        likes = (
            kind in ("char", "text", "html", "selection", "reference", "date")
            or exact
            and kind == "many2one"
        )
        if dice < 0.3 and likes:
            operator = chance.choice(
                [
                    "like",
                    "not like",
                    "ilike",
                    "not ilike",
                    "=like",
                    "not =like",
                    "=ilike",
                    "not =ilike",
                ]
            )
            pattern = self.pattern(name, field)
            if "=" in operator and isinstance(pattern, str):
                # the database raises on an escape at the end, if it gets that far
                pattern = pattern.rstrip("\\")
            return [name, operator, pattern]
        if dice < 0.5 and kind not in ("boolean", "html", "one2many", "many2many"):
            return [name, chance.choice(["<", "<=", ">", ">="]), self.literal(name, field)]
        if dice < 0.7:
            size = chance.choice([0, 1, 1, 2, 3, 4])
            values = [self.literal(name, field) for _ in range(size)]
            if chance.random() < 0.9 and kind in ("date", "datetime", "one2many", "many2many"):
                values = [False if value is None or value == "" else value for value in values]
            return [name, chance.choice(["in", "not in", "in", "not in", "=", "!="]), values]
        if dice < 0.78 and kind in ("many2one", "one2many", "many2many"):
            target = chance.choice(
                [
                    [
                        [
                            "id",
                            chance.choice(["in", "not in"]),
                            [chance.choice([1, 2, 3]), self.number(name)],
                        ]
                    ],
                    [["id", chance.choice(["=", "!=", ">", "<="]), self.number(name)]],
                    ["|", ["id", "=", self.number(name)], ["id", ">", 3]],
                    ["!", ["id", "<", self.number(name)]],
                    [],
                    [[0, "=", 1]],
                ]
            )
            return [name, chance.choice(["any", "not any"]), target]
        if dice < 0.8 and kind == "many2one":
            return [name + ".id", chance.choice(["=", "!=", "in", "<"]), self.number(name)]
        return [
            name,
            chance.choice(["=", "!=", "=", "!=", "=?", "in", "<>", "=="]),
            self.literal(name, field),
        ]

    def number(self, name):
        seen = self.sample(name)
        if isinstance(seen, list) and seen:
            return seen[0] if isinstance(seen[0], int) else 1
        return chance.choice([1, 2, 3])

    def domain(self, size):
        if size <= 1:
            leaf = self.leaf()
            return (["!"] * chance.choice([0, 0, 0, 1, 2])) + [leaf]
        left = chance.randrange(1, size)
        negation = ["!"] if chance.random() < 0.25 else []
        joined = self.domain(left) + self.domain(size - left)
        if not negation and chance.random() < 0.2:
            return joined
        return negation + [chance.choice("&|")] + joined


def answers(model, ids, domain):
    try:
        with env.cr.savepoint(flush=False):
            search = model.search([("id", "in", ids)] + domain, order="id").ids
    except Exception:  # noqa: BLE001 - whatever it is, Odoo refuses the domain
        return None, None
    try:
        with env.cr.savepoint(flush=False):
            filtered = model.browse(ids).filtered_domain(domain).ids
    except Exception:  # noqa: BLE001
        filtered = None
    return search, filtered


def line(what):
    out.write("JSONL " + json.dumps(what, ensure_ascii=True, default=as_json) + "\n")


try:
    for name in MODELS:
        create(name)
    env.flush_all()
    for name in MODELS:
        if name not in env:
            continue
        model = env[name].sudo()
        fields = fields_of(model)
        ids = model.search([], order="id desc", limit=SETTINGS["sample"]).ids
        images = model.browse(ids).read(["id", *fields])
        if not images:
            continue
        parent = model._parent_name if model._parent_name in model._fields else None
        line({"model": name, "fields": describe(model, fields), "parent": parent})
        for image in images:
            line({"model": name, "image": image})
        maker = Maker(name, fields, images)
        for number in range(SETTINGS["domains"]):
            domain = maker.domain(chance.choice([1, 1, 1, 2, 3, 4, 6]))
            search, filtered = answers(model, ids, domain)
            line({"model": name, "domain": domain, "search": search, "filtered": filtered})
finally:
    env.cr.rollback()
    out.flush()
