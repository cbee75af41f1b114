package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;

/**
 * The cookies of this door (RFC 6265): random values that name a log-in and a browser, and two plain choices. What stands in a
 * cookie is never kept here, only its hash. Forms carry a MAC over the cookie of whoever is shown them.
 */
final class Cookies {

    /** Names the log-in. */
    static final String SEAT = "trimaran";

    /** Names the browser, so that who typed a PIN at it this shift is known there alone. */
    static final String BROWSER = "poste";

    static final String LANGUAGE = "langue";
    static final String THEME = "theme";

    /** Bytes of a random value: 256 bits. */
    static final int VALUE_BYTES = 32;

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern CHOICE = Pattern.compile("[a-z]{2,4}");

    private final SecretKeySpec formKey;

    Cookies(Entropy entropy) {
        this.formKey = new SecretKeySpec(entropy.bytes(VALUE_BYTES), "HmacSHA256");
    }

    static String fresh(Entropy entropy) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(VALUE_BYTES));
    }

    static Digest key(String cookie) {
        return Digest.sha256(cookie.getBytes(StandardCharsets.US_ASCII));
    }

    /** Those of a request that may be ours; whatever else a browser sends is left alone. */
    static Map<String, String> read(String header) {
        Map<String, String> cookies = new HashMap<>();
        for (String one : header.split(";", 32)) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? "" : one.substring(0, equals).strip();
            String value = one.substring(equals + 1).strip();
            boolean random = name.equals(SEAT) || name.equals(BROWSER);
            boolean choice = name.equals(LANGUAGE) || name.equals(THEME);
            if ((random && VALUE.matcher(value).matches())
                    || (choice && CHOICE.matcher(value).matches())) {
                cookies.putIfAbsent(name, value);
            }
        }
        return cookies;
    }

    /** Set until the browser closes, for this host alone, out of reach of scripts and of other sites. */
    static String set(String name, String value, boolean secure) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    static String drop(String name, boolean secure) {
        return set(name, "", secure) + "; Max-Age=0";
    }

    /** What a form shown to the bearer of this cookie carries. */
    String formToken(String cookie) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(formKey);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(cookie.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException absent) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", absent);
        }
    }

    boolean isFormToken(String token, String cookie) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), formToken(cookie).getBytes(StandardCharsets.UTF_8));
    }
}
