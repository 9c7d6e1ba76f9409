import { advanceTime, expect, press, queryAllTexts, queryOne, test, waitUntil } from "@odoo/hoot";
import { clickSave, contains, MockServer, onRpc } from "@web/../tests/web_test_helpers";
import { defineDeals } from "./deals";
import { fakeBridge, openLive, PATIENCE, READ_MS } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal", "deal.line"]);

const FORM = {
    type: "form",
    resModel: "deal",
    resId: 1,
    arch: `
        <form>
            <field name="name"/>
            <field name="amount"/>
            <field name="note"/>
            <field name="stage"/>
        </form>`,
};
const field = (name) => `.o_field_widget[name=${name}] input`;

/** Odoo knows of what is typed only when the field is left; here it is not. */
function type(name, text) {
    return contains(field(name)).edit(text, { confirm: false });
}

function stepSaves() {
    onRpc("deal", "web_save", ({ args: [, values] }) => expect.step(values));
}

test("a form that nobody has touched follows at once, and the caret stays where it is", async () => {
    await openLive(bridge, FORM);
    await contains(field("name")).click();
    queryOne(field("name")).setSelectionRange(2, 2);

    await bridge.write("deal", 1, { amount: 25, note: "theirs" });

    expect(field("amount")).toHaveValue("25");
    expect(field("note")).toHaveValue("theirs");
    expect(".o_field_widget[name=amount]").toHaveClass("o_amanat_cell_changed");
    expect(field("name")).toBeFocused();
    expect(queryOne(field("name")).selectionStart).toBe(2);
    expect(".o_form_status_indicator_buttons.invisible").toHaveCount(1);
});

test("what is typed stays while the other fields follow, and only that is saved", async () => {
    await openLive(bridge, FORM);
    stepSaves();
    await type("name", "Beta typed");

    await bridge.write("deal", 1, { amount: 25 });

    expect(field("name")).toHaveValue("Beta typed");
    expect(field("amount")).toHaveValue("25");
    expect(".o_amanat_conflict").toHaveCount(0);
    await clickSave();
    expect.verifySteps([{ name: "Beta typed" }]);
    expect(MockServer.env.deal.browse(1)[0].amount).toBe(25);
});

test("a field that somebody else changes while it is typed in is asked about, and nothing is saved before the answer", async () => {
    await openLive(bridge, FORM);
    stepSaves();
    await type("amount", "11");

    await bridge.write("deal", 1, { amount: 25 });

    expect(field("amount")).toHaveValue("11");
    expect(".o_amanat_bar_title").toHaveText("Aziz Karimov changed “Amount” while you were changing it.");
    expect(".o_amanat_base").toHaveText("10");
    expect(".o_amanat_theirs").toHaveText("25");
    await clickSave();
    expect(".o_amanat_conflict").toHaveClass("o_amanat_asked");
    expect(".o_amanat_mine").toHaveText("11");
    expect.verifySteps([]);
});

test("“Keep mine” saves what was typed", async () => {
    await openLive(bridge, FORM);
    stepSaves();
    await type("amount", "11");
    await bridge.write("deal", 1, { amount: 25 });

    await contains(".o_amanat_keep").click();

    expect(".o_amanat_conflict").toHaveCount(0);
    expect(field("amount")).toHaveValue("11");
    await clickSave();
    expect.verifySteps([{ amount: 11 }]);
});

test("“Take theirs” shows theirs, and there is nothing left to save", async () => {
    await openLive(bridge, FORM);
    await type("amount", "11");
    await bridge.write("deal", 1, { amount: 25 });

    await contains(".o_amanat_take").click();

    expect(".o_amanat_conflict").toHaveCount(0);
    expect(field("amount")).toHaveValue("25");
    expect(".o_form_status_indicator_buttons.invisible").toHaveCount(1);
});

test("a record that is deleted leaves its text, of which a new record can be made", async () => {
    await openLive(bridge, FORM);
    stepSaves();
    await type("name", "Beta typed");

    await bridge.unlink("deal", 1);

    expect(".o_amanat_lost").toHaveText(/Aziz Karimov deleted this record/);
    expect(field("name")).toHaveValue("Beta typed");
    await press("Tab");
    await clickSave();
    expect.verifySteps([]);

    await contains(".o_amanat_copy").click();
    expect(".o_amanat_lost").toHaveCount(0);
    await clickSave();
    expect.verifySteps([{ name: "Beta typed", amount: 10, note: false, stage: "new" }]);
});

test("lines that others change, add and take away are merged around the one that is typed in", async () => {
    await openLive(bridge, {
        ...FORM,
        arch: `
            <form>
                <field name="line_ids">
                    <list editable="bottom"><field name="name"/><field name="quantity"/></list>
                </field>
            </form>`,
    });
    const names = () => queryAllTexts(".o_data_row:not(.o_selected_row) td[name=name]");
    await contains(".o_data_row:contains(Bolt) td[name=name]").click();
    await contains(".o_selected_row [name=name] input").edit("Bolt typed", { confirm: false });
    const typing = queryOne(".o_selected_row [name=name] input");

    await bridge.create("deal.line", { name: "Washer", quantity: 3, deal_id: 1 });
    await bridge.unlink("deal.line", 2);
    await bridge.write("deal.line", 1, { quantity: 9 });
    await advanceTime(READ_MS);
    await waitUntil(() => names().join() === "Washer", PATIENCE);

    expect(queryOne(".o_selected_row [name=name] input")).toBe(typing);
    expect(typing).toHaveValue("Bolt typed");
    expect(typing).toBeFocused();
    expect(".o_selected_row [name=quantity] input").toHaveValue("9");
});

test("a many2one in which somebody searches follows when they have left it", async () => {
    await openLive(bridge, { ...FORM, arch: `<form><field name="partner_id"/><field name="amount"/></form>` });
    const [lola] = MockServer.env["res.partner"].create([{ name: "Lola" }]);
    await type("partner_id", "Lo");

    await bridge.write("deal", 1, { partner_id: lola, amount: 25 });
    expect(field("amount")).toHaveValue("25");
    expect(field("partner_id")).toHaveValue("Lo");

    await contains(field("amount")).click();
    await waitUntil(() => queryOne(field("partner_id")).value === "Lola", PATIENCE);
});
