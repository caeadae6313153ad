package org.eclipse.kura.signatures;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a compiled type offers to everybody, in the notation of the signature list. */
final class Signatures {
    private Signatures() {}

    /** The line of the type itself, annotations first, in the order of the alphabet. */
    static String header(Class<?> type) {
        StringBuilder line = new StringBuilder();
        Arrays.stream(type.getAnnotations())
                .map(Annotation::annotationType)
                .map(a -> "@" + a.getSimpleName() + " ")
                .sorted()
                .forEach(line::append);
        if (type.isAnnotation()) {
            return line.append("@interface ").append(name(type)).toString();
        }
        if (type.isInterface()) {
            return line.append("interface ")
                    .append(name(type))
                    .append(typeParameters(type.getTypeParameters(), ""))
                    .append(list(" extends ", type.getGenericInterfaces()))
                    .toString();
        }
        if (type.isEnum()) {
            return line.append("enum ").append(name(type)).toString();
        }
        line.append(Modifier.isAbstract(type.getModifiers()) ? "abstract " : "");
        line.append(Modifier.isFinal(type.getModifiers()) ? "final " : "");
        line.append("class ").append(name(type)).append(typeParameters(type.getTypeParameters(), ""));
        if (type.getSuperclass() != Object.class) {
            line.append(" extends ").append(text(type.getGenericSuperclass()));
        }
        return line.append(list(" implements ", type.getGenericInterfaces())).toString();
    }

    /** A line for each public constant, constructor and method that the type itself declares. */
    static SortedSet<String> members(Class<?> type) throws ReflectiveOperationException {
        SortedSet<String> lines = new TreeSet<>();
        if (type.isEnum()) {
            lines.add(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ")));
        }
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !field.isEnumConstant()) {
                lines.add(field(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (Modifier.isPublic(constructor.getModifiers())) {
                lines.add(type.getSimpleName() + call(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !isGiven(type, method)) {
                lines.add(method(method));
            }
        }
        return lines;
    }

    private static boolean isGiven(Class<?> type, Method method) {
        return type.isEnum()
                && Modifier.isStatic(method.getModifiers())
                && Stream.of("values", "valueOf").anyMatch(method.getName()::equals);
    }

    private static String field(Field field) throws IllegalAccessException {
        String line = modifiers(field.getModifiers()) + text(field.getGenericType()) + " " + field.getName();
        if (!Modifier.isStatic(field.getModifiers())) {
            return line;
        }
        Object value = field.get(null);
        return line + " = " + (value instanceof String ? "\"" + value + "\"" : value);
    }

    private static String method(Method method) {
        return (method.isDefault() ? "default " : "")
                + modifiers(
                        method.getDeclaringClass().isInterface()
                                ? method.getModifiers() & ~Modifier.ABSTRACT
                                : method.getModifiers())
                + typeParameters(method.getTypeParameters(), " ")
                + text(method.getGenericReturnType())
                + " "
                + method.getName()
                + call(method);
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String call(Executable executable) {
        Type[] types = executable.getGenericParameterTypes();
        Parameter[] parameters = executable.getParameters();
        StringBuilder line = new StringBuilder("(");
        for (int i = 0; i < types.length; i++) {
            String type = text(types[i]);
            if (parameters[i].isVarArgs()) {
                type = type.substring(0, type.length() - 2) + "...";
            }
            line.append(i == 0 ? "" : ", ").append(type).append(' ').append(parameters[i].getName());
        }
        return line.append(")")
                .append(list(" throws ", executable.getGenericExceptionTypes()))
                .toString();
    }

    private static String typeParameters(TypeVariable<?>[] variables, String behind) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(TypeVariable::getName).collect(Collectors.joining(", ", "<", ">"))
                        + behind;
    }

    private static String list(String before, Type[] types) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(Signatures::text).collect(Collectors.joining(", ", before, ""));
    }

    private static String text(Type type) {
        if (type instanceof ParameterizedType generic) {
            return text(generic.getRawType()) + list("<", generic.getActualTypeArguments()) + ">";
        }
        if (type instanceof GenericArrayType array) {
            return text(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getUpperBounds()[0] == Object.class
                    ? "?"
                    : "?" + list(" extends ", wildcard.getUpperBounds());
        }
        return type instanceof Class<?> plain ? name(plain) : type.getTypeName();
    }

    /** The name without the package, but with the types around it. */
    private static String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.getComponentType()) + "[]";
        }
        return type.isMemberClass()
                ? name(type.getDeclaringClass()) + "." + type.getSimpleName()
                : type.getSimpleName();
    }
}
