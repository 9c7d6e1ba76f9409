/** What an operator can set: read from one file and the environment, checked as a whole, and refused with every problem at once. */
@NullMarked
package io.amanat.bridge.app.settings;

import org.jspecify.annotations.NullMarked;
