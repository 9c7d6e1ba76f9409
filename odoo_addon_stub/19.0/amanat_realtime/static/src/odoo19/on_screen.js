/**
 * What the action on screen is called, if it is a view of many records of this model.
 *
 * @param {any} env
 * @param {string} model
 * @returns {string} empty: something else is on screen
 */
export function titleOf({ services }, model) {
    const { view, props, displayName } = services.action?.currentController ?? {};
    return (view?.multiRecord && props?.resModel === model && displayName) || "";
}
