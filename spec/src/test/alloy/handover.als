module handover
/*
 * The hand-over of a refresh from the old generation to the new between the two survivors, with crashes at any moment
 * (DESIGN §6 After a fall). Increments live in memory only: a survivor that crashes before it stored its new shares
 * can never make them again, and the refresh starts over with other increments.
 * Every state may stay as it is, so a scope of exactly n steps covers all shorter runs.
 * Everything here is checked for the scope each command states, and for no more.
 */

sig Attempt {}                                  -- one drawing of increments, and the new generation it makes
abstract sig Survivor {
  var memory: lone Attempt,                     -- increments known now
  var new: set Attempt,                         -- new generations on disk
  var old: lone Disk,                           -- the old generation on disk
  var prepared: set Attempt                     -- signed "prepared", seen by the other
}
one sig Disk {}
one sig One, Other extends Survivor {}
fun other[s: Survivor]: Survivor { Survivor - s }

fact start { no memory and no new and no prepared and old = Survivor -> Disk }

pred diskStays { new' = new and old' = old }
-- Both learn the increments of a new attempt; a fresh one, as nothing of an earlier is left.
pred agree[a: Attempt] {
  a not in Survivor.(memory + new + prepared) and historically a not in Survivor.memory
  memory' = Survivor -> a and diskStays and prepared' = prepared
}
pred store[s: Survivor] {
  some s.memory and some s.old
  new' = new + s -> s.memory and old' = old and memory' = memory and prepared' = prepared
}
pred prepare[s: Survivor] {
  some s.new & s.memory
  prepared' = prepared + s -> (s.new & s.memory) and memory' = memory and diskStays
}
-- The old generation's file key is destroyed.
pred dropOld[s: Survivor] {
  some s.old and old' = old - s -> Disk and new' = new and memory' = memory and prepared' = prepared
}
-- A new generation that came to nothing is thrown away.
pred dropNew[s: Survivor, a: Attempt] {
  a in s.new and new' = new - s -> a and old' = old and memory' = memory and prepared' = prepared
}
pred crash[s: Survivor] { memory' = memory - s -> Attempt and diskStays and prepared' = prepared }
pred stay { memory' = memory and diskStays and prepared' = prepared }

pred runs { always (stay or (some a: Attempt | agree[a])
  or (some s: Survivor | store[s] or prepare[s] or dropOld[s] or crash[s] or some a: Attempt | dropNew[s, a])) }

-- The rules.
pred oldGoesOnEveryOthersPrepared {
  always all s: Survivor | dropOld[s] implies some s.new & s.prepared & other[s].prepared
}
pred preparedIsNeverDiscarded { always all s: Survivor, a: Attempt | dropNew[s, a] implies a not in s.prepared }
-- Weakened.
pred oldGoesOnOnesOwnPrepared { always all s: Survivor | dropOld[s] implies some s.new & s.prepared }

pred acknowledgedCellOpens { always (old = Survivor -> Disk or some One.new & Other.new) }

check acknowledgedCellOpens {
  runs and oldGoesOnEveryOthersPrepared and preparedIsNeverDiscarded implies acknowledgedCellOpens
} for 2 but 10..10 steps expect 0
run bothOldOnesGoAfterACrash {
  runs and oldGoesOnEveryOthersPrepared and preparedIsNeverDiscarded
  eventually some s: Survivor | some s.memory and crash[s]
  eventually (no old and some One.new & Other.new)
} for 2 but 10..10 steps expect 1
check droppingTheOldOnOnesOwnPreparedLoses {
  runs and oldGoesOnOnesOwnPrepared and preparedIsNeverDiscarded implies acknowledgedCellOpens
} for 2 but 1..8 steps expect 1
check discardingAPreparedGenerationLoses {
  runs and oldGoesOnEveryOthersPrepared implies acknowledgedCellOpens
} for 2 but 1..9 steps expect 1
