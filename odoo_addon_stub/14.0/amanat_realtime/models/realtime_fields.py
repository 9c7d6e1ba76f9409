"""Which fields may travel, and which ones decide who may see a record. Plain functions."""

import ast
import re
from typing import NamedTuple

# The bridge applies the same list again; it is stated in docs/addon-contract.md.
NEVER_PASS_PARTS = re.compile(
    r"passw|passphrase|secret(?!ar)|token|credential|apikey|privatekey", re.IGNORECASE
)
NEVER_PASS_WORDS = frozenset(
    ["key", "keys", "pwd", "pin", "otp", "totp", "cvv", "cvc", "salt", "signature"]
)
NEVER_PASS_TYPES = frozenset(["binary", "image"])
RELATIONS = frozenset(["one2many", "many2many"])
NO_ACCESS = "."
# Their names are stored, or the same for everybody who reads.
NAMED_ALIKE = frozenset(["res.partner", "res.users", "res.company"])


class RealtimeFields(NamedTuple):
    """What is announced of one model.

    ``live`` may travel, ``sent`` are those whose value is the same for every reader, ``reread``
    the others, with ``display_name`` if it is not; ``rules`` decide who sees a record, and
    ``carried`` are the columns whose value before and after every change is sent to the bridge;
    ``columns`` and ``relations`` are watched for changes; ``parents`` are the live one2many
    fields that a many2one shows up in: ``{field: ((model, field), ...)}``.
    """

    live: tuple
    sent: tuple
    reread: frozenset
    rules: frozenset
    carried: frozenset
    columns: frozenset
    relations: frozenset
    parents: dict

    @property
    def rule_columns(self):
        return self.rules & self.carried

    @property
    def only_rules(self):
        """The columns of rules that records do not hold."""
        return self.rule_columns.difference(self.sent)


def never_passes(field):
    """Tell whether the field must never leave Odoo: binaries and what its name calls a secret."""
    return (
        field.type in NEVER_PASS_TYPES
        or field.groups == NO_ACCESS
        or any(is_secret_name(name) for name in [field.name, *related_names(field)])
    )


def related_names(field):
    return field.related.split(".") if isinstance(field.related, str) else field.related or ()


def is_secret_name(name):
    words = name.lower().split("_")
    return bool(NEVER_PASS_PARTS.search(name.replace("_", ""))) or not NEVER_PASS_WORDS.isdisjoint(
        words
    )


def depends_on_reader(model, name):
    """Tell whether two users may read different values of this field on the same record."""
    field = model._fields[name]
    if name == "display_name":
        return named_for_reader(model)
    if field.type == "many2one":
        return not field.store or named_for_reader(model.env[field.comodel_name])
    return not field.store or field.type in RELATIONS or holds_several_values(field)


def named_for_reader(model):
    """Tell whether two users may know a record of this model by different names."""
    if model._name in NAMED_ALIKE:
        return False
    title = model._fields.get(model._rec_name or "")
    plain = title is None or (title.type == "char" and has_column(title))
    return not plain or bool(title is not None and title.groups) or overrides(model, "name_get")


def has_column(field):
    """Tell whether the field has a column of its own that holds one value for everybody."""
    return bool(field.store and field.column_type) and not holds_several_values(field)


def holds_several_values(field):
    """Tell whether the field holds a value per language or company."""
    return bool(field.translate or field.company_dependent)


def relation_table(model, field):
    """Return table and columns (our id, related id) of an x2many field; none if computed."""
    if not field.store:
        return None
    if field.type == "many2many":
        return field.relation, field.column1, field.column2
    comodel = model.env[field.comodel_name]
    inverse = comodel._fields.get(field.inverse_name)
    known = inverse is not None and inverse.store and inverse.column_type
    return (comodel._table, inverse.name, "id") if known else None


def names_in_domain(text):
    """Return the first part of every text in a rule's domain that could name a field.

    Too many names do no harm: the caller keeps those that are fields of the model. What cannot be
    parsed lets nobody read who is under that rule.
    """
    try:
        tree = ast.parse((text or "").strip() or "[]", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {
        node.value.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def overrides(model, *methods):
    """Tell whether a model has its own version of one of these methods of every model."""
    classes = type(model).__mro__
    return any(
        next(cls for cls in classes if method in vars(cls)).__module__ != "odoo.models"
        for method in methods
    )
