import { advanceTime, expect, mockDate, queryAllTexts, queryOne, test, waitFor, waitUntil } from "@odoo/hoot";
import { contains, findComponent, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { defineDeals } from "./deals";
import { fakeBridge, openLive, PATIENCE, READ_MS } from "./fake_bridge";

defineDeals();
const bridge = fakeBridge(["deal"]);
preloadBundle("amanat_realtime.assets_calendars");
preloadBundle("web.chartjs_lib");
preloadBundle("web.fullcalendar_lib");

const GRAPH = {
    type: "graph",
    resModel: "deal",
    arch: `<graph><field name="stage"/><field name="amount" type="measure"/></graph>`,
};
const PIVOT = {
    type: "pivot",
    resModel: "deal",
    arch: `<pivot><field name="stage" type="row"/><field name="amount" type="measure"/></pivot>`,
};
const CALENDAR = {
    type: "calendar",
    resModel: "deal",
    arch: `<calendar date_start="day" mode="month" scales="month"><field name="name"/></calendar>`,
};
const headers = () => queryAllTexts("tbody th");
const sums = () => queryAllTexts(".o_pivot_cell_value").map(Number);

test("a graph is drawn anew in its canvas and without animation, once for several changes", async () => {
    const view = await openLive(bridge, GRAPH);
    const graph = findComponent(view, (component) => component instanceof GraphRenderer);
    const shown = () => graph.chart.data.datasets[0].data.join();
    const canvas = queryOne(".o_graph_canvas_container canvas");
    expect(shown()).toBe("30,30");
    onRpc("deal", "*", ({ method }) => expect.step(method));

    await bridge.write("deal", 1, { amount: 15 });
    await bridge.write("deal", 2, { amount: 26 });
    await advanceTime(READ_MS);

    await waitUntil(() => shown() === "41,30", PATIENCE);
    expect(queryOne(".o_graph_canvas_container canvas")).toBe(canvas);
    expect(graph.chart.options.animation.duration).toBe(0);
    expect.verifySteps(["formatted_read_group"]);
});

test("a pivot table follows, and what its user has unfolded and folded stays so", async () => {
    await openLive(bridge, PIVOT);
    await contains("tbody .o_pivot_header_cell_closed:contains(New)").click();
    await contains(".o-dropdown--menu .dropdown-item:contains(Name)").click();
    expect(headers()).toEqual(["Total", "New", "Beta", "Delta", "Won"]);
    expect(sums()).toEqual([60, 30, 10, 20, 30]);

    await bridge.write("deal", 1, { amount: 15 });
    await advanceTime(READ_MS);

    await waitUntil(() => sums()[0] === 65, PATIENCE);
    expect(sums()).toEqual([65, 35, 15, 20, 30]);
    expect(headers()).toEqual(["Total", "New", "Beta", "Delta", "Won"]);
});

test("a calendar follows, but not while one of its records is looked at", async () => {
    mockDate("2026-11-15 12:00:00");
    await openLive(bridge, CALENDAR);
    const event = (name) => `.fc-event:contains(${name})`;
    const dayOf = (name) => queryOne(event(name)).closest("[data-date]").dataset.date;
    expect(dayOf("Beta")).toBe("2026-11-02");

    await bridge.write("deal", 1, { day: "2026-11-04" });
    await advanceTime(READ_MS);
    await waitUntil(() => dayOf("Beta") === "2026-11-04", PATIENCE);

    await contains(event("Delta")).click();
    await advanceTime(500);
    await waitFor(".o_cw_popover", PATIENCE);
    await bridge.write("deal", 1, { day: "2026-11-06" });
    await advanceTime(READ_MS);
    expect(dayOf("Beta")).toBe("2026-11-04");

    await contains(".o_cw_popover_close").click();
    await advanceTime(READ_MS);
    await waitUntil(() => dayOf("Beta") === "2026-11-06", PATIENCE);
});
