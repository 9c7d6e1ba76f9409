package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Asks PostgreSQL anew for each image and each viewer, and remembers nothing but the policies. */
final class OneByOne implements Visibility {

    private final Viewers viewers;
    private final Sights sights;
    private final Referee referee;

    /** @param connections of a role that is a member of the viewers' roles and is held by row-level security itself */
    OneByOne(DataSource connections, String publication, Viewers viewers, RowSecuritySettings settings) {
        this.viewers = viewers;
        this.sights = new Sights(connections, publication, settings.timeout());
        this.referee = new Referee(connections, settings.searchPath(), settings.timeout(), settings.lines());
    }

    @Override
    public List<BitSet> visible(String table, List<Image> images, BitSet asked) throws VisibilityException {
        var seen = Images.nobody(images.size());
        for (var role : viewers.byRole(asked).entrySet()) {
            switch (sights.of(table, role.getKey()).ruling()) {
                case Ruling.Nobody nobody -> {}
                case Ruling.Refused(var why) -> throw new VisibilityException(why);
                case Ruling.Policed policed -> {
                    policed.check(images);
                    Images.add(seen, referee.judge(policed, images, viewers.of(role.getValue())));
                }
            }
        }
        return seen;
    }

    @Override
    public BitSet concerned(String table, List<Change> changes, BitSet asked) {
        return asked;
    }

    @Override
    public boolean matters(Change change) {
        return true;
    }

    /** Everybody may see differently now, of any table: nothing is known of what policies look at. */
    @Override
    public Map<String, BitSet> changed(long offset, Change change) {
        sights.forget();
        return Map.of();
    }
}
