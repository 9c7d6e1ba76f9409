/** What the journal on disk can take, measured. */
@NullMarked
package io.amanat.e2e.journal;

import org.jspecify.annotations.NullMarked;
