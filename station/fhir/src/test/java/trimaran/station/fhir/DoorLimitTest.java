package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Bundle;
import trimaran.model.BundleReader;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** Just over what the door remembers or tries, the answer is a refusal, or the oldest is forgotten. */
class DoorLimitTest {

    private final List<String> asked = new ArrayList<>();
    private final KnownClients clients = new KnownClients(
            (client, secret) -> {
                asked.add(client);
                return Outcome.done(new Overtaken());
            },
            () -> 0);

    @Test
    void oneTokenTooManyForgetsTheOneUnusedLongest() throws RefusedException {
        for (int i = 0; i <= DoorLimits.TOKENS_MAX; i++) {
            clients.of("Bearer tri_client_secret" + i);
        }
        int before = asked.size();
        clients.of("Bearer tri_client_secret1");
        assertThat(asked).hasSize(before);
        clients.of("Bearer tri_client_secret0");
        assertThat(asked).hasSize(before + 1);
    }

    @Test
    void aLongerNameOrSecretIsNoToken() throws RefusedException {
        String name = "a".repeat(KnownClients.CLIENT_MAX);
        String secret = "s".repeat(KnownClients.SECRET_MAX);
        clients.of("Bearer tri_" + name + "_" + secret);
        assertThat(asked).containsExactly(name);
        for (String token : List.of(name + "a_" + secret, name + "_" + secret + "s")) {
            RefusedException refused =
                    catchThrowableOfType(RefusedException.class, () -> clients.of("Bearer tri_" + token));
            assertThat(refused.refusal().code()).isEqualTo(Code.NOT_SIGNED_IN);
        }
        assertThat(asked).as("nobody is asked about what cannot be a token").hasSize(1);
    }

    @Test
    void aConditionalUpdateThatIsOvertakenAgainAndAgainIsAConflict() {
        Overtaken view = new Overtaken();
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> ConditionalUpdate.carryOut(call(view)));
        assertThat(refused.refusal().code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(view.writes.get()).isEqualTo(ConditionalUpdate.ATTEMPTS_MAX);
    }

    @Test
    void aTransactionThatIsOvertakenAgainAndAgainIsAConflict() throws RefusedException {
        Overtaken view = new Overtaken();
        String entry =
                Texts.entry("", Texts.patient("A", "B", "1990-01-01"), "PUT", "Patient?identifier=urn:ipp|A", "");
        Bundle bundle = RefusedException.value(BundleReader.read(
                Texts.bundle("transaction", entry).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> TransactionBundle.carryOut(call(view), bundle));
        assertThat(refused.refusal().code()).isEqualTo(Code.VERSION_CONFLICT);
        assertThat(view.writes.get()).isEqualTo(ConditionalUpdate.ATTEMPTS_MAX);
    }

    @Test
    void onePatientTooManyByNameIsNobodysAnswer() {
        PersonQuery query = new PersonQuery("MARTIN", "", "Martin", "");
        assertThat(DeskView.named(martins(DoorLimits.PATIENTS_MAX), query).map(List::size))
                .isEqualTo(Outcome.done(DoorLimits.PATIENTS_MAX));
        assertThat(DeskView.named(martins(DoorLimits.PATIENTS_MAX + 1), query))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.BAD_PARAMETER));
    }

    private static DeskView.Names martins(int count) {
        return (family, given, birthDate, max) -> LongStream.range(0, Math.min(count, max))
                .mapToObj(number -> new ResourceId(new CellId(0, 1), number))
                .toList();
    }

    private static Call call(RecordView view) throws RefusedException {
        Resource resource = RefusedException.value(StrictParser.parse(
                Texts.patient("A", "B", "1990-01-01").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return new Call(
                Interaction.CONDITIONAL_UPDATE,
                Address.parse("Patient", "identifier=urn:ipp%7CA"),
                Conditions.parse("", "", "", ""),
                resource,
                view,
                "http://localhost/fhir",
                new Listing(java.time.ZoneOffset.UTC, new Paging(new java.security.SecureRandom()::nextBytes)),
                AnswerRoom.in(AnswerRoom.shared(DoorLimits.STANDARD), DoorLimits.STANDARD),
                "");
    }

    /** A record in which somebody else is always faster, and nothing is to be found afterwards. */
    private static final class Overtaken implements RecordView {
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public Outcome<List<ResourceVersion>> versions(ResourceId id) {
            return Outcome.refused(Code.NOT_FOUND, "nothing is here");
        }

        @Override
        public Outcome<List<ResourceVersion>> everything(ResourceId patient) {
            return versions(patient);
        }

        @Override
        public Outcome<List<ResourceVersion>> house() {
            return Outcome.done(List.of());
        }

        @Override
        public Outcome<List<ResourceId>> find(String type, Trait trait) {
            return Outcome.done(List.of());
        }

        @Override
        public Outcome<List<ResourceId>> findChosen(String type, String id) {
            return Outcome.done(List.of());
        }

        @Override
        public Outcome<List<ResourceVersion>> patients(PersonQuery query) {
            return Outcome.done(List.of());
        }

        @Override
        public WriteResult write(Transaction transaction) {
            writes.incrementAndGet();
            return new WriteResult.Refused(Refusal.of(Code.DUPLICATE, "it is there already"));
        }
    }
}
