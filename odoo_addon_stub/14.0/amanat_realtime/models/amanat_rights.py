import logging

from odoo import api, models, tools

from .amanat_access import per_class
from .realtime_classes import who_sees_the_same
from .realtime_columns import described, parent_of
from .realtime_domains import Undecidable, own_domain
from .realtime_fields import overrides
from .realtime_sql import rule_texts
from .realtime_traversal import pairs_of_rule

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
    def _answer(self, question):
        access = self.env["amanat.access"]
        model = access._live_model(question["model"])
        viewers = question["viewers"]
        if model is None:
            texts = self._texts(None)
            return {
                **per_class([DENIED] * len(viewers)),
                "depends": [],
                "columns": {},
                "parent": False,
                "texts": texts,
            }
        answers = access._of_each(access._as_viewers(model, viewers), self._judged)
        answers = [broken(a) if isinstance(a, Exception) else a for a in answers]
        return {
            **per_class(answers),
            "depends": sorted(map(list, self._traversed_by(model._name))),
            "columns": described(model, {*model._realtime_live_names(), *named_in(answers)}),
            "parent": parent_of(model),
            "texts": self._texts(model._table),
        }

    @api.model
    @tools.ormcache("table")
    def _texts(self, table):
        """Return how the database compares the texts of a table."""
        self.env.cr.execute(BY_CODE_POINT)
        by_code_point = self.env.cr.fetchone()[0]
        self.env.cr.execute(OWN_COLLATIONS, [table])
        others = self.env.cr.fetchone()[0]
        return {
            "by_code_point": bool(by_code_point and not others),
            "unaccent": bool(self.env.registry.has_unaccent),
        }

    @api.model
    def _judged(self, model):
        access = self.env["amanat.access"]
        if model is None or not access._may_read_model(model):
            return DENIED
        rules = access._rules(model)
        domain = self._own_domain(model, rules)
        return {
            "read": True,
            "domain": domain,
            "fields": access._readable_fields(model),
            "lang": model.env.user.lang or "en_US",
            "decidable": domain is not False,
            "same": domain is False and who_sees_the_same(model, rules),
            "broken": False,
        }

    @api.model
    def _own_domain(self, model, domain):
        """Return the domain as JSON; ``False`` if the record's own values do not decide it."""
        if model._inherits or overrides(model, "check_access_rule", "_search", "_apply_ir_rules"):
            return False
        try:
            return own_domain(model, domain)
        except Undecidable:
            return False

    # What rules traverse

    @api.model
    @tools.ormcache("name")
    def _traversed_by(self, name):
        """Return the pairs (model, field) of other models that decide who sees these records."""
        model = self.env[name]
        found = set()
        for text in rule_texts(self.env.cr, name):
            found |= self._pairs(text, model)
        for parent, field in model._inherits.items():
            for text in rule_texts(self.env.cr, parent):
                found |= self._pairs(text, model, prefix=field + ".")
        return frozenset(pair for pair in found if pair[0] != name)

    @api.model
    def _pairs(self, text, model, prefix=""):
        """Never raise: every write anywhere asks for this."""
        try:
            return pairs_of_rule(text, model, prefix)
        except Exception:
            _logger.exception("what a record rule of %s traverses cannot be told", model._name)
            return set()

    @api.model
    @tools.ormcache()
    def _traversed(self):
        """Return ``{model: {field: live models}}``: whose rights a write to that field changes."""
        found = {}
        for live in self.env["amanat.bridge"]._live_models():
            for name, field in self._traversed_by(live):
                found.setdefault(name, {}).setdefault(field, set()).add(live)
        return found


def named_in(answers):
    """Return the fields that the domains name, ``id`` left out."""
    domains = [answer["domain"] for answer in answers if answer["domain"]]
    terms = [term for domain in domains for term in domain if not isinstance(term, str)]
    return {term[0] for term in terms if isinstance(term[0], str)} - {"id"}


def broken(error):
    return {**DENIED, "broken": type(error).__name__}
