package trimaran.drills;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A defence taken out of a program: one method that asks nothing any more and answers as if all were well. What a drill claims is worth
 * something only if it fails without the defence it aims at.
 *
 * @param type the class, by its whole name; a class within another by its name in the jar, {@code Outer$Inner}
 * @param method every method of that name in it
 * @param answer what it answers instead
 */
record Hole(String type, String method, Answer answer) {

    private static final ClassDesc OPTIONAL = ClassDesc.of("java.util.Optional");
    private static final ClassDesc NUMBER = ClassDesc.of("java.util.OptionalLong");
    private static final ClassDesc LIST = ClassDesc.of("java.util.List");
    private static final ClassDesc DRAFT = ClassDesc.of("trimaran.line.message.Draft");
    private static final ClassDesc BYTES = ClassDesc.of("trimaran.kernel.Bytes");

    /** What a method without its body answers. */
    enum Answer {
        /** It does nothing and returns. */
        NOTHING,
        TRUE,
        FALSE,
        /** For a count. */
        ZERO,
        NO_VALUE,
        /** No number where there may be one. */
        NO_NUMBER,
        NO_LIST,
        /** Its first argument if it is static, else what it was asked of. */
        GIVEN,
        /** What it was given to seal, as it is: of a method that seals drafts, which come second. */
        UNSEALED;

        void into(CodeBuilder code) {
            switch (this) {
                case NOTHING -> code.return_();
                case TRUE -> code.iconst_1().ireturn();
                case FALSE -> code.iconst_0().ireturn();
                case ZERO -> code.lconst_0().lreturn();
                case NO_VALUE ->
                    code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL))
                            .areturn();
                case NO_NUMBER ->
                    code.invokestatic(NUMBER, "empty", MethodTypeDesc.of(NUMBER))
                            .areturn();
                case NO_LIST ->
                    code.invokestatic(LIST, "of", MethodTypeDesc.of(LIST), true).areturn();
                case GIVEN -> code.aload(0).areturn();
                case UNSEALED ->
                    code.aload(2)
                            .invokevirtual(DRAFT, "encode", MethodTypeDesc.of(BYTES))
                            .areturn();
            }
        }
    }

    /** The class's place in a jar. */
    String entry() {
        return type.replace('.', '/') + ".class";
    }

    /** A class with the hole in it. A method that is no longer there is an error: the hole has to follow it. */
    byte[] cutInto(byte[] whole) {
        ClassFile files = ClassFile.of();
        AtomicInteger cut = new AtomicInteger();
        MethodTransform emptied = MethodTransform.dropping(CodeAttribute.class::isInstance)
                .andThen(MethodTransform.endHandler(builder -> builder.withCode(answer::into)));
        byte[] holed = files.transformClass(files.parse(whole), (builder, element) -> {
            if (element instanceof MethodModel found && isMeant(found)) {
                cut.incrementAndGet();
                builder.transformMethod(found, emptied);
            } else {
                builder.with(element);
            }
        });
        if (cut.get() == 0) {
            throw new IllegalStateException("no method " + method + " in " + type);
        }
        return holed;
    }

    private boolean isMeant(MethodModel found) {
        return found.methodName().equalsString(method) && found.code().isPresent();
    }

    @Override
    public String toString() {
        return type.substring(type.lastIndexOf('.') + 1) + "." + method + " answers "
                + answer.name().toLowerCase(java.util.Locale.ROOT);
    }
}
