import { advanceTime, expect, press, queryAllTexts, queryOne, test, waitFor, waitUntil } from "@odoo/hoot";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { defineDeals } from "./deals";
import { fakeBridge, openLive, PATIENCE, READ_MS } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal"]);

const LIST = {
    type: "list",
    resModel: "deal",
    arch: `
        <list editable="bottom" default_order="amount">
            <field name="name"/>
            <field name="amount"/>
            <field name="stage"/>
        </list>`,
};
const names = () => queryAllTexts(".o_data_row td[name=name]");
const row = (name) => `.o_data_row:contains(${name})`;

/** What the view asks Odoo from now on is a step. */
function stepReads() {
    onRpc("deal", "*", ({ method }) => expect.step(method));
}

test("a value that somebody else changes is drawn in its cell and marked, and Odoo is not asked", async () => {
    await openLive(bridge, LIST);
    stepReads();
    const before = queryOne(row("Delta"));

    await bridge.write("deal", 2, { amount: 25 });

    expect(`${row("Delta")} td[name=amount]`).toHaveText("25");
    expect(`${row("Delta")} td[name=amount]`).toHaveClass("o_amanat_cell_changed");
    expect(queryOne(row("Delta"))).toBe(before);
    await advanceTime(READ_MS);
    expect.verifySteps([]);
});

test("a new record comes at its place in the order, marked as new", async () => {
    await openLive(bridge, LIST);
    stepReads();

    await bridge.create("deal", { name: "Charlie", amount: 15 });

    expect(names()).toEqual(["Beta", "Charlie", "Delta", "Gamma"]);
    expect(row("Charlie")).toHaveClass("o_amanat_row_new");
    expect(".o_pager_limit").toHaveText("4");
    expect.verifySteps([]);
});

test("a record that matches the filter no more goes, and the others stay the same elements", async () => {
    await openLive(bridge, { ...LIST, domain: [["stage", "=", "new"]] });
    const stays = queryOne(row("Delta"));

    await bridge.write("deal", 1, { stage: "won" }, "leave");

    expect(names()).toEqual(["Delta"]);
    expect(queryOne(row("Delta"))).toBe(stays);
});

test("a row whose order field changes moves to its place and stays the same element", async () => {
    await openLive(bridge, LIST);
    stepReads();
    const moves = queryOne(row("Beta"));

    await bridge.write("deal", 1, { amount: 25 });

    expect(names()).toEqual(["Delta", "Beta", "Gamma"]);
    expect(queryOne(row("Beta"))).toBe(moves);
    expect.verifySteps([]);
});

test("in the row that is edited other cells follow, and what is typed stays with its caret", async () => {
    await openLive(bridge, LIST);
    await contains(`${row("Delta")} td[name=name]`).click();
    await contains(".o_selected_row [name=name] input").edit("Delta typed", { confirm: false });
    queryOne(".o_selected_row [name=name] input").setSelectionRange(3, 5);

    await bridge.write("deal", 2, { amount: 25, name: "Theirs" });

    expect(".o_selected_row [name=amount] input").toHaveValue("25");
    const typing = queryOne(".o_selected_row [name=name] input");
    expect(typing).toHaveValue("Delta typed");
    expect(typing).toBeFocused();
    expect([typing.selectionStart, typing.selectionEnd]).toEqual([3, 5]);
});

test("a row that is deleted while it is edited stays until its user has left it, who is told", async () => {
    await openLive(bridge, LIST);
    await contains(`${row("Delta")} td[name=name]`).click();
    await contains(".o_selected_row [name=name] input").edit("Delta typed", { confirm: false });

    await bridge.unlink("deal", 2);

    expect(".o_selected_row").toHaveClass("o_amanat_row_gone");
    expect(".o_selected_row [name=name] input").toHaveValue("Delta typed");
    await waitFor(".o_notification:contains(was deleted by Aziz Karimov)", PATIENCE);

    await press("Escape");
    await advanceTime(READ_MS);
    await waitUntil(() => names().join() === "Beta,Gamma", PATIENCE);
});

test("while rows are selected a new one waits behind a pill, and comes when that is pressed", async () => {
    await openLive(bridge, LIST);
    await contains(`${row("Beta")} .o_list_record_selector input`).click();

    await bridge.create("deal", { name: "Charlie", amount: 15 });
    await advanceTime(READ_MS);

    expect(names()).toEqual(["Beta", "Delta", "Gamma"]);
    await contains(".o_amanat_pill button:contains(1 new)").click();
    await advanceTime(READ_MS);
    await waitUntil(() => names().join() === "Beta,Charlie,Delta,Gamma", PATIENCE);
    expect(".o_amanat_pill").toHaveCount(0);
    expect(`${row("Beta")} .o_list_record_selector input`).toBeChecked();
});

test("a row moves to another group by one reading, and groups stay folded and unfolded as they were", async () => {
    await openLive(bridge, { ...LIST, groupBy: ["stage"] });
    await contains(".o_group_header:contains(New)").click();
    expect(names()).toEqual(["Beta", "Delta"]);
    stepReads();

    await bridge.write("deal", 1, { stage: "won" });
    await advanceTime(READ_MS);

    await waitUntil(() => names().join() === "Delta", PATIENCE);
    expect(queryAllTexts(".o_group_header .o_group_name")).toEqual(["New (1)", "Won (2)"]);
    expect(".o_group_header:contains(Won) .fa-caret-right").toHaveCount(1);
    expect.verifySteps(["web_read_group"]);
});
