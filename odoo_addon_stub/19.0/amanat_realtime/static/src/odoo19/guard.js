import { toRaw } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { theQuestion } from "../guard/asking.js";
import { sendGuarded } from "../guard/guarded_request.js";
import { SeenValues } from "../guard/seen_values.js";
import { basesOf, isPlain, serverValue, shownOf } from "./seen.js";

/**
 * Makes the saves and the buttons of guarded models say what their user has seen, and asks when Odoo refuses.
 *
 * A form that shows conflicts itself sets {@link Guard#form}. Nothing here can keep a save from being sent: when this
 * adapter fails, it goes out as Odoo's own.
 *
 * @typedef {object} FormPort
 * @property {(record: any) => Record<string, any> | undefined} [seenOf]  what the user has seen of the fields of a
 *     record or a line, where it knows better
 * @property {(record: any, refusal: import("../guard/guarded_request.js").Refusal) => any} [onConflict]  `"held"`
 *     when it shows the conflict and the save has to wait, `"mine"` or `"theirs"` when it knows the answer, or
 *     nothing; also as a promise
 */
export class Guard {
    /** @type {FormPort} */
    form = {};
    /** Whose user has dropped a card knows the answer. @type {(record: any, refusal: any) => "mine" | undefined} */
    answerForDrop = () => undefined;
    seen = new SeenValues();
    #saving = new Map();
    #conflicts = new WeakSet();
    #pressed;
    #executing = false;

    /**
     * @param {object} world
     * @param {Set<string>} world.models  that are guarded
     * @param {{add: Function}} world.dialog
     * @param {(message: string) => void} world.warn
     */
    constructor({ models, dialog, warn }) {
        this.models = models;
        this.dialog = dialog;
        this.warn = warn;
        registry.category("error_handlers").add("amanat_answered", hideAnswered, { sequence: 1, force: true });
    }

    guards(record) {
        return this.models.has(record.resModel) && Boolean(record.resId);
    }

