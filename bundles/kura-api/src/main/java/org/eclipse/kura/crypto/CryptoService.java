package org.eclipse.kura.crypto;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Encrypts, hashes, and keeps the passwords of key stores. */
@ProviderType
public interface CryptoService {
    String decodeBase64(String encodedValue) throws NoSuchAlgorithmException, UnsupportedEncodingException;

    char[] decryptAes(char[] encryptedValue) throws KuraException;

    String decryptAes(String encryptedValue)
            throws NoSuchAlgorithmException, NoSuchPaddingException, InvalidKeyException, IOException,
                    IllegalBlockSizeException, BadPaddingException;

    String encodeBase64(String stringValue) throws NoSuchAlgorithmException, UnsupportedEncodingException;

    char[] encryptAes(char[] value) throws KuraException;

    String encryptAes(String value)
            throws NoSuchAlgorithmException, NoSuchPaddingException, InvalidKeyException, IllegalBlockSizeException,
                    BadPaddingException;

    char[] getKeyStorePassword(String keyStorePath);

    String hash(String s, String algorithm) throws NoSuchAlgorithmException, UnsupportedEncodingException;

    boolean isFrameworkSecure();

    void setKeyStorePassword(String keyStorePath, char[] password) throws KuraException;

    void setKeyStorePassword(String keyStorePath, String password) throws IOException;

    /** SHA-1 of the text, as {@link #hash} gives it. */
    default String sha1Hash(String s) throws NoSuchAlgorithmException, UnsupportedEncodingException {
        return hash(s, "SHA-1");
    }

    /** SHA-256 of the text, as {@link #hash} gives it. */
    default String sha256Hash(String s) throws NoSuchAlgorithmException, UnsupportedEncodingException {
        return hash(s, "SHA-256");
    }
}
