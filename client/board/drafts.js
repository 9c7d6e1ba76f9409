/** What was typed and not saved, by what it was typed into: it outlives the panel, and goes when it was saved or undone. */
import { clientDraft } from "./clients.js";
import { taskDraft } from "./task_form.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./app.js").Open} Open */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{table?: string, op?: string, id?: any, values?: Record<string, any>}} Refused */

/** @type {Record<string, "task" | "client" | undefined>} */
const KINDS = { task: "task", client_card: "client" };
/** What a person types; the rest is chosen, and chosen again as easily. */
const TYPED = ["title", "note", "name", "phone", "address"];

export class Drafts {
    /** @type {Map<string, Draft>} */
    #byKey = new Map();

    /** @param {App} app */
    constructor(app) {
        this.app = app;
    }

    /** @param {Open} open @returns {Draft} */
    of(open) {
        const key = keyOf(open);
        const draft = this.#byKey.get(key) ?? this.#make(open);
        this.#byKey.set(key, draft);
        return draft;
    }

    /** @param {Open} open */
    #make(open) {
        switch (open.kind) {
            case "task":
                return taskDraft(this.app.task(open.id) ?? {});
            case "new":
                return taskDraft(open.values);
            case "client":
                return clientDraft(this.app.data.row("clients", open.id) ?? {});
            default:
                return clientDraft({});
        }
    }

    /** @param {Open} open whether something was typed */
    has(open) {
        return this.#byKey.get(keyOf(open))?.dirty ?? false;
    }

    /**
     * What was refused stays typed, and so does what was to be stored together with it.
     *
     * @param {Refused & {index?: number, steps?: Refused[]}} refusal
     * @returns {Open | undefined} where it is
     */
    bringBack({ index = 0, steps = [], ...refused }) {
        const others = steps.filter((_, at) => at !== index);
        return [refused, ...others].map((step) => this.#bringBack(step)).find(Boolean);
    }

    /** @param {Refused} step @returns {Open | undefined} */
    #bringBack({ table = "", op, id, values }) {
        const kind = KINDS[table];
        const typed = Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => TYPED.includes(name)));
        if (!kind || !Object.keys(typed).length) {
            return undefined;
        }
        /** @type {Open} */
        const open = op === "update" ? { kind, id } : { kind: kind === "task" ? "new" : "new_client", values: values ?? {} };
        this.of(open).bringBack(typed);
        return open;
    }

    /** What is typed into a new row goes on when it has its real id. @param {any} from @param {any} to */
    rename(from, to) {
        for (const kind of /** @type {const} */ (["task", "client"])) {
            const draft = this.#byKey.get(keyOf({ kind, id: from }));
            if (draft) {
                this.#byKey.delete(keyOf({ kind, id: from }));
                this.#byKey.set(keyOf({ kind, id: to }), draft);
            }
        }
    }

    forgetClean() {
        for (const [key, draft] of this.#byKey) {
            if (!draft.dirty) {
                this.#byKey.delete(key);
            }
        }
    }
}

/** @param {Open} open */
export function keyOf(open) {
    if ("values" in open) {
        return `${open.kind} ${JSON.stringify(open.values)}`;
    }
    return "id" in open ? `${open.kind} ${open.id}` : open.kind;
}
