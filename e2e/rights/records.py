"""Random records of the lab's models, and what the bridge would be told of them."""

from datetime import date, datetime, timedelta

CONVERTER = "html_editor.converter.test"
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
    "ir.ui.menu",
    "ir.actions.server",
    CONVERTER,
]
SCALARS = {
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
}
X2MANY = {"one2many", "many2many"}
TYPES = SCALARS | X2MANY | {"many2one"}
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
    "false",
    "İ",
    "KK",
    "\u212a",
    "ſς",
    "Σǅ",
]
# What a model checks the form of, or what would run something.
LEFT_OUT = {
    "vat",
    "email",
    "phone",
    "barcode",
    "number_increment",
    "padding",
    "number_next",
    "code",
    "domain",
    "context",
    "sort",
    "interval_type",
    "interval_number",
    "priority",
    "usage",
    "evaluation_type",
    "update_path",
    "update_m2m_operation",
    "update_boolean_value",
}


def add_custom_fields(env):
    """Fields of types that no model of the lab has; they are gone with the transaction."""
    if CONVERTER not in env:
        return
    common = {"model_id": env["ir.model"]._get(CONVERTER).id, "state": "manual", "store": True}
    currency = "create_uid.company_id.currency_id"
    custom = [
        {"name": "x_currency_id", "ttype": "many2one", "related": currency, "store": False}
        | {"relation": "res.currency", "readonly": True},
        {"name": "x_money", "ttype": "monetary", "currency_field": "x_currency_id"},
        {"name": "x_about", "ttype": "reference"}
        | {"selection": "[('res.partner', 'P'), ('res.company', 'C')]"},
    ]
    env["ir.model.fields"].create([common | {"field_description": "x"} | one for one in custom])


def word(chance):
    return chance.choice(WORDS) + (chance.choice(WORDS) if chance.random() < 0.3 else "")


def fields_of(model):
    """The fields whose column is all that Odoo compares, and that are the same for every reader."""
    return {
        name: field
        for name, field in sorted(model._fields.items())
        if is_decidable(field, model) and name not in ("id", "parent_path", "display_name")
    }


def is_decidable(field, model):
    return (
        field.type in TYPES
        and field.store
        and not field.company_dependent
        and not getattr(field, "translate", False)
        and not field.search
        and not field.inherited
        and not (field.type in X2MANY and not field.get_comodel_domain(model).is_true())
    )


def has_exact_names(target):
    """Whether a search by name looks at one required column, and images show just that."""
    name = target._fields.get(target._rec_name or "")
    base = target.env.registry["base"]
    return bool(
        name
        and name.type == "char"
        and name.store
        and name.required
        and not name.translate
        and not name.search
        and not name.inherited
        and not target._rec_names_search
        and type(target)._compute_display_name is base._compute_display_name
        and type(target)._search_display_name is base._search_display_name
    )


class Described:
    """A model as the bridge knows it, with the values that its images carry."""

    def __init__(self, env, chance, name):
        self.env, self.chance = env, chance
        self.model = env[name].sudo()
        self.fields = fields_of(self.model)
        self.paths = dict(self._paths())
        carries_path = self.model._parent_store and chance.random() < 0.8
        self.parent_path = ["parent_path"] if carries_path else []
        self.images = []

    def _paths(self):
        """Some dotted paths over many2one fields, whose values the images carry."""
        relations = [name for name, field in self.fields.items() if field.type == "many2one"]
        for name in self.chance.sample(relations, min(3, len(relations))):
            yield from self._below(name, self.env[self.fields[name].comodel_name], 1)

    def _below(self, path, target, depth):
        fields = fields_of(target)
        relations = [one for one, field in fields.items() if field.type == "many2one"]
        for name in self.chance.sample(list(fields), min(3, len(fields))):
            yield f"{path}.{name}", fields[name]
        if depth < 2 and relations and self.chance.random() < 0.5:
            name = self.chance.choice(relations)
            yield f"{path}.{name}", fields[name]
            yield from self._below(f"{path}.{name}", self.env[fields[name].comodel_name], depth + 1)

    def exact(self, field):
        return field.relational and has_exact_names(self.env[field.comodel_name])

    def carries_hierarchy(self, field):
        """Whether images tell everything about child_of on this field of the model."""
        target = self.env[field.comodel_name]
        if target._name == self.model._name:
            return bool(field.name == self.model._parent_name and self.parent_path)
        return field.type == "many2one" and target._parent_store

    def describe(self):
        everything = {**self.fields, **self.paths}
        model = self.model
        return {
            "model": model._name,
            "fields": {name: self._describe(field) for name, field in everything.items()},
            "parent": model._parent_name if model._parent_name in model._fields else None,
        }

    def _describe(self, field):
        described = {"type": field.type}
        if field.type == "float" and field.get_digits(self.env):
            described["scale"] = field.get_digits(self.env)[1]
        if field.relational:
            target = self.env[field.comodel_name]
            described["relation"] = {
                "model": field.comodel_name,
                "names": has_exact_names(target),
                "hierarchy": target._parent_name in target._fields,
            }
        return described

    def read(self, ids):
        """The images of these records."""
        records = self.model.browse(ids)
        self.images = records.read(["id", *self.fields, *self.parent_path])
        for record, image in zip(records, self.images):
            for path in self.paths:
                *way, last = path.split(".")
                carry(image, path, record.mapped(".".join(way)), last)
            for name, field in self.fields.items():
                if field.type == "many2one" and self.env[field.comodel_name]._parent_store:
                    carry(image, f"{name}.parent_path", record[name], "parent_path")
        return self.images


