package io.amanat.bridge.channel;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Inquiries;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.policy.LiveModel;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.policy.PolicySettings;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A judge on one model, with rights as the test grants them and what it delivered. */
final class Court implements RightsOracle, AutoCloseable {

    static final String TRANSFER = "amanat.transfer";
    static final Actor SOMEBODY = new Actor(99, "Somebody", Optional.empty());
    static final String[] CLERK = {"id", "display_name", "name", "amount", "active", "company_id"};
    static final String[] MANAGER = {"id", "display_name", "name", "amount", "active", "company_id", "note", "line_ids"
    };

    /** {@code level} is not live: only rules look at it. */
    static final ModelFields COLUMNS = new ModelFields(
            TRANSFER,
            Map.of(
                    "name", Field.of(Kind.CHAR),
                    "amount", Field.number(2),
                    "note", Field.of(Kind.TEXT),
                    "active", Field.of(Kind.BOOLEAN),
                    "company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true)),
                    "level", Field.of(Kind.INTEGER)),
            Optional.empty(),
            ModelFields.Texts.USUAL);

    static final Policy POLICY = Policy.of(
            Map.of(
                    TRANSFER,
                    new LiveModel(
                            "Transfer",
                            Map.of(
                                    "name", "char",
                                    "amount", "float",
                                    "note", "text",
                                    "active", "boolean",
                                    "company_id", "many2one",
                                    "line_ids", "one2many"))),
            PolicySettings.DEFAULT);

    final Channel channel = new Channel();
    final Map<Long, Rights> rights = new ConcurrentHashMap<>();
    /** By record, who may read it when Odoo is asked. */
    final Map<Long, Set<Long>> readable = new ConcurrentHashMap<>();

    /** By record, who may read and not write it. */
    final Map<Long, Set<Long>> readOnly = new ConcurrentHashMap<>();

    final Map<Long, String> versions = new ConcurrentHashMap<>();
    final List<Question> asked = new CopyOnWriteArrayList<>();
    final List<RightsQuestion> rightsAsked = new CopyOnWriteArrayList<>();
    final List<Delivery> delivered = new ArrayList<>();
    final List<Decided> tail = new ArrayList<>();
    final ChannelMetrics metrics = new ChannelMetrics();
    final RightsBook book = new RightsBook(
            this,
            new AccessSettings(Duration.ofMinutes(1), 1_000, Duration.ZERO),
            new AccessMetrics(),
            InstantSource.system());
    private final Inquiries inquiries = new Inquiries(book, AccessSettings.DEFAULT);
    private final Inquiries writes = new Inquiries(book.writing(), AccessSettings.DEFAULT);
    final Admission admission = new Admission(channel, () -> POLICY, book, inquiries, writes);
    private final Judge judge;
    long reached;
    private long nanos;
    private long offset = 9;
    private final Semaphore answering = new Semaphore(1);
    volatile boolean away;
    /** How long Odoo thinks about records. */
    Duration pondering = Duration.ZERO;

    Court() {
        this(OwnChanges.TAB);
    }

    Court(OwnChanges own) {
        judge = new Judge(new Judge.Ports(channel, () -> POLICY, book, taking(), () -> nanos), own, metrics, tail::add);
    }

    private Deliveries taking() {
        return new Deliveries() {
            @Override
            public void deliver(List<Delivery> decided) {
                delivered.addAll(decided);
            }

            @Override
            public void reached(long upTo) {
                reached = upTo;
            }
        };
    }

    /** Gives these users rights on the records of a domain. */
    Court grant(String domain, String[] fields, long... users) {
        for (long user : users) {
            rights.put(user, Rights.of(domain(domain), Set.of(fields), "en_US", COLUMNS));
        }
        return this;
    }

    /** Gives these users rights that only Odoo can judge. */
    Court undecidable(String same, String[] fields, long... users) {
        for (long user : users) {
            rights.put(user, Rights.undecidable(same, Set.of(fields), "en_US", COLUMNS));
        }
        return this;
    }

