package io.amanat.bridge.access;

import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer may read of a model. Equal rights stand for a class of viewers: a {@link RightsBook} hands out one object for all of
 * them. No clock, no I/O; safe to share.
 */
public final class Rights {

    private final Content content;
    private final int hash;
    private volatile @Nullable Decider decider;
    private volatile byte @Nullable [] digest;

    /** What makes rights equal. */
    private record Content(
            boolean read,
            Optional<Domain> domain,
            Optional<String> same,
            Set<String> fields,
            String language,
            ModelFields columns) {}

    private Rights(Content content) {
        this.content = content;
        this.hash = content.hashCode();
    }

    /** The right to read nothing of this model. */
    public static Rights none(String model) {
        return new Rights(
                new Content(false, Optional.empty(), Optional.empty(), Set.of(), "", ModelFields.nothing(model)));
    }

    /**
     * Rights whose records the bridge can tell.
     *
     * @param domain of the records
     * @param fields that may be read, {@code id} and {@code display_name} among them
     * @param columns what must be known of the model to compare values
     */
    public static Rights of(Domain domain, Set<String> fields, String language, ModelFields columns) {
        return new Rights(
                new Content(true, Optional.of(domain), Optional.empty(), Set.copyOf(fields), language, columns));
    }

    /**
     * Rights whose records only Odoo can tell.
     *
     * @param same equal only for viewers who see the same records
     */
    public static Rights undecidable(String same, Set<String> fields, String language, ModelFields columns) {
        return new Rights(
                new Content(true, Optional.empty(), Optional.of(same), Set.copyOf(fields), language, columns));
    }

    public String model() {
        return content.columns().model();
    }

    /** Whether anything of the model may be read. */
    public boolean read() {
        return content.read();
    }

    /** The live fields that may be read, {@code id} and {@code display_name} among them; none without the right to read. */
    public Set<String> fields() {
        return content.fields();
    }

    /** The language in which the viewer reads; empty without the right to read. */
    public String language() {
        return content.language();
    }

    /** The records, if a record's values can tell; empty also without the right to read. */
    public Optional<Domain> domain() {
        return content.domain();
    }

    /** Of rights that only Odoo can judge: an opaque text that is equal for viewers who see the same records. */
    public Optional<String> same() {
        return content.same();
    }

    /** Whether a record with these values may be read. */
    public Verdict verdict(Image image) {
        if (!content.read()) {
            return Verdict.NO;
        }
        return content.domain().isEmpty()
                ? Verdict.UNDECIDED
                : decider(content.domain().get()).verdict(image);
    }

    /** Whether a change of these fields may change which records may be read. */
    public boolean dependsOn(Set<String> changed) {
        return content.read() && content.domain().map(it -> names(it, changed)).orElse(true);
    }

    private static boolean names(Domain domain, Set<String> fields) {
        return switch (domain) {
            case Domain.Constant _ -> false;
            case Domain.Not(var one) -> names(one, fields);
            case Domain.And(var all) -> all.stream().anyMatch(it -> names(it, fields));
            case Domain.Or(var all) -> all.stream().anyMatch(it -> names(it, fields));
            case Domain.Any(var path, var _) -> fields.contains(first(path));
            case Domain.Condition(var path, var _, var _) -> fields.contains(first(path));
        };
    }

    private static String first(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** Equal for equal rights, also in another life of the bridge; different for others. The caller does not write to it. */
    byte[] digest() {
        var known = digest;
        if (known == null) {
            known = Canonical.digest(this);
            digest = known;
        }
        return known;
    }

    /** Prepared when it is first needed, since most equal rights that are heard of give way to those already known. */
    private Decider decider(Domain domain) {
        var prepared = decider;
        if (prepared == null) {
            prepared = domain.compile(content.columns());
            decider = prepared;
        }
        return prepared;
    }

    /** Why Odoo would refuse the domain, so that every record is undecided; for the operator. */
    public Optional<String> refusal() {
        return content.domain().flatMap(it -> decider(it).refusal());
    }

    /** What must be known of the model to judge these rights. */
    public ModelFields columns() {
        return content.columns();
    }

    /**
     * What must be known to judge a domain of the viewer's own: only fields that these rights may read and whose values are the same
     * for every reader, and no names, which Odoo would search with the viewer's rights on the other model.
     */
    public ModelFields viewColumns() {
        var readable = new HashMap<String, Field>();
        content.columns().fields().forEach((name, field) -> {
            if (content.fields().contains(name) && !isShortened(field)) {
                readable.put(name, nameless(field));
            }
        });
        var parent = content.columns().parent().filter(readable::containsKey);
        return new ModelFields(model(), readable, parent, content.columns().texts());
    }

    /** Odoo shows of these only what the reader may read, while images hold all of it. */
    private static boolean isShortened(Field field) {
        return field.kind() == Kind.ONE2MANY || field.kind() == Kind.MANY2MANY;
    }

    private static Field nameless(Field field) {
        var relation = field.relation().map(it -> new Relation(it.model(), false, it.hierarchy()));
        return new Field(field.kind(), relation, field.scale());
    }

    /** What it costs to keep it, in units of about 45 bytes: a literal is one, a condition some more. */
    int weight() {
        return content.fields().size() + content.domain().map(Rights::weight).orElse(0);
    }

    private static int weight(Domain domain) {
        return switch (domain) {
            case Domain.Constant _ -> 1;
            case Domain.Not(var one) -> 1 + weight(one);
            case Domain.And(var all) ->
                1 + all.stream().mapToInt(Rights::weight).sum();
            case Domain.Or(var all) -> 2 + all.stream().mapToInt(Rights::weight).sum();
            case Domain.Any(var _, var one) -> 2 + weight(one);
            case Domain.Condition(var _, var _, var value) -> 8 + value.size();
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Rights it && hash == it.hash && content.equals(it.content));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Without values of the domain, for they may be confidential. */
    @Override
    public String toString() {
        var records =
                content.domain().isPresent() ? "decidable" : content.same().isPresent() ? "undecidable" : "none";
        return "Rights[%s, %s, %d fields, %s]".formatted(model(), records, fields().size(), language());
    }
}
