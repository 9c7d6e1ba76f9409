/** The stand-in's database: models, records, users and their rights, and transactions that either happen whole or not at all. */
@NullMarked
package io.amanat.standin.store;

import org.jspecify.annotations.NullMarked;