def carry(image, path, target, name):
    if target:
        field = target._fields[name]
        image[path] = field.convert_to_read(target[name], target)


def random_value(chance, env, field):
    kind = field.type
    if chance.random() < 0.25 and not field.required:
        return False
    if kind in ("char", "text"):
        return chance.choice(["", word(chance), word(chance)]) or (
            word(chance) if field.required else ""
        )
    if kind == "html":
        return "<p>%s</p>" % chance.choice(["a", "b", "ab", "é & ü"])
    if kind == "integer":
        return chance.choice([0, 1, 5, 10, -3, 100])
    if kind in ("float", "monetary"):
        return chance.choice([0, 0.1, 1.005, 2.675, 10.5, -3.33, 100, 1e17, 1 / 3])
    if kind == "boolean":
        return chance.random() < 0.5
    if kind == "date":
        return date(2024, 1, 1) + timedelta(days=chance.randrange(8))
    if kind == "datetime":
        hours, seconds = chance.randrange(96), chance.randrange(3)
        return datetime(2024, 1, 1) + timedelta(hours=hours, seconds=seconds)
    if kind == "selection":
        return chance.choice(field.get_values(env))
    if kind == "reference":
        model = chance.choice(field.get_values(env))
        return "%s,%s" % (model, chance.choice(env[model].search([], limit=9).ids + [1]))
    return False


def relations_of(env, chance, name):
    """Random related records for the models that need some."""

    def one(model):
        return chance.choice(env[model].search([], limit=25).ids + [False])

    def any_partner():
        return chance.choice(env["res.partner"].search([], limit=30).ids)

    def some(model, most):
        ids = env[model].search([], limit=60).ids
        return [(6, 0, chance.sample(ids, min(len(ids), chance.randrange(most))))]

    def lines(most):
        count = chance.randrange(most)
        return [(0, 0, {"name": word(chance), "amount": i}) for i in range(count)]

    return {
        "res.partner": lambda: {
            "parent_id": any_partner(),
            "country_id": one("res.country"),
            "category_id": some("res.partner.category", 4),
            "user_id": one("res.users"),
            "company_id": one("res.company"),
        },
        "amanat.transfer": lambda: {
            "sender_id": any_partner(),
            "receiver_id": any_partner(),
            "manager_id": one("res.users"),
            "company_id": one("res.company"),
            "money_ids": lines(3),
        },
        "amanat.order": lambda: {
            "partner_id": any_partner(),
            "transfer_ids": some("amanat.transfer", 5),
        },
        "amanat.test.realtime": lambda: {
            "user_id": one("res.users"),
            "company_id": one("res.company"),
        },
        "res.partner.category": lambda: {
            "name": word(chance),
            "parent_id": one("res.partner.category"),
        },
        "res.currency.rate": lambda: {
            "currency_id": one("res.currency"),
            "company_id": one("res.company"),
        },
        "ir.filters": lambda: {"user_ids": some("res.users", 3)},
        "ir.sequence": lambda: {"company_id": one("res.company")},
        "ir.ui.menu": lambda: {
            "parent_id": one("ir.ui.menu"),
            "group_ids": some("res.groups", 3),
            "name": word(chance),
        },
        CONVERTER: dict,
    }.get(name)


def create(env, chance, name, count):
    """Adds records with random values to those that are there already."""
    relations = relations_of(env, chance, name)
    if relations is None:
        return
    model = env[name]
    writable = {
        key: field
        for key, field in fields_of(model).items()
        if field.type in SCALARS
        and not field.readonly
        and not field.compute
        and not field.related
        and key not in LEFT_OUT
    }
    for _ in range(count):
        values = {
            key: random_value(chance, env, field)
            for key, field in writable.items()
            if field.required or chance.random() < 0.8
        } | relations()
        try:
            with env.cr.savepoint():
                model.create(values)
                env.flush_all()
        except Exception:  # noqa: BLE001 - what the model does not allow is just not made
            env.invalidate_all(flush=False)
            env.transaction.clear()
