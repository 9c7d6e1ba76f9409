package io.amanat.bridge.table;

import io.amanat.bridge.access.rls.Visibility;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that are judged by the same rights, and what is told between them: asks once for each table. Used by one thread. */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** The most images asked about at once. */
    private static final int MOST = 1_000;

    private final Visibility visibility;
    private final Consumer<List<TableDelivery>> out;
    private final List<Entry> entries = new ArrayList<>();
    private int rows;

    private sealed interface Entry {

        record Judged(Trial trial) implements Entry {}

        record Settled(TableDelivery delivery) implements Entry {}
    }

    private record Question(Image image, BiConsumer<Trial, BitSet> answer, Trial trial) {}

    /** @param out takes what was decided, in order */
    Batch(Visibility visibility, Consumer<List<TableDelivery>> out) {
        this.visibility = visibility;
        this.out = out;
    }

    void add(Trial trial) {
        entries.add(new Entry.Judged(trial));
        rows++;
        if (rows >= MOST / 2) {
            flush();
        }
    }

    /** Is told at this place. */
    void add(TableDelivery delivery) {
        entries.add(new Entry.Settled(delivery));
    }

    /** Judges and tells all there is. */
    void flush() {
        var byTable = new LinkedHashMap<String, List<Trial>>();
        for (var entry : entries) {
            if (entry instanceof Entry.Judged(var trial)) {
                byTable.computeIfAbsent(trial.row().table(), it -> new ArrayList<>())
                        .add(trial);
            }
        }
        var failed = new HashSet<Trial>();
        byTable.forEach((table, trials) -> {
            if (!judged(table, trials)) {
                failed.addAll(trials);
            }
        });
        tell(failed);
    }

    private void tell(Set<Trial> failed) {
        var told = new ArrayList<TableDelivery>();
        var resets = new ResetsOnce();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Settled(var delivery) -> told.add(delivery);
                case Entry.Judged(var trial) when failed.contains(trial) -> trial.fail(resets, TableJudge.FAILED);
                case Entry.Judged(var trial) -> trial.decide(told::add);
            }
        }
        told.addAll(resets.deliveries());
        entries.clear();
        rows = 0;
        if (!told.isEmpty()) {
            out.accept(told);
        }
    }

    /** Whether it is known of every image who may see it. */
    private boolean judged(String table, List<Trial> trials) {
        var asked = new BitSet();
        var questions = new ArrayList<Question>();
        for (var trial : trials) {
            trial.gather(asked);
            trial.old().ifPresent(it -> questions.add(new Question(it, Trial::sawOld, trial)));
            trial.now().ifPresent(it -> questions.add(new Question(it, Trial::seeNow, trial)));
        }
        if (asked.isEmpty()) {
            return true;
        }
        try {
            var images = questions.stream().map(Question::image).toList();
            var answers = visibility.visible(table, images, asked);
            for (int i = 0; i < questions.size(); i++) {
                var question = questions.get(i);
                question.answer().accept(question.trial(), answers.get(i));
            }
            return true;
        } catch (VisibilityException e) {
            LOG.warn(
                    "{} rows of {} are told to nobody, whoever watches them reads again: {}",
                    trials.size(),
                    table,
                    e.getMessage());
            LOG.debug("why they are told to nobody", e);
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} rows of {} are told to nobody, whoever watches them reads again", trials.size(), table, e);
            return false;
        }
    }
}
