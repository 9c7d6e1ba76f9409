"""Which viewers surely see the same, so that what is found for one of them holds for all.

Plain functions.
"""

import ast
import hashlib

from odoo.fields import Domain

from .amanat_images import overrides
from .realtime_fields import holds_several_values
from .realtime_traversal import TRAVERSING, texts_in

# Conditions whose outcome depends on nothing but stored values.
PLAIN_OPERATORS = frozenset(["in", "not in", "=", "!=", "<", ">", "<=", ">=", "like", "ilike"])
# All that a rule may name to be the same for everybody in the same groups and companies.
COMPANIES = frozenset(["company_id", "company_ids"])


def who_sees_the_same(records, domain):
    """Return a text that is the same only for viewers who surely see the same records."""
    if overrides(records, "_check_access") or not means_the_same(records, domain):
        companies = records.env.context.get("allowed_company_ids")
        return f"viewer {records.env.uid} {companies}"
    return "domain " + hashlib.sha256(repr(domain).encode()).hexdigest()


def means_the_same(model, domain):
    """Tell whether a domain finds the same whoever asks: plain conditions on stored values."""
    return not overrides(model, "_search") and all(is_plain(model, part) for part in domain)


def is_plain(model, part):
    if isinstance(part, str):
        return True
    if not isinstance(part, tuple):
        return False
    path, operator, value = part
    if isinstance(path, int):
        return True
    field, comodel = follow(model, path)
    if field is None:
        return False
    if operator in TRAVERSING:
        return (
            comodel is not None
            and isinstance(value, Domain | list)
            and means_the_same(comodel, Domain(value))
        )
    # Names are searched by code, and words such as "today" depend on the reader's time zone.
    worded = operator.endswith("like") or texts_in(value)
    by_code = field.relational or field.type in ("date", "datetime")
    return operator in PLAIN_OPERATORS and not (worded and by_code)


def follow(model, path):
    """Return the last field of a path and the model it leads to, if any; none if not plain."""
    field = None
    for name in path.split("."):
        field = model._fields.get(name) if model is not None else None
        if field is None or not is_plain_field(field):
            return None, None
        model = model.env[field.comodel_name] if field.relational else None
        if model is not None and overrides(model, "_search"):
            return None, None
    return field, model


def is_plain_field(field):
    return (
        (field.store or field.name == "id")
        and not field.search
        and not holds_several_values(field)
        and field.type != "one2many"
        and not (field.relational and callable(field.domain))
    )


def asks_who(texts):
    """Tell whether a rule, as it is written, may come out differently in the same groups."""
    return any(not COMPANIES.issuperset(names_used(text)) for text in texts if text)


def names_used(text):
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {"?"}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def is_original(model, *methods):
    """Tell whether each of these methods of one of Odoo's models is its own only version."""
    return all(sum(name in vars(cls) for cls in type(model).__mro__) == 1 for name in methods)
