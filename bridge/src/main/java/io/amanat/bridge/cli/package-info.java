/** The command line: what all commands have in common, and those that ask a running bridge or start another program. */
@NullMarked
package io.amanat.bridge.cli;

import org.jspecify.annotations.NullMarked;
