/** {@code bench browser}: what one change costs the browsers that show it, and Odoo. */
@NullMarked
package io.amanat.e2e.cost;

import org.jspecify.annotations.NullMarked;
