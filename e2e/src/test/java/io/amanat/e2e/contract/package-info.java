/** The same questions to the stand-in and to real Odoo 19 with the add-on; a difference is a failure. */
@NullMarked
package io.amanat.e2e.contract;

import org.jspecify.annotations.NullMarked;
