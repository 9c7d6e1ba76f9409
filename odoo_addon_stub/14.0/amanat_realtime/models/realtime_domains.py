"""Record rules as conditions on a record's own columns, in JSON. Plain functions over domains.

Only what Odoo 14 and the bridge surely compare alike is told; for the rest the bridge asks who
may read which record.
"""

import json

from .realtime_classes import values_of

NEVER = [[0, "=", 1]]
ALWAYS = [[1, "=", 1]]
AS_LISTS = {"=": "in", "in": "in", "!=": "not in", "not in": "not in"}
CONNECTIVES = {"&": 2, "|": 2, "!": 1}
MAX_VALUES = 10_000


class Undecidable(Exception):
    """The record's own values do not decide, or not surely as Odoo does."""


def own_domain(model, domain):
    """Return a normalised domain in prefix form, sorted, so that equal rights are equal JSON."""
    parts, rest = parsed(model, list(domain)) if domain else ([], [])
    if rest:
        raise Undecidable("a domain of several parts")
    return [] if parts == ALWAYS else parts


def parsed(model, terms):
    """Return the first condition of the terms, in JSON, and the terms after it."""
    first, rest = terms[0], terms[1:]
    if not isinstance(first, str):
        return [leaf(model, first)], rest
    children = []
    for _ in range(CONNECTIVES[first]):
        child, rest = parsed(model, rest)
        children.append(child)
    return joined(first, children), rest


def joined(operator, children):
    if operator == "!":
        return ["!", *children[0]]
    absorbing, neutral = (NEVER, ALWAYS) if operator == "&" else (ALWAYS, NEVER)
    children = [child for child in children if child != neutral]
    if absorbing in children or not children:
        return absorbing if children else neutral
    children.sort(key=json.dumps)
    return [operator] * (len(children) - 1) + [term for child in children for term in child]


def leaf(model, term):
    path, operator, value = term
    if path in (0, 1):
        return (ALWAYS if (path == value) == (operator == "=") else NEVER)[0]
    field = model._fields.get(path)
    if field is None or path not in {"id", *model._realtime_fields().carried}:
        raise Undecidable(path)
    if field.search or operator not in AS_LISTS:
        raise Undecidable(path)
    if field.type == "boolean":
        return flag(path, operator, value)
    values = values_of(value)
    if isinstance(value, (list, tuple)) != operator.endswith("in"):
        raise Undecidable(path)
    if len(values) > MAX_VALUES or not all(fits(field, v) for v in values):
        raise Undecidable(path)
    if not values:
        return (NEVER if operator == "in" else ALWAYS)[0]
    listed = sorted({v or False for v in values}, key=lambda v: (isinstance(v, str), v))
    return [path, AS_LISTS[operator], listed]


def flag(path, operator, value):
    """A boolean that is not set counts as false."""
    if operator not in ("=", "!=") or not isinstance(value, bool):
        raise Undecidable(path)
    return [path, "in", [value if operator == "=" else not value]]


def fits(field, value):
    """Tell whether equality with this value means the same to PostgreSQL and to the bridge."""
    if field.type == "many2one":
        return value in (False, None) or type(value) is int
    if field.name == "id":
        return type(value) is int
    if field.type == "selection":
        return value in (False, None) or (isinstance(value, str) and value)
    return field.type == "char" and isinstance(value, str) and bool(value)
