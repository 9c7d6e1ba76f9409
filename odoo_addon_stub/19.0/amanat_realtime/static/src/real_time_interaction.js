import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { newOrigin } from "../lib/amanat/amanat_client.js";
import { followAggregates } from "./aggregates/follow.js";
import { OpenAggregate } from "./aggregates/open_aggregate.js";
import { AttentiveClient } from "./attention/attentive_client.js";
import { showAttention } from "./attention/status.js";
import { bulkBanner } from "./bulk/bulk_banner.js";
import { EditingState } from "./editing_state.js";
import { Highlights } from "./highlights.js";
import { beginParts } from "./late/late.js";
import { missingForWatching } from "./odoo19/features.js";
import { loadWithViews } from "./odoo19/late_views.js";
import { titleOf } from "./odoo19/on_screen.js";
import { isOdooError, markRequests, requestToken } from "./odoo19/requests.js";
import { log } from "./odoo19/stock.js";
import { startGuard } from "./start_guard.js";
import { Presence } from "./presence/presence.js";

const WORKER = "/amanat_realtime/static/lib/amanat/amanat_worker.js";

/** What comes with the first view of a kind. */
const LATE = { list: "records", kanban: "records", form: "records", calendar: "calendars", graph: "charts", pivot: "charts" };

/** Connects what is on screen with the bridge. Without the bridge, Odoo is as it always was. */
class RealTimeInteraction {
    /** @type {Set<import("./open_list.js").OpenList>} */
    lists = new Set();
    /** @type {Set<import("./form/open_form.js").OpenForm>} */
    forms = new Set();
    isOdooError = isOdooError;
    /** Other views on screen. @type {Set<OpenAggregate>} */
    views = new Set();
    /** @type {Set<string> | undefined} what is live; not known yet */
    models;
    order = {};

    /**
     * @param {any} env
     * @param {any} log
     * @param {{add: Function}} notification
     * @param {import("./odoo19/guard.js").Guard} [guard]
     */
    constructor(env, log, notification, guard) {
        this.log = log;
        this.notification = notification;
        this.guard = guard;
        const later = (callback, delayMs) => browser.setTimeout(callback, delayMs);
        const marks = {};
        const isStill = () => browser.matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.highlights = new Highlights(reactive(marks), later, { bare: marks, isStill });
        this.world = {
            hidden: () => document.hidden,
            now: () => Date.now(),
            setTimeout: later,
            clearTimeout: (timer) => browser.clearTimeout(timer),
            random: Math.random,
        };
        const banner = bulkBanner(this.world, (model) => titleOf(env, model));
        this.tellBulk = (bulk) => this.client.attention.views.still || banner(bulk);
        const origin = newOrigin();
        this.client = new AttentiveClient(this.world, reactive({}), {
            token: () => this.#token(),
            origin,
            onState: (state, why) => this.#stateChanged(state, why),
            worker: WORKER,
            log: this.log,
        });
        this.editing = new EditingState({
            isLive: (model) => this.isLive(model),
            touch: (spec, handlers) => this.client.touch(spec, handlers),
            warn: (message) => this.warn(message),
        });
        markRequests(origin, (model, ids) => this.client.saving(model, ids));
        this.presence = new Presence(this.client, reactive({}));
        followAggregates((port) => new OpenAggregate(this, port).hooks);
        beginParts(this);
        loadWithViews(LATE, {
            setTimeout: later,
            failed: (error) => this.warn(`a view is not kept fresh: ${error.message}`),
            opens: (view, isHere) => this.client.attention.opens(view, isHere),
            closes: (view) => this.client.attention.opens(view, true),
        });
    }

    start() {
        browser.addEventListener("online", () => this.#lookedAt());
        document.addEventListener("visibilitychange", () => this.#lookedAt());
        showAttention(this.client);
        this.client.start();
    }

    /** Whether records of this model are announced at all. */
    isLive(model) {
        return Boolean(this.models?.has(model));
    }

    /** Another way to draw rows when the one they have is broken; an error of Odoo's own breaks nothing. */
    replacementFor(port, error) {
        if (isOdooError(error)) {
            this.log.debug("Odoo could not be read", error.message);
            return undefined;
        }
        this.warn(`what is on screen could not be changed in place and is reloaded instead: ${error}`);
        return port.reloaded?.();
    }

    async #token() {
        let answer;
        try {
            answer = await requestToken();
        } catch (error) {
            this.log.debug("no token", error.message);
            this.models ??= new Set();
            if (error.exceptionName?.endsWith("SessionExpiredException")) {
                return false;
            }
            throw error;
        }
        this.models = new Set(answer.models);
        this.order = answer.order ?? {};
        [...this.lists, ...this.forms, ...this.views].forEach((view) => view.hooks.interestChanged());
        this.editing.sayAll();
        return answer;
    }

    #stateChanged(state, why) {
        if (["waiting", "stopped", "outdated"].includes(state)) {
            this.warn(`live updates are off (${why}); lists show what Odoo last read`);
        }
    }

    /** The tab is visible again, or the network is back. */
    #lookedAt() {
        if (!document.hidden) {
            [...this.lists, ...this.forms].forEach((view) => view.live.queue.shown());
            this.views.forEach((view) => view.lookedAt());
        }
    }

    /** Somebody writes in a row that should be gone: nothing is taken from them unsaid. */
    tellKept({ name, gone }) {
        this.notification.add(keptMessage(name, gone), { type: "warning" });
    }

    warn(message) {
        this.log.warnOnce(message);
    }
}

function keptMessage(name, { op, by }) {
    if (op === "leave") {
        return _t("“%s” is no longer in this list. What you typed stays until you leave the row.", name);
    }
    return by
        ? _t("“%(name)s” was deleted by %(by)s. What you typed stays until you leave the row.", { name, by })
        : _t("“%s” was deleted. What you typed stays until you leave the row.", name);
}

const NO_BRIDGE = { isLive: () => false, touch: () => ({ set: () => {}, end: () => {} }), warn: () => {} };

/**
 * Keeps the views on screen fresh. `on(action, callback)` hears custom events sent by
 * `res.users._send_realtime_notification`, and returns a function that ends listening.
 */
export const realTimeInteractionService = {
    dependencies: ["dialog", "notification"],
    start(env, { dialog, notification }) {
        const guard = startGuard({ dialog, warn: (message) => log.warnOnce(message) });
        try {
            const lacking = missingForWatching();
            if (lacking.length) {
                throw new Error(`this Odoo lacks ${lacking.join(", ")}`);
            }
            const interaction = new RealTimeInteraction(env, log, notification, guard);
            interaction.start();
            if (browser.localStorage.getItem("amanat.debug")) {
                globalThis.__amanat__ = interaction;
            }
            const { client, editing } = interaction;
            return { on: (action, callback) => client.on(action, callback), client, editing };
        } catch (error) {
            log.warnOnce(`live updates are off: ${error.message}`);
            return { on: () => () => {}, editing: new EditingState(NO_BRIDGE) };
        }
    },
};

/**
 * What this tab's user edits: `touch(model, id, {field: base})`, `untouch(model, id, fields?)`, `isEditing(model, id, field?)`,
 * `base(model, id, field)`, and `onConflict(callback)` for what others have written there meanwhile.
 */
export const editingStateService = {
    dependencies: ["real_time_interaction"],
    start: (_env, { real_time_interaction: realTime }) => realTime.editing,
};

registry.category("services").add("real_time_interaction", realTimeInteractionService);
registry.category("services").add("editing_state", editingStateService);
