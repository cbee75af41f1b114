package trimaran.drills;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Lends each class of tests, for as long as it runs, something of its own that is costly to make, as a parameter. It is lent again and
 * again; there are as many as classes run at a time.
 */
class Lending<T> implements ParameterResolver {

    private final ExtensionContext.Namespace space;
    private final Class<T> kind;
    private final Loans.Keeper<T> keeper;

    Lending(Class<T> kind, Loans.Keeper<T> keeper) {
        // A store asks those above it for a key it has not: what all classes share and what one has need keys of their
        // own.
        this.space = ExtensionContext.Namespace.create(Lending.class, kind);
        this.kind = kind;
        this.keeper = keeper;
    }

    /** Closed by JUnit with its class. */
    private record Lease<T>(Loans<T> loans, T thing) implements AutoCloseable {

        @Override
        public void close() {
            loans.back(thing);
        }
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == kind;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return kind.cast(ofItsClass(context)
                .getStore(space)
                .computeIfAbsent(Lease.class, key -> lease(context), Lease.class)
                .thing());
    }

    /** Closed by JUnit after the last test. */
    @SuppressWarnings("unchecked") // What is kept under a kind lends that kind.
    private Lease<T> lease(ExtensionContext context) {
        Loans<T> loans =
                context.getRoot().getStore(space).computeIfAbsent(Loans.class, key -> new Loans<>(keeper), Loans.class);
        return new Lease<>(loans, loans.lend());
    }

    private static ExtensionContext ofItsClass(ExtensionContext context) {
        ExtensionContext inner = context;
        while (inner.getParent().filter(outer -> outer.getParent().isPresent()).isPresent()) {
            inner = inner.getParent().orElseThrow();
        }
        return inner;
    }
}
