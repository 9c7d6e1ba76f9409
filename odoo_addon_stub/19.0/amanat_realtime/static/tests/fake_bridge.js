import { animationFrame, beforeEach, waitUntil } from "@odoo/hoot";
import { getMockEnv, getService, makeMockEnv, MockServer, mountView, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { Client } from "@amanat_realtime/../lib/amanat/amanat_client";

const AZIZ = { id: 7, name: "Aziz Karimov" };
/** Longer than any view waits to read itself once it has heard of a change. */
export const READ_MS = 4000;

/** Stands for the client of the page, and so for the bridge and everybody who works elsewhere. */
export class FakeBridge {
    /** @type {Client | undefined} */
    client;
    state = "idle";
    /** How often somebody asked to be connected soon. */
    hurried = 0;
    /** @type {Set<{spec: any, handlers: any}>} */
    #watches = new Set();
    #offset = 1;

    get mark() {
        return this.state === "live" ? { epoch: "hoot", offset: this.#offset } : undefined;
    }

    /** What views on screen watch. */
    get watched() {
        return [...this.#watches].map(({ spec }) => spec);
    }

    /** @param {string} state  of the connection */
    become(state) {
        this.state = state;
        this.client.onState(state, "said by the test");
    }

    watch(spec, handlers, readAt) {
        const watch = { spec, handlers };
        this.#watches.add(watch);
        queueMicrotask(() => {
            handlers.opened?.({ filtered: true });
            if (readAt?.offset !== this.#offset) {
                handlers.stale?.("opened");
            }
        });
        return () => this.#watches.delete(watch);
    }

    /**
     * Somebody else's change is committed: it is in the database, and whoever watches hears of it.
     *
     * @param {"create" | "update" | "enter" | "leave" | "delete"} op  what it means for who watches
     * @param {string} model
     * @param {number} id
     * @param {object} [values]
     */
    async commit(op, model, id, values = {}) {
        const table = MockServer.env[model];
        if (op === "create") {
            table.create([{ id, ...values }]);
        } else if (op === "delete") {
            table.unlink([id]);
        } else {
            table.write([id], values);
        }
        this.#offset++;
        for (const { spec, handlers } of [...this.#watches]) {
            if (spec.model === model && (spec.id ?? id) === id) {
                this.#tell(op, spec, handlers, id, Object.keys(values));
            }
        }
        await animationFrame();
    }

    #tell(op, spec, handlers, id, names) {
        const frame = { offset: this.#offset, model: spec.model, op, user: AZIZ };
        if (op === "leave" || op === "delete") {
            handlers.gone({ ...frame, records: [{ id }] });
        } else {
            handlers.update({ ...frame, records: [recordOf(spec, id)], changed_fields: op === "update" ? names : [] });
        }
    }
}

/** As the bridge sends it: what is watched, a many2one with its name. */
function recordOf({ model, fields }, id) {
    const [record] = MockServer.env[model].read([id], [...fields, "display_name"]);
    const sent = (value, type) => (type === "many2one" && value ? { id: value[0], display_name: value[1] } : value);
    const definitions = MockServer.env[model]._fields;
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, sent(value, definitions[name]?.type)]));
}

/**
 * To be called once in a file of tests. A page starts the add-on's service once, and that patches Odoo's views for good; Hoot loads
 * the modules anew for each file, and starts services anew for each test. So the service of a file's first test serves them all.
 *
 * @param {string[]} models  those that are live
 */
export function fakeBridge(models) {
    const bridge = new FakeBridge();
    const services = registry.category("services");
    const service = services.get("real_time_interaction");
    const env = { get services() { return getMockEnv().services; } };
    const notification = { add: (...given) => getService("notification").add(...given) };
    const dialog = { add: (...given) => getService("dialog").add(...given) };
    let started;
    services.add("real_time_interaction", { ...service, start: () => (started ??= service.start(env, { dialog, notification })) }, { force: true });
    beforeEach(() => started?.client.attention.began());
    patch(Client.prototype, {
        get state() {
            return bridge.state;
        },
        async start() {
            bridge.client = this;
            await this.connection.port.token();
            bridge.become("live");
        },
        hurry: () => bridge.hurried++,
        renew: async () => {},
        mark: () => bridge.mark,
        watch: (...given) => bridge.watch(...given),
        touch: () => ({ set() {}, end() {} }),
    });
    onRpc("/amanat_realtime/token", () => ({ models }));
    onRpc("has_group", () => true);
    preloadBundle("amanat_realtime.assets_records");
    return bridge;
}

/**
 * Opens a view in a page that is live, and returns when it is watched.
 *
 * @param {FakeBridge} bridge
 * @param {import("@web/views/view").ViewProps & {arch: string}} view
 */
export async function openLive(bridge, view) {
    if (!getMockEnv()) {
        await makeMockEnv();
    }
    await waitUntil(() => bridge.state === "live", { timeout: READ_MS });
    const mounted = await mountView(view);
    await waitUntil(() => bridge.watched.some(({ model }) => model === view.resModel), { timeout: READ_MS });
    return mounted;
}
