/** The guard against silent overwrites, through a real Odoo and its own retry of failed transactions. */
@NullMarked
package io.amanat.e2e.guard;

import org.jspecify.annotations.NullMarked;
