/**
 * Alloy models of the four protocols that were modelled before they were coded: quorum with the choice where a rebuild
 * starts, the union of held sets, the opening of a new cell, and the refresh of shares with its hand-over. The models lie
 * in {@code src/test/alloy}; nothing links this room. Invariants carry the names under which the code asserts them.
 */
@NullMarked
package trimaran.spec;

import org.jspecify.annotations.NullMarked;
