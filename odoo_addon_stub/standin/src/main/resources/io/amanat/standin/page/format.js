// How values look.
export const STATES = { draft: "Draft", open: "Open", done: "Done", cancelled: "Cancelled" };

const amounts = new Intl.NumberFormat("ru-RU", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const COLUMNS = {
    name: { label: "name", show: (record) => record.name || "–" },
    people: { label: "sender and receiver", show: (record) => `${who(record.sender_id)} → ${who(record.receiver_id)}` },
    state: { label: "state", show: (record) => STATES[record.state] ?? "–" },
    amount: { label: "amount", show: (record) => amounts.format(record.amount || 0) },
    note: { label: "note", show: (record) => record.note || "" },
};

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
