// How values look, and what typed text means.
export const STATES = { draft: "Draft", open: "Open", done: "Done", cancelled: "Cancelled" };

const amounts = new Intl.NumberFormat("ru-RU", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const COLUMNS = {
    name: { label: "name", show: (record) => record.name || "–" },
    people: { label: "sender and receiver", show: (record) => `${who(record.sender_id)} → ${who(record.receiver_id)}` },
    state: { label: "state", show: (record) => STATES[record.state] ?? "–" },
    amount: { label: "amount", show: (record) => amountText(record.amount) },
    note: { label: "note", show: (record) => record.note || "" },
};

/** An amount as the list shows it, and as it may be typed. */
export function amountText(amount) {
    return amounts.format(amount || 0);
}

/**
 * The amount that was typed, with a comma or a point and with or without spaces; undefined: not an amount that
 * Odoo's float(16, 2) holds and JavaScript's numbers hold to the cent.
 */
export function parseAmount(text) {
    const plain = text.replace(/\s/g, "").replace(",", ".");
    return /^-?(?=\.?\d)\d{0,13}(\.\d{0,2})?$/.test(plain) ? Number(plain) : undefined;
}

/** The column that shows a field. */
export function columnOf(field) {
    return field === "sender_id" || field === "receiver_id" ? "people" : field;
}

export function bytes(count) {
    return count < 10_000 ? `${count} B` : `${(count / 1024).toFixed(1)} KB`;
}

function who(partner) {
    return partner ? partner.display_name : "–";
}
