"""Whether two values of a field are the same, as JSON carries them. Plain functions."""

from typing import NamedTuple

from odoo import Command
from odoo.tools import float_round, is_html_empty

TEXTS = frozenset(["char", "text", "selection", "reference", "date", "datetime"])
NUMBERS = frozenset(["float", "monetary"])
OFF = "off"


class Kind(NamedTuple):
    """What must be known of a field to compare its values."""

    type: str
    digits: int | None = None


def same(kind, one, other):
    """Tell whether two values are the same; a value of the wrong form equals nothing."""
    try:
        return comparable(kind, one) == comparable(kind, other)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False


def overwrites(kind, base, current, mine):
    """Tell whether writing ``mine`` would undo a change from ``base`` to ``current``.

    Properties are written all at once: each of them that somebody else has changed counts.
    """
    if kind.type != "properties":
        return not same(kind, base, current) and not same(kind, mine, current)
    try:
        before, now, next_ = (comparable(kind, value) for value in (base, current, mine))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return True
    names = before.keys() | now.keys()
    return any(before.get(n) != now.get(n) and next_.get(n) != now.get(n) for n in names)


def comparable(kind, value):
    """Return what stands for the value: equal for values that nobody could tell apart."""
    if kind.type in NUMBERS:
        number = float(value or 0)
        return number if kind.digits is None else float_round(number, precision_digits=kind.digits)
    if kind.type == "integer":
        return int(value or 0)
    if kind.type in TEXTS:
        return str(value) if value else False
    if kind.type == "html":
        return False if is_html_empty(value) else str(value).strip()
    if kind.type in ("many2one", "many2one_reference"):
        return record_id(value)
    if kind.type == "properties":
        return {one["name"]: property_value(one) for one in value or []}
    if kind.type == "boolean":
        return bool(value)
    return value or False


def record_id(value):
    if isinstance(value, dict):
        value = value["id"]
    elif isinstance(value, list | tuple):
        value = value[0]
    return int(value or 0)


def property_value(definition):
    value = definition.get("value")
    if definition.get("type") == "many2one":
        return record_id(value)
    if definition.get("type") == "many2many":
        return sorted(record_id(one) for one in value or [])
    if definition.get("type") == "tags":
        return sorted(value or [])
    return comparable(Kind(definition.get("type")), value)


class Lines(NamedTuple):
    """What x2many commands do to lines that are there: write values, take away; ``others`` are
    those that go because they are not among the ones that stay; ``kept`` are the ones that do."""

    written: dict
    removed: frozenset
    others: frozenset
    kept: frozenset


def touched_lines(commands, current):
    """Return what x2many commands do to the lines that exist.

    ``current``: the ids that the field holds now.
    """
    written, removed, others, kept = {}, set(), set(), set()
    for command in commands or ():
        match command:
            case [Command.UPDATE, line, dict(vals)]:
                written[line] = {**written.get(line, {}), **vals}
            case [Command.DELETE | Command.UNLINK, line, *_]:
                removed.add(line)
            case [Command.CLEAR, *_]:
                others.update(current)
            case [Command.SET, _, ids]:
                others.update(set(current).difference(ids))
                kept.update(ids)
    others, kept = frozenset(others - removed), frozenset(kept - removed)
    return Lines(written, frozenset(removed), others, kept)


def is_guarded(setting, model):
    """Tell whether the parameter leaves a model guarded: ``on``, ``off``, ``off:model,model``."""
    switch, _, names = (setting or "").partition(":")
    if switch.strip() != OFF:
        return True
    return bool(names) and model not in {name.strip() for name in names.split(",")}