    /** These records are about to be saved; what is returned is called when that is over. */
    saves(records) {
        const saved = records.filter((record) => this.guards(record)).map((record) => [keyOf(record), record]);
        saved.forEach(([key, record]) => this.#saving.set(key, toRaw(record)));
        return () => {
            const own = saved.filter(([key, record]) => this.#saving.get(key) === toRaw(record));
            own.forEach(([key]) => this.#saving.delete(key));
        };
    }

    /**
     * @param {any} vals  of each record by its id
     * @param {(vals: any, context: any) => Promise<any>} send
     * @returns {Promise<any> | undefined} nothing for new records, and when nobody knows what was seen
     */
    save(model, ids, vals, context, send) {
        const records = ids.map((id) => this.#saving.get(keyOf({ resModel: model, resId: id })));
        if (!records.length || records.includes(undefined)) {
            return undefined;
        }
        const request = this.#orStock(() => this.#request(records, vals));
        return request && this.#send(request, records, (next) => send(next.vals, this.#context(context, next)));
    }

    /** The context of a save that a page sends when it is left: nobody will see the answer. */
    beaconContext(record) {
        const raw = toRaw(record);
        const bases = this.#orStock(() => this.#bases(raw));
        return bases ? { ...raw.context, amanat_base: { [raw.resId]: bases } } : raw.context;
    }

    /** A button was pressed: of which records, and what it does. */
    pressed(button) {
        this.#pressed = this.#orStock(() => {
            const { records, clickParams: { type, name }, className } = button();
            const guarded = records.filter((record) => this.models.has(record.resModel));
            const opens = /\boe_stat_button\b/.test(className ?? "");
            return type === "object" && guarded.length && !opens ? { records: guarded, name } : undefined;
        });
    }

    /** While what was pressed saves first, its saves look at the fields that they do not write, too. */
    async executing(run) {
        this.#executing = true;
        try {
            return await run();
        } finally {
            this.#executing = false;
        }
    }

    /** @returns {Promise<any> | undefined} nothing when this is no button that was pressed */
    button(url, params, send) {
        const pressed = this.#pressed;
        const ids = params?.args?.[0];
        if (!pressed || !url.startsWith("/web/dataset/call_button") || params.method !== pressed.name) {
            return undefined;
        }
        const records = pressed.records.filter((record) => record.resModel === params.model && ids?.includes(record.resId));
        this.#pressed = undefined;
        const shown = this.#orStock(() => Object.fromEntries(records.map((record) => [record.resId, shownOf(toRaw(record))])));
        if (!records.length || !shown) {
            return undefined;
        }
        const request = { vals: {}, bases: {}, shown };
        const { context } = params.kwargs ?? {};
        return this.#send(request, records, (next) => {
            const kwargs = { ...params.kwargs, context: this.#context(context, next) };
            return send({ ...params, kwargs });
        });
    }

    /** Keeps what the user sees of fields with changes before other values take its place. */
    keep(record, names, isTyped) {
        this.#orStock(() => {
            const raw = toRaw(record);
            for (const name of names) {
                if (isPlain(raw, name) && (name in raw._changes || isTyped(name))) {
                    this.seen.keep(raw, name, serverValue(raw, name));
                }
            }
        });
    }

    /** The user's changes of this record are saved or given up. */
    forget(record) {
        const raw = toRaw(record);
        this.seen.forget(raw);
        this.#conflicts.delete(raw);
    }

    /** The user gives up the changes of this record, and of those that are edited along with it. */
    discards(record, along) {
        this.forget(record);
        this.#orStock(() => along().forEach((other) => this.forget(other)));
    }

    isOpen(record) {
        const raw = toRaw(record);
        return Boolean(raw && this.#conflicts.has(raw));
    }

    isAnswered(error) {
        return error?.amanatAnswered === true;
    }

    #request(records, vals) {
        const bases = {};
        const shown = {};
        for (const record of records) {
            bases[record.resId] = this.#bases(record);
            if (this.#executing && this.#pressed?.records.some((pressed) => toRaw(pressed) === record)) {
                shown[record.resId] = shownOf(record, (name) => !(name in record._changes));
            }
        }
        return { vals, bases, shown };
    }

    #bases(record) {
        return basesOf(record, (one) => ({ ...this.seen.of(toRaw(one)), ...this.form.seenOf?.(one) }));
    }

    #context(context, { bases, shown }) {
        return {
            ...context,
            ...(Object.keys(bases).length ? { amanat_base: bases } : {}),
            ...(Object.keys(shown).length ? { amanat_shown: shown } : {}),
        };
    }

    #send(request, records, send) {
        return sendGuarded(request, send, (refusal) => this.#ask(refusal, records));
    }

    async #ask(refusal, records) {
        if (refusal.kind === "conflict") {
            const [record] = records.length === 1 ? records : [];
            const answer = record && (this.answerForDrop(record, refusal) ?? (await this.form.onConflict?.(record, refusal)));
            if (answer) {
                return answer === "held" ? "back" : answer;
            }
            records.forEach((record) => this.#conflicts.add(toRaw(record)));
        }
        const { Dialog, propsOf } = await theQuestion(() => loadBundle("amanat_realtime.assets_question"));
        const answer = await new Promise((resolve) => {
            const props = { ...propsOf(refusal, records), answer: resolve };
            this.dialog.add(Dialog, props, { onClose: () => resolve("back") });
        });
        if (answer === "back" && refusal.kind === "stale") {
            records.filter((record) => !record.dirty).forEach((record) => void record.load());
        }
        return answer;
    }

    #orStock(compute) {
        try {
            return compute();
        } catch (error) {
            this.warn(`saves go out without saying what they overwrite: ${error}`);
            return undefined;
        }
    }
}

function keyOf({ resModel, resId }) {
    return `${resModel},${resId}`;
}

/** An error that its user has seen and answered needs no second dialog. */
function hideAnswered(_env, error, originalError) {
    if (originalError?.amanatAnswered !== true) {
        return false;
    }
    error.unhandledRejectionEvent?.preventDefault();
    return true;
}
