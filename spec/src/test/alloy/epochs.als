module epochs
/*
 * Two successors of one epoch at once: two pairs of officers have signed a change each, for two members or for one (DESIGN §10 Epochs).
 * Each honest member agrees to one successor of an epoch and signs under no other. The new member signs nothing before every remaining one
 * has agreed. One member may lie: it agrees to anything. What is on one chain within an epoch is the quorum model's.
 * Everything here is checked for the scope each command states, and for no more.
 */

abstract sig Member {}
abstract sig Tier extends Member {}
one sig Access, Application, Data extends Tier {}
one sig Witness extends Member {}
lone sig Liar in Member {}
fun honest: set Member { Member - Liar }

-- A change officers signed: whoever is replaced has no word in it.
sig Change { replaced: one Member, agreed: set Member }
fact theReplacedDoNotAgree { all c: Change | c.replaced not in c.agreed }
fun remaining[c: Change]: set Member { Member - c.replaced }

pred agreesOnce[m: Member] { lone c: Change | m in c.agreed }

-- Three of the four members of the new epoch sign: those who agreed to it, and the new one, if it serves by then.
pred accepts[c: Change, serving: set Change] { #c.agreed + #(c & serving) >= 3 }
fun wholly: set Change { { c: Change | remaining[c] in c.agreed } }
fun byTiers: set Change { { c: Change | remaining[c] & Tier in c.agreed } }

pred oneSuccessor[serving: set Change] { lone c: Change | accepts[c, serving] }

check oneSuccessor { (all m: honest | agreesOnce[m]) implies oneSuccessor[wholly] } for 4 but 4 Int expect 0

-- Two changes can each have a part of the members: then none counts, and officers have to agree on one.
run aRaceMayEndWithNone {
  (all m: honest | agreesOnce[m]) and #Change = 2 and some replaced.Access and some replaced.Data
  (all c: Change | some c.agreed) and no c: Change | accepts[c, wholly]
} for 2 but 4 Int expect 1

-------------------------------------------------------------------------------------------- failing variants

-- No liar is needed: one change has Data and the witness, the other Access and Application.
check aNewMemberThatServesAtOnceForks {
  no Liar and (all m: honest | agreesOnce[m]) implies oneSuccessor[Change]
} for 2 but 4 Int expect 1
check withoutTheWitnessALiarForks {
  (all m: honest | agreesOnce[m]) implies oneSuccessor[byTiers]
} for 2 but 4 Int expect 1
check agreeingTwiceForks {
  (all m: honest - Application | agreesOnce[m]) implies oneSuccessor[wholly]
} for 2 but 4 Int expect 1