    /** From now on no question about models is answered. */
    void hesitate() {
        answering.drainPermits();
    }

    static Domain domain(String text) {
        try {
            return Domain.parse(json(text));
        } catch (DomainException e) {
            throw new AssertionError(text, e);
        }
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    Watcher list(long user) {
        return watch(list(Optional.empty(), Optional.empty()), user);
    }

    Watcher list(long user, String domain) {
        return watch(list(Optional.empty(), Optional.of(domain)), user);
    }

    static WatchSpec list(Optional<Set<String>> fields, Optional<String> domain) {
        return new WatchSpec(TRANSFER, OptionalLong.empty(), fields, domain.map(Court::json), List.of(1L));
    }

    Watcher form(long user, long id) {
        readable.computeIfAbsent(id, it -> ConcurrentHashMap.newKeySet()).add(user);
        return watch(form(id), user);
    }

    /** Somebody edits this record. */
    Watcher touch(long user, long id) {
        readable.computeIfAbsent(id, it -> ConcurrentHashMap.newKeySet()).add(user);
        return switch (admission.touch(form(id), user)) {
            case Admission.Result.Touching(var watcher, var _) -> watcher;
            case Admission.Result refused -> throw new AssertionError(refused);
        };
    }

    static WatchSpec form(long id) {
        return new WatchSpec(TRANSFER, OptionalLong.of(id), Optional.empty(), Optional.empty(), List.of(1L));
    }

    Watcher watch(WatchSpec spec, long user) {
        return switch (admission.watch(spec, List.of(), user)) {
            case Admission.Result.Watching(var watcher, var _) -> watcher;
            case Admission.Result refused -> throw new AssertionError(refused);
        };
    }

    /** Judges these changes as one burst, numbered from 10 on. */
    List<Delivery> judge(Change... changes) {
        var numbered = new ArrayList<Numbered>();
        for (var change : changes) {
            offset++;
            numbered.add(new Numbered(offset, POLICY.admit(change).orElse(change)));
        }
        delivered.clear();
        judge.judge(numbered);
        return List.copyOf(delivered);
    }

    /** Lets this time pass, then judges nothing. */
    List<Delivery> pass(Duration time) {
        nanos += time.toNanos();
        return judge();
    }

    static Change.Records updated(long id, String before, String after) {
        return updated(SOMEBODY, id, before, after);
    }

    static Change.Records updated(Actor actor, long id, String before, String after) {
        return records(
                Operation.UPDATE,
                actor,
                List.of(image(id, after)),
                List.of(),
                List.of(image(id, before)),
                image(id, before).values().keySet());
    }

    static Change.Records created(Actor actor, long id, String after) {
        return records(Operation.CREATE, actor, List.of(image(id, after)), List.of(), List.of(), Set.of());
    }

    static Change.Records deleted(Actor actor, long id, String before) {
        return records(
                Operation.DELETE, actor, List.of(image(id, "{}")), List.of(), List.of(image(id, before)), Set.of());
    }

    static Change.Records records(
            Operation operation,
            Actor actor,
            List<Image> now,
            List<Image> rules,
            List<Image> before,
            Set<String> changed) {
        return new Change.Records(TRANSFER, operation, actor, Instant.EPOCH, now, rules, before, changed, Set.of());
    }

    static Image image(long id, String values) {
        var fields = new HashMap<String, JsonNode>();
        json(values).forEachEntry(fields::put);
        return new Image(new RecordRef.Serial(id), fields);
    }

    /** The image as of this version of its row. */
    static Image image(long id, String values, String version) {
        return new Image(new RecordRef.Serial(id), image(id, values).values(), Optional.of(version));
    }

    static Change.Rights rights(String reason, long... users) {
        var all = new HashSet<Long>();
        for (long user : users) {
            all.add(user);
        }
        return new Change.Rights(
                reason, users.length == 0 ? Optional.empty() : Optional.of(all), Optional.empty(), Optional.empty());
    }

    /** A delivery in one line: what, of which records with which values, to whom. */
    static String line(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Data it ->
                "%s%s %s to %s"
                        .formatted(
                                it.sight(),
                                it.own() ? " own" : "",
                                values(it.visible().now()),
                                users(it.to()));
            case Delivery.Gone it ->
                "%s%s %s to %s".formatted(it.removal(), it.own() ? " own" : "", it.ids(), users(it.to()));
            case Delivery.Reset it ->
                "reset %s%s%s to %s"
                        .formatted(
                                it.reason(),
                                it.spared().isPresent() ? " own" : "",
                                it.many().map(Court::many).orElse(""),
                                users(it.to()));
            case Delivery.Conflict it ->
                "conflict%s %s%s to %s"
                        .formatted(
                                it.own() ? " own" : "",
                                values(it),
                                it.reread().isEmpty() ? "" : " reread " + new TreeSet<>(it.reread()),
                                users(it.to()));
            case Delivery.Behind it -> "behind to %s".formatted(users(it.to()));
            case Delivery.Receipt it -> "receipt %s to %s".formatted(it.ids(), users(it.to()));
            case Delivery.Event it ->
                "event %s to %s"
                        .formatted(
                                values(it.visible().records()),
                                it.to().stream().map(Viewer::userId).sorted().toList());
            case Delivery.Revoked it -> "revoked %s %s".formatted(it.users(), it.login());
        };
    }

