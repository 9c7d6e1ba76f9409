package io.amanat.standin.addon;

import io.amanat.standin.bus.Channel;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.User;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which channels somebody listens to, with the add-on's guard: the private one for the service user, and for nobody else. */
public final class Channels {

    private Channels() {}

    /**
     * The channels of one visitor.
     *
     * @param user empty for somebody who is not signed in
     * @param names what the client asked for
     */
    public static Set<Channel> of(Optional<User> user, List<String> names) {
        var channels = new LinkedHashSet<Channel>();
        boolean service = user.map(Addon::isService).orElse(false);
        names.stream()
                .filter(name -> service || !looksGuarded(name))
                .forEach(name -> channels.add(Channel.of(Addon.DATABASE, name)));
        channels.add(Channel.of(Addon.DATABASE, "broadcast"));
        user.ifPresentOrElse(known -> addOwn(channels, known), () -> channels.add(group(Group.PUBLIC.id())));
        return channels;
    }

    /**
     * The channels of one request of Odoo 14, whose add-on adds the private one for the service user.
     *
     * @param user empty for somebody who is not signed in
     */
    public static Set<Channel> polled(Optional<User> user, List<String> names) {
        var channels = new LinkedHashSet<Channel>();
        boolean service = user.map(Addon::isService).orElse(false);
        names.stream().filter(name -> service || !looksGuarded(name)).forEach(name -> channels.add(Channel.of(name)));
        if (service) {
            channels.add(Addon.PRIVATE);
        }
        return channels;
    }

    private static void addOwn(Set<Channel> channels, User user) {
        user.groups().stream().sorted().map(Channels::group).forEach(channels::add);
        channels.add(Channel.of(Addon.DATABASE, "res.partner", user.partner()));
        if (Addon.isService(user)) {
            channels.add(Addon.PRIVATE);
        }
    }

    private static Channel group(int id) {
        return Channel.of(Addon.DATABASE, "res.groups", id);
    }

    /** The plain channel is closed, and whatever resembles it: other case, in JSON, with a prefix. */
    public static boolean looksGuarded(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^\\p{L}\\p{N}_]", "").contains(Addon.CHANNEL);
    }
}
