/** Gives every change its offset and keeps the newest ones for those who follow. */
@NullMarked
package io.amanat.bridge.journal;

import org.jspecify.annotations.NullMarked;
