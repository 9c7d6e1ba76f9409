import { reactive, useExternalListener } from "@odoo/owl";
import { Pill } from "../list/pill.js";
import { extendTemplate, hasPlace } from "./templates.js";

const SOURCE = "/amanat_realtime/static/src/odoo19/pill.js";
const LIST = "web.ListView";
const ROWS = "t[@t-component='props.Renderer'][@list='model.root']";
const PILL = `<t t-if="amanatPill" t-component="amanatPill" waiting="amanatWaiting" show="amanatShowAll" drawn="amanatPillDrawn"/>`;

/** Puts the pill above the rows of lists; where there is no place for it, or a list has a template of its own, nothing waits. */
export function placePill() {
    if (hasPlace(LIST, ROWS)) {
        extendTemplate(LIST, SOURCE, [[ROWS, "before", PILL]]);
    }
}

/**
 * To be called in the setup of a list's controller.
 *
 * @param {any} controller
 * @param {any} model
 * @param {(isStill: () => boolean, tell: (waiting: import("../live_list.js").Waiting) => void) => import("./views.js").ListHooks} open
 */
export function openWithPill(controller, model, open) {
    const waiting = reactive({ coming: 0, moved: 0 });
    const element = () => controller.rootRef?.el;
    let isDrawn = false;
    const isStill = () => isDrawn && (model.root?.selection?.length > 0 || isScrolled(element()));
    const view = open(isStill, ({ coming, moved }) => Object.assign(waiting, { coming: coming.size, moved: moved.size }));
    Object.assign(controller, { amanatPill: Pill, amanatWaiting: waiting, amanatShowAll: showAll, amanatPillDrawn: drawn });
    useExternalListener(document, "scroll", () => (waiting.coming || waiting.moved) && view.scrolled(), { capture: true, passive: true });
    return view;

    function drawn() {
        isDrawn = true;
    }

    /** The button that was pressed goes: the keyboard goes on in the list. */
    function showAll() {
        view.showAll();
        element()?.querySelector(".o_list_renderer")?.focus({ preventScroll: true });
    }
}

/** On a phone the whole view scrolls, in a dialog its body. */
function isScrolled(view) {
    const scrolling = view ? [view.closest(".modal-body"), view, ...view.querySelectorAll(".o_content, .o_list_renderer")] : [];
    return scrolling.some((element) => element?.scrollTop > 0);
}
