import logging

from odoo import api, models, tools
from odoo.tools import SQL

from .amanat_access import KnownAccess, asked_from
from .amanat_images import overrides
from .realtime_classes import who_sees_the_same
from .realtime_columns import described, parent_of
from .realtime_domains import own_domain
from .realtime_traversal import Undecidable, pairs_of_rule

_logger = logging.getLogger("amanat.realtime")

DENIED = {
    "read": False,
    "domain": False,
    "fields": [],
    "lang": False,
    "decidable": True,
    "same": False,
    "broken": False,
}
# Collations that order texts by code point, whoever provides them: PostgreSQL's own do so always.
BY_CODE_POINT = """
    SELECT coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'b'
        OR coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c' AND datcollate IN ('C', 'POSIX')
      FROM pg_database d WHERE datname = current_database()"""
OWN_COLLATIONS = """
    SELECT count(*) FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
     WHERE a.attrelid = to_regclass(%s) AND NOT a.attisdropped
       AND c.collname NOT IN ('default', 'C', 'POSIX', 'ucs_basic')"""


class AmanatRights(models.AbstractModel):
    """Says what users may read of a model, as a domain that decides it from a record's values."""

    _name = "amanat.rights"
    _description = "What users may read, as domains"

    @api.model
    def _answer(self, question, budget):
        access = self.env["amanat.access"]
        model = access._live_model(question["model"])
        viewers = question["viewers"]
        if model is None:
            return {**numbered([DENIED] * len(viewers)), **self._unknown()}
        known = Known(self._traversed_by(model._name), budget)
        answers = access._of_each(
            access._as_viewers(model, viewers), lambda viewed: self._judged(viewed, known)
        )
        answers = [broken(a) if isinstance(a, Exception) else a for a in answers]
        return {
            **numbered(answers),
            "depends": sorted(map(list, known.depends)),
            "columns": described(model, self._named(model, known)),
            "parent": parent_of(model),
            "texts": self._texts(model._table),
        }

    @api.model
    def _unknown(self):
        return {"depends": [], "columns": {}, "parent": False, "texts": self._texts(None)}

    @api.model
    def _named(self, model, known):
        """Return the fields that somebody may compare: in rules as they came out, and live ones."""
        domains = [domain for domain in known.domains.values() if domain]
        named = {leaf[0] for domain in domains for leaf in domain if not isinstance(leaf, str)}
        return {*model._realtime_live_names(), *named} & model._fields.keys()

    @api.model
    @tools.ormcache("table")
    def _texts(self, table):
        """Return how the database compares the texts of a table."""
        ((by_code_point,),) = self.env.execute_query(SQL(BY_CODE_POINT))
        ((others,),) = self.env.execute_query(SQL(OWN_COLLATIONS, table))
        return {
            "by_code_point": by_code_point and not others,
            "unaccent": bool(self.env.registry.has_unaccent),
        }

    @api.model
    def _judged(self, model, known):
        access = self.env["amanat.access"]
        if model is None or not access._may_read_model(model, known):
            return DENIED
        rules = access._rules(model, known)
        domain = self._own_domain(model, rules, known)
        return {
            "read": True,
            "domain": domain,
            "fields": access._readable_fields(model, known),
            "lang": model.env.user.lang or "en_US",
            "decidable": domain is not False,
            "same": domain is False and who_sees_the_same(model, rules),
            "broken": False,
        }

    @api.model
    def _own_domain(self, model, domain, known):
        """Return the domain as JSON; ``False`` if the record's own values do not decide it.

        sudo: Odoo evaluates record rules so, too; only ids leave this method.
        """
        key = repr(domain), asked_from(model.env)
        if key not in known.domains:
            sudo = model.sudo().with_context(active_test=False)
            known.domains[key] = known.shared(self._resolved(sudo, domain, known))
        return known.domains[key]

    @api.model
    def _resolved(self, model, domain, known):
        if overrides(model, "_check_access") or overrides(model, "_search"):
            return False
        try:
            return own_domain(model, domain, known.depends, known.budget)
        except Undecidable:
            return False

    # What rules traverse

    @api.model
    @tools.ormcache("name")
    def _traversed_by(self, name):
        """Return the pairs (model, field) of other models that decide who sees these records."""
        model = self.env[name]
        found = set()
        for text in self._rule_texts(name):
            found |= self._pairs(text, model)
        for parent, field in model._inherits.items():
            for text in self._rule_texts(parent):
                found |= self._pairs(text, model, prefix=f"{field}.")
        return frozenset(pair for pair in found if pair[0] != name)

    @api.model
    def _pairs(self, text, model, prefix=""):
        """Never raise: every write anywhere asks for this. What is missing is not decided."""
        try:
            return pairs_of_rule(text, model, prefix)
        except Exception:
            _logger.exception("what a record rule of %s traverses cannot be told", model._name)
            return set()

    @api.model
    def _rule_texts(self, name):
        query = SQL(
            """SELECT r.domain_force FROM ir_rule r JOIN ir_model m ON m.id = r.model_id
                WHERE m.model = %s AND r.active AND r.perm_read""",
            name,
        )
        return [text for (text,) in self.env.execute_query(query)]

    @api.model
    @tools.ormcache()
    def _traversed(self):
        """Return ``{model: {field: live models}}``: whose rights a write to that field changes."""
        found = {}
        for live in self.env["amanat.bridge"]._live_models():
            for name, field in self._traversed_by(live):
                found.setdefault(name, {}).setdefault(field, set()).add(live)
        return found


class Known(KnownAccess):
    """What one question found out already, so that equal rights are found and sent once."""

    def __init__(self, depends, budget):
        super().__init__()
        self.depends = depends
        self.budget = budget
        self.domains = {}
        self.equal = {}

    def shared(self, domain):
        return self.equal.setdefault(repr(domain), domain)


def broken(error):
    return {**DENIED, "broken": type(error).__name__}


def numbered(answers):
    """Return the different answers once, and for each viewer the number of its own.

    Equal domains of one question are one object: thousands of ids are not compared per viewer.
    """
    numbers, distinct, of = {}, [], []
    for answer in answers:
        others = (answer[name] for name in ("read", "lang", "same", "broken"))
        key = (id(answer["domain"]), tuple(answer["fields"]), *others)
        if key not in numbers:
            numbers[key] = len(distinct)
            distinct.append(answer)
        of.append(numbers[key])
    return {"answers": distinct, "of": of}
