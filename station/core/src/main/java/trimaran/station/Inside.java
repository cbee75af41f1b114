package trimaran.station;

import trimaran.record.Registry;

/** The parts of a station that carry entries into the record. */
record Inside(
        StationSetting setting, Outbox outbox, TierTable tiers, HeadWatch watch, Registry registry, Courier courier) {}
