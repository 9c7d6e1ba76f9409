import { animationFrame, beforeEach, waitUntil } from "@odoo/hoot";
import { getMockEnv, getService, makeMockEnv, MockServer, mountView, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { clearProcessedTemplates, setUrlFilters } from "@web/core/templates";
import { patch } from "@web/core/utils/patch";
import { Client } from "@amanat_realtime/../lib/amanat/amanat_client";

const AZIZ = { id: 7, name: "Aziz Karimov" };
/** Longer than any view waits to read itself once it has heard of a change. */
export const READ_MS = 4000;
/** In real time, of a wait that does not fail: on a slow machine. */
export const PATIENCE = { timeout: 30_000 };

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

    /** Somebody else has made a record: it is in the database, and whoever watches hears of it; as with the following. */
    async create(model, values) {
        const [id] = MockServer.env[model].create([values]);
        return this.#commit("create", model, id);
    }

    /** Somebody else has written a record, which is `update`; or, where a filter judges otherwise, `enter` or `leave`. */
    async write(model, id, values, op = "update") {
        MockServer.env[model].write([id], values);
        return this.#commit(op, model, id, Object.keys(values));
    }

    async unlink(model, id) {
        MockServer.env[model].unlink([id]);
        return this.#commit("delete", model, id);
    }

    #commit(op, model, id, names = []) {
        this.#offset++;
        for (const { spec, handlers } of [...this.#watches]) {
            if (spec.model === model && (spec.id ?? id) === id) {
                this.#tell(op, spec, handlers, id, names);
            }
        }
        return animationFrame();
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
function recordOf({ model, fields = [] }, id) {
    const [record] = MockServer.env[model].read([id], [...fields, "display_name"]);
    const sent = (value, type) => (type === "many2one" && value ? { id: value[0], display_name: value[1] } : value);
    const definitions = MockServer.env[model]._fields;
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, sent(value, definitions[name]?.type)]));
}

/** Unlike modules, templates are the page's: what the file before has put into Odoo's is not to be seen when that is done again. */
function withBareTemplates(work) {
    const restore = setUrlFilters([(url) => !url.startsWith("/amanat_realtime/static/src/odoo19/")]);
    clearProcessedTemplates();
    try {
        return work();
    } finally {
        restore();
        clearProcessedTemplates();
    }
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
    const env = {
        get services() {
            return getMockEnv().services;
        },
    };
    const notification = { add: (...given) => getService("notification").add(...given) };
    const dialog = { add: (...given) => getService("dialog").add(...given) };
    let started;
    const start = () => (started ??= withBareTemplates(() => service.start(env, { dialog, notification })));
    services.add("real_time_interaction", { ...service, start }, { force: true });
    beforeEach(() => started?.client.attention.began()); // Hoot takes out of the registries what a test has put there
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
 * Begins a page, and returns when it is live.
 *
 * @param {FakeBridge} bridge
 */
export async function beginLive(bridge) {
    if (!getMockEnv()) {
        await makeMockEnv();
    }
    await waitUntil(() => bridge.state === "live", PATIENCE);
}

/**
 * Opens a view in a page that is live, and returns when it is watched.
 *
 * @param {FakeBridge} bridge
 * @param {import("@web/views/view").ViewProps & {arch: string}} view
 */
export async function openLive(bridge, view) {
    await beginLive(bridge);
    const mounted = await mountView(view);
    await waitUntil(() => bridge.watched.some(({ model }) => model === view.resModel), PATIENCE);
    return mounted;
}
