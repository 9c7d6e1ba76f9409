"""Which viewers surely see the same, so that what is found for one of them holds for all.

Plain functions over the domains of Odoo 14: lists in prefix form.
"""

import hashlib

from .realtime_fields import holds_several_values, overrides

# Conditions whose outcome depends on nothing but stored values.
PLAIN_OPERATORS = frozenset(["in", "not in", "=", "!=", "<", ">", "<=", ">=", "like", "ilike"])


def who_sees_the_same(records, domain):
    """Return a text that is the same only for viewers who surely see the same records."""
    by_code = overrides(records, "check_access_rule", "_search", "_apply_ir_rules")
    if by_code or records._inherits or not all(is_plain(records, part) for part in domain):
        companies = records.env.context.get("allowed_company_ids")
        return "viewer %s %s" % (records.env.uid, companies)
    return "domain " + hashlib.sha256(repr(domain).encode()).hexdigest()


def is_plain(model, part):
    if isinstance(part, str):
        return True
    path, operator, value = part
    if isinstance(path, int):
        return True
    field = follow(model, path)
    # Names are searched by code, and words such as "today" depend on the reader's time zone.
    worded = operator.endswith("like") or any(isinstance(v, str) for v in values_of(value))
    by_code = field is not None and (field.relational or field.type in ("date", "datetime"))
    return field is not None and operator in PLAIN_OPERATORS and not (worded and by_code)


def values_of(value):
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]


def follow(model, path):
    """Return the last field of a path; none if it is not plain."""
    field = None
    for name in path.split("."):
        field = model._fields.get(name) if model is not None else None
        if field is None or not is_plain_field(field):
            return None
        model = model.env[field.comodel_name] if field.relational else None
        if model is not None and overrides(model, "_search"):
            return None
    return field


def is_plain_field(field):
    return (
        (field.store or field.name == "id")
        and not field.search
        and not holds_several_values(field)
        and field.type != "one2many"
        and not (field.relational and callable(field.domain))
    )
