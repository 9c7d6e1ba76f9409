import { LiveList } from "./live_list.js";
import { WatchedView } from "./watched_view.js";

/** One list or board on screen and its watch. */
export class OpenList {
    /**
     * @param {any} interaction
     * @param {any} model
     * @param {any} port  how the rows are drawn
     * @param {{name?: string, tellWaiting?: (waiting: import("./live_list.js").Waiting) => void}} [options]  name: for warnings
     */
    constructor(interaction, model, port, { name = "list", tellWaiting } = {}) {
        this.live = new LiveList(port, {
            highlights: interaction.highlights,
            replace: (error) => interaction.replacementFor(port, error),
            tellKept: (row) => interaction.tellKept(row),
            tellWaiting,
            debug: interaction.log.debug,
            world: interaction.world,
        });
        const view = new WatchedView(interaction, {
            name,
            model: () => model.root?.resModel,
            watcher: interaction.presence,
            interest: () => this.live.interest(),
            handlers: {
                opened: ({ filtered }) => this.live.opened(filtered),
                update: (frame) => this.#heard(port, frame),
                gone: (frame) => this.#heard(port, frame),
                stale: (why) => this.live.stale(why),
                receipt: (frame, known) => this.live.receipt(frame, known),
            },
            close: () => {
                interaction.lists.delete(this);
                this.live.close();
            },
        });
        this.hooks = {
            reading: (wholePage) => view.guarded(() => this.#reading(view, wholePage)) || (() => {}),
            interest: () => view.guarded(() => view.text()),
            mounted: () =>
                view.guarded(() => {
                    interaction.lists.add(this);
                    view.mounted();
                }),
            interestChanged: () => view.guarded(() => view.watch()),
            showAll: () => view.guarded(() => this.live.showAll()),
            visited: (row) => view.guarded(() => this.#visited(port, row)),
            released: () => view.guarded(() => this.live.released()),
            scrolled: () => view.guarded(() => this.live.scrolled()),
            closed: () => view.guarded(() => view.closed()),
        };
    }

    #heard(port, frame) {
        port.heard?.(frame);
        this.live.update(frame);
    }

    #visited(port, row) {
        if (port.visited !== row) {
            port.visited = row;
            this.live.left();
        }
    }

    /** What is heard until the answer is there may be missing in it. */
    #reading(view, wholePage) {
        const mark = view.interaction.client.mark();
        const answered = this.live.reading(wholePage);
        return () => {
            view.mark = wholePage ? mark : view.mark;
            answered();
        };
    }
}
