package io.amanat.bridge.websocket;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Tells whose connection it is.
 *
 * @param trusted addresses whose {@code X-Forwarded-For} is believed
 */
record Proxies(Set<String> trusted) {

    /** The client's address: the nearest one that is no proxy of ours. */
    String client(Request request) {
        var nearest = Request.getRemoteAddr(request);
        var forwarded = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
        if (forwarded == null || !trusted.contains(nearest)) {
            return nearest;
        }
        var hops = forwarded.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            if (!trusted.contains(hops[i].strip())) {
                return hops[i].strip();
            }
        }
        return nearest;
    }
}
