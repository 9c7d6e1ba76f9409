"""Which fields of other models decide who sees a record: what record rules traverse.

A rule over ``branch_id.manager_id`` depends on the branch, so a write there changes rights. Plain
functions over Odoo's fields; a *pair* is ``(model, field)``.
"""

import ast

from .realtime_fields import overrides, related_names

HIERARCHY = frozenset(["child_of", "parent_of"])
X2MANY = frozenset(["one2many", "many2many"])


class Untold(Exception):
    """The rule looks at something whose changes nobody would hear of."""


def pairs_of_rule(text, model, prefix=""):
    """Return the pairs that a rule's text traverses, whoever the user is.

    What cannot be told is left out.
    """
    found = set()
    if not text:
        return found
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return found
    for path, operator, value in conditions_in(tree):
        try:
            found.update(pairs_of(model, prefix + path, operator, value))
        except Untold:
            continue
    return found | pairs_of_user(tree, model.env["res.users"])


def pairs_of(model, path, operator, value):
    """Return the pairs of one condition: everything beyond the record's own columns."""
    found = set(looked_at(model, path.split("."), operator, value, own=True))
    found.discard((model._name, path.split(".")[0]))
    if any(name == model._name for name, _field in found):
        raise Untold(path)
    return found


def looked_at(model, names, operator, value, own=False):
    """Yield the pairs of all fields that a condition looks at, its own first.

    ``own``: the values of the first field come with every change of the record.
    """
    field = model._fields.get(names[0])
    if field is None:
        raise Untold(names[0])
    comodel = model.env[field.comodel_name] if field.relational else None
    if names[0] == "id" and operator in HIERARCHY:
        yield model._name, model._parent_name
        if texts_in(value):
            yield from looked_at_by_name(model)
        return
    if not (own and field.name in model._realtime_fields().carried):
        yield from written_as(model, field)
    if comodel is None:
        return
    if len(names) > 1:
        yield from looked_at(comodel, names[1:], operator, value)
    else:
        if operator in HIERARCHY:
            yield comodel._name, comodel._parent_name
        if operator.endswith("like") or texts_in(value):
            yield from looked_at_by_name(comodel)


def written_as(model, field):
    """Yield the pairs through which the value of a field may change."""
    if field.name == "display_name":
        yield from looked_at_by_name(model)
    elif field.related and not field.store:
        yield from looked_at(model, list(related_names(field)), "in", ())
    elif field.name != "id":
        if not field.store or field.translate or (field.compute and field.type in X2MANY):
            raise Untold(field.name)
        yield from stored_as(model, field)


def looked_at_by_name(model):
    if overrides(model, "name_search", "_name_search") or not model._rec_name:
        raise Untold("display_name")
    yield from looked_at(model, [model._rec_name], "in", ())


def conditions_in(value):
    """Yield ``(path, operator, value)`` of the syntax tree of a domain."""
    if is_condition(value):
        path, operator, compared = value.elts
        yield path.value, operator.value.lower(), compared
    else:
        for child in ast.iter_child_nodes(value):
            yield from conditions_in(child)


def is_condition(node):
    return (
        isinstance(node, (ast.Tuple, ast.List))
        and len(node.elts) == 3
        and all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts[:2])
        and node.elts[0].value not in ("&", "|", "!")
    )


def texts_in(value):
    """Tell whether a condition compares with a text, which looks records up by their name."""
    if isinstance(value, ast.AST):
        return any(
            isinstance(node, ast.Constant) and isinstance(node.value, str)
            for node in ast.walk(value)
        )
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return isinstance(value, str)
    return any(isinstance(v, str) for v in value)


def pairs_of_user(tree, users):
    """Return the pairs behind ``user.partner_id.category_id`` and the like."""
    found = set()
    for node in ast.walk(tree):
        names = []
        while isinstance(node, ast.Attribute):
            names.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Name) and node.id == "user":
            found.update(read_along(users, names, set()))
    return found


def read_along(model, names, seen):
    """Yield the pairs of all that is read along a path, as far as its names are fields.

    What is computed on reading is followed to what it is declared to be computed from.
    """
    for name in names:
        field = model._fields.get(name) if model is not None else None
        if field is None:
            return
        if field.store and not (field.compute and field.type in X2MANY):
            yield from stored_as(model, field)
        elif field not in seen:
            seen.add(field)
            for path in field.depends:
                yield from read_along(model, path.split("."), seen)
        model = model.env[field.comodel_name] if field.relational else None


def stored_as(model, field):
    """Yield the pairs through which the value of a stored field may change."""
    if field.name == "id":
        return
    yield model._name, field.name
    if field.type == "one2many":
        yield field.comodel_name, field.inverse_name
    elif field.type == "many2many":
        for inverse in model._field_inverses[field]:
            yield inverse.model_name, inverse.name
