import { reactive, toRaw } from "@odoo/owl";
import { ConflictBar } from "../../form/conflict_bar.js";
import { copiedChanges } from "./copy.js";
import { dropLine, keepLine } from "./lines.js";
import { settingOf, touchesOf } from "./touches.js";
import { settleDirty, takeTheirs } from "./values.js";
import { wordsOf } from "./words.js";

/** The bar of one form: what it asks, and what is done with the answers. */
export class FormBar {
    component = ConflictBar;
    /** Whether it is drawn at all; a view may have a template of its own. */
    onScreen = false;
    /** @type {import("../../form/conflict_bar.js").BarState} */
    state = reactive({ questions: [], lost: null, asked: 0, canCopy: false });
    /** The reading of the record whose changes the server refused, before there was anything to ask. */
    #owed;

    /**
     * @param {any} controller  the form view's
     * @param {import("./merged_form.js").MergedForm} form
     */
    constructor(controller, form) {
        this.controller = controller;
        this.form = form;
    }

    get model() {
        return this.form.model;
    }

    get isLost() {
        return this.form.lost !== undefined;
    }

    /** Says what there is to say now. */
    refresh() {
        const { root } = this.model;
        const lost = this.form.lost ?? null;
        const nodes = this.controller.archInfo.fieldNodes;
        const questions = lost ? [] : this.form.conflicts().map((conflict) => questionOf(conflict, root, nodes));
        const { state } = this;
        if (JSON.stringify(questions) !== JSON.stringify(toRaw(state.questions))) {
            state.questions = questions;
        }
        if (lost !== state.lost) {
            Object.assign(state, { lost, canCopy: this.controller.canCreate });
        }
        if (!questions.length) {
            state.asked = 0;
        } else if (this.owesQuestion) {
            this.ask();
        }
    }

    /** Whether nothing may be saved now. A bar that nobody sees, or that fails, holds nothing: then the server asks. */
    holds() {
        try {
            this.refresh();
        } catch {
            return false;
        }
        return this.onScreen && (this.state.lost !== null || this.state.questions.length > 0);
    }

    /** A save was held. */
    ask() {
        this.#owed = undefined;
        this.state.asked++;
    }

    /** The server has refused a save: its user is asked as soon as what is there has been read. */
    oweQuestion() {
        this.#owed = this.#reading();
    }

    /** Whether nothing was asked yet after that, although the record is as it was. */
    get owesQuestion() {
        return this.#owed === this.#reading();
    }

    #reading() {
        const { root } = this.model;
        return `${root.id} ${settingOf(root)}`;
    }

    keepMine(keys) {
        return this.#answer(keys, ({ record, field, list }) => {
            if (list) {
                keepLine(record);
            } else {
                touchesOf(record).keepMine(field);
            }
        });
    }

    takeTheirs(keys) {
        return this.#answer(keys, async ({ record, field, list }) => {
            if (list) {
                await dropLine(list, record);
            } else {
                takeTheirs(record, field);
            }
            settleDirty(this.model.root);
        });
    }

    /** A new record with what is on screen; nothing is saved yet. */
    async copy() {
        const { model } = this;
        const { root } = model;
        await model._askChanges();
        const nodes = Object.values(this.controller.archInfo.fieldNodes);
        const except = new Set(nodes.filter(({ widget }) => widget === "statusbar").map(({ name }) => name));
        const changes = copiedChanges(root, except);
        root._discard();
        await model.load({ resId: false, resIds: [] });
        await model.root.update(changes);
        this.refresh();
    }

    async leave() {
        const { env } = this.controller;
        await this.model.mutex.exec(() => this.model.root._discard());
        if (env.inDialog) {
            await env.dialogData.close();
        } else {
            env.config.historyBack();
        }
    }

    /** What is being typed belongs to what the user has, before an answer means anything. */
    async #answer(keys, answer) {
        await this.model._askChanges();
        await this.model.mutex.exec(async () => {
            const asked = this.form.conflicts().filter((conflict) => keys.includes(keyOf(conflict)));
            for (const conflict of asked) {
                await answer(conflict);
            }
        });
        this.refresh();
    }
}

function questionOf(conflict, root, nodes) {
    return { key: keyOf(conflict), field: conflict.field ?? conflict.listField, ...wordsOf(conflict, root, nodes) };
}

/** @param {import("./merged_form.js").Conflict} conflict */
function keyOf({ record, field }) {
    return `${record.id}-${field ?? ""}`;
}