    private static String many(Delivery.Many many) {
        var records = many.records().isPresent() ? "" + many.records().getAsInt() : "many";
        return " %s by %s".formatted(records, many.actor().name());
    }

    private static String values(Delivery.Conflict conflict) {
        var text = new ArrayList<String>();
        new TreeMap<>(conflict.fields())
                .forEach((name, it) -> text.add("%s: %s -> %s"
                        .formatted(
                                name,
                                it.base().map(JsonNode::toString).orElse("?"),
                                it.theirs().map(JsonNode::toString).orElse("?"))));
        return conflict.id() + text.toString();
    }

    private static String values(List<Image> images) {
        var text = new ArrayList<String>();
        images.forEach(image -> text.add(Moment.id(image) + ":" + new TreeMap<>(image.values())));
        return text.toString();
    }

    private static List<Long> users(List<Watcher> watchers) {
        return watchers.stream().map(it -> it.viewer().userId()).sorted().toList();
    }

    @Override
    public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
        asked.addAll(questions);
        nanos += pondering.toNanos();
        requireHere();
        return questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer -> answer(question, viewer))
                        .toList())
                .toList();
    }

    private Answer answer(Question question, Viewer viewer) {
        var granted = rights.getOrDefault(viewer.userId(), Rights.none(TRANSFER));
        var ids = new HashSet<>(question.ids());
        ids.removeIf(id -> !readable.getOrDefault(id, Set.of()).contains(viewer.userId()));
        ids.removeIf(
                id -> question.writing() && readOnly.getOrDefault(id, Set.of()).contains(viewer.userId()));
        var of = new HashMap<>(versions);
        of.keySet().retainAll(question.ids());
        return new Answer(granted.read(), ids, granted.fields(), of);
    }

    @Override
    public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
        rightsAsked.addAll(questions);
        answering.acquireUninterruptibly();
        answering.release();
        requireHere();
        return questions.stream()
                .map(question -> new RightsReply(question.viewers().stream()
                        .map(viewer -> rights.getOrDefault(viewer.userId(), Rights.none(question.model())))
                        .toList()))
                .toList();
    }

    private void requireHere() {
        if (away) {
            throw new OracleException("away", null);
        }
    }

    @Override
    public void close() {
        answering.release();
        inquiries.close();
        writes.close();
        book.close();
    }
}
