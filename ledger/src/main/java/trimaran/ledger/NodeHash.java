package trimaran.ledger;

import trimaran.kernel.Digest;

/** A complete node with its hash, as a keeper stores it. */
public record NodeHash(Node node, Digest hash) {}
