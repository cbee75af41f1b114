package trimaran.operations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Party;
import trimaran.line.message.Ground;

/** Says which parties would fall together. */
@Command(
        name = "doctor",
        description = "Look for what two parties have in common, and say what follows from it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    /** The exit status when there is something to say. */
    static final int FINDINGS = 1;

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        Map<Party, Examination.Look> looks = new EnumMap<>(Party.class);
        List<Party> silent = new ArrayList<>();
        try (Console console = Console.open(hospital)) {
            for (Party party : Party.values()) {
                long before = shell.now().millis();
                PartyStatus status = PartyStatus.ask(console, party);
                long between = (before + shell.now().millis()) / 2;
                status.report()
                        .ifPresentOrElse(
                                report -> looks.put(
                                        party,
                                        new Examination.Look(
                                                Ground.of(report), report.time().millis() - between)),
                                () -> silent.add(party));
            }
        }
        List<Finding> findings = Examination.of(
                looks,
                silent,
                Ports.read(hospital.addresses()),
                Hosts::resolved,
                RelayGround.read(
                        hospital.folder(), Console.founding(hospital.founding()).id()));
        if (json) {
            shell.voice()
                    .print(Json.text(Map.of(
                            "findings",
                            findings.stream().map(DoctorCommand::map).toList())));
        } else {
            findings.forEach(finding -> shell.voice()
                    .print(String.format(
                            "%-8s %s:%n         %s.",
                            finding.weight().name().toLowerCase(Locale.ROOT),
                            finding.sentence(),
                            finding.consequence())));
            shell.voice().print(sum(findings));
        }
        return findings.isEmpty() ? 0 : FINDINGS;
    }

    private static String sum(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "no two parties would fall together, as far as their machines and their people say";
        }
        StringBuilder sum = new StringBuilder();
        for (Finding.Weight weight : Finding.Weight.values()) {
            long count = findings.stream().filter(one -> one.weight() == weight).count();
            sum.append(sum.isEmpty() ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(weight.name().toLowerCase(Locale.ROOT));
        }
        return sum.toString();
    }

    private static Map<String, Object> map(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("weight", finding.weight().name().toLowerCase(Locale.ROOT));
        map.put("what", finding.what());
        map.put("parties", finding.parties());
        map.put("sentence", finding.sentence());
        map.put("consequence", finding.consequence());
        return map;
    }
}
