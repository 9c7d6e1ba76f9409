/** The wire: JSON-RPC, XML-RPC, login sessions, the websocket upgrade and the demo page. */
@NullMarked
package io.amanat.standin.http;

import org.jspecify.annotations.NullMarked;
