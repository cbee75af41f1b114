package trimaran.station;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Refusal;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;

/**
 * An entry of an earlier life of this process: nobody waits for it, but whoever sends the same once more, because nobody answered,
 * waits for what becomes of it.
 */
final class ResumedFate implements Submission.Fate {

    private final Claims claims;
    private final Set<Claims.Token> tokens;

    private ResumedFate(Claims claims, Set<Claims.Token> tokens) {
        this.claims = claims;
        this.tokens = tokens;
    }

    static ResumedFate of(StoredEntry entry, Claims claims) {
        Set<Claims.Token> tokens = entry.uniqueTokens().stream()
                .map(Claims.Token::new)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        claims.begin(tokens);
        return new ResumedFate(claims, tokens);
    }

    @Override
    public void placed(Header header, Place place) {
        claims.settle(tokens);
    }

    @Override
    public void held(Header header, List<Held> statements) {
        claims.settle(tokens);
    }

    @Override
    public void refused(Refusal refusal) {
        claims.settle(tokens);
    }

    @Override
    public void waiting(Refusal reason) {}
}
