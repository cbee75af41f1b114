module quorum
/*
 * Checkpoints, quorum and the choice of where a rebuild starts (DESIGN §5 Log, §10 Epochs).
 * One member may lie: it cosigns anything, reports anything. The honest cosign one chain and report their highest.
 * Everything here is checked for the scope each command states, and for no more.
 */

abstract sig Member { cosigned: set Checkpoint, reported: one Checkpoint }
abstract sig Tier extends Member {}
one sig Access, Application, Data extends Tier {}
one sig Witness extends Member {}
lone sig Liar in Member {}

-- A signed state of the log. Its parent is the state it extends; two children of one parent are a fork.
sig Checkpoint { parent: lone Checkpoint }
one sig Empty extends Checkpoint {}
fact logsGrowFromEmpty { no Empty.parent and Checkpoint in *parent.Empty and no c: Checkpoint | c in c.^parent }

fun prefixes[c: set Checkpoint]: set Checkpoint { c.*parent }
fun size[c: Checkpoint]: Int { #(c.*parent) }
pred oneChain[cs: set Checkpoint] { all a, b: cs | a in prefixes[b] or b in prefixes[a] }
fun honest: set Member { Member - Liar }

fact everyoneHoldsTheEmptyLog { all m: Member | Empty in m.cosigned }
-- Before signing, the honest check that the new checkpoint extends what they signed before.
pred honestSignOneChain { all m: honest | oneChain[m.cosigned] }

-- Cosigners of exactly this checkpoint.
fun cosigners[c: Checkpoint]: set Member { cosigned.c }
pred accepted[c: Checkpoint, quorum: Int] { #cosigners[c] >= quorum }
pred acceptedBy[c: Checkpoint, members: set Member, quorum: Int] { #(cosigners[c] & members) >= quorum }

----------------------------------------------------------------------------------------------- one epoch

pred noTwoCheckpointsOfOneSize[quorum: Int] {
  all disj a, b: Checkpoint | accepted[a, quorum] and accepted[b, quorum] implies size[a] != size[b]
}
check noTwoCheckpointsOfOneSize { honestSignOneChain implies noTwoCheckpointsOfOneSize[3] } for 6 but 4 Int expect 0

-- Stronger, and what readers rely on when they take the largest: all accepted checkpoints lie on one chain.
check headsNeverGoBack {
  honestSignOneChain implies oneChain[{ c: Checkpoint | accepted[c, 3] }]
} for 6 but 4 Int expect 0

-- Two of four: the liar is in both quorums.
check twoOfFourForks { honestSignOneChain implies noTwoCheckpointsOfOneSize[2] } for 5 but 4 Int expect 1

-- Two of the three tiers, without the witness.
check twoOfThreeTiersFork {
  honestSignOneChain implies
    all disj a, b: Checkpoint | acceptedBy[a, Tier, 2] and acceptedBy[b, Tier, 2] implies size[a] != size[b]
} for 5 but 4 Int expect 1

-- A cosigner that does not compare with what it signed before is as good as a second liar.
check signingWithoutMemoryForks {
  (all m: honest | all disj a, b: m.cosigned | size[a] = size[b] implies m in Liar + Application)
    implies noTwoCheckpointsOfOneSize[3]
} for 5 but 4 Int expect 1

-- Three of four always contains two tiers, so one honest tier holds what was acknowledged.
check acknowledgedIsHeldByAnHonestTier {
  all c: Checkpoint | accepted[c, 3] implies some t: Tier - Liar | t in cosigners[c]
} for 6 but 4 Int expect 0
check oneTierAndTheWitnessAreNotTwoCopies {
  all c: Checkpoint | accepted[c, 2] implies some t: Tier - Liar | t in cosigners[c]
} for 4 but 4 Int expect 1

-- Three of four can be had without the liar: the log goes on.
run threeOfFourGoesOnWithoutTheLiar {
  honestSignOneChain and some Liar and some c: Checkpoint - Empty | accepted[c, 3] and Liar not in cosigners[c]
} for 4 but 4 Int expect 1
-- Four of four cannot.
run fourOfFourStopsWithTheLiar {
  honestSignOneChain and some c: Checkpoint - Empty | accepted[c, 4] and some Liar and Liar not in cosigners[c]
} for 4 but 4 Int expect 0

------------------------------------------------------------------------------- rebuild after a tier fell

-- The fallen tier is the liar. Each survivor signs one successor epoch with its last checkpoint, and nothing under
-- the old epoch after: so what it reports is the highest it ever signs there.
pred fenced { all m: honest | m.cosigned in prefixes[m.reported] and m.reported in m.cosigned }
-- Without that rule a survivor may still sign in the old epoch after reporting.
pred unfenced { all m: honest | m.reported in m.cosigned }

fun survivors: set Member { honest }
fun survivingTiers: set Tier { Tier - Liar }
pred survivorsConflict { not oneChain[survivingTiers.reported] }

-- Highest checkpoint of a set on one chain.
fun highest[cs: set Checkpoint]: set Checkpoint { { c: cs | cs in prefixes[c] } }
-- What at least two of these members have signed, themselves or by a later state.
fun signedByTwo[ms: set Member]: set Checkpoint {
  { c: Checkpoint | some disj a, b: ms | c in prefixes[a.reported] and c in prefixes[b.reported] }
}
fun commonPrefix[ms: set Member]: set Checkpoint { { c: Checkpoint | all m: ms | c in prefixes[m.reported] } }

-- DESIGN §10: the higher if the survivors lie on one chain; else the witness is waited for and what two of the three
-- signed stands; where no two agree beyond it, that is their common prefix.
fun startOfRebuild: set Checkpoint {
  survivorsConflict implies highest[signedByTwo[survivors]] else highest[survivingTiers.reported]
}
pred fall { honestSignOneChain and one Liar and Liar in Tier }
pred everythingAcceptedIsIn[start: set Checkpoint] { all c: Checkpoint | accepted[c, 3] implies c in prefixes[start] }

check rebuildHasOneStart { fall and fenced implies one startOfRebuild } for 6 but 4 Int expect 0
check headsNeverGoBackAcrossARebuild {
  fall and fenced implies everythingAcceptedIsIn[startOfRebuild]
} for 6 but 4 Int expect 0
run aConflictIsPossible { fall and fenced and survivorsConflict and some c: Checkpoint - Empty | accepted[c, 3] }
  for 6 but 4 Int expect 1

-- Failing variants.
check takingTheHigherOfTwoBranchesLoses {
  fall and fenced implies
    all t: survivingTiers | (all u: survivingTiers | size[t.reported] >= size[u.reported])
      implies everythingAcceptedIsIn[t.reported]
} for 6 but 4 Int expect 1
check notWaitingForTheWitnessLoses {
  fall and fenced implies everythingAcceptedIsIn[
    survivorsConflict implies highest[commonPrefix[survivingTiers]] else highest[survivingTiers.reported]]
} for 6 but 4 Int expect 1
check oneSurvivorAloneLoses {
  fall and fenced implies all t: survivingTiers | everythingAcceptedIsIn[t.reported]
} for 6 but 4 Int expect 1
check signingOnUnderTheOldEpochLoses {
  fall and unfenced implies everythingAcceptedIsIn[startOfRebuild]
} for 6 but 4 Int expect 1
-- Beyond the promise (two at once): an honest tier is cut away while another lies.
check cuttingAnHonestTierBesideALiarLoses {
  honestSignOneChain and fenced and one Liar and Liar in Tier implies
    all cut: Tier - Liar | let left = Tier - cut |
      oneChain[left.reported] implies everythingAcceptedIsIn[highest[left.reported]]
} for 5 but 4 Int expect 1
