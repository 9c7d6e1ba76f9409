import { reactive } from "@odoo/owl";
import { user } from "@web/core/user";
import { getBasicEvalContext, getFieldsSpec } from "@web/model/relational_model/utils";
import { describeForm } from "./describe.js";
import { focusReports, focusedField, linesOf } from "./focus.js";
import { goneBy } from "./lines.js";
import { isTouched, leftField, settingOf, touchesOf, typed } from "./touches.js";
import { mergeValues, X2MANY } from "./values.js";
import { isAccessError } from "../requests.js";

/** @typedef {{record: any, field?: string, base?: unknown, theirs?: unknown, who: import("../../form/touches.js").Who, list?: any, listField?: string}} Conflict */

/** A form whose fields are changed in place: nothing the user does is disturbed. */
export class MergedForm {
    /** What waits until the user leaves a field. */
    #held = [];
    /** One reading or drawing after the other, so that an older answer never follows a newer message. */
    #last = Promise.resolve();
    #lost;

    /**
     * @param {any} model  Odoo's, of one form
     * @param {() => HTMLElement | null} element  the form's
     * @param {(changed: Map<any, string[]>) => void} shown  something else is on screen now
     */
    constructor(model, element, shown) {
        this.model = reactive(model); // the raw one may hold a raw record, and nobody would draw what changes in that
        this.focused = () => (model.root ? focusedField(model.root, element()) : undefined);
        this.shown = (merged) => shown(merged?.changed ?? new Map());
        focusReports.add(this.focused);
    }

    describe() {
        return this.model.root && describeForm(this.model.root);
    }

    lineIds(field) {
        return this.model.root.data[field].resIds;
    }

    /** Why the record on screen is not there any more, and who did it. */
    get lost() {
        return this.#lost?.id === this.model.root?.resId ? this.#lost : undefined;
    }

