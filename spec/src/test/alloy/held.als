module held
/*
 * Held statements, their union, and placing by data that leaves out, repeats or places in the wrong order
 * (DESIGN §5 Acknowledged, Held set, Validity). One tier may lie: its held statement proves nothing, its answers
 * count for nothing. What it places still has to be cosigned by a quorum, so there is one log, and it only grows.
 * Every state may stay as it is, so a scope of exactly n steps covers all shorter runs.
 * Everything here is checked for the scope each command states, and for no more.
 */

sig Entry { names: set Entry }                    -- an entry names the entries it builds on
fact namesHaveNoCircle { no e: Entry | e in e.^names }

-- The log as it will once be: positions in order, each with one entry. Data chooses: it may repeat and reorder.
sig Place { next: lone Place, entry: one Entry }
fact placesAreALine {
  no p: Place | p in p.^next
  lone p: Place | no next.p
  all p: Place | lone next.p
}
fun earlier[p: Place]: set Place { ^next.p }

-- A place is valid if all its entry names has been placed validly before. A pure function of the log before it.
one sig Rule { valid: set Place }
fact validity {
  all p: Place | p in Rule.valid iff
    all named: p.entry.names | some q: earlier[p] & Rule.valid | q.entry = named
}

abstract sig Tier { var has: set Entry, var saysHeld: set Entry, var keepsInSet: set Entry }
one sig Access, Application, Data extends Tier {}
lone sig Liar in Tier {}
fun honest: set Tier { Tier - Liar }
one sig Hospital { var placed: set Place, var acknowledged: set Entry }

-- The place that counts for an entry.
fun firstValid[e: Entry, log: set Place]: set Place {
  { p: log & Rule.valid | p.entry = e and no q: earlier[p] & log & Rule.valid | q.entry = e }
}
fun counted[log: set Place]: set Entry { { e: Entry | some firstValid[e, log] } }

---------------------------------------------------------------------------------------------------- steps

fact start { no has and no saysHeld and no keepsInSet and no Hospital.placed and no Hospital.acknowledged }

