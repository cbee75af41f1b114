package trimaran.station.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.Code;

/** The parameters of a URL in order, decoded strictly (RFC 3986; a plus is a space, as HTML forms have it). */
record Parameters(List<Parameter> all) {

    static final Parameters NONE = new Parameters(List.of());

    record Parameter(String name, String value) {}

    Parameters {
        all = List.copyOf(all);
    }

    static Parameters parse(String query) throws RefusedException {
        if (query.isEmpty()) {
            return NONE;
        }
        List<Parameter> all = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (all.size() == DoorLimits.PARAMETERS_MAX) {
                throw RefusedException.of(
                        Code.BAD_PARAMETER, "a URL has at most " + DoorLimits.PARAMETERS_MAX + " parameters");
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            all.add(new Parameter(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return new Parameters(all);
    }

    /** The value of a parameter that may be given once. */
    Optional<String> single(String name) throws RefusedException {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw RefusedException.at(Code.BAD_PARAMETER, name, "this parameter can be given once");
        }
        return values.stream().findFirst();
    }

    List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (Parameter parameter : all) {
            if (parameter.name().equals(name)) {
                values.add(parameter.value());
            }
        }
        return values;
    }

    /** A number from {@code low} to {@code high}; anything above counts as {@code high}. */
    int number(String name, int low, int high, int absent) throws RefusedException {
        Optional<String> text = single(name);
        if (text.isEmpty()) {
            return absent;
        }
        String digits = text.get();
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw RefusedException.at(Code.BAD_PARAMETER, name, "expected a number");
        }
        int number = Integer.parseInt(digits);
        if (number < low) {
            throw RefusedException.at(Code.BAD_PARAMETER, name, "expected a number from " + low);
        }
        return Math.min(number, high);
    }

    /** Refuses a parameter nobody here knows, by its name: an ignored one would give a wrong answer. */
    void only(Set<String> known) throws RefusedException {
        for (Parameter parameter : all) {
            if (!known.contains(parameter.name())) {
                throw RefusedException.at(Code.BAD_PARAMETER, parameter.name(), "this parameter is not supported here");
            }
        }
    }

    /** Those of such names. */
    Parameters among(Predicate<String> names) {
        return new Parameters(
                all.stream().filter(parameter -> names.test(parameter.name())).toList());
    }

    static String decoded(String text) throws RefusedException {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer to = ByteBuffer.allocate(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                int high = i + 2 <= from.length - 1 ? Character.digit(from[i + 1], 16) : -1;
                int low = i + 2 <= from.length - 1 ? Character.digit(from[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw RefusedException.of(Code.BAD_PARAMETER, "the URL has a broken percent code");
                }
                to.put((byte) (high << 4 | low));
                i += 2;
            } else {
                to.put(from[i] == '+' ? (byte) ' ' : from[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
        } catch (CharacterCodingException notText) {
            throw RefusedException.of(Code.BAD_PARAMETER, "the URL is not UTF-8");
        }
    }
}
