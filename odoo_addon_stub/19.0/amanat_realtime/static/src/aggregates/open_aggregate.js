import { RefreshQueue } from "../refresh_queue.js";
import { WatchedView } from "../watched_view.js";

/** Sums of many records: nobody reads them faster than this, and each reading costs Odoo more than a row does. */
const GAP_MS = 2000;
/** One save is not to make every open chart ask Odoo at once. */
const SPREAD_MS = 500;
const SPREAD_OF_ALL_MS = 3000;
const MANY = 50;

/**
 * What a view of sums must offer; `odoo19/lazy` has graph and pivot, `odoo19/calendar.js` the calendar.
 *
 * @typedef {object} AggregatePort
 * @property {string} name  for warnings: `graph`
 * @property {() => string | undefined} model  undefined: nothing is on screen yet
 * @property {() => import("../watched_view.js").Interest} interest
 * @property {() => Promise<"done" | "busy">} reload  reads what is shown and draws what differs; busy: the user is about
 *     to change what is shown, or has done so meanwhile
 */

/** One graph, pivot table or calendar on screen: read again when what it is made of has changed, while somebody looks. */
export class OpenAggregate {
    /**
     * @param {any} interaction
     * @param {AggregatePort} port
     */
    constructor(interaction, port) {
        this.port = port;
        this.queue = new RefreshQueue({ ...interaction.world, run: () => this.#read() }, GAP_MS);
        const view = (this.watched = new WatchedView(interaction, {
            name: port.name,
            model: port.model,
            interest: port.interest,
            handlers: {
                update: (frame) => this.#update(frame),
                gone: () => this.queue.request(SPREAD_MS),
                stale: () => this.queue.request(SPREAD_OF_ALL_MS),
                receipt: () => this.queue.request(),
            },
            close: () => {
                interaction.views.delete(this);
                this.queue.close();
            },
        }));
        this.hooks = {
            interest: () => view.guarded(() => view.text()),
            mounted: () =>
                view.guarded(() => {
                    interaction.views.add(this);
                    view.mounted();
                }),
            interestChanged: () => view.guarded(() => view.watch()),
            closed: () => view.guarded(() => view.closed()),
        };
    }

    /** The tab is visible again, or the network is back. */
    lookedAt() {
        this.queue.shown();
    }

    /** @param {any} frame  of an update, only what it says of fields that are shown concerns this view */
    #update({ op, changed_fields: changed, reread, records }) {
        if (op !== "update" || changed?.length || reread?.length) {
            this.queue.request(records.length > MANY ? SPREAD_OF_ALL_MS : SPREAD_MS);
        }
    }

    async #read() {
        const mark = this.watched.interaction.client.mark();
        if ((await this.port.reload()) === "busy") {
            this.queue.request();
        } else {
            this.watched.mark = mark;
        }
    }
}
