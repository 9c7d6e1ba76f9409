"""Random changes of what somebody may read; each says whom it concerns."""

from odoo import Command

from .people import MARK, group, rule

ALL_MODELS = ["lab.deal", "lab.line", "lab.vague"]


class RightsChanges:
    """Draws changes of rights. Users of ``steady`` keep theirs: somebody always sees all."""

    def __init__(self, people, chance, steady):
        self.people, self.chance = people, chance
        self.steady = steady
        self.gone = set()
        self.kinds = [
            self.join_or_leave_group,
            self.rewrite_rule,
            self.add_or_drop_rule,
            self.close_model,
            self.switch_companies,
            self.switch_language,
            self.hand_over_branch,
            self.move_branch,
            self.rename_tag,
            self.break_rule,
            self.archive_user,
            self.set_password,
        ]
        self.undo = []
        self.turn = 0

    def next(self):
        """Each kind once, in random order, then again; what was broken is mended first."""
        if self.undo and self.chance.random() < 0.5:
            return self.undo.pop(0)
        if self.turn % len(self.kinds) == 0:
            self.chance.shuffle(self.kinds)
        self.turn += 1
        return self.kinds[self.turn % len(self.kinds)]

    def user(self, having=None):
        people = [
            uid
            for uid, user in self.people.users.items()
            if uid not in self.steady
            and uid not in self.gone
            and (having is None or having in user["groups"])
        ]
        return self.chance.choice(people)

    def members(self, env, name):
        return group(env, name).all_user_ids.filtered(lambda user: user.active).ids

    # The changes: each returns the users and models concerned, and the users that are signed out

    def join_or_leave_group(self, env):
        uid = self.user()
        names = ["own", "open", "branch", "tree", "tag", "word", "reader", "internal", "finance"]
        chosen = group(env, self.chance.choice(names))
        user = env["res.users"].browse(uid)
        link = Command.unlink if chosen in user.group_ids else Command.link
        user.group_ids = [link(chosen.id)]
        return [uid], ALL_MODELS, []

    def rewrite_rule(self, env):
        domains = {
            "own": ["[('owner_id', 'in', [user.id, False])]", "[('owner_id', '=', user.id)]"],
            "open": ["[('state', 'in', ['open', 'done'])]", "[('state', '!=', 'done')]"],
            "word": ["[('name', 'not like', '1')]", "[('name', '=ilike', 'e_%')]"],
            "amount": ["[('amount', '<', 500)]", "[('date', '>', '2026-01-03')]"],
        }
        name = self.chance.choice(sorted(domains))
        rules = self.rules(env, "lab.deal", name)
        rules.domain_force = self.chance.choice(domains[name])
        return self.members(env, name), ["lab.deal"], []

    def rules(self, env, model, name):
        return env["ir.rule"].search([("name", "=", f"{MARK}: {name}"), ("model_id", "=", model)])

    def add_or_drop_rule(self, env):
        extra = env["ir.rule"].search([("name", "=", f"{MARK}: reader"), ("active", "=", True)])
        if extra:
            extra.unlink()
        else:
            env["ir.rule"].create(
                rule(env, "lab.line", "finance", "[('amount', '>', 2)]")
                | {"name": f"{MARK}: reader"}
            )
        return self.members(env, "finance"), ["lab.line"], []

    def close_model(self, env):
        access = env.ref("amanat_lab_rights.access_lab_line")
        access.perm_read = False
        self.undo.append(self.open_model)
        return self.members(env, "reader"), ["lab.line"], []

    def open_model(self, env):
        env.ref("amanat_lab_rights.access_lab_line").perm_read = True
        return self.members(env, "reader"), ["lab.line"], []

    def switch_companies(self, env):
        uid = self.user()
        user = env["res.users"].browse(uid)
        kept, *others = self.people.users[uid]["companies"]  # or the beacon would go out
        others = {*self.people.companies, *others} - {kept}
        some = self.chance.sample(sorted(others), self.chance.randrange(len(others) + 1))
        companies = [kept, *some]
        user.write({"company_id": companies[0], "company_ids": [Command.set(companies)]})
        return [uid], ALL_MODELS, []

    def switch_language(self, env):
        uid = self.user()
        user = env["res.users"].browse(uid)
        user.lang = self.chance.choice([x for x in ("en_US", "ru_RU", "uz_UZ") if x != user.lang])
        return [uid], ALL_MODELS, []

    def hand_over_branch(self, env):
        branch = env["lab.branch"].browse(self.chance.choice(self.people.branches))
        before = branch.manager_id.id
        branch.manager_id = self.user("branch")
        return [before, branch.manager_id.id], ["lab.deal"], []

    def move_branch(self, env):
        """Move a leaf of the tree below the branch that rules look at, or away from it."""
        leaf, below, beside = (env["lab.branch"].browse(self.people.branches[i]) for i in (4, 1, 0))
        leaf.parent_id = beside if leaf.parent_id == below else below
        return self.members(env, "tree"), ["lab.deal"], []

    def rename_tag(self, env):
        tag = env["lab.tag"].browse(self.chance.choice(self.people.tags))
        tag.name = "plain" if tag.name == "vip" else "vip"
        return self.members(env, "tag"), ["lab.deal"], []

    def break_rule(self, env):
        """Let a rule's code raise for one of those it is for."""
        uid = self.user("tree")
        branch = self.people.branches[1]
        domain = f"[('branch_id', 'in', [{branch}, {branch} // (user.id != {uid})])]"
        self.rules(env, "lab.deal", "tree").domain_force = domain
        self.undo.append(self.mend_rule)
        return self.members(env, "tree"), ["lab.deal"], []

    def mend_rule(self, env):
        branch = self.people.branches[1]
        domain = f"[('branch_id', 'child_of', [{branch}])]"
        self.rules(env, "lab.deal", "tree").domain_force = domain
        return self.members(env, "tree"), ["lab.deal"], []

    def archive_user(self, env):
        uid = self.user()
        env["res.users"].browse(uid).active = False
        self.gone.add(uid)
        return [uid], ALL_MODELS, [uid]

    def set_password(self, env):
        uid = self.user()
        env["res.users"].browse(uid).password = self.people.password
        self.gone.add(uid)
        return [uid], ALL_MODELS, [uid]
