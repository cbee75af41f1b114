module opening
/*
 * A new cell must open once its entry is acknowledged (DESIGN §6). The author draws three shares, commits to each, and
 * seals each keeper's pair in an envelope of its own; every tier gets all three envelopes with the entry. One party
 * lies: a tier, or the author's station. Another tier may be away meanwhile.
 * Every state may stay as it is, so a scope of exactly n steps covers all shorter runs.
 * Everything here is checked for the scope each command states, and for no more.
 */

abstract sig Share {}
one sig R1, R2, R3 extends Share {}
abstract sig Party {}
one sig Author extends Party {}
abstract sig Tier extends Party { pair: set Share, var stored: set Share, var keeps: set Tier, var away: lone Away }
one sig Away {}
one sig Access extends Tier {} { pair = R2 + R3 }
one sig Application extends Tier {} { pair = R1 + R3 }
one sig Data extends Tier {} { pair = R1 + R2 }
lone sig Liar in Party {}
fun honest: set Tier { Tier - Liar }

-- Envelopes (named by their recipient) whose content is what the entry commits to. An honest author fills all rightly.
one sig Entry { right: set Tier, var held: set Tier, var confirmed: set Tier, var acknowledged: lone Away }
fact honestAuthor { Author not in Liar implies Entry.right = Tier }

---------------------------------------------------------------------------------------------------- steps

fact start { no stored and no keeps and no held and no confirmed and no acknowledged and no away }

pred nothingElse[changed: set Tier] {
  all t: Tier - changed | t.stored' = t.stored and t.keeps' = t.keeps
}
-- A tier takes the entry with its envelopes and says held. The honest open their own envelope and compare with the
-- commitments first (checking), and keep the envelopes of the others (escrow).
pred hold[t: Tier, checking, escrow: set Tier] {
  no t.away and t not in Entry.held
  t in honest and t in checking implies t in Entry.right
  held' = held + Entry -> t
  confirmed' = confirmed + Entry -> t
  t.stored' = (t in Entry.right + Liar implies t.pair else none)
  t.keeps' = (t in escrow + Liar implies Tier - t else none)
  nothingElse[t] and acknowledged' = acknowledged and away' = away
}
pred acknowledge[copies: Int] {
  no Entry.acknowledged and #Entry.held >= copies
  acknowledged' = Entry -> Away and held' = held and confirmed' = confirmed and away' = away and nothingElse[none]
}
-- A keeper that was away takes its envelope from one that kept it.
pred takeLater[t, from: Tier] {
  t + from in honest and no (t + from).away and t in from.keeps and no t.stored and t in Entry.right
  t.stored' = t.pair and t.keeps' = t.keeps + (from.keeps - t)
  nothingElse[t] and confirmed' = confirmed + Entry -> t
  held' = held and acknowledged' = acknowledged and away' = away
}
-- A holder lets the envelope of one keeper go.
pred letGo[t, recipient: Tier] {
  t in honest and recipient in t.keeps
  t.keeps' = t.keeps - recipient and t.stored' = t.stored
  nothingElse[t] and held' = held and confirmed' = confirmed and acknowledged' = acknowledged and away' = away
}
pred goOrComeBack[t: Tier] {
  away' = (some t.away implies away - t -> Away else away + t -> Away)
  nothingElse[none] and held' = held and confirmed' = confirmed and acknowledged' = acknowledged
}
pred stay {
  nothingElse[none] and held' = held and confirmed' = confirmed and acknowledged' = acknowledged and away' = away
}

pred onlyOnceItsKeeperConfirmed { always all t, r: Tier | letGo[t, r] implies r in Entry.confirmed }
pred onceAnyoneConfirmed { always all t, r: Tier | letGo[t, r] implies some Entry.confirmed - t }

pred runs[copies: Int, checking, escrow: set Tier] { always (stay or acknowledge[copies]
  or (some t: Tier | hold[t, checking, escrow] or goOrComeBack[t])
  or (some t, u: Tier | takeLater[t, u] or letGo[t, u])) }

------------------------------------------------------------------------------------------- what must hold

-- Shares the honest tiers have, or can take out of an envelope one of them keeps for another.
fun reachable: set Share { honest.stored + ((honest.keeps & honest) & Entry.right).pair }
pred acknowledgedCellOpens { always (some Entry.acknowledged implies reachable = Share) }
-- What one tier can read is never enough: its own pair, and nothing of the envelopes it keeps for others.
fun readable[t: Tier]: set Share { t.stored }
pred nothingOpensWithOneTiersShares { always all t: Tier | readable[t] != Share }

check acknowledgedCellOpens {
  runs[2, Tier, Tier] and onlyOnceItsKeeperConfirmed implies acknowledgedCellOpens
} for 3 but 3 Int, 9..9 steps expect 0
check nothingOpensWithOneTiersShares {
  runs[2, Tier, Tier] and onlyOnceItsKeeperConfirmed implies nothingOpensWithOneTiersShares
} for 3 but 3 Int, 9..9 steps expect 0
run acknowledgedByALiarAndTakenLater {
  runs[2, Tier, Tier] and onlyOnceItsKeeperConfirmed and some Tier & Liar
  eventually (some Entry.acknowledged and one t: honest | some t.stored)
  eventually all t: honest | some t.stored
} for 3 but 3 Int, 9..9 steps expect 1

-------------------------------------------------------------------------------------------- failing variants

-- Envelopes that whoever keeps them can read.
fun readableUnsealed[t: Tier]: set Share { t.stored + t.keeps.pair }
check unsealedPairsOpenToOneTier {
  runs[2, Tier, Tier] and onlyOnceItsKeeperConfirmed implies always all t: Tier | readableUnsealed[t] != Share
} for 3 but 3 Int, 1..4 steps expect 1
check keepingOnlyOnesOwnPairLosesTheCell {
  runs[2, Tier, none] and onlyOnceItsKeeperConfirmed implies acknowledgedCellOpens
} for 3 but 3 Int, 1..6 steps expect 1
check lettingGoOnAnothersWordLosesTheCell {
  runs[2, Tier, Tier] and onceAnyoneConfirmed implies acknowledgedCellOpens
} for 3 but 3 Int, 1..8 steps expect 1
check holdingWithoutCheckingLosesTheCell {
  runs[2, none, Tier] and onlyOnceItsKeeperConfirmed implies acknowledgedCellOpens
} for 3 but 3 Int, 1..6 steps expect 1
check oneHeldStatementLosesTheCell {
  runs[1, Tier, Tier] and onlyOnceItsKeeperConfirmed implies acknowledgedCellOpens
} for 3 but 3 Int, 1..6 steps expect 1
