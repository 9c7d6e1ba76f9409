import { expect, queryAllTexts, queryOne, test } from "@odoo/hoot";
import { defineModels, defineWebModels, fields, models, onRpc } from "@web/../tests/web_test_helpers";
import { fakeBridge, openLive } from "./fake_bridge";

class Deal extends models.Model {
    _name = "deal";
    name = fields.Char();
    amount = fields.Integer();
    stage = fields.Selection({ selection: [["new", "New"], ["won", "Won"]] });
    _records = [
        { id: 1, name: "Beta", amount: 10, stage: "new" },
        { id: 2, name: "Delta", amount: 20, stage: "new" },
        { id: 3, name: "Gamma", amount: 30, stage: "won" },
    ];
}

defineWebModels();
defineModels([Deal]);
const bridge = fakeBridge(["deal"]);

const LIST = `<list editable="bottom" default_order="name"><field name="name"/><field name="amount"/><field name="stage"/></list>`;
const names = () => queryAllTexts(".o_data_row td[name=name]");
const row = (name) => `.o_data_row:contains(${name})`;

test("a value that somebody else changes is drawn in its cell, marked, and without asking Odoo", async () => {
    await openLive(bridge, { type: "list", resModel: "deal", arch: LIST });
    const before = queryOne(row("Delta"));
    onRpc(({ method }) => expect.step(method));

    await bridge.commit("update", "deal", 2, { amount: 25 });

    expect(`${row("Delta")} td[name=amount]`).toHaveText("25");
    expect(`${row("Delta")} td[name=amount]`).toHaveClass("o_amanat_cell_changed");
    expect(queryOne(row("Delta"))).toBe(before);
    expect(names()).toEqual(["Beta", "Delta", "Gamma"]);
    expect.verifySteps([]);
});
