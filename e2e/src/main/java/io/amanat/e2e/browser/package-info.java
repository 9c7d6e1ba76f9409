/** Real Chromium: logged-in users, their tabs, and every frame the bridge sent them. */
@NullMarked
package io.amanat.e2e.browser;

import org.jspecify.annotations.NullMarked;
