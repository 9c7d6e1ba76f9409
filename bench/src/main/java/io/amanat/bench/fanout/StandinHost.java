package io.amanat.bench.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.standin.NewUser;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The process with the stand-in Odoo. Says {@code ready URL DATABASE}; answers {@code run FIRST LAST RATE} on its input with
 * {@code done LATE_MS} and {@code asked} with {@code asked CALLS}, those about rights so far; ends with its input.
 */
@Command(name = "standin-host", hidden = true, description = "Started by the benches: the stand-in Odoo.")
public final class StandinHost implements Callable<Integer> {
    private static final String WRITER = "writer";

    @Spec
    private CommandSpec spec;

    @Option(names = "--classes", required = true)
    private int classes;

    @Option(names = "--users", required = true)
    private int users;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0))) {
            int watched = odoo.addCompany("Watched");
            odoo.addUser(new NewUser(WRITER, "Writer", List.of(watched), NewUser.Right.MANAGER));
            addViewers(odoo, watched);
            Writer writer = new Writer(odoo.as(WRITER), watched);
            out.printf("ready %s %s%n", odoo.url(), odoo.database());
            out.flush();
            obey(odoo, writer, out);
        }
        return 0;
    }

    private void addViewers(StandInOdoo odoo, int watched) {
        List<Integer> own = new ArrayList<>();
        for (int number = 0; number < classes; number++) {
            own.add(odoo.addCompany("Class " + number));
        }
        for (int user = 0; user < users; user++) {
            Audience audience = new Audience(user % classes);
            int company = own.get(audience.number());
            odoo.addUser(new NewUser(
                    Load.login(user),
                    "Viewer " + user,
                    audience.entitled() ? List.of(company, watched) : List.of(company),
                    audience.manager() ? NewUser.Right.MANAGER : NewUser.Right.USER));
        }
    }

    private static void obey(StandInOdoo odoo, Writer writer, PrintWriter out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("run")) {
                long late = writer.write(
                        Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
                out.printf("done %d%n", late);
            } else {
                out.printf("asked %d%n", asked(odoo));
            }
            out.flush();
        }
    }

    private static int asked(StandInOdoo odoo) {
        return odoo.faults().calls("rights") + odoo.faults().calls("readable");
    }
}