pred tiersStay { has' = has and saysHeld' = saysHeld and keepsInSet' = keepsInSet }
pred hospitalStays { placed' = placed and acknowledged' = acknowledged }

-- An honest tier stores, then says so. The liar says so only.
pred hold[t: Tier, e: Entry] {
  e not in t.saysHeld
  saysHeld' = saysHeld + t -> e
  t in Liar implies (has' = has and keepsInSet' = keepsInSet)
    else (has' = has + t -> e and keepsInSet' = keepsInSet + t -> e)
  hospitalStays
}
pred acknowledgeByHeld[e: Entry, copies: Int] {
  e not in Hospital.acknowledged and #(saysHeld.e) >= copies
  acknowledged' = acknowledged + Hospital -> e
  placed' = placed and tiersStay
}
-- Data places the next position, and a quorum (two tiers that say they hold it) cosigns. Nobody forces data's choice.
pred place[p: Place] {
  p not in Hospital.placed and earlier[p] in Hospital.placed
  some disj t, u: Tier | p.entry in t.saysHeld & u.saysHeld
  placed' = placed + Hospital -> p
  acknowledged' = acknowledged and tiersStay
}
-- An honest tier takes an entry off its held set.
pred takeOff[t: Tier, e: Entry] {
  t in honest and e in t.keepsInSet
  keepsInSet' = keepsInSet - t -> e
  has' = has and saysHeld' = saysHeld and hospitalStays
}
-- The fallen tier's disk is wiped or encrypted.
pred wipe { some Liar and has' = has - Liar -> Entry and keepsInSet' = keepsInSet - Liar -> Entry
  and saysHeld' = saysHeld and hospitalStays }
pred stay { tiersStay and hospitalStays }

-- The rule: an entry leaves the held set when a valid place of it is in the log, not before.
pred onlyOnceCounted[e: Entry] { e in counted[Hospital.placed] }
-- Weakened: any place will do, also a void one.
pred oncePlacedAtAll[e: Entry] { e in Hospital.placed.entry }
-- Weakened: data's word that it will place it.
pred onDatasWord[e: Entry] { some Hospital.acknowledged }

pred runs[copies: Int] { always (stay or wipe
  or (some t: Tier, e: Entry | hold[t, e])
  or (some e: Entry | acknowledgeByHeld[e, copies])
  or (some p: Place | place[p])
  or (some t: Tier, e: Entry | takeOff[t, e])) }
pred strict { always all t: Tier, e: Entry | takeOff[t, e] implies onlyOnceCounted[e] }
pred afterAnyPlace { always all t: Tier, e: Entry | takeOff[t, e] implies oncePlacedAtAll[e] }
pred onTrust { always all t: Tier, e: Entry | takeOff[t, e] implies onDatasWord[e] }

------------------------------------------------------------------------------------------- what must hold

-- What a reader sees that reaches these tiers: what counts in the log, and the union of their held sets.
fun view[reached: set Tier]: set Entry { counted[Hospital.placed] + (reached - Liar).keepsInSet }

pred acknowledgedIsHeldByAnHonestTier {
  always all e: Hospital.acknowledged | some t: honest | e in t.has
}
pred unionLosesNothing { always Hospital.acknowledged in view[Tier] }
pred firstValidPlaceCounts {
  always all e: Entry | lone firstValid[e, Hospital.placed]
  always all e: Entry, p: Place |
    p in firstValid[e, Hospital.placed] implies after p in firstValid[e, Hospital.placed]
}

check acknowledgedIsHeldByAnHonestTier { runs[2] and strict implies acknowledgedIsHeldByAnHonestTier }
  for 3 but 2 Entry, 3 Int, 10..10 steps expect 0
check unionLosesNothing { runs[2] and strict implies unionLosesNothing }
  for 3 but 2 Entry, 3 Int, 10..10 steps expect 0
check firstValidPlaceCounts { runs[2] and strict implies firstValidPlaceCounts }
  for 4 but 2 Entry, 3 Int, 10..10 steps expect 0
-- Without a liar any two tiers a reader reaches are enough.
check unionOfAnyTwoHonestTiersLosesNothing {
  runs[2] and strict and no Liar implies
    always all disj t, u: Tier | Hospital.acknowledged in view[t + u]
} for 3 but 2 Entry, 3 Int, 10..10 steps expect 0

-- Nothing above is empty: an entry is acknowledged by held, placed in the wrong order (void), then validly, then off.
run wrongOrderThenRight {
  runs[2] and strict and some e: Entry | some e.names
    and eventually (e in Hospital.acknowledged and e in Hospital.placed.entry and e not in counted[Hospital.placed])
    and eventually (e in counted[Hospital.placed] and e not in Tier.keepsInSet)
} for 3 but 2 Entry, 3 Int, 11..11 steps expect 1

-------------------------------------------------------------------------------------------- failing variants

check oneHeldStatementIsNotEnough { runs[1] and strict implies acknowledgedIsHeldByAnHonestTier }
  for 2 but 1 Entry, 3 Int, 1..6 steps expect 1
check takingOffAfterAVoidPlaceLoses { runs[2] and afterAnyPlace implies unionLosesNothing }
  for 3 but 2 Entry, 3 Int, 9..9 steps expect 1
check takingOffOnDatasWordLoses { runs[2] and onTrust implies unionLosesNothing }
  for 2 but 1 Entry, 3 Int, 1..6 steps expect 1
-- A void place that used up its entry's digest: only the first place is looked at.
fun countedIfVoidUsesUp[log: set Place]: set Entry {
  { e: Entry | some p: log & Rule.valid | p.entry = e and no q: earlier[p] & log | q.entry = e }
}
check voidThatUsesUpADigestLoses {
  runs[2] and strict implies
    always Hospital.acknowledged in countedIfVoidUsesUp[Hospital.placed] + honest.keepsInSet
} for exactly 3 Place, exactly 2 Entry, 3 Int, 10..10 steps expect 1
-- A reader that applies every valid place applies a repeated one twice.
check applyingEveryValidPlaceRepeats {
  runs[2] and strict implies always all e: Entry | lone p: Hospital.placed & Rule.valid | p.entry = e
} for 3 but 1 Entry, 3 Int, 1..6 steps expect 1
-- The last place instead of the first: what counts changes under the reader.
fun lastValid[e: Entry, log: set Place]: set Place {
  { p: log & Rule.valid | p.entry = e and no q: p.^next & log & Rule.valid | q.entry = e }
}
check lastValidPlaceMoves {
  runs[2] and strict implies always all e: Entry, p: Place |
    p in lastValid[e, Hospital.placed] implies after p in lastValid[e, Hospital.placed]
} for 3 but 1 Entry, 3 Int, 1..6 steps expect 1
-- Two tiers reached, one of them lying: that is why a page says which tier is missing.
check twoReachedTiersMayMiss {
  runs[2] and strict implies always all disj t, u: Tier | Hospital.acknowledged in view[t + u]
} for 2 but 1 Entry, 3 Int, 1..6 steps expect 1
-- Beyond the promise: a second tier loses its disk besides the liar.
check aLostDiskBesideALiarLoses {
  runs[2] and strict implies
    always all e: Hospital.acknowledged, lost: honest | some t: honest - lost | e in t.has
} for 2 but 1 Entry, 3 Int, 1..6 steps expect 1