    draw(take) {
        return this.#inTurn(() =>
            this.model.mutex.exec(async () => {
                const news = take();
                const values = Object.fromEntries([...news].map(([name, { value }]) => [name, value]));
                await this.#merge(values, (name) => news.get(name)?.who ?? {});
            }),
        );
    }

    /** Read outside of the model's mutex: what the user does meanwhile does not wait for it. */
    read(news) {
        return this.#inTurn(async () => {
            const { root } = this.model;
            const [id, setting] = [root.resId, settingOf(root)];
            if (!id) {
                return "done";
            }
            const { values, lost } = await this.#ask(root, news);
            return this.model.mutex.exec(async () => {
                if (this.model.root.resId !== id || this.model.root.id !== root.id) {
                    return "done"; // another record is on screen, read by Odoo
                }
                if (lost) {
                    await this.#lose(lost, {});
                    return "gone";
                }
                if (settingOf(root) !== setting) {
                    return "superseded";
                }
                this.#lost = undefined;
                const writer = writerOf(values);
                await this.#merge(values, (name) => news?.get(name) ?? writer);
                return "done";
            });
        });
    }

    gone(op, who) {
        return this.#inTurn(() => this.model.mutex.exec(() => this.#lose(op, who)));
    }

    async release() {
        if (this.#held.length) {
            await this.#inTurn(() => this.model.mutex.exec(() => this.#drawHeld()));
        }
        this.shown();
    }

    /** The user types somewhere on the page. */
    typed(isDirty) {
        const focused = this.focused();
        if (focused) {
            typed(focused.record, focused.name, isDirty);
            this.shown();
        }
    }

    /** The user leaves a field. */
    left(released) {
        leftField(this.model, released);
    }

    close() {
        focusReports.delete(this.focused);
    }

    /** @returns {Conflict[]} what the user is to answer before anything is saved */
    conflicts() {
        const { root } = this.model;
        if (!root) {
            return [];
        }
        const conflicts = [root, ...linesOf(root)].flatMap((record) =>
            touchesOf(record)
                .conflicts()
                .filter(({ field }) => isTouched(record, field))
                .map((conflict) => ({ record, ...conflict })),
        );
        const lists = Object.keys(root.activeFields).filter((name) => X2MANY.includes(root.fields[name].type));
        const gone = lists.flatMap((name) => {
            const lines = root.data[name].records.filter((line) => goneBy(line));
            return lines.map((record) => ({ record, who: goneBy(record), list: root.data[name], listField: name }));
        });
        return [...conflicts, ...gone];
    }

    async #merge(values, whoOf) {
        const merged = { held: [], changed: new Map() };
        const { root } = this.model;
        this.#held = this.#held.filter(({ record, name }) => record !== root || !(name in values));
        await mergeValues(root, values, whoOf, merged);
        this.#held.push(...merged.held);
        this.shown(merged);
    }

    async #drawHeld() {
        const merged = { held: [], changed: new Map() };
        const held = this.#held;
        for (const { record, name, value, who } of held) {
            await mergeValues(record, { [name]: value }, () => who, merged);
        }
        this.#held = merged.held;
        this.shown(merged);
    }

    async #ask(root, news) {
        const { resModel, resId, context } = root;
        const specification = specificationOf(root, news);
        const reading = { context: { bin_size: true, ...context } };
        const { silent } = this.model.orm;
        try {
            const [values] = await silent.webRead(resModel, [resId], { ...reading, specification });
            return values ? { values } : { lost: "delete" };
        } catch (error) {
            if (error.exceptionName === "odoo.exceptions.MissingError") {
                return { lost: "delete" };
            }
            if (isAccessError(error)) {
                return this.#askForLess(root, specification, reading);
            }
            throw error;
        }
    }

    /** Some of the fields, or the whole record, may not be read any more: what may not goes from the screen. */
    async #askForLess(root, specification, reading) {
        const { resModel, resId } = root;
        const { silent } = this.model.orm;
        const names = Object.keys(specification);
        const readable = await silent.call(resModel, "fields_get", [names], { attributes: ["type"] });
        const refused = names.filter((name) => !(name in readable));
        if (refused.length === 0) {
            return { lost: "leave" };
        }
        const allowed = Object.fromEntries(Object.entries(specification).filter(([name]) => name in readable));
        try {
            const [values] = await silent.webRead(resModel, [resId], { ...reading, specification: allowed });
            return values ? { values: { ...root._getDefaultValues(refused), ...values } } : { lost: "delete" };
        } catch (error) {
            if (isAccessError(error)) {
                return { lost: "leave" };
            }
            throw error;
        }
    }

    /** A record that was deleted leaves what is on screen; one that may not be read any more takes it away. */
    async #lose(op, who) {
        const { root } = this.model;
        this.#lost = { id: root.resId, op, who };
        this.#held = [];
        if (op === "leave") {
            root._setData(root._getDefaultValues());
            root._invalidFields.clear(); // the text of an invalid field would stay
        }
        this.shown();
    }

    async #inTurn(work) {
        const turn = this.#last.then(async () => {
            await this.model.whenReady;
            return work();
        });
        this.#last = turn.catch(() => {});
        return turn;
    }
}

/** The fields as the form reads them, all or those that are news, and who wrote the record last. */
function specificationOf({ activeFields, fields, config, data }, news) {
    const lists = Object.keys(activeFields).filter((name) => X2MANY.includes(fields[name].type));
    const orderBys = Object.fromEntries(lists.map((name) => [name, data[name].orderBy]));
    const all = getFieldsSpec(activeFields, fields, getBasicEvalContext(config), { orderBys });
    const wanted = Object.entries(all).filter(([name]) => !news || news.has(name));
    const writer = "write_uid" in fields ? { write_uid: { fields: { display_name: {} } } } : {};
    return { ...writer, ...Object.fromEntries(wanted) };
}

/** Who wrote the record last: as near as can be told when no message said whose a value is. */
function writerOf({ write_uid: writer }) {
    return { name: writer?.display_name, own: writer?.id === user.userId };
}
