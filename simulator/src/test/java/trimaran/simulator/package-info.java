/**
 * The seeded simulator: the real keepers, application office, sequencer and witness over simulated network, disk and time.
 * One seed is one run, byte for byte the same each time, with crashes, partitions, wrong clocks, broken lines and sometimes
 * one lying tier; after every step it asks whether the promise still holds. No other room may link this one.
 */
@NullMarked
package trimaran.simulator;

import org.jspecify.annotations.NullMarked;
