import { toRaw } from "@odoo/owl";
import { OpenForm } from "../../form/open_form.js";
import { MergedForm } from "./merged_form.js";
import { FormBar } from "./bar.js";
import { Edited } from "./edited.js";
import { linesOf } from "./focus.js";
import { contestedFields } from "./refused.js";
import { placeBar } from "./template.js";
import { followTouches, seenOf, touch } from "./touches.js";
import { drawFieldMarks, followForms } from "./views.js";

/** The forms on screen, and what the server guard has to know of them. */
export class Forms {
    /** @type {WeakMap<object, {form: MergedForm, bar: FormBar, open: OpenForm, edited: Edited}>}  by Odoo's model of a form */
    #byModel = new WeakMap();

    constructor(interaction) {
        this.interaction = interaction;
    }

    follow() {
        if (!placeBar()) {
            this.interaction.warn("this Odoo's forms have no place for questions: who changed the same field is told when they save");
        }
        followTouches((record) => this.#touched(record));
        drawFieldMarks(this.interaction.highlights.marks);
        followForms({ open: (controller) => this.#open(controller) });
    }

    /**
     * The values that fields had when their user began to change them, or answered that theirs is to stand.
     *
     * @param {any} record  of a form, or a line of one
     * @returns {Record<string, unknown> | undefined} by field, as Odoo gives them; of a row in a list nothing: what is typed
     *     there is not followed from the first key, so that it may have begun with other values than are known here
     */
    seenOf(record) {
        return this.#byModel.has(toRaw(record.model)) ? seenOf(record) : undefined;
    }

    /**
     * The server guard has refused to save a form: it reads what is there, and asks.
     *
     * @param {any} record
     * @param {import("../../guard/guarded_request.js").Refusal} refusal
     * @returns {"held" | undefined} nothing when the form cannot ask
     */
    onConflict(record, { records: [found] }) {
        const entry = this.#byModel.get(toRaw(record.model));
        if (!entry?.bar.onScreen || toRaw(entry.form.model.root) !== toRaw(record)) {
            return undefined;
        }
        const { queue } = entry.open.live;
        const contested = found && contestedFields(record, found);
        const inVain = entry.bar.owesQuestion && queue.state === "idle";
        if (!contested || inVain || queue.state === "closed") {
            return undefined;
        }
        contested.forEach(([line, name]) => touch(line, name));
        entry.bar.oweQuestion();
        entry.open.live.refused();
        return "held";
    }

    #open(controller) {
        const model = toRaw(controller.model);
        if (!model.hooks || !model.mutex) {
            return undefined;
        }
        const form = new MergedForm(
            model,
            () => controller.rootRef?.el ?? null,
            (changed) => this.#shown(model, changed),
        );
        const bar = new FormBar(controller, form);
        const open = new OpenForm(this.interaction, form);
        const edited = new Edited(this.interaction.editing);
        this.#byModel.set(model, { form, bar, open, edited });
        const { hooks } = open;
        return {
            ...hooks,
            bar,
            typed: (isDirty) => form.typed(isDirty),
            left: () => form.left(hooks.released),
            closed: () => {
                edited.end();
                hooks.closed();
            },
        };
    }

    #shown(model, changed) {
        for (const [record, names] of changed) {
            if (names.length) {
                this.interaction.highlights.cells(record.resModel, record.resId, names);
            }
        }
        const entry = this.#byModel.get(model);
        if (entry) {
            this.#say(entry);
        }
    }

    /** Odoo is in the middle of a change of its own: say what there is to say when that is done. */
    #touched(record) {
        const entry = this.#byModel.get(toRaw(record.model));
        if (entry) {
            queueMicrotask(() => {
                try {
                    this.#say(entry);
                } catch (error) {
                    this.interaction.warn(`what a form asks could not be said: ${error}`);
                }
            });
        }
    }

    #say({ form, bar, edited }) {
        bar.refresh();
        const { root } = form.model;
        if (root) {
            edited.say([root, ...linesOf(root)], form.describe().companies);
        }
    }
}
