"""Whether a record is called the same whoever asks. Plain functions over Odoo's fields."""

from .realtime_fields import RELATIONS, holds_several_values

# What a reader's session brings along; the other keys of a context are set by code.
OF_THE_READER = frozenset(["lang", "tz", "uid", "company", "allowed_company_ids"])
# The language shows in the name of contacts that have no name of their own, and nowhere else.
LANGUAGE_HARDLY_MATTERS = frozenset(["res.partner"])


def name_depends_on_reader(model, own=False):
    """Tell whether two users may know a record of this model by different names.

    ``own``: whether the record itself is read, and not one that points at it. Then Odoo makes up
    no name from fields for some groups only for those who are in none of them.

    This is what the fields say that the name is declared to be computed from: a stored one that
    holds one value ends the search, a computed one is followed.
    """
    pending, seen = [(model, model._fields["display_name"])], set()
    while pending:
        owner, field = pending.pop()
        if field in seen:
            continue
        seen.add(field)
        if field.type in RELATIONS or holds_several_values(field) or asks_who(field, owner):
            return True
        if own and field.groups:
            return True
        if not field.store:
            pending += computed_from(field, owner)
    return False


def asks_who(field, owner):
    """Tell whether the field is computed from who asks."""
    asked = OF_THE_READER.intersection(owner.pool.field_depends_context[field])
    if field.name == "display_name":
        if owner._name in LANGUAGE_HARDLY_MATTERS:
            asked -= {"lang"}
        title = owner._fields.get(owner._rec_name)
        return bool(asked) or (title is not None and title.type == "datetime")
    return bool(asked)


def computed_from(field, owner):
    """Yield ``(model, field)`` for every field that this one is computed from."""
    for path in owner.pool.field_depends[field]:
        model = owner
        for name in path.split("."):
            part = model._fields[name]
            yield model, part
            model = model.env[part.comodel_name] if part.relational else model
    title = owner._fields.get(owner._rec_name)
    if field.name == "display_name" and title is not None and title.type == "many2one":
        comodel = owner.env[title.comodel_name]
        yield comodel, comodel._fields["display_name"]
