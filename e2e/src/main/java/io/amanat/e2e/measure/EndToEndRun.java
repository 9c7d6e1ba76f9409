package io.amanat.e2e.measure;

import io.amanat.bench.report.Report;
import io.amanat.e2e.browser.Browsers;
import io.amanat.e2e.browser.Tab;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: one user writes over HTTP, the other has the list open in Chromium. */
final class EndToEndRun {
    private static final double PATIENCE_MS = 15_000;

    private final Lab lab;
    private final OdooUser admin;
    private final OdooUser writer;
    private final OdooUser reader;

    EndToEndRun(Lab lab) {
        this.lab = lab;
        admin = lab.user("admin");
        writer = lab.user("aziz");
        reader = lab.user("bobur");
    }

    /** Makes the changes and says what came of them; {@code losses} holds what never arrived or stayed wrong. */
    Outcome measure(int changes, int rate, int warmup) {
        try (ListScreen screen = ListScreen.create(admin, Script.MODEL, List.of("name", "state", "amount", "note"));
                Browsers browsers = Browsers.start()) {
            Script script = new Script(writer, screen, changes);
            try (Tab tab = Tab.open(browsers.as(reader), screen.url()).awaitWatched(1)) {
                Observer observer = new Observer(tab, Script.MODEL);
                return measure(script, changes, rate, warmup, tab, observer, screen);
            } finally {
                writer.unlink(Script.MODEL, script.records());
            }
        }
    }

    private Outcome measure(
            Script script, int changes, int rate, int warmup, Tab tab, Observer observer, ListScreen screen) {
        long start = Commits.now(lab);
        List<Step> steps = script.run(warmup + changes, rate);
        awaitSettled(tab, observer, steps, screen);
        Observer.Noted noted = observer.noted();
        Commits commits = Commits.since(lab, start);
        Measured measured = new Measured();
        int unannounced = 0;
        for (Step step : steps.subList(warmup, steps.size())) {
            Optional<Double> committed = commits.of(step);
            committed.ifPresent(at -> measured.add(step, at, noted));
            unannounced += committed.isEmpty() ? 1 : 0;
        }
        boolean equal = observer.rows().equals(answered(screen));
        int losses = measured.losses() + unannounced + (equal ? 0 : 1);
        Report report = new Report("e2e", Map.of("changes", changes, "rate", rate, "warmup", warmup))
                .put("count", changes)
                .put("losses", losses);
        measured.report(report);
        report.put("rereads", noted.rereads())
                .put("final_dom_equal", equal)
                .put("per_second", (double) rate)
                .machine();
        return new Outcome(report, losses > 0);
    }

    private void awaitSettled(Tab tab, Observer observer, List<Step> steps, ListScreen screen) {
        long deadline = System.nanoTime() + (long) (PATIENCE_MS * 1_000_000);
        while (System.nanoTime() < deadline && !settled(observer, steps, screen)) {
            tab.page().waitForTimeout(250);
        }
    }

    private boolean settled(Observer observer, List<Step> steps, ListScreen screen) {
        Observer.Noted noted = observer.noted();
        return steps.stream().allMatch(step -> noted.at(step).isPresent())
                && observer.rows().equals(answered(screen));
    }

    /** What Odoo answers the reader when asked for the same list. */
    private List<String> answered(ListScreen screen) {
        List<String> rows = new ArrayList<>();
        reader.searchRead(
                        Script.MODEL, List.of(List.of("name", "=like", screen.prefix() + "%")), List.of("name", "note"))
                .forEach(row -> rows.add(
                        row.path("name").asString() + "|" + row.path("note").asString("")));
        return rows;
    }

    /**
     * What a run found.
     *
     * @param broken whether anything was lost or the list ended up wrong
     */
    record Outcome(Report report, boolean broken) {}
}
