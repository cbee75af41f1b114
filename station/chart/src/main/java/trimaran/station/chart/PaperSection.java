package trimaran.station.chart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Documents, diet and care. */
final class PaperSection implements Section {

    /** Text shown with the chart; a longer document is opened by itself. */
    static final int TEXT_BYTES_MAX = 64 << 10;

    private static final int BASE64_OF_THREE = 4;

    private final View view;
    private final List<Document> documents = new ArrayList<>();
    private final List<Diet> diets = new ArrayList<>();
    private final List<CareTask> tasks = new ArrayList<>();

    PaperSection(View view) {
        this.view = view;
    }

    @Override
    public boolean take(Entry entry) {
        if (entry.isVoid()) {
            return false;
        }
        boolean active = entry.status().equals("active");
        return switch (entry.type()) {
            case "DocumentReference" -> documents.add(document(entry));
            case "NutritionOrder" -> active && diets.add(diet(entry));
            case "CarePlan" -> active && care(entry);
            default -> false;
        };
    }

    private static Document document(Entry entry) {
        Node json = entry.json();
        List<Node> contents = json.items("content");
        Node first =
                contents.stream().findFirst().map(one -> one.item("attachment")).orElse(Node.NONE);
        Coded type = json.concept("type");
        String title = first.text("title");
        return new Document(
                entry.source(),
                type,
                !title.isEmpty() ? title : json.text("description").isEmpty() ? type.text() : json.text("description"),
                entry.status(),
                entry.status().equals("superseded"),
                json.time("date").or(() -> first.time("creation")),
                Node.joined(", ", json.items("author"), Node::shown),
                first.text("contentType"),
                plain(first),
                contents.size());
    }

    private static Optional<String> plain(Node attachment) {
        String data = attachment.text("data");
        String type = attachment.text("contentType").toLowerCase(Locale.ROOT);
        boolean readable = type.startsWith("text/plain") && (!type.contains("charset") || type.contains("utf-8"));
        if (data.isEmpty() || !readable || data.length() / BASE64_OF_THREE * 3L > TEXT_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Diet diet(Entry entry) {
        Node json = entry.json();
        Node oral = json.item("oralDiet");
        Node enteral = json.item("enteralFormula");
        List<String> words = new ArrayList<>();
        oral.concepts("type").forEach(one -> words.add(one.text()));
        oral.items("texture").forEach(one -> words.add(one.concept("modifier").text()));
        oral.concepts("fluidConsistencyType").forEach(one -> words.add(one.text()));
        words.add(oral.text("instruction"));
        json.items("supplement").forEach(one -> words.add(one.concept("type").text()));
        words.add(enteral.concept("baseFormulaType").text());
        words.add(enteral.text("baseFormulaProductName"));
        json.concepts("foodPreferenceModifier").forEach(one -> words.add(one.text()));
        json.concepts("excludeFoodModifier").forEach(one -> words.add(one.text()));
        return new Diet(entry.source(), Node.joined(", ", words, one -> one), json.time("dateTime"));
    }

    private boolean care(Entry entry) {
        Node json = entry.json();
        String title = json.text("title");
        if (title.isEmpty()) {
            title = Node.joined(", ", json.concepts("category"), Coded::text);
        }
        List<Node> activities = json.items("activity");
        String plan = title;
        activities.forEach(one -> {
            Node detail = one.item("detail");
            String words = detail.text("description");
            if (words.isEmpty()) {
                words = detail.concept("code").text();
            }
            if (words.isEmpty()) {
                words = Node.shown(one.item("reference"));
            }
            tasks.add(new CareTask(entry.source(), plan, words, detail.text("status")));
        });
        return !activities.isEmpty();
    }

    /** The newest first. */
    List<Document> documents() {
        return documents.stream()
                .sorted(Comparator.comparing(
                                Document::at, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    List<Diet> diets() {
        return diets.stream()
                .sorted(Comparator.comparing(
                                Diet::since, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    /** Those of one plan stay in their author's order. */
    List<CareTask> tasks() {
        return tasks.stream()
                .sorted(Comparator.comparing(CareTask::plan)
                        .thenComparing(one -> one.source().id()))
                .toList();
    }
}
