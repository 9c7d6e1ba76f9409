"""Record rules as conditions on a record's own columns, in JSON. Plain functions over domains."""

import json
from datetime import date, datetime

from odoo.fields import Date, Datetime, Domain

from .realtime_classes import means_the_same
from .realtime_traversal import (
    HIERARCHY,
    TRAVERSING,
    X2MANY,
    Undecidable,
    pairs_of_domain,
    texts_in,
)

MAX_RESOLVED_IDS = 10_000
NEVER = [[0, "=", 1]]
TEXTS = frozenset(["char", "text", "html", "selection"])
UNFIT_TYPES = frozenset(["binary", "image", "json", "properties", "properties_definition"])


class Budget:
    """How many ids one call may still hand out: an answer must not grow without bound.

    What it found for one viewer it has at hand for the next, where that is surely the same.
    """

    def __init__(self, ids=100_000):
        self.left = ids
        self.found = {}

    def ids_of(self, model, domain):
        if not means_the_same(model, domain):
            return search(model, domain)
        key = model._name, repr(domain), model.env.context.get("active_test")
        if key not in self.found:
            self.found[key] = search(model, domain)
        return self.found[key]

    def spend(self, ids):
        self.left -= len(ids)
        if len(ids) > MAX_RESOLVED_IDS or self.left < 0:
            raise Undecidable("too many records")


def search(model, domain):
    return model._search(domain, limit=MAX_RESOLVED_IDS + 1).get_result_ids()


def own_domain(model, domain, depends, budget):
    """Return the domain with everything outside the record resolved to ids, as JSON lists.

    ``model`` is to be sudo, with archived records and the viewer's companies. What is resolved
    must be among ``depends``, the pairs whose changes are announced.
    """
    if not pairs_of_domain(domain, model) <= depends:
        raise Undecidable("traverses what is not announced")
    return as_json(resolved(model, domain.optimize(model), budget).optimize(model))


def resolved(model, domain, budget):
    return domain.map_conditions(lambda condition: resolved_leaf(model, condition, budget))


def resolved_leaf(model, leaf, budget):
    field = model._fields.get(leaf.field_expr)
    if field is None:
        raise Undecidable(leaf.field_expr)
    if field.name != "id" and not field.store:
        return resolved_related(model, field, leaf, budget)
    if field.name not in {"id", *model._realtime_fields().carried} or field.search:
        raise Undecidable(field.name)
    if leaf.operator in HIERARCHY:
        return resolved(model, leaf.optimize_full(model), budget)
    if leaf.operator in TRAVERSING:
        return resolved_ids(model, field, leaf, budget)
    check_plain(model, field, leaf)
    budget.spend(values_of(leaf))
    return leaf


def resolved_related(model, field, leaf, budget):
    if not field.related:
        raise Undecidable(field.name)
    if field.inherited:
        path = Domain(field.related.split(".")[0], "any", leaf)
    else:
        path = leaf._optimize_field_search_method(model)
    return resolved(model, path.optimize(model), budget)


def resolved_ids(model, field, leaf, budget):
    if not field.relational or not isinstance(leaf.value, Domain):
        raise Undecidable(field.name)
    comodel = model.env[field.comodel_name].with_context(active_test=False)
    if field.type in X2MANY:
        comodel = comodel.with_context(**field.context)
    check_lasting(comodel, leaf.value)
    found = budget.ids_of(comodel, leaf.value)
    budget.spend(found)
    return Domain(field.name, "not in" if leaf.operator.startswith("not") else "in", list(found))


def check_lasting(model, domain):
    """Refuse what comes out differently tomorrow: days relative to today."""
    for condition in domain.iter_conditions():
        field = model._fields.get(condition.field_expr.split(".")[0])
        if isinstance(condition.value, Domain) and field is not None and field.relational:
            check_lasting(model.env[field.comodel_name], condition.value)
        elif field is None or (field.type in ("date", "datetime") and texts_in(condition.value)):
            raise Undecidable(condition.field_expr)


def check_plain(model, field, leaf):
    """Refuse what the values of a change cannot decide, or must not be compared with."""
    texts = field.type in TEXTS
    values = values_of(leaf)
    if (
        field.type in UNFIT_TYPES
        or not all(isinstance(v, str | int | float | date) for v in values)
        or (leaf.operator.endswith("like") and not texts)
        or (leaf.operator.endswith("ilike") and model.env.registry.has_unaccent)
        or (leaf.operator[0] in "<>" and texts)  # the order of texts is the database's
        or (field.type in ("date", "datetime") and any(isinstance(v, str) for v in values))
    ):
        raise Undecidable(field.name)


def values_of(leaf):
    value = leaf.value
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [value]
    return list(value)


def as_json(domain):
    """Return the domain in prefix form, sorted, so that equal rights are equal JSON."""
    if domain.is_true():
        return []
    if domain.is_false():
        return NEVER
    children = getattr(domain, "children", None)
    if children is not None:
        parts = sorted((as_json(child) for child in children), key=json.dumps)
        return [domain.OPERATOR] * (len(parts) - 1) + [leaf for part in parts for leaf in part]
    if (child := getattr(domain, "child", None)) is not None:
        return ["!", *as_json(child)]
    if not hasattr(domain, "field_expr"):
        raise Undecidable("a condition in SQL")
    values = sorted(map(plain, values_of(domain)), key=lambda v: (isinstance(v, str), v))
    value = values if domain.operator in ("in", "not in") else values[0]
    return [[domain.field_expr, domain.operator, value]]


def plain(value):
    if isinstance(value, datetime):
        return Datetime.to_string(value)
    return Date.to_string(value) if isinstance(value, date) else value
