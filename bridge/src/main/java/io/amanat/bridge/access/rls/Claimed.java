package io.amanat.bridge.access.rls;

/**
 * A value that follows from who asks alone, such as {@code auth.uid()}.
 *
 * @param sql how it follows from {@link #JSON}, {@link #SUBJECT} and {@link #ROLE}
 * @param type for a cast, under any search path
 */
record Claimed(String sql, String type) {

    /** The columns it follows from. */
    static final String JSON = "amanat_viewer__.amanat_json__";

    static final String SUBJECT = "amanat_viewer__.amanat_subject__";
    static final String ROLE = "amanat_viewer__.amanat_role__";
}
