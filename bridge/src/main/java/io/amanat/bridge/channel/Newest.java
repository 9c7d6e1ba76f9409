package io.amanat.bridge.channel;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest image of every record in a burst. Rights are asked as they are now, so a value that was overwritten before they
 * were asked must not be shown: its record may have been out of sight while it held. Every change shows the newest image
 * instead.
 */
final class Newest {

    private record Seen(long offset, Image image) {}

    private final Map<RecordRef, Seen> images = new HashMap<>();

    private Newest() {}

    /** These changes, in their order, with no value in them that a later one of them overwrote. */
    static List<Numbered> of(List<Numbered> changes) {
        if (changes.size() < 2) {
            return changes;
        }
        var newest = new Newest();
        changes.forEach(newest::learn);
        return changes.stream().map(newest::shown).toList();
    }

    private void learn(Numbered numbered) {
        if (numbered.change() instanceof Change.Records records) {
            for (var image : records.now()) {
                images.put(new RecordRef(records.model(), image.key()), new Seen(numbered.offset(), image));
            }
        }
    }

    private Numbered shown(Numbered numbered) {
        return new Numbered(
                numbered.offset(),
                switch (numbered.change()) {
                    case Change.Records it -> shown(numbered.offset(), it);
                    case Change.Event it -> shown(numbered.offset(), it);
                    case Change.Bulk it -> it;
                    case Change.Rights it -> it;
                    case Change.Gap it -> it;
                });
    }

    private Change shown(long offset, Change.Records it) {
        return new Change.Records(
                it.model(),
                it.operation(),
                it.actor(),
                it.at(),
                shown(offset, it.model(), it.now()),
                it.rules(),
                it.before(),
                it.changedFields(),
                it.reread());
    }

    private Change shown(long offset, Change.Event it) {
        return new Change.Event(
                it.action(),
                it.model(),
                it.actor(),
                it.at(),
                it.userIds(),
                shown(offset, it.model(), it.records()),
                it.changedFields());
    }

    private List<Image> shown(long offset, String model, List<Image> shown) {
        return shown.stream().map(image -> shown(offset, model, image)).toList();
    }

    private Image shown(long offset, String model, Image image) {
        var seen = images.get(new RecordRef(model, image.key()));
        return seen == null || seen.offset() <= offset ? image : seen.image();
    }
}
