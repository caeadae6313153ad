package solutions.itms.scs.message.command;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys (RFC 8032) and their texts: 32 bytes as base64url without padding, or PEM. */
public final class Ed25519 {
    private static final String NAME = "Ed25519";
    private static final int BYTES = 32;
    private static final int MAX_TEXT = 1_024;

    private Ed25519() {}

    /** A new pair. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(NAME).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw noAlgorithm(e);
        }
    }

    /** Reads a public key. @throws IllegalArgumentException if it is none */
    public static PublicKey publicKey(String text) {
        try {
            KeyFactory factory = KeyFactory.getInstance(NAME);
            return isPem(text)
                    ? factory.generatePublic(new X509EncodedKeySpec(pem(text, "PUBLIC KEY")))
                    : factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(raw(text))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    /** Reads a private key. @throws IllegalArgumentException if it is none; its text tells nothing of the key */
    public static PrivateKey privateKey(String text) {
        try {
            KeyFactory factory = KeyFactory.getInstance(NAME);
            return isPem(text)
                    ? factory.generatePrivate(new PKCS8EncodedKeySpec(pem(text, "PRIVATE KEY")))
                    : factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, raw(text)));
        } catch (GeneralSecurityException e) {
            // the cause could quote bytes of the key
            throw new IllegalArgumentException("not an Ed25519 private key");
        }
    }

    /** The key as base64url. */
    public static String text(PublicKey key) {
        EdECPoint point = ((EdECPublicKey) key).getPoint();
        byte[] bigEndian = point.getY().toByteArray();
        byte[] raw = new byte[BYTES];
        for (int i = 0; i < Math.min(BYTES, bigEndian.length); i++) {
            raw[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (point.isXOdd()) {
            raw[BYTES - 1] |= (byte) 0x80;
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** The key as base64url: a secret. */
    public static String text(PrivateKey key) {
        byte[] raw = ((EdECPrivateKey) key).getBytes().orElseThrow();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** Signs; 64 bytes. */
    public static byte[] sign(PrivateKey key, byte[] data) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw noAlgorithm(e);
        }
    }

    /** Whether the signature of the data is of this key. */
    public static boolean verify(PublicKey key, byte[] data, byte[] signed) {
        if (signed.length != 2 * BYTES) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static EdECPoint point(byte[] raw) {
        byte[] bigEndian = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bigEndian[i] = raw[BYTES - 1 - i];
        }
        boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7F;
        return new EdECPoint(odd, new BigInteger(1, bigEndian));
    }

    private static byte[] raw(String text) throws GeneralSecurityException {
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no base64url");
        }
        if (raw.length != BYTES) {
            throw new GeneralSecurityException("not " + BYTES + " bytes");
        }
        return raw;
    }

    private static boolean isPem(String text) {
        return text.strip().startsWith("-----BEGIN ");
    }

    private static byte[] pem(String text, String kind) throws GeneralSecurityException {
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        String stripped = text.strip();
        if (stripped.length() > MAX_TEXT || !stripped.startsWith(begin) || !stripped.endsWith(end)) {
            throw new GeneralSecurityException("no PEM of a " + kind);
        }
        String base64 = stripped.substring(begin.length(), stripped.length() - end.length());
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no base64");
        }
    }

    private static IllegalStateException noAlgorithm(GeneralSecurityException e) {
        return new IllegalStateException("this Java has no Ed25519, or the key is of another kind", e);
    }
}
