/** Looks for leaks: real users of real Odoo change and watch records, and every frame is compared with what Odoo lets its reader read. */
@NullMarked
package io.amanat.e2e.leak;

import org.jspecify.annotations.NullMarked;
