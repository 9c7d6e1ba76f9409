"""Users of the lab for a while, who look at something for the first time."""

import json
import sys

LOGIN = "rights-bench-%d"


def add(env, settings):
    """Says {"uid", "companies"} of each of so many users, whom it keeps."""
    unlink(env)
    group = env.ref("amanat_realtime.group_user")
    companies = env["res.company"].search([]).ids
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    for number in range(settings["count"]):
        own = companies[number % len(companies)]
        user = users.create(
            {
                "name": f"Viewer {number}",
                "login": LOGIN % number,
                "group_ids": [(6, 0, group.ids)],
                "company_id": own,
                "company_ids": [(6, 0, [own] if number % 3 else companies)],
            }
        )
        said = {"uid": user.id, "companies": [own]}
        sys.stdout.write("JSONL " + json.dumps(said) + "\n")
    env.cr.commit()
    sys.stdout.flush()


def remove(env, settings):
    sys.stdout.write("JSONL %d\n" % unlink(env))
    env.cr.commit()
    sys.stdout.flush()


def unlink(env):
    users = env["res.users"].with_context(active_test=False)
    gone = users.search([("login", "=like", LOGIN.replace("%d", "%"))])
    count, partners = len(gone), gone.partner_id
    gone.unlink()
    partners.unlink()
    return count
