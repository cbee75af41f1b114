package trimaran.simulator;

import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.simulated.VirtualLoop;
import trimaran.shares.Increments;
import trimaran.shares.ShareKeys;

/** Planted bugs of the refresh of shares. */
final class PlantedShares {

    private PlantedShares() {}

    /** Every tier destroys the old generation as soon as the record names the next. */
    static final class TooSoon extends Plants {

        private static final long LOOK_MILLIS = 50;

        @Override
        void started(Tier tier, Keeper keeper, VirtualLoop loop) {
            ShareKeys keys = keeper.setting().keys().shares();
            long named = keeper.copy().registry().generation();
            if (named > keys.lowest() && keys.generation(named).isPresent()) {
                keys.advance(named);
            }
            loop.after(LOOK_MILLIS, () -> {
                if (tier.isUp() && tier.keeper() == keeper) {
                    started(tier, keeper, loop);
                }
            });
        }
    }

    /** Access takes another seed than it is given, so it makes other shares than the two others. */
    static final class OtherSeed extends Plants {

        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return tier.party() == Party.ACCESS ? new Changing(keeper) : keeper;
        }
    }

    private static final class Changing extends Around {

        Changing(CallHandler real) {
            super(real);
        }

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            real().request(calls, changed(payload), answer);
        }

        private static Bytes changed(Bytes payload) {
            try {
                return RequestCodec.decode(payload) instanceof Request.Refresh(RefreshStep.Seed seed)
                        ? RequestCodec.encode(new Request.Refresh(new RefreshStep.Seed(
                                seed.generation(),
                                seed.base(),
                                SecretBytes.taking(new byte[Increments.SEED_BYTES]),
                                seed.leftOut())))
                        : payload;
            } catch (MalformedException malformed) {
                return payload;
            }
        }
    }
}
