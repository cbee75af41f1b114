package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import trimaran.keeper.Copy;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** An order to roll in a whole hospital: the real station and the real tiers, over simulated time and network. */
final class RollTest {

    private static final long WHILE_MILLIS = 60_000;
    private static final long SESSION_MILLIS = 8 * 3_600_000L;

    private final Hospital hospital = new Hospital(5, Suites.standIn(), new Plants());
    private final Console console = hospital.start(List.of());
    private final RealStation station = hospital.enrol("accueil", console);
    private final Signer badge = hospital.suites().badge(hospital.loops().entropy());

    private RecordTime now() {
        return new RecordTime(hospital.loops().trueTime().millis());
    }

    private <T> T ask(Function<Desk, CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        station.ask(question, answer::complete);
        assertThat(hospital.runUntil(answer::isDone, WHILE_MILLIS)).isTrue();
        return answer.join();
    }

    private OwnSession session() {
        return ((Outcome.Done<OwnSession>) ask(desk -> desk.open(badge, SESSION_MILLIS))).value();
    }

    private ResourceId create(OwnSession session, String json) {
        Resource resource =
                ((Outcome.Done<Resource>) StrictParser.parse(Bytes.ofText(json).toArray())).value();
        WriteResult result = ask(desk -> desk.write(session, Transaction.of(new Transaction.Change.Create(resource))));
        assertThat(result).isInstanceOf(WriteResult.Recorded.class);
        return ((WriteResult.Recorded) result).versions().getFirst().id();
    }

    private static String observation(ResourceId patient) {
        return """
            {"resourceType":"Observation","status":"final","code":{"text":"pulse"},
             "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-03-01T10:00:00Z","valueInteger":70}""".formatted(patient);
    }

    /** The headers of a tier's copy that have a part in a cell, in order. */
    private List<Header> written(Party tier, ResourceId resource) {
        Copy copy = hospital.tier(tier).keeper().copy();
        List<Header> headers = new ArrayList<>();
        copy.parts(
                resource.cell(),
                0,
                at -> headers.add(copy.entry(at.index()).orElseThrow().header()));
        return headers;
    }

    private static CellPart part(Header header, ResourceId resource) {
        return header.author().parts().get(header.author().partIn(resource.cell()));
    }

    @Test
    void whatWasHandedToAStationIsSealedUnderANewKeyFromTheNextWriteOn() {
        console.state(new Statement.Grant(
                badge.publicKey(),
                Statement.BadgeKind.SERVICE,
                List.of("connector"),
                List.of("system/*.cruds"),
                List.of(),
                now()));
        station.start();
        assertThat(hospital.runUntil(() -> console.isDone() && station.isReady(), WHILE_MILLIS))
                .isTrue();
        RecordTime from = now();
        OwnSession author = session();
        ResourceId patient = create(
                author,
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Dupont\"}],\"birthDate\":\"1950-02-03\"}");
        ResourceId first = create(author, observation(patient));
        ask(desk -> desk.close(author));
        OwnSession reader = session();
        assertThat(ask(desk -> desk.versions(reader, first)).isDone()).isTrue();
        hospital.runMillis(2_000);

        RecordTime to = now();
        console.state(
                new Statement.Roll(Statement.Holder.STATION, station.self().keyDigest(), from, to, to));
        assertThat(hospital.runUntil(
                        () -> console.isDone()
                                && !station.station().registry().rolls().isEmpty(),
                        WHILE_MILLIS))
                .isTrue();
        ResourceId second = create(reader, observation(patient));
        ResourceId third = create(reader, observation(patient));
        hospital.runMillis(2_000);

        for (Party tier : Party.TIERS) {
            List<Header> headers = written(tier, first);
            assertThat(headers).hasSize(3);
            assertThat(part(headers.get(0), first).isRolled()).isFalse();
            assertThat(part(headers.get(1), first).isRolled()).isTrue();
            assertThat(part(headers.get(2), first).under())
                    .isEqualTo(part(headers.get(1), first).under());
            assertThat(headers.get(2).author().newCells()).isEmpty();
        }
        ask(desk -> desk.close(reader));
        OwnSession later = session();
        for (ResourceId id : List.of(first, second, third)) {
            Outcome<List<ResourceVersion>> versions = ask(desk -> desk.versions(later, id));
            assertThat(versions.isDone()).isTrue();
        }
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
