package trimaran.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What a disk refused, in words of one line: Java's own message is often the path alone, and the kind of failure stands in its class. */
public final class DiskFailure {

    private DiskFailure() {}

    /** The kind of failure, and the file where it is known. */
    public static String words(UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        return failure instanceof DiskFullException ? words(cause) : words(failure, words(cause));
    }

    /** The kind of failure, and the file where it is known. */
    public static String words(IOException failure) {
        if (failure.getClass() == IOException.class) {
            if (failure.getCause() instanceof IOException cause) {
                return words(failure, words(cause));
            }
            if (failure.getCause() instanceof UncheckedIOException cause) {
                return words(failure, words(cause));
            }
        }
        String kind = switch (failure) {
            case NoSuchFileException absent -> "there is no such file";
            case AccessDeniedException denied -> "this account has no permission";
            case FileAlreadyExistsException there -> "it is there already";
            case DirectoryNotEmptyException full -> "this folder is not empty";
            case NotDirectoryException file -> "this is no folder";
            case CharacterCodingException bytes -> "a file that should be text is none";
            case IOException full when DiskFullException.isBehind(full) -> "the disk is full";
            case FileSystemException other -> Objects.requireNonNullElse(other.getReason(), name(other));
            default -> Objects.requireNonNullElse(failure.getMessage(), name(failure));
        };
        String file = failure instanceof FileSystemException named && named.getFile() != null ? named.getFile() : "";
        return Trace.line(file.isEmpty() ? kind : kind + ": " + file);
    }

    /** What only hands a failure on has no words but that one's. */
    private static String words(Exception failure, String cause) {
        String own = failure.getMessage();
        boolean hasOwn = own != null && !own.equals(String.valueOf(failure.getCause()));
        return hasOwn ? Trace.line(own + ": " + cause) : cause;
    }

    private static String name(IOException failure) {
        return failure.getClass().getSimpleName();
    }
}
