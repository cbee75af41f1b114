package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * What a party that was made anew needs beside its keys, to find the others and to know them before it has the record: who founded the
 * hospital, whose keys changed since, who may sign such a change, and where everybody is. Nothing in it is secret, and all of it is
 * signed by somebody the founding statement names, but the addresses and that statement itself: whoever alters the addresses keeps the party from
 * being reached, and whose founding it is a person compares, as when it joined first.
 *
 * @param folder where it lies: the party's own, or one that is carried to its machine
 */
record Parcel(Path folder) {

    /** The file with the statement that gave the party its present keys. */
    static final String EPOCH_FILE = "epoch";

    private static final String FOUNDING = "founding";
    private static final String ADDRESSES = "parties";

    /** Where an office keeps it until the party is whole. */
    static Path place(Home home, Party party, long epoch) {
        return home.parcels().resolve(party.word() + "-epoch-" + epoch);
    }

    /** For a machine that has no folder of this home. */
    void fill(Home home, Console console, SignedStatement change) throws RefusedException, IOException {
        FileDisk.in(folder).replace(ADDRESSES, Bytes.wrap(Files.readAllBytes(home.addresses())));
        statements(home, console, change);
    }

    /** All it has to know, and last of all what gives it its keys: with that it is whole. */
    void statements(Home home, Console console, SignedStatement change) throws RefusedException {
        FileDisk disk = FileDisk.in(folder);
        disk.replace(FOUNDING, console.founding().encode());
        // Earlier changes of other parties' keys, so that it knows whom to ask.
        for (long epoch = 2; epoch <= console.registry().epoch(); epoch++) {
            Bytes earlier =
                    FileDisk.in(home.card()).read(Console.epochFile(epoch)).orElse(Bytes.EMPTY);
            disk.replace(Console.epochFile(epoch), earlier);
        }
        // And who may sign one: the record that says so is what it has yet to fetch.
        long number = 1;
        for (SignedStatement officer : Console.officersSince(home)) {
            disk.replace(Console.officerFile(number++), officer.encode());
        }
        disk.replace(EPOCH_FILE, change.encode());
    }

    /**
     * Takes it into the folder of a party whose keys were made for it.
     *
     * @return the hospital's, for a person to compare
     * @throws RefusedException if it is torn, or gives other keys
     */
    Digest into(Party party, Path own) throws RefusedException, IOException {
        FileDisk from = FileDisk.in(folder);
        SignedStatement change = change(from);
        PartyKeys keys = Cards.party(party, own.resolve(Cards.FILE));
        if (!(change.statement() instanceof Statement.EpochChange given)
                || !given.keys().equals(keys)) {
            throw new RefusedException(
                    Code.KEY_FILE,
                    "what was carried in " + folder + " does not give " + party.word() + " the keys of " + own);
        }
        Map<Role, Address> addresses = new EnumMap<>(Ports.read(folder.resolve(ADDRESSES)));
        FileDisk to = FileDisk.in(own);
        to.replace(FOUNDING, required(from, FOUNDING));
        for (long epoch = 2; from.read(Console.epochFile(epoch)).isPresent(); epoch++) {
            to.replace(Console.epochFile(epoch), required(from, Console.epochFile(epoch)));
        }
        for (long number = 1; from.read(Console.officerFile(number)).isPresent(); number++) {
            to.replace(Console.officerFile(number), required(from, Console.officerFile(number)));
        }
        to.replace(EPOCH_FILE, change.encode());
        PartyConfiguration.write(own, Role.of(party), addresses);
        return Console.founding(own.resolve(FOUNDING)).id();
    }

    private SignedStatement change(FileDisk from) throws RefusedException {
        try {
            return SignedStatement.decode(required(from, EPOCH_FILE));
        } catch (MalformedException torn) {
            throw torn(EPOCH_FILE);
        }
    }

    private Bytes required(FileDisk from, String file) throws RefusedException {
        return from.read(file).orElseThrow(() -> torn(file));
    }

    private RefusedException torn(String file) {
        return new RefusedException(
                Code.HOME_DAMAGED, "what was carried in " + folder + " is not whole (" + file + "); copy it again");
    }
}
