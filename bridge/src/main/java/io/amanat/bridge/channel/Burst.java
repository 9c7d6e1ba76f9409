package io.amanat.bridge.channel;

import io.amanat.bridge.access.Readability;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The changes decided together: who they concern, and what must be asked about them. Used by one thread. */
final class Burst {

    /**
     * One change with those it concerns.
     *
     * @param scenes the feeds it may show in
     * @param audience of an event, its receivers
     */
    record Case(Numbered numbered, List<Scene> scenes, Set<Viewer> audience) {}

    private final Channel channel;
    private final Map<Feed, Scene> scenes = new HashMap<>();
    private final Map<String, Set<Long>> ids = new LinkedHashMap<>();
    private final Map<String, Set<Viewer>> viewers = new LinkedHashMap<>();

    Burst(Channel channel) {
        this.channel = channel;
    }

    /** Finds out whom this change concerns. */
    Case gather(Numbered numbered) {
        return switch (numbered.change()) {
            case Change.Records records -> gather(numbered, records.model(), ids(records.now()));
            case Change.Bulk bulk -> gather(numbered, bulk);
            case Change.Event event -> gather(numbered, event);
            case Change.Rights rights -> new Case(numbered, List.of(), Set.of());
            case Change.Gap gap ->
                new Case(numbered, scenes(gap.model().map(channel::all).orElseGet(channel::all)), Set.of());
        };
    }

    private Case gather(Numbered numbered, String model, Collection<Long> about) {
        var concerned = new ArrayList<>(scenes(channel.lists(model)));
        concerned.addAll(scenes(channel.forms(model, about)));
        ask(model, about, concerned);
        return new Case(numbered, concerned, Set.of());
    }

    /** Of a bulk, only the right on the model is asked: it leads to no values. */
    private Case gather(Numbered numbered, Change.Bulk bulk) {
        var concerned = scenes(channel.all(bulk.model()));
        ask(bulk.model(), Set.of(), concerned);
        return new Case(numbered, concerned, Set.of());
    }

    private Case gather(Numbered numbered, Change.Event event) {
        var audience = channel.here(event.userIds());
        ask(event.model(), ids(event.records()), List.of());
        viewers(event.model()).addAll(audience);
        return new Case(numbered, scenes(channel.all(event.model())), audience);
    }

    private List<Scene> scenes(List<Channel.Watched> watched) {
        return watched.stream()
                .map(it -> scenes.computeIfAbsent(it.feed(), feed -> new Scene(it)))
                .toList();
    }

    private void ask(String model, Collection<Long> about, List<Scene> concerned) {
        ids.computeIfAbsent(model, it -> new LinkedHashSet<>()).addAll(about);
        var known = viewers(model);
        concerned.forEach(scene -> scene.watchers().forEach(watcher -> known.add(watcher.viewer())));
    }

    private Set<Viewer> viewers(String model) {
        return viewers.computeIfAbsent(model, it -> new LinkedHashSet<>());
    }

    /** Asks everything that was gathered, at once. */
    Readability ask(RightsOracle oracle) {
        var needs = new ArrayList<Readability.Need>();
        viewers.forEach((model, who) -> {
            if (!who.isEmpty()) {
                needs.add(new Readability.Need(model, ids.getOrDefault(model, Set.of()), who));
            }
        });
        var rights = Readability.ask(oracle, needs);
        scenes.values().forEach(scene -> scene.judge(rights));
        return rights;
    }

    /** The ids of these images. */
    static List<Long> ids(List<Image> images) {
        return images.stream().map(Burst::id).toList();
    }

    /** The id of an image of an Odoo record. */
    static long id(Image image) {
        return switch (image.key()) {
            case RecordRef.Serial(var id) -> id;
            case RecordRef.Uuid(var id) ->
                throw new IllegalArgumentException("record %s is no record of Odoo".formatted(id));
        };
    }
}
