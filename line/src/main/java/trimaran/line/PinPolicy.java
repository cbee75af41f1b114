package trimaran.line;

/**
 * May the holder of this key have a channel now? Folded from the registry and from cuts. Asked at every handshake, full or
 * resumed, from any thread; after a change the owner calls {@link Network#recheck} so that open channels follow.
 */
@FunctionalInterface
public interface PinPolicy {
    boolean allows(PeerId peer);
}
