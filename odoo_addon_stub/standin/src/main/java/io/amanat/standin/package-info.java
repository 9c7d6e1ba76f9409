/** A stand-in for Odoo 19 that speaks its real wire: for the demonstration, the tests and the load. */
@NullMarked
package io.amanat.standin;

import org.jspecify.annotations.NullMarked;
