"""The messages of docs/addon-contract.md. Plain functions: values in, dictionaries out."""

import re
from datetime import UTC

CHANNEL = "realtime_updates"
VERSION = 1
ORIGIN = re.compile(r"[0-9a-f]{32}")
BULK_CHUNK = 1000
BULK_KINDS = 16


def envelope(kind, model, sender):
    """Return what every message carries; ``sender`` comes from :func:`sender_of`."""
    return {"v": VERSION, "type": kind, "model": model, **sender}


def sender_of(user, now, txid, origin, lang):
    return {
        "user_id": user.id,
        "user_name": user.name or "",
        "timestamp": timestamp(now),
        "txid": txid,
        "origin": origin,
        "lang": lang or "en_US",
    }


def timestamp(now):
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def valid_origin(header):
    """Return the browser tab's id if it looks like one, else ``False``."""
    return header if header and ORIGIN.fullmatch(header) else False


def create_message(model, sender, read, reread):
    """``read`` holds ``records``, ``rules`` and ``versions`` as read together."""
    return {**envelope("create", model, sender), **read, "reread": sorted(reread)}


def update_message(model, sender, read, old, changed, reread):
    return {
        **envelope("update", model, sender),
        "changed_fields": sorted(changed),
        **read,
        "old": old,
        "reread": sorted(reread),
    }


def delete_message(model, sender, ids, old):
    return {**envelope("delete", model, sender), "records": [{"id": i} for i in ids], "old": old}


def bulk_messages(model, sender, operation, records, written):
    """Return one message for every thousand records, so that no message grows without bound.

    ``written`` maps ids to the fields that were written. Records with other fields are in another
    message: nobody is to count what changed only where they may not look. When there are too many
    kinds of them, no fields are named, and nobody counts.
    """
    kinds = {}
    for record in records:
        kinds.setdefault(tuple(sorted(written.get(record["id"], ()))), []).append(record)
    if len(kinds) > BULK_KINDS:
        kinds = {(): records}
    return [
        {
            **envelope("bulk", model, sender),
            "operation": operation,
            "records": some[start : start + BULK_CHUNK],
            "changed_fields": list(changed),
        }
        for changed, some in kinds.items()
        for start in range(0, len(some), BULK_CHUNK)
    ]


def event_message(event, sender, records, versions, changed_fields):
    return {
        **envelope("event", event.model, sender),
        "action": event.action,
        "user_ids": event.user_ids,
        "records": records,
        "versions": versions,
        "changed_fields": changed_fields,
    }


def reset_message(model, sender, reason):
    return {**envelope("reset", model, sender), "reason": reason}


def rights_message(sender, reason, users, models):
    """Return the announcement that rights changed; ``None`` for users or models means all."""
    return {
        **envelope("rights", False, sender),
        "reason": reason,
        "users": False if users is None else sorted(users),
        "models": False if models is None else sorted(models),
    }


def logout_message(sender, login, user_id):
    """Return the announcement that a login session, as tokens name it, ended."""
    return {**rights_message(sender, "logout", {user_id}, None), "login": login}


def canary_message(nonce, now):
    """Return what the bridge sends to itself, to see it arrive."""
    return {"v": VERSION, "type": "canary", "nonce": nonce, "timestamp": timestamp(now)}
