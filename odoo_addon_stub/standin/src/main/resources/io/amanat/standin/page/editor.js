import { amountText, parseAmount, STATES } from "./format.js";

/**
 * Puts an input into a cell. Enter and leaving save, Escape does not.
 *
 * @param {HTMLTableCellElement} cell
 * @param {string} column
 * @param {any} record
 * @param {{id: number, name: string}[]} partners
 * @param {{done: (values: object | undefined) => void, refused: (why: string) => void}} on  what the person did;
 *     undefined: nothing is to be saved
 */
export function openEditor(cell, column, record, partners, on) {
    const editor = EDITORS[column](record, partners);
    let open = true;
    const close = (save) => {
        if (open) {
            open = false;
            const refusal = save && editor.refusal?.();
            const values = save && !refusal ? editor.values() : undefined;
            on.done(values && changes(values, record) ? values : undefined);
            if (refusal) {
                on.refused(refusal);
            }
        }
    };
    for (const input of editor.inputs) {
        input.classList.add("editor");
        input.setAttribute("aria-label", `${column} of ${record.name}`);
        input.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === "Escape") {
                event.preventDefault();
                close(event.key === "Enter");
            }
        });
        input.addEventListener("blur", ({ relatedTarget }) => cell.contains(relatedTarget) || close(true));
    }
    if (editor.inputs.length === 1 && editor.inputs[0].tagName === "SELECT") {
        editor.inputs[0].addEventListener("change", () => close(true));
    }
    cell.replaceChildren(...editor.inputs);
    editor.inputs[0].focus();
    editor.inputs[0].select?.();
}

const EDITORS = {
    name: (record) => text("name", record),
    note: (record) => text("note", record),
    amount: ({ amount }) => {
        const input = element("input", { type: "text", inputMode: "decimal", value: amountText(amount) });
        return {
            inputs: [input],
            values: () => ({ amount: parseAmount(input.value) }),
            refusal: () => parseAmount(input.value) === undefined && notAnAmount(input.value),
        };
    },
    state: ({ state }) => {
        const select = choices(Object.entries(STATES), state);
        return { inputs: [select], values: () => ({ state: select.value }) };
    },
    people: (record, partners) => {
        const options = partners.map(({ id, name }) => [id, name]);
        const fields = ["sender_id", "receiver_id"];
        const inputs = fields.map((field) => choices([["", "–"], ...options], record[field]?.id ?? ""));
        const value = (index) => Number(inputs[index].value) || false;
        return { inputs, values: () => ({ sender_id: value(0), receiver_id: value(1) }) };
    },
};

function notAnAmount(typed) {
    const what = typed.trim() ? `“${typed.slice(0, 40)}” was not` : "Nothing was typed, nothing";
    return `${what} saved: an amount has up to 13 digits and 2 decimals, as in ${amountText(1234.5)}`;
}

function text(field, record) {
    const input = element("input", { type: "text", value: record[field] || "" });
    return { inputs: [input], values: () => ({ [field]: input.value || false }) };
}

function choices(options, chosen) {
    const select = element("select", {});
    for (const [value, label] of options) {
        select.add(new Option(label, value, false, String(value) === String(chosen)));
    }
    return select;
}

function element(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
}

function changes(values, record) {
    return Object.entries(values).some(([field, value]) => (record[field]?.id ?? record[field] ?? false) !== value);
}
