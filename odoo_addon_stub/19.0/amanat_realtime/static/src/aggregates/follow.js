/**
 * Where the views of a bundle that is loaded late find who keeps them fresh. Until that has started, or where it has not,
 * they are as Odoo made them.
 */
const NOT_FOLLOWED = { interest: () => "", mounted() {}, interestChanged() {}, closed() {} };

/** @type {(port: import("./open_aggregate.js").AggregatePort) => import("./open_aggregate.js").OpenAggregate["hooks"]} */
let open = () => NOT_FOLLOWED;

/** @param {typeof open} opener */
export function followAggregates(opener) {
    open = opener;
}

/** @param {import("./open_aggregate.js").AggregatePort} port */
export function openAggregate(port) {
    return open(port);
}
