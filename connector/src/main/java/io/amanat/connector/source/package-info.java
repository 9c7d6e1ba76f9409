/** Where committed changes come from: the port and its adapters, one per kind of source. */
@NullMarked
package io.amanat.connector.source;

import org.jspecify.annotations.NullMarked;
