"""Prints what the lab is and does, as a table or as one JSON object; facts come as environment,
users on standard input, PostgreSQL's password on descriptor 3."""

import json
import os
import sys

COLUMNS = ("login", "password", "name", "lang", "uid", "companies", "groups")

fact = os.environ


def number(name):
    return int(fact[name]) if fact.get(name) else None


def lab():
    users = json.load(sys.stdin)
    state = fact["state_dir"]
    return {
        "series": fact["series"],
        "state_dir": state,
        "odoo": {
            "running": bool(fact["odoo_pid"]),
            "url": fact["odoo_url"],
            f"{fact['bus']}_url": fact["bus_url"],
            "database": fact["database"],
            "http_port": number("http_port"),
            "evented_port": number("evented_port"),
            "pid": number("odoo_pid"),
            "gevent_pid": number("gevent_pid"),
            "log": f"{state}/odoo.log",
        },
        "postgres": {
            "running": bool(fact["postgres_pid"]),
            "host": "127.0.0.1",
            "port": number("postgres_port"),
            "database": fact["database"],
            "user": "odoo",
            "password": os.fdopen(3).read().strip(),
            "socket": fact["postgres_socket"],
            "wal_user": fact["wal_user"],
            "wal_password_file": f"{state}/wal.password",
            "publication": fact["publication"],
            "pid": number("postgres_pid"),
            "log": f"{state}/postgres.log",
        },
        "bridge": {
            "running": bool(fact["bridge_pid"]),
            "url": fact["bridge_url"],
            "health_url": f"http://127.0.0.1:{fact['bridge_port']}/healthz",
            "admin": fact["bridge_admin"],
            "pid": number("bridge_pid"),
            "config": fact["bridge_config"],
            "log": f"{state}/bridge.log",
        },
        "users": users.get("users", []),
        "service_user": users.get("service_user"),
    }


def table(facts):
    for part in ("odoo", "postgres", "bridge"):
        print(part)
        for key, value in facts[part].items():
            print(f"  {key:18}{text(value)}".rstrip())
    print(f"state         {facts['state_dir']}\n")
    row = "{:14}{:22}{:20}{:7}{:6}{:40}{}".format
    print(row(*COLUMNS))
    service_user = {**(facts["service_user"] or {}), "name": "(the bridge itself)"}
    for user in [*facts["users"], service_user]:
        print(row(*(text(user.get(column)) for column in COLUMNS)).rstrip())


def text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def status(facts):
    for part in ("odoo", "postgres", "bridge"):
        of = facts[part]
        address = of.get("url") or f"{of['host']}:{of['port']}"
        state = f"running, pid {of['pid']}" if of["running"] else "stopped"
        print(f"{part:10}{state:22}{address}")


def main():
    facts = lab()
    if fact["what"] == "status":
        facts = {part: facts[part] for part in ("odoo", "postgres", "bridge")}
    if fact["output"] == "json":
        print(json.dumps(facts))
    elif fact["what"] == "status":
        status(facts)
    else:
        table(facts)


main()
