package io.amanat.standin.http;

import io.amanat.standin.addon.Addon;
import io.amanat.standin.bus.BusSocket;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code session_info} tells a browser, as far as somebody reads it. */
final class SessionInfo {

    private SessionInfo() {}

    static Map<String, Object> of(User user, Parts parts) {
        var info = new LinkedHashMap<String, Object>();
        info.put("uid", user.id());
        info.put("is_system", user.in(Group.SYSTEM));
        info.put("is_admin", user.in(Group.SYSTEM));
        info.put("is_public", false);
        info.put("is_internal_user", user.in(Group.INTERNAL));
        info.put("user_context", Map.of("lang", user.lang(), "tz", "Asia/Tashkent", "uid", user.id()));
        info.put("db", Addon.DATABASE);
        info.put("server_version", parts.version());
        info.put("server_version_info", parts.versionInfo());
        info.put("name", user.name());
        info.put("username", user.login());
        info.put("partner_id", user.partner());
        info.put("partner_display_name", user.name());
        if (user.in(Group.INTERNAL)) {
            info.put("user_companies", companies(user));
        }
        if (!parts.polled()) {
            info.put("websocket_worker_version", BusSocket.VERSION);
        }
        return info;
    }

    private static Map<String, Object> companies(User user) {
        var allowed = new LinkedHashMap<String, Object>();
        for (int company : user.companies()) {
            allowed.put(String.valueOf(company), Map.of("id", company, "child_ids", List.of(), "parent_id", false));
        }
        return Map.of(
                "current_company",
                user.companies().getFirst(),
                "allowed_companies",
                allowed,
                "disallowed_ancestor_companies",
                Map.of());
    }
}
