module refresh
/*
 * What a thief can derive from shares stolen before and after refreshes (DESIGN §6 After a fall). Values are vectors
 * over GF(2): a value is the set of independent random numbers whose exclusive or it is, and a thief derives whatever
 * is the exclusive or of some of the values it knows. Static: loot is what was taken, in whatever order.
 * Everything here is checked for the scope each command states, and for no more.
 */

-- r: the first shares; y, z: what two refreshes draw (the third increment of each makes them cancel).
abstract sig Random {}
one sig r1, r2, r3, y1, y2, z1, z2 extends Random {}

abstract sig Value { of: set Random }
abstract sig Share extends Value {}
one sig A1 extends Share {} { of = r1 }
one sig A2 extends Share {} { of = r2 }
one sig A3 extends Share {} { of = r3 }
one sig B1 extends Share {} { of = r1 + y1 }
one sig B2 extends Share {} { of = r2 + y2 }
one sig B3 extends Share {} { of = r3 + y1 + y2 }
one sig C1 extends Share {} { of = r1 + y1 + z1 }
one sig C2 extends Share {} { of = r2 + y2 + z2 }
one sig C3 extends Share {} { of = r3 + y1 + y2 + z1 + z2 }
abstract sig Increment extends Value {}
one sig Y1 extends Increment {} { of = y1 }
one sig Y2 extends Increment {} { of = y2 }
one sig Y3 extends Increment {} { of = y1 + y2 }
fun K: set Random { r1 + r2 + r3 }

abstract sig Generation { first, second, third: one Share }
one sig Before extends Generation {} { first = A1 and second = A2 and third = A3 }
one sig Between extends Generation {} { first = B1 and second = B2 and third = B3 }
one sig After extends Generation {} { first = C1 and second = C2 and third = C3 }

abstract sig Tier { pair: Generation -> Share }
one sig Access extends Tier {} { pair = second + third }
one sig Application extends Tier {} { pair = first + third }
one sig Data extends Tier {} { pair = first + second }
fun stolen[t: Tier, g: Generation]: set Value { g.(t.pair) }

-- The combination the solver looks for: the thief may try every subset of what it knows.
one sig Thief { chosen: set Value }
pred odd[n: Int] { rem[n, 2] = 1 }
pred derives[known: set Value, wanted: set Random] {
  Thief.chosen in known
  all x: Random | odd[#(Thief.chosen & of.x)] iff x in wanted
}

------------------------------------------------------------------------------------------- what must hold

check nothingOpensWithOneTiersShares {
  no t: Tier, g: Generation | derives[stolen[t, g], K]
} for 0 but 5 Int expect 0
-- One tier robbed in every generation, again and again.
check nothingOpensWithOneTiersSharesOfAllGenerations {
  no t: Tier | derives[stolen[t, Before] + stolen[t, Between] + stolen[t, After], K]
} for 0 but 5 Int expect 0
-- The point of a refresh: another tier robbed in each generation, one after the other.
check lootOfDifferentGenerationsIsWorthless {
  no disj g, h: Generation, disj t, u: Tier | derives[stolen[t, g] + stolen[u, h], K]
} for 0 but 5 Int expect 0
check threeTiersOneAfterTheOtherGiveNothing {
  no disj t, u, v: Tier | derives[stolen[t, Before] + stolen[u, Between] + stolen[v, After], K]
} for 0 but 5 Int expect 0
-- Any two honest tiers open the cell in every generation: their shares are the three, and the three give K.
check acknowledgedCellOpens {
  all disj t, u: Tier, g: Generation |
    stolen[t, g] + stolen[u, g] = g.first + g.second + g.third
      and all x: Random | odd[#((g.first + g.second + g.third) & of.x)] iff x in K
} for 0 but 5 Int expect 0
-- The fallen tier's new pair comes from the other two without either knowing three shares.
check rebuildTakesOneShareFromEach {
  all disj t, u, fallen: Tier, g: Generation |
    stolen[fallen, g] in stolen[t, g] + stolen[u, g] and one stolen[fallen, g] & stolen[t, g]
} for 0 but 5 Int expect 0
-- The derivation is not empty: two tiers' shares of one generation do give K.
run twoTiersOfOneGenerationDerive {
  some disj t, u: Tier | derives[stolen[t, After] + stolen[u, After], K]
} for 0 but 5 Int expect 1

-------------------------------------------------------------------------------------------- failing variants

check withoutARefreshLootAddsUp {
  no disj t, u: Tier | derives[stolen[t, Before] + stolen[u, Before], K]
} for 0 but 5 Int expect 1
-- The fallen tier takes part in the refresh, or increments lie on a survivor's disk when it is robbed later.
check incrementsThatLeakMakeOldLootGood {
  no disj t, u: Tier | derives[stolen[t, Before] + stolen[u, Between] + Increment, K]
} for 0 but 5 Int expect 1
-- A survivor that keeps the old generation: its file key was not destroyed, or a backup still has it.
check anOldGenerationNotDestroyedMakesOldLootGood {
  no disj t, u: Tier | derives[stolen[t, Before] + stolen[u, Before + Between], K]
} for 0 but 5 Int expect 1
-- One leaked increment is enough where it is that of the share the loot lacks.
check oneLeakedIncrementIsEnough {
  no disj t, u: Tier, i: Increment | derives[stolen[t, Before] + stolen[u, Between] + i, K]
} for 0 but 5 Int expect 1
-- Increments that do not cancel: the shares no longer give K. Keepers check before they store.
check incrementsThatDoNotCancelLoseTheCell {
  all x: Random | odd[#((B1 + B2 + A3) & of.x)] iff x in K
} for 0 but 5 Int expect 1
