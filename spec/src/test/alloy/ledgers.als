module ledgers
/*
 * Every release and every draft shown stands on a ledger that survives (DESIGN §2, §6 Openings, §7). A tier writes a line before it gives
 * a pair away; application is shown a draft only against the receipt of a filing at data or access, which write a line first. One tier lies,
 * falls with all it has written, and its own ledger is believed by nobody; the others may crash at any moment.
 * Every state may stay as it is, so a scope of exactly n steps covers all shorter runs.
 * Everything here is checked for the scope each command states, and for no more.
 */

abstract sig Share {}
one sig R1, R2, R3 extends Share {}
sig Cell {}
sig Draft {}

-- Who reads: a station in a session's name, or application, which has a pair of its own.
abstract sig Reader { var has: Cell -> Share, var shown: set Draft }
sig Session extends Reader {}

abstract sig Tier {
  pair: set Share,
  var memory: Reader -> Cell,        -- lines not on disk yet
  var disk: Reader -> Cell,          -- lines that outlive a crash
  var filed: set Draft,              -- lines "shown to application", on disk
  var receipts: set Draft            -- receipts signed for them
}
one sig Access extends Tier {} { pair = R2 + R3 }
one sig Data extends Tier {} { pair = R1 + R2 }
one sig Application extends Tier {} { pair = R1 + R3 }
one sig Rule extends Reader {}       -- application as a reader
lone sig Liar in Tier {}
fun honest: set Tier { Tier - Liar }

---------------------------------------------------------------------------------------------------- steps

fact start {
  no memory and no disk and no filed and no receipts and no shown
  has = Rule -> Cell -> Application.pair
}

pred ledgersStay { memory' = memory and disk' = disk and filed' = filed and receipts' = receipts }
pred readersStay { has' = has and shown' = shown }

pred write[t: Tier, r: Reader, c: Cell] {
  memory' = memory + t -> r -> c
  disk' = disk and filed' = filed and receipts' = receipts and readersStay
}
pred sync[t: Tier] {
  disk' = disk + t -> t.memory
  memory' = memory and filed' = filed and receipts' = receipts and readersStay
}
pred crash[t: Tier] {
  memory' = memory - t -> t.memory
  disk' = disk and filed' = filed and receipts' = receipts and readersStay
}
-- The liar gives what it has to whom it likes.
pred release[t: Tier, r: Reader, c: Cell] {
  has' = has + r -> c -> t.pair
  shown' = shown and ledgersStay
}
-- A filing writes its line, synced, and gives the receipt out in the same answer.
pred file[t: Tier, d: Draft] {
  filed' = (t in Liar implies filed else filed + t -> d)
  receipts' = receipts + t -> d
  memory' = memory and disk' = disk and readersStay
}
pred show[d: Draft] { shown' = shown + Rule -> d and has' = has and ledgersStay }
pred stay { ledgersStay and readersStay }

pred runs { always (stay
  or (some t: Tier | sync[t] or crash[t] or some d: Draft | file[t, d])
  or (some t: Tier, r: Reader, c: Cell | write[t, r, c] or release[t, r, c])
  or (some d: Draft | show[d])) }

-- The rules.
pred syncedBeforeReleased { always all t: honest, r: Reader, c: Cell | release[t, r, c] and not stay implies r -> c in t.disk }
pred shownAgainstAReceipt { always all d: Draft | show[d] and not stay implies some (receipts.d & (Access + Data)) }
-- Weakened.
pred writtenBeforeReleased {
  always all t: honest, r: Reader, c: Cell | release[t, r, c] and not stay implies r -> c in t.memory + t.disk
}
pred anyReceiptWillDo { always all d: Draft | show[d] and not stay implies some receipts.d }

------------------------------------------------------------------------------------------- what must hold

-- Who has all three shares of a cell, and did not have them from the beginning.
fun opened: Reader -> Cell { { r: Reader, c: Cell | r.has[c] = Share } }
-- Application lies with its own pair; a session has pairs from two tiers, of which one does not lie.
pred everyReleaseIsOnASurvivingLedger { always opened in honest.disk }
-- A draft that was shown to a fallen application: whoever filed it did not fall.
pred everyDraftShownIsOnASurvivingLedger {
  Application in Liar implies always Rule.shown in honest.filed
}

check everyReleaseIsOnASurvivingLedger {
  runs and syncedBeforeReleased implies everyReleaseIsOnASurvivingLedger
} for 2 but 9..9 steps expect 0
check everyDraftShownIsOnASurvivingLedger {
  runs and shownAgainstAReceipt implies everyDraftShownIsOnASurvivingLedger
} for 2 but 7..7 steps expect 0
run aFallenApplicationOpensAndIsShown {
  runs and syncedBeforeReleased and shownAgainstAReceipt and Application in Liar
  eventually (some Rule.(opened) and some Rule.shown)
} for 2 but 9..9 steps expect 1

-------------------------------------------------------------------------------------------- failing variants

check releasingBeforeTheLineIsOnDiskLoses {
  runs and writtenBeforeReleased implies everyReleaseIsOnASurvivingLedger
} for 2 but 1..8 steps expect 1
check applicationFilingForItselfLoses {
  runs and anyReceiptWillDo implies everyDraftShownIsOnASurvivingLedger
} for 2 but 1..6 steps expect 1
check showingWithoutAReceiptLoses {
  runs implies everyDraftShownIsOnASurvivingLedger
} for 2 but 1..4 steps expect 1
-- One ledger is not all of them: a session may have had its pairs from the two others.
check dataLedgerAloneDoesNotDo {
  runs and syncedBeforeReleased implies always opened in Data.disk
} for 2 but 1..8 steps expect 1
-- Beyond the promise: a tier that fell beside the liar takes the only line with it.
check twoFallenLedgersLose {
  runs and syncedBeforeReleased implies all fell: honest | always opened in (honest - fell).disk
} for 2 but 1..8 steps expect 1
