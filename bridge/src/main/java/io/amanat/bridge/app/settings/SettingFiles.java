package io.amanat.bridge.app.settings;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.connector.odoo.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;

/**
 * The kinds of settings that name a file or folder.
 *
 * @param settings the file with the settings, from whose folder relative names count
 */
record SettingFiles(Path settings) {

    Path path(String text) throws Kind.Refused {
        return settings.resolveSibling(Kind.text(4_096).parse(text)).normalize();
    }

    Path socket(String text) throws Kind.Refused {
        var socket = path(text);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > AdminAddress.Socket.MAX_BYTES) {
            throw new Kind.Refused("is longer than the %d bytes a unix socket's path may have"
                    .formatted(AdminAddress.Socket.MAX_BYTES));
        }
        return socket;
    }

    /** What the file of this name holds, which others may not read. */
    Secret secret(String text) throws Kind.Refused {
        var file = path(text);
        try {
            requirePrivate(file);
            var value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new Kind.Refused("is an empty file; write the secret into it");
            }
            return new Secret(value);
        } catch (NoSuchFileException _) {
            throw new Kind.Refused("does not exist; write the secret into this file and give it mode 600");
        } catch (IOException e) {
            throw new Kind.Refused("cannot be read by the user the bridge runs as (%s)"
                    .formatted(e.getClass().getSimpleName()));
        }
    }

    /** What such a file holds, read by {@code of}, which says with an {@link IllegalArgumentException} what is wrong with it. */
    <T> Kind<T> content(Function<String, T> of) {
        return text -> {
            var content = secret(text).reveal();
            try {
                return of.apply(content);
            } catch (IllegalArgumentException e) {
                throw new Kind.Refused(String.valueOf(e.getMessage()));
            }
        };
    }

    private static void requirePrivate(Path file) throws IOException, Kind.Refused {
        var permissions = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (permissions != null
                && permissions.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new Kind.Refused("can be read by every user of this machine; give it mode 600");
        }
    }
}
