"""Random domains: such as the bridge must decide, and such as it must leave to Odoo."""

from datetime import date, datetime

from records import SCALARS, X2MANY, word

TEXTS = ("char", "text", "html", "selection", "reference")
LIKES = ["like", "not like", "ilike", "not ilike", "=like", "not =like", "=ilike", "not =ilike"]
ORDERS = ["<", "<=", ">", ">="]
EQUALITIES = ["=", "!=", "=", "!=", "=?", "in", "not in", "<>", "=="]
HIERARCHY = ["child_of", "parent_of"]
RELATIVE = ["today", "now", "-3d", "+1w", "=monday", "today -1m", "now -2H", "-1y =12m"]


def as_json(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def as_list(value):
    return value if isinstance(value, list) else [value]


def leaves_of(prefix, domain):
    for item in domain:
        if isinstance(item, list) and item[1] in ("any", "not any"):
            yield from leaves_of(f"{prefix}{item[0]}.", item[2])
        elif isinstance(item, list):
            yield prefix + str(item[0]), item[1], item[2]


def is_equality(leaf):
    return leaf[1] in EQUALITIES or leaf[1] in LIKES and not leaf[2]


def converts(field, value, env):
    if value is None or value is False:
        return False
    if field.type in ("integer", "float", "monetary"):
        if isinstance(value, str):
            return True
        digits = field.type == "float" and field.get_digits(env)
        scale = 0 if field.type == "integer" else digits[1] if digits else 20
        return round(value, scale) != value
    if field.type in ("char", "text", "html", "selection", "many2one"):
        return value == "" or field.type != "many2one" and not isinstance(value, str)
    return False


class Maker:
    """Makes domains on one model whose images hold these values."""

    def __init__(self, described):
        self.described, self.chance = described, described.chance
        self.fields = {**described.fields, **described.paths}
        self.every = list(described.fields) * 3 + list(described.paths)
        self.names = [name for name in self.every if self.fields[name].type != "reference"]
        self.open = {
            "related name": self.related_name,
            "related field": self.related_field,
            "hierarchy": self.unknown_hierarchy,
            "relative date": self.relative_date,
            "day of datetime": self.day_of_datetime,
            "pattern on value": self.pattern_on_value,
            "order of html": self.order_of_html,
            "many2one and 0": self.many2one_and_zero,
            "text and boolean": self.text_and_bool,
            "reference": self.reference,
            "null in list": self.null_in_list,
            "related and nothing": self.related_and_nothing,
            "merged values": self.merged_values,
            "zero money": self.zero_money,
            "huge amount": self.huge_amount,
            "other field": self.other_field,
            "refused": self.refused,
        }

    # --- values ----------------------------------------------------------------------------------

    def sample(self, name):
        return as_json(self.chance.choice(self.described.images).get(name, False))

    def named(self, *kinds):
        """The name of a field of one of these kinds; None if there is none."""
        names = [name for name in self.every if self.fields[name].type in kinds]
        return self.chance.choice(names) if names else None

    def edge(self, kind):
        if kind in ("date", "datetime"):
            return False
        if kind in ("char", "text", "html", "selection"):
            return self.chance.choice([False, None, ""])
        other = {"many2one": [], "one2many": [0], "many2many": [0], "monetary": [0.0]}
        other = other.get(kind, ["", 0])
        return self.chance.choice([False, None, *other])

    def literal(self, name):
        chance, kind = self.chance, self.fields[name].type
        seen = self.sample(name)
        if chance.random() < 0.15:
            return self.edge(kind)
        if kind == "many2one":
            if chance.random() < 0.15 and self.described.exact(self.fields[name]):
                return seen[1] if seen else word(chance)
            return seen[0] if seen and chance.random() < 0.8 else chance.choice([1, 2, 3, 999999])
        if kind in X2MANY:
            return (
                chance.choice(seen)
                if seen and chance.random() < 0.8
                else chance.choice([1, 2, 3, 999999])
            )
        if kind == "boolean":
            return chance.choice([True, False, True, False, "true", "0", "", 1, 2.5])
        if kind == "integer":
            return chance.choice([seen, seen, 0, 1, 2.7, -2.7, "5", True, -1, 2**31, -(2**70)])
        if kind in ("float", "monetary"):
            values = [0.1, 2.675, "1.5", 1e6, 0.005, *([0, -0.0] if kind == "float" else [])]
            values += [seen, seen, seen + 0.004] if abs(seen) < 1e6 else []
            return chance.choice(values)
        if kind == "date":
            return chance.choice([seen or "2024-01-03", "2024-01-04", "2024-01-05 12:30:00"])
        if kind == "datetime":
            some = ["2024-01-02 05:00:00", "2024-01-03T01:02:03", "2024-01-02 03:04"]
            return chance.choice([seen or "2024-01-03 00:00:01", *some, "2024-01-02 05:00:00.500"])
        odd = "5" if kind == "html" else chance.choice([5, 2**60, -3])
        return chance.choice([seen or "a", word(chance), word(chance), seen or "b", odd])

    def pattern(self, name):
        chance, seen = self.chance, self.sample(name)
        if isinstance(seen, list):
            seen = seen[1] if len(seen) > 1 and isinstance(seen[1], str) else ""
        seen = seen if isinstance(seen, str) else str(seen or "")
        start = chance.randrange(len(seen) + 1)
        part = seen[start : start + chance.randrange(1, 6)]
        some = [part, part, part.swapcase(), seen, seen.upper(), word(chance), part + "%"]
        some += ["%" + part, "_" + part[1:] if part else "_", "\\" + part if part else "\\%"]
        some += ["%", "", "%%_"]
        some += [part[:1] + "%" + part[-1:], part.replace("%", "\\%").replace("_", "\\_")]
        text = chance.choice(some)
        return chance.choice([text] * 12 + [False, None, 5, 0, True, text + "\\"])

    def number(self, name):
        seen = self.sample(name)
        if isinstance(seen, list) and seen and isinstance(seen[0], int):
            return seen[0]
        return self.chance.choice([1, 2, 3])

    # --- conditions that the bridge decides ------------------------------------------------------

    def leaf(self):
        dice = self.chance.random()
        if dice < 0.08:
            return self.on_id("id", [one["id"] for one in self.described.images])
        if dice < 0.11:
            return self.chance.choice([[1, "=", 1], [0, "=", 1]])
        if dice < 0.16:
            return self.hierarchy() or self.leaf()
        name = self.chance.choice(self.names)
        kind = self.fields[name].type
        dice = self.chance.random()
        if dice < 0.3 and self.takes_patterns(name):
            return self.like(name)
        if dice < 0.5 and kind not in ("boolean", "html", *X2MANY):
            return [name, self.chance.choice(ORDERS), self.bound(name)]
        if dice < 0.7:
            return self.among(name)
        if dice < 0.8 and (kind == "many2one" or kind in X2MANY):
            return self.any(name)
        if dice < 0.83 and kind == "many2one":
            return self.on_id(name + ".id", [self.number(name), 3])
        return [name, self.chance.choice(EQUALITIES), self.literal(name)]

    def takes_patterns(self, name):
        field = self.fields[name]
        named = field.type == "many2one" and self.described.exact(field)
        return field.type in (*TEXTS, "date") or named

    def like(self, name):
        operator, pattern = self.chance.choice(LIKES), self.pattern(name)
        if "=" in operator and pattern:
            pattern = str(pattern).rstrip("\\")
        return [name, operator, pattern]

    def among(self, name):
        values = [self.literal(name) for _ in range(self.chance.choice([0, 1, 1, 2, 3, 4]))]
        values = [False if value is None else value for value in values]
        return [name, self.chance.choice(["in", "not in", "in", "not in", "=", "!="]), values]

    def on_id(self, name, ids):
        chance = self.chance
        dice = chance.random()
        if dice < 0.4:
            some = chance.sample(ids, min(3, len(ids)))
            some += chance.choice([[], [False], [0, 2**70] if name == "id" else []])
            return [name, chance.choice(["in", "not in"]), some]
        if dice < 0.5 and name == "id":
            digits = str(chance.choice(ids))
            pattern = chance.choice([digits, digits[:1], digits[-1:], ""])
            return ["id", chance.choice(LIKES), pattern]
        if dice < 0.7:
            return [name, chance.choice(["=", "!="]), chance.choice(ids + [False])]
        return [name, chance.choice(ORDERS), chance.choice(ids + [0, -5, 2**40])]

    def any(self, name):
        chance, one = self.chance, self.number(name)
        related = [
            [["id", chance.choice(["in", "not in"]), [chance.choice([1, 2, 3]), one]]],
            [["id", chance.choice(["=", "!=", ">", "<="]), one]],
            ["|", ["id", "=", one], ["id", ">", 3]],
            ["!", ["id", "<", one]],
            [],
            [[0, "=", 1]],
        ]
        below = [path for path in self.names if path.startswith(name + ".")]
        if below and chance.random() < 0.6:
            path = chance.choice(below)
            inner = [path[len(name) + 1 :], *self.scalar_test(path)]
            related = [[inner], ["!", inner], ["|", inner, ["id", "=", one]]]
            related.append([inner, ["id", ">", 1]])
        return [name, chance.choice(["any", "not any"]), chance.choice(related)]

    def scalar_test(self, path):
        kind = self.fields[path].type
        if kind in ("boolean", "html", *X2MANY) or self.chance.random() < 0.5:
            return self.chance.choice(["=", "!=", "in"]), self.literal(path)
        return self.chance.choice(ORDERS), self.bound(path)

    def bound(self, name):
        """What an order compares with: of a many2one no name, and below a relation something."""
        value, kind = self.literal(name), self.fields[name].type
        if kind == "many2one" and isinstance(value, str):
            return 2
        below = "." in name and kind in ("many2one", "selection")
        return value or ("a" if kind == "selection" else 2) if below else value

    def hierarchy(self):
        """A child_of that the values carried decide; None if the model has none."""
        chance, described = self.chance, self.described
        names = [
            name
            for name, field in described.fields.items()
            if field.type == "many2one" and described.carries_hierarchy(field)
        ]
        names += ["id"] if described.parent_path else []
        if not names:
            return None
        name = chance.choice(names)
        own = name == "id" or described.fields[name].comodel_name == described.model._name
        ids = [one["id"] for one in described.images]
        known = ids if own else [self.number(name), self.number(name), 1]
        above = [one for one in (self.number("parent_id"),) if own and "parent_id" in self.fields]
        some = chance.sample(known + above, 1 + chance.randrange(2))
        return [name, "child_of", chance.choice([some, some, some[0], some[0], False, []])]

    def domain(self, size):
        """What is left to Odoo, which is nothing but for rare accidents; and a domain."""
        domain = self.joined([self.leaf() for _ in range(size)])
        equalities = [one for one in leaves_of("", domain) if is_equality(one)]
        paths = [path for path, _, _ in equalities]
        for path, _, value in equalities:
            if paths.count(path) > 1 and self.converts(path, value):
                return "merged values", domain
        return None, domain

    def converts(self, path, value):
        """Whether a value of an equality is one thing to the database and another to Odoo."""
        field = self.fields.get(path)
        if field is None or field.type in X2MANY:
            return False
        return any(converts(field, one, self.described.env) for one in as_list(value))

    def joined(self, leaves):
        chance = self.chance
        if len(leaves) == 1:
            tree = leaves[0] if leaves[0][0] in ("&", "|") else leaves
            return ["!"] * chance.choice([0, 0, 0, 1, 2]) + tree
        left = chance.randrange(1, len(leaves))
        both = self.joined(leaves[:left]) + self.joined(leaves[left:])
        negation = ["!"] if chance.random() < 0.25 else []
        if not negation and chance.random() < 0.2:
            return both
        return negation + [chance.choice("&|")] + both

    # --- conditions that only Odoo decides, for every record or for some -------------------------

    def open_domain(self, size):
        """The name of what is left to Odoo on purpose, and a domain with such a condition."""
        chance = self.chance
        kinds = list(self.open)
        chance.shuffle(kinds)
        for kind in kinds:
            left = self.open[kind]()
            if left:
                leaves = [self.leaf() for _ in range(size - 1)]
                leaves.insert(chance.randrange(size), left)
                return kind, self.joined(leaves)
        raise AssertionError("every model has a condition that Odoo refuses")

    def related_name(self):
        names = [
            name
            for name, field in self.fields.items()
            if field.type in X2MANY or field.type == "many2one" and not self.described.exact(field)
        ]
        if not names:
            return None
        name, text = self.chance.choice(names), word(self.chance)
        value = self.chance.choice([text, "", [text, False], ["", self.number(name)]])
        if isinstance(value, list):
            return [name, self.chance.choice(["=", "!=", "in", "not in"]), value]
        return [name, self.chance.choice(["=", "!=", *LIKES]), value]

    def related_field(self):
        name = self.named("many2one", *X2MANY)
        if not name:
            return None
        field = self.fields[name]
        target = self.described.env[field.comodel_name]
        below = [
            one
            for one, deep in target._fields.items()
            if f"{name}.{one}" not in self.fields
            and deep.store
            and deep.type == "char"
        ]
        if not below:
            return None
        one = self.chance.choice(below)
        inner = [one, self.chance.choice(["=", "!=", "ilike"]), self.chance.choice(["a", "1"])]
        if self.chance.random() < 0.5:
            return [f"{name}.{one}", *inner[1:]]
        return [name, self.chance.choice(["any", "not any"]), [inner]]

    def unknown_hierarchy(self):
        name = self.named("many2one", *X2MANY)
        parents = self.described.model._parent_name in self.described.model._fields
        if parents and self.chance.random() < 0.5:
            name = "id"
        if not name:
            return None
        value = self.chance.choice([[1, 2], 1, "a", ["a", 2], [self.number(name)], False, []])
        return [name, self.chance.choice(HIERARCHY), value]

    def relative_date(self):
        name = self.named("date", "datetime")
        if not name:
            return None
        value = self.chance.choice(RELATIVE)
        if self.chance.random() < 0.3:
            return [name, self.chance.choice(["in", "not in"]), [value, self.sample(name)]]
        return [name, self.chance.choice(["=", "!=", *ORDERS]), value]

    def day_of_datetime(self):
        name = self.named("datetime")
        seen = name and self.sample(name)
        day = (seen or "2024-01-03")[:10]
        return name and [name, self.chance.choice(["=", "!=", *ORDERS]), day]

    def pattern_on_value(self):
        name = self.named("integer", "float", "monetary", "datetime")
        if not name:
            return None
        seen = str(self.sample(name))
        value = self.chance.choice([seen, seen[:2], seen[-1:], "%", "", "0", 5, False])
        return [name, self.chance.choice(LIKES), value]

    def order_of_html(self):
        name = self.named("html")
        return name and [name, self.chance.choice(ORDERS), self.literal(name)]

    def many2one_and_zero(self):
        name = self.named("many2one")
        value = self.chance.choice([0, [0, 1], [False, 0]])
        path = name and self.chance.choice([name, f"{name}.id"])
        return name and [path, self.chance.choice(["=", "!=", "in", "not in"]), value]

    def text_and_bool(self):
        name = self.named("char", "text", "selection")
        value = self.chance.choice([0, 1, True, [0, "a"], [1, False], [True, 5]])
        return name and [name, self.chance.choice(["=", "!=", "in", "not in"]), value]

    def null_in_list(self):
        name = self.chance.choice(["id", *self.names])
        some = [None, self.number("id") if name == "id" else self.literal(name)]
        return [name, self.chance.choice(["=", "!=", "in", "not in"]), some]

    def related_and_nothing(self):
        names = [
            name
            for name in self.described.paths
            if self.fields[name].type in ("many2one", "selection")
        ]
        if not names:
            return None
        path, last = self.chance.choice(names).rsplit(".", 1)
        inner = [[last, self.chance.choice(ORDERS), False], ["id", ">", 1]]
        return [path, self.chance.choice(["any", "not any"]), inner]

    def merged_values(self):
        """Two values that are one to the database, in conditions that Odoo may make one of."""
        name = self.named("char", "integer", "float", "selection")
        pairs = {
            "integer": [[2.7, 2], ["5", 5], ["", 0]],
            "float": [[0.004, 0], ["1.5", 1.5], ["", 0]],
        }.get(name and self.fields[name].type, [["", False], [5, "5"], [0, False], [True, 1]])
        one, other = self.chance.sample(self.chance.choice(pairs), 2)
        both = [[name, "in", [one]], [name, self.chance.choice(["not in", "in"]), [other]]]
        return name and [self.chance.choice("&|"), *both]

    def zero_money(self):
        name = self.named("monetary")
        return name and [name, self.chance.choice(["=", "!="]), self.chance.choice([0, "0", -0.0])]

    def huge_amount(self):
        name = self.named("float", "monetary")
        operator = self.chance.choice(["=", "!=", *ORDERS])
        return name and [name, operator, self.chance.choice([1e17, -1e16, 1e300])]

    def reference(self):
        """An image shows a reference to a record that is gone as not set."""
        name = self.named("reference")
        if not name:
            return None
        some = [[name, self.chance.choice(EQUALITIES), self.literal(name)], self.like(name)]
        return self.chance.choice([*some, [name, self.chance.choice(ORDERS), self.literal(name)]])

    def other_field(self):
        """On a field whose value is not its column's: translated, computed with a search, …"""
        names = [
            name
            for name, field in self.described.model._fields.items()
            if name not in self.fields
            and name not in ("id", "parent_path")
            and (field.store or field.search)
            and field.type in ("char", "text")
        ]
        operator = self.chance.choice(["=", "!=", "ilike", "not like"])
        return names and [self.chance.choice(names), operator, word(self.chance)]

    def refused(self):
        boolean, many2one, html = self.named("boolean"), self.named("many2one"), self.named("html")
        text, moment = self.named("char", "text"), self.named("date", "datetime")
        scalar, number = self.named(*SCALARS), self.named("integer", "float")
        money = self.named("monetary")
        some = [
            boolean and [boolean, "<", True],
            boolean and [boolean, "like", "a"],
            many2one and [many2one, "<", "a"],
            money and [money, "=", True],
            many2one and [many2one, "child_of", 1.5],
            [self.chance.choice(self.names), "=like", self.chance.choice([5, True])],
            text and [text, "=like", "a\\"],
            html and [html, "=", self.chance.choice([5, 2, [7, "a"]])],
            many2one and [f"{many2one}.id", "<", False],
            text and [text, "child_of", 1],
            moment and [moment, "=", "yesterday-ish"],
            moment and [moment, "<", "2024-13-45"],
            moment and [moment, "in", [None]],
            moment and [moment, ">", 5],
            number and [number, "=", "five"],
            number and [number, "<", [1]],
            scalar and [scalar, "any", [["id", "=", 1]]],
            ["id", "=", True],
            ["id", "<", False],
            ["id", "~", 1],
            ["id", "="],
        ]
        return self.chance.choice([one for one in some if one])
