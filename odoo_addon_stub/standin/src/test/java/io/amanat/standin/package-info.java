/** Tests of the stand-in; what it shares with real Odoo is asked by the contract suite in {@code e2e}. */
@NullMarked
package io.amanat.standin;

import org.jspecify.annotations.NullMarked;
