package io.amanat.bridge.presence;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.NamesQuestion;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Presence of one model, with an Odoo that says what the test wants, and a clock and rounds in the test's hands. */
final class Hall {

    static final String MODEL = "amanat.transfer";

    final Map<Long, Set<Long>> readers = new HashMap<>();
    final Map<Long, Set<Long>> writers = new HashMap<>();
    final Map<Long, Set<String>> fields = new HashMap<>();
    /** By viewer, whom they may not see. */
    final Map<Long, Set<Long>> strangers = new HashMap<>();

    final List<Question> asked = new ArrayList<>();
    final List<NamesQuestion> namesAsked = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    /** What each watcher shows. */
    final Map<Watcher, Map<Long, People>> shown = new HashMap<>();

    boolean away;
    boolean silentAboutWriting;
    Runnable whileAsked = () -> {};
    Runnable afterAnswer = () -> {};
    Runnable afterNames = () -> {};
    private final Channel channel = new Channel();
    private long nanos;
    final Presences presences = new Presences(this::readable, this::names, () -> nanos);

    Hall() {
        presences.tell(some -> some.forEach(this::hear));
    }

    private void hear(Told one) {
        told.add(one);
        one.to()
                .forEach(watcher -> shown.computeIfAbsent(watcher, it -> new TreeMap<>())
                        .merge(one.id(), one.people(), (before, now) -> now));
    }

    /** These users may read and write this record. */
    Hall open(long id, long... users) {
        for (long user : users) {
            readers.computeIfAbsent(id, it -> new HashSet<>()).add(user);
            writers.computeIfAbsent(id, it -> new HashSet<>()).add(user);
        }
        return this;
    }

    void mayNotRead(long id, long user) {
        readers.getOrDefault(id, Set.of()).remove(user);
    }

    void mayNotWrite(long id, long user) {
        writers.getOrDefault(id, Set.of()).remove(user);
    }

    Stay looks(long user, long id) {
        return come(Stay.looking(viewer(user)), id, true);
    }

    Stay edits(long user, long id, List<Ended> ended, String... names) {
        return come(Stay.editing(viewer(user), Set.of(names), ended::add), id, true);
    }

    Stay come(Stay stay, long id, boolean isShown) {
        presences.come(stay, MODEL, id, isShown);
        return stay;
    }

    Watcher list(long user) {
        return observe(user, OptionalLong.empty());
    }

    Watcher form(long user, long id) {
        return observe(user, OptionalLong.of(id));
    }

    private Watcher observe(long user, OptionalLong id) {
        var spec = new WatchSpec(MODEL, id, Optional.empty(), Optional.empty(), List.of(1L));
        var watcher = channel.register(spec, user, Rights.none(MODEL)).orElseThrow();
        presences.observe(watcher);
        return watcher;
    }

    void leaves(Watcher watcher) {
        presences.unobserve(watcher);
        shown.remove(watcher);
    }

    static Viewer viewer(long user) {
        return new Viewer(user, List.of(1L));
    }

    /** Lets this time pass and tells what may be told then. */
    Hall pass(Duration time) {
        nanos += time.toNanos();
        presences.round();
        return this;
    }

    /** Everything that is new is told, however long that takes. */
    Hall settle() {
        for (int i = 0; i < 12; i++) {
            pass(Presences.PACE);
        }
        return this;
    }

    /** The bridge hears of these changes; this happens while it decides them. */
    void hears(Runnable meanwhile, Change... changes) {
        var numbered = new ArrayList<Numbered>();
        for (var change : changes) {
            numbered.add(new Numbered(1, change));
        }
        try (var _ = presences.hold(numbered)) {
            meanwhile.run();
        }
    }

    void hears(Change... changes) {
        hears(() -> {}, changes);
    }

    static Change written(long id) {
        var image = new Image(new RecordRef.Serial(id), Map.of());
        return new Change.Records(
                MODEL,
                Operation.UPDATE,
                new Actor(99, "Somebody", Optional.empty()),
                Instant.EPOCH,
                List.of(image),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());
    }

    static Change rights(Long... users) {
        Optional<Set<Long>> whose = users.length == 0 ? Optional.empty() : Optional.of(Set.of(users));
        return new Change.Rights("groups", whose, Optional.empty(), Optional.empty());
    }

    /** What a watcher shows, in words. */
    String shows(Watcher watcher) {
        var text = new ArrayList<String>();
        shown.getOrDefault(watcher, Map.of()).forEach((id, people) -> {
            if (!people.isNobody()) {
                text.add(id + ": " + words(people));
            }
        });
        return String.join("; ", text);
    }

    static String words(People people) {
        var text = new ArrayList<String>();
        for (var person : people.people()) {
            text.add(person.name().orElse("another " + person.userId())
                    + person.editing().map(it -> " edits " + new TreeSet<>(it)).orElse(""));
        }
        return String.join(", ", text) + (people.more() > 0 ? " and %d more".formatted(people.more()) : "");
    }

    private List<List<Answer>> readable(List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        whileAsked.run();
        asked.addAll(questions);
        requireHere(away || (silentAboutWriting && questions.getFirst().writing()));
        var answers = questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer -> answer(question, viewer.userId()))
                        .toList())
                .toList();
        afterAnswer.run();
        return answers;
    }

    private Answer answer(Question question, long user) {
        var allowed = question.writing() ? writers : readers;
        var ids = new HashSet<>(question.ids());
        ids.removeIf(id -> !allowed.getOrDefault(id, Set.of()).contains(user));
        return new Answer(true, ids, fields.getOrDefault(user, Set.of("amount", "note")));
    }

    private List<List<Map<Long, String>>> names(List<NamesQuestion> questions) {
        namesAsked.addAll(questions);
        requireHere(away);
        var names = questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer -> names(question.users(), viewer.userId()))
                        .toList())
                .toList();
        afterNames.run();
        return names;
    }

    private Map<Long, String> names(List<Long> users, long viewer) {
        var names = new HashMap<Long, String>();
        users.forEach(user -> names.put(user, "U" + user));
        names.keySet().removeAll(strangers.getOrDefault(viewer, Set.of()));
        return names;
    }

    private static void requireHere(boolean silent) {
        if (silent) {
            throw new OracleException("away", null);
        }
    }
}
