"""What needs no database."""

from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric import ec

from odoo.tests import BaseCase, tagged

from ..controllers.token import order_terms, token_claims
from ..models.amanat_base_model import updates_lines
from ..models.amanat_token_key import public_jwk, sign, thumbprint
from ..models.ir_websocket import looks_guarded
from ..models.realtime_collector import Changes, settle
from ..models.realtime_fields import is_secret_name, names_in_domain, never_passes
from ..models.realtime_messages import bulk_messages, valid_origin


@tagged("post_install", "-at_install")
class TestSettle(BaseCase):
    def settled(self, now, **noted):
        changes = Changes()
        for record_id, names, old in noted.get("changed", ()):
            changes.note_changed(record_id, names, old)
        for record_id in noted.get("deleted", ()):
            changes.note_deleted(record_id)
        changes.created.update(dict.fromkeys(noted.get("created", ())))
        found = settle(changes, now)
        return found.created, found.updated, found.deleted

    def test_created_and_gone_is_nothing(self):
        self.assertEqual(self.settled({}, created=[1], deleted=[1]), ([], {}, []))

    def test_created_and_written_is_created(self):
        now = {1: {"a": 2}}
        changed = [(1, ["a"], {"a": 1})]
        self.assertEqual(self.settled(now, created=[1], changed=changed), ([1], {}, []))

    def test_deletion_that_did_not_happen(self):
        self.assertEqual(self.settled({1: {}}, deleted=[1]), ([], {}, []))

    def test_written_then_gone_is_deleted(self):
        self.assertEqual(self.settled({}, changed=[(1, ["a"], {"a": 1})]), ([], {}, [1]))

    def test_only_what_differs_changed(self):
        now = {1: {"a": 1, "b": 3}}
        changed = [(1, ["a", "b"], {"a": 1, "b": 2})]
        self.assertEqual(self.settled(now, changed=changed), ([], {1: {"b"}}, []))

    def test_unknown_counts_as_changed(self):
        self.assertEqual(self.settled({1: {}}, changed=[(1, ["a"], {})]), ([], {1: {"a"}}, []))

    def test_the_first_previous_value_is_kept(self):
        changes = Changes()
        changes.note_changed(1, ["a"], {"a": "first"})
        changes.note_changed(1, ["a"], {"a": "second"})
        self.assertEqual(changes.old, {1: {"a": "first"}})

    def test_what_plain_sql_left_is_no_previous_value(self):
        changes = Changes()
        changes.note_old(1, {"a": "first"})
        changes.forced[1] = {"a", "b"}
        changes.note_changed(1, ["a", "b", "c"], {"a": "by sql", "b": "by sql", "c": "first"})
        self.assertEqual(changes.old, {1: {"a": "first", "c": "first"}})


@tagged("post_install", "-at_install")
class TestNeverPass(BaseCase):
    def field(self, name, kind="char", related=None, groups=None):
        return SimpleNamespace(name=name, type=kind, related=related, groups=groups)

    def test_secret_names(self):
        for name in (
            "password new_passwd x_pass_phrase secret_code api_token access_token client_secret"
            " credentials api_key apikey private_key key pin_code otp totp_seed cvv salt signature"
        ).split():
            self.assertTrue(is_secret_name(name), name)

    def test_ordinary_names(self):
        for name in "name keyword monkey_id secretary_id spinner amount pinned state".split():
            self.assertFalse(is_secret_name(name), name)

    def test_binaries_related_secrets_and_closed_fields(self):
        self.assertTrue(never_passes(self.field("photo", "image")))
        self.assertTrue(never_passes(self.field("file", "binary")))
        self.assertTrue(never_passes(self.field("hint", related="user_id.password")))
        self.assertTrue(never_passes(self.field("hint", groups=".")))
        self.assertFalse(never_passes(self.field("hint", related="user_id.name")))


@tagged("post_install", "-at_install")
class TestSmallThings(BaseCase):
    def test_names_in_a_rule(self):
        text = (
            "['|', ('user_ids.active', '=', user.id), ('company_id', 'in', company_ids + [False])]"
        )
        self.assertLessEqual({"user_ids", "company_id"}, names_in_domain(text))
        self.assertEqual(names_in_domain(False), set())

    def test_look_alikes_are_guarded(self):
        for name in ("realtime_updates", "REALTIME_UPDATES", '["db","realtime_updates"]'):
            self.assertTrue(looks_guarded(name), name)
        for name in ("realtime", "updates", "broadcast", "realtime_update"):
            self.assertFalse(looks_guarded(name), name)

    def test_origin_is_32_lower_case_hex_digits(self):
        self.assertEqual(valid_origin("0" * 32), "0" * 32)
        for header in (None, "", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "0" * 32 + "\n"):
            self.assertIs(valid_origin(header), False)

    def test_order_terms(self):
        self.assertEqual(
            order_terms("date  desc, partner_id.name,id "), ["date desc", "partner_id.name", "id"]
        )

    def test_bulk_is_cut_into_thousands(self):
        records = [{"id": n} for n in range(2500)]
        written = {record["id"]: {"b", "a"} for record in records}
        sizes = [len(m["records"]) for m in bulk_messages("m", {}, "update", records, written)]
        self.assertEqual(sizes, [1000, 1000, 500])

    def test_records_with_other_fields_written_are_in_another_bulk(self):
        records = [{"id": n} for n in range(3)]
        written = {0: {"a"}, 1: {"b", "a"}, 2: {"a"}}
        found = bulk_messages("m", {}, "update", records, written)
        told = [([r["id"] for r in m["records"]], m["changed_fields"]) for m in found]
        self.assertEqual(told, [([0, 2], ["a"]), ([1], ["a", "b"])])

    def test_of_too_many_kinds_of_writing_no_field_is_named(self):
        records = [{"id": n} for n in range(17)]
        kinds = {n: {str(n)} for n in range(17)}
        [message] = bulk_messages("m", {}, "update", records, kinds)
        self.assertEqual((len(message["records"]), message["changed_fields"]), (17, []))
        self.assertEqual(len(bulk_messages("m", {}, "update", records[:16], kinds)), 16)

    def test_commands_that_change_lines(self):
        self.assertTrue(updates_lines([(1, 5, {"a": 1})]))
        self.assertFalse(updates_lines([(4, 5, 0), (6, 0, [1])]))
        self.assertFalse(updates_lines(None))

    def test_thumbprint_is_that_of_rfc_8037(self):
        key = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        self.assertEqual(thumbprint(key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")

    def test_signature_is_64_bytes_and_the_public_key_has_no_private_part(self):
        key = ec.generate_private_key(ec.SECP256R1())
        self.assertEqual(len(sign(key, {"a": 1}).split(".")[2]), 86)
        self.assertEqual(set(public_jwk(key)), {"kty", "crv", "alg", "use", "kid", "x", "y"})

    def test_claims_expire_after_five_minutes(self):
        companies, main = SimpleNamespace(ids=[1, 2]), SimpleNamespace(ids=[2])
        user = SimpleNamespace(
            id=7,
            name="Aziz",
            company_ids=companies,
            company_id=main,
            lang=False,
            _realtime_presence=lambda: False,
        )
        claims = token_claims(user, "uuid/install", "session", 1000)
        self.assertEqual((claims["iat"], claims["exp"], claims["sub"]), (1000, 1300, "7"))
        self.assertEqual((claims["lang"], claims["companies"]), ("en_US", [2, 1]))
        self.assertNotIn("presence", claims)

        user._realtime_presence = lambda: "hidden"
        claims = token_claims(user, "uuid/install", "session", 1000)
        self.assertEqual(claims["presence"], "hidden")
