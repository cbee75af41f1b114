/**
 * Alloy models of the protocols the promise rests on: the quorum with the choice where a rebuild starts, the union of held
 * sets, the opening of a new cell, the refresh of shares and its hand-over, the ledgers that releases and drafts stand on, and
 * two successors of one epoch at once. The models lie in {@code src/test/alloy}; nothing links this room. Invariants carry the
 * names under which the code asserts them.
 */
@NullMarked
package trimaran.spec;

import org.jspecify.annotations.NullMarked;
