/** Proof against real Odoo that the bridge judges domains as Odoo does. */
@NullMarked
package io.amanat.e2e.rights;

import org.jspecify.annotations.NullMarked;
