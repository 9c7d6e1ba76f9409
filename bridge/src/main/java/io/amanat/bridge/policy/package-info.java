/** Decides once per change which models and fields may travel at all. */
@NullMarked
package io.amanat.bridge.policy;

import org.jspecify.annotations.NullMarked;
