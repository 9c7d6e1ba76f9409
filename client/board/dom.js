/** Plain DOM in few words: making elements, changing only what differs, lists whose elements stay while their items do. */

const SVG = "http://www.w3.org/2000/svg";

/** Paths of the icons, drawn in a box of 24. */
const ICONS = {
    add: "M12 5v14M5 12h14",
    attach: "M8 12.5l6.2-6.2a3 3 0 0 1 4.3 4.3l-8 8a5 5 0 0 1-7-7l7.6-7.7",
    check: "M5 12.5l4.5 4.5L19 7.5",
    clock: "M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
    close: "M6 6l12 12M18 6L6 18",
    left: "M14.5 6l-6 6 6 6",
    right: "M9.5 6l6 6-6 6",
    moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    note: "M5 5h14v9l-5 5H5zM14 19v-5h5",
    offline: "M4 4l16 16M8.5 15.5a5 5 0 0 1 5-1.4M5.5 12.4a9.4 9.4 0 0 1 4-2.3M3 9a13 13 0 0 1 4-2.6M12 5c3.4 0 6.5 1.3 9 4M15 10.5c1.3.4 2.5 1 3.5 1.900M12 19h.01",
    pen: "M5 19l1-4L16.5 4.5l3 3L9 18z",
    people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.6-3.5 3.200-5 6.5-5s5.900 1.5 6.5 5M16 5.200a3.200 3.200 0 0 1 0 6.100M18.5 15c1.600.7 2.700 2.100 3 4.5",
    person: "M12 11.5a3.800 3.800 0 1 0 0-7.600 3.800 3.800 0 0 0 0 7.600zM4.5 20.5c.7-4 3.700-5.700 7.5-5.700s6.800 1.700 7.5 5.700",
    phone: "M6 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2 4.5 1.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z",
    search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    send: "M4 12l16-7.5-5.5 15-3-6zM11.5 13.5L20 4.5",
    sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M5.600 18.400l1.100-1.100M17.300 6.700l1.100-1.100",
    trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.400L17 7",
    warn: "M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.01",
};

const PROPERTIES = new Set(["checked", "disabled", "hidden"]);

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element. `on` holds listeners by event, `text` its text; `true` and `false` set and remove an attribute.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    const { on = {}, ...rest } = attributes;
    for (const [event, listener] of Object.entries(on)) {
        element.addEventListener(event, listener);
    }
    set(element, rest);
    element.append(...children.filter(shown).map(asText));
    return element;
}

/** @param {Child} child @returns {child is Node | string | number} */
function shown(child) {
    return child !== null && child !== undefined && child !== false;
}

/** @param {Node | string | number} child */
function asText(child) {
    return typeof child === "number" ? String(child) : child;
}

/**
 * Sets what differs.
 *
 * @param {Element} element
 * @param {Record<string, any>} attributes
 */
export function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
        if (name === "text") {
            text(element, value);
        } else if ((name === "value" && !(element instanceof HTMLOptionElement)) || PROPERTIES.has(name)) {
            property(element, name, value);
        } else if (value === null || value === undefined || value === false) {
            if (element.hasAttribute(name)) {
                element.removeAttribute(name);
            }
        } else if (element.getAttribute(name) !== (value === true ? "" : String(value))) {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
}

/** @param {Element} element @param {unknown} value */
function text(element, value) {
    if (element.textContent !== String(value)) {
        element.textContent = String(value);
    }
}

/** @param {any} element @param {string} name @param {unknown} value */
function property(element, name, value) {
    if (element[name] !== value) {
        element[name] = value;
    }
}

/**
 * Puts these children into an element, moving only those that are not in their place.
 *
 * @param {Element} parent
 * @param {Element[]} children
 */
export function arrange(parent, children) {
    const wanted = new Set(children);
    for (const child of [...parent.children]) {
        if (!wanted.has(child)) {
            child.remove();
        }
    }
    let at = parent.firstElementChild;
    for (const child of children) {
        if (child === at) {
            at = at.nextElementSibling;
        } else {
            parent.insertBefore(child, at);
        }
    }
}

/** Elements that stay as long as their item does, found by its key. @template I */
export class Keyed {
    /** @type {Map<string, {element: Element, item: I}>} */
    #parts = new Map();

    /**
     * @param {Element} parent
     * @param {{key: (item: I) => string, make: (item: I) => Element, update?: (element: any, item: I, before: I) => void}} how
     */
    constructor(parent, { key, make, update = () => {} }) {
        this.parent = parent;
        this.key = key;
        this.make = make;
        this.update = update;
    }

    /** @param {readonly I[]} items */
    show(items) {
        /** @type {Map<string, {element: Element, item: I}>} */
        const parts = new Map();
        for (const item of items) {
            const key = this.key(item);
            const part = this.#parts.get(key) ?? { element: this.make(item), item };
            this.update(part.element, item, part.item);
            parts.set(key, { element: part.element, item });
        }
        arrange(this.parent, [...parts.values()].map(({ element }) => element));
        this.#parts = parts;
    }

    /** @param {string} key */
    at(key) {
        return /** @type {HTMLElement | undefined} */ (this.#parts.get(key)?.element);
    }
}

/** Words for who cannot see what they stand beside. @param {string} [words] */
export function unseen(words = "") {
    return el("span", { class: "unseen", text: words });
}

/**
 * An icon for the eye only.
 *
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    set(svg, { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
}
