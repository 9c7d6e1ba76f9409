"""What must be known of fields to compare their values as the database does. Plain functions."""

from .realtime_fields import has_column, never_passes, overrides

COMPARABLE = frozenset(
    [
        *("boolean", "integer", "float", "monetary", "char", "text", "html", "selection"),
        *("reference", "date", "datetime", "many2one"),
    ]
)


def described(model, names):
    """Return ``{name: description}`` of those fields whose column is all that is compared."""
    return {name: description(model, name) for name in sorted(names) if is_compared(model, name)}


def is_compared(model, name):
    field = model._fields[name]
    return (
        has_column(field)
        and field.type in COMPARABLE
        and not field.search
        and not never_passes(field)
        and name != "id"
    )


def description(model, name):
    field = model._fields[name]
    found = {"type": field.type}
    digits = field.get_digits(model.env) if field.type == "float" else None
    if digits:
        found["digits"] = digits[1]
    if field.relational:
        target = model.env[field.comodel_name]
        found["relation"] = target._name
        found["exact_names"] = has_exact_names(target)
        found["hierarchy"] = target._parent_name in target._fields
    return found


def has_exact_names(target):
    """Tell whether the name that comes with an id is the one text a search by name looks at."""
    name = target._fields.get(target._rec_name or "")
    return bool(
        name is not None
        and name.type == "char"
        and name.store
        and name.required
        and not (name.translate or name.company_dependent or name.search or name.inherited)
        and not overrides(target, "name_get", "name_search", "_name_search")
    )


def parent_of(model):
    """Return the name of the many2one that makes the model a hierarchy, ``False`` without one."""
    field = model._fields.get(model._parent_name)
    return field.name if field is not None and has_column(field) else False
