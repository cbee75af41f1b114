package trimaran.proof;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Uses of a member, whether called, constructed, read, or named as a method reference. */
final class Uses {

    private Uses() {}

    /** A class uses a member whose {@code owner.name} matches; constructors are named {@code <init>}. */
    static ArchCondition<JavaClass> use(String description, String... members) {
        Pattern member = Pattern.compile(String.join("|", members));
        return new ArchCondition<>("use " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    String used = access.getTargetOwner().getFullName() + "." + access.getName();
                    if (member.matcher(used).matches()) {
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
                    }
                }
            }
        };
    }

    /** A type with this full name, or nested in one. */
    static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> listed = Set.of(names);
        return DescribedPredicate.describe(
                "are " + Arrays.toString(names),
                type -> listed.contains(type.getFullName().replaceFirst("\\$.*", "")));
    }

    /** A type whose full name matches. */
    static DescribedPredicate<JavaClass> matching(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return DescribedPredicate.describe(
                "match " + expression,
                type -> pattern.matcher(type.getFullName()).matches());
    }
}
