package io.amanat.standin.store;

/** What happens to a transaction's changes when they are written to the database, before they are committed. */
@FunctionalInterface
public interface Flush {

    /**
     * Prepares what others are to be told. An exception takes the changes back.
     *
     * @return to be run when the transaction was committed; never, if it was rolled back
     */
    Runnable prepare(Transaction transaction);
}
