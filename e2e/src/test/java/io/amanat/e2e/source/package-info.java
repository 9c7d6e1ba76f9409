/** One suite for every source of changes, before the stand-in and before real Odoo. */
@NullMarked
package io.amanat.e2e.source;

import org.jspecify.annotations.NullMarked;
