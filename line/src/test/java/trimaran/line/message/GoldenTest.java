package trimaran.line.message;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.line.message.RecordSamples.digest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.CellHead;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.record.SignedRefusal;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * Every record type, every message and every string of bytes that is signed or hashed, byte for byte as it was when the formats
 * were fixed: {@code vectors} has one line each, its name and its bytes. A change here breaks what was signed before; it needs a
 * new version byte or tag, and a line of its own beside the old one.
 */
class GoldenTest {

    @Test
    void noFormatHasChanged() throws IOException {
        Map<String, String> now = now();
        Map<String, String> golden = golden();
        assertThat(now.keySet()).containsExactlyElementsOf(golden.keySet());
        now.forEach((name, hex) -> assertThat(hex).as(name).isEqualTo(golden.get(name)));
    }

    @Test
    void aVectorOfEveryMessageAndStatementIsThere() throws IOException {
        Map<String, String> golden = golden();
        for (Class<?> family : List.of(
                Request.class, Response.class, Push.class, BuddyRequest.class, BuddyResponse.class, Statement.class)) {
            for (Class<?> one : Objects.requireNonNull(family.getPermittedSubclasses())) {
                assertThat(golden).containsKey(family.getSimpleName() + "." + one.getSimpleName());
            }
        }
    }

    private static Map<String, String> golden() throws IOException {
        try (InputStream vectors = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("vectors"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(vectors, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            line -> line[0], line -> line[1], (first, second) -> first, LinkedHashMap::new));
        }
    }

    private static Map<String, String> now() {
        Map<String, String> now = new LinkedHashMap<>();
        RecordSamples.statements().forEach(one -> put(now, "Statement." + name(one), one.encode()));
        put(now, "Statement.Revocation.timed", new Statement.Revocation(digest("badge"), RecordSamples.TIME).encode());
        put(now, "Statement.Cut.reasoned", RecordSamples.reasonedCut().encode());
        MessageSamples.requests().forEach(one -> put(now, "Request." + requestName(one), RequestCodec.encode(one)));
        MessageSamples.responses().forEach(one -> put(now, "Response." + name(one), ResponseCodec.encode(one)));
        MessageSamples.pushes().forEach(one -> put(now, "Push." + name(one), PushCodec.encode(one)));
        BuddySamples.requests().forEach(one -> put(now, "BuddyRequest." + name(one), BuddyCodec.encode(one)));
        BuddySamples.responses().forEach(one -> put(now, "BuddyResponse." + name(one), BuddyCodec.encode(one)));
        RecordSamples.headers().forEach(one -> put(now, "Header." + name(one.sanction()), one.encode()));
        RecordSamples.places().forEach(one -> put(now, "Place." + one.verdict(), one.encode()));
        put(now, "AuthorPart", RecordSamples.author().encode());
        put(now, "AuthorPart.keyed", RecordSamples.keyedAuthor().encode());
        put(now, "SignedStatement", RecordSamples.signedStatement().encode());
        put(now, "Annex", RecordSamples.annex().encode());
        put(now, "Escrow", RecordSamples.escrow().encode());
        put(now, "PartContent", RecordSamples.content().encode());
        put(now, "Draft", MessageSamples.draft().encode());
        put(now, "LedgerLine", MessageSamples.line().encode());
        signed(now);
        hashed(now);
        return now;
    }

    /** The steps of a refresh are one request. */
    private static String requestName(Request request) {
        return request instanceof Request.Refresh(RefreshStep step) && !(step instanceof RefreshStep.Draw)
                ? "Refresh." + step.getClass().getSimpleName()
                : name(request);
    }

    private static void signed(Map<String, String> now) {
        Digest origin = digest("origin");
        Approval approval = RecordSamples.approval();
        Held held = RecordSamples.held(Party.ACCESS);
        SignedRefusal refusal = RecordSamples.refusal();
        put(now, "signed.author", AuthorPart.signedBytes(digest("entry")));
        put(now, "signed.approval", approval.signedBytes(origin));
        put(now, "signed.held", held.signedBytes(origin));
        put(now, "signed.refusal", SignedRefusal.signedBytes(origin, refusal.entry(), refusal.code(), refusal.time()));
        put(
                now,
                "signed.statement",
                SignedStatement.signedBytes(origin, RecordSamples.statements().getFirst()));
        put(
                now,
                "signed.receipt",
                MessageSamples.receipt()
                        .signedBytes(origin, new Shown(List.of(RecordSamples.CELL), List.of()), List.of()));
        put(now, "signed.ledger", MessageSamples.ledgerHead().signedBytes(origin));
        put(now, "signed.prepared", MessageSamples.prepared().signedBytes(origin));
        put(now, "signed.look", MessageSamples.look().signedBytes(origin));
        put(now, "signed.join", RequestCodec.joinBytes(origin, Party.DATA, digest("session"), digest("challenge")));
        put(
                now,
                "maced.request",
                RequestCodec.macBytes(
                        Party.DATA, digest("session"), digest("nonce"), new WallTime(7), Bytes.ofText("inner")));
    }

    private static void hashed(Map<String, String> now) {
        Approval approval = RecordSamples.approval();
        put(
                now,
                "hash.approval",
                Approval.leaf(approval.entry(), approval.premises(), approval.policyVersion(), approval.expiry()));
        put(now, "hash.leaf", Place.leaf(digest("nonce"), Bytes.ofText("header"), Bytes.ofText("place")));
        put(
                now,
                "hash.head",
                CellHead.empty(RecordSamples.newCell().cell())
                        .plus(digest("entry"), digest("blob"))
                        .chain());
        put(now, "hash.ledger", MessageSamples.line().chain());
        put(now, "hash.draft", MessageSamples.draft().digest());
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    private static void put(Map<String, String> now, String name, byte[] bytes) {
        put(now, name, Bytes.of(bytes));
    }

    private static void put(Map<String, String> now, String name, Digest digest) {
        put(now, name, new Writer().digest(digest).toBytes());
    }

    private static void put(Map<String, String> now, String name, Bytes bytes) {
        assertThat(now.put(name, bytes.hex())).as("two vectors named " + name).isNull();
    }
}
