package trimaran.kernel;

/**
 * Where long, pure work is done beside a {@link Loop}, which meanwhile answers others. A main lends it a thread; where nobody
 * waits meanwhile, the work is done at once.
 */
@FunctionalInterface
public interface Workbench {

    /** Does the work, now or soon, in the order it was given. What comes of it goes back to the loop by {@link Loop#run}. */
    void run(Runnable work);
}
