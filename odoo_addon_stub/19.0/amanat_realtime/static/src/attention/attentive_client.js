import { Client } from "../../lib/amanat/amanat_client.js";
import { Attention } from "./attention.js";

/** The client of one tab, whose views can be held still and whose state is shown. */
export class AttentiveClient extends Client {
    /**
     * @param {any} world
     * @param {any} shown  reactive
     * @param {any} options  the client's
     */
    constructor(world, shown, options) {
        super({
            ...options,
            onState: (state, why) => {
                this.attention.connection(state, why);
                options.onState?.(state, why);
            },
        });
        this.attention = new Attention(world, shown, (error) => this.log.warnOnce(`a view could not go on: ${error}`));
    }

    watch(spec, handlers, readAt) {
        const view = this.attention.views.add(spec, handlers);
        const unwatch = super.watch(spec, view.handlers, readAt);
        return () => {
            view.end();
            unwatch();
        };
    }
}
