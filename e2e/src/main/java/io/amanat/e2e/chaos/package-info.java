/** Injects faults into everything between Odoo's database and the browser while records change, and looks for what was lost. */
@NullMarked
package io.amanat.e2e.chaos;

import org.jspecify.annotations.NullMarked;
