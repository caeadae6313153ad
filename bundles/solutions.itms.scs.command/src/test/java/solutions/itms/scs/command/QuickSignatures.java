package solutions.itms.scs.command;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;

/**
 * Signatures that are hashes, for tests with very many of them that are not about signatures: nine tenths of their time
 * would go into the real ones. As long as it is open, in the whole process.
 */
final class QuickSignatures extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private QuickSignatures() {
        super("ScsQuickSignatures", "1", "hashes in the place of signatures, for tests");
        put("Signature.Ed25519", Hash.class.getName());
    }

    static QuickSignatures install() {
        QuickSignatures provider = new QuickSignatures();
        Security.insertProviderAt(provider, 1);
        return provider;
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** As long as an Ed25519 signature. */
    @SuppressWarnings("deprecation") // the parameters of the class it extends
    public static final class Hash extends SignatureSpi {
        private final MessageDigest digest;

        public Hash() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-512");
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            digest.reset();
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            digest.reset();
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            digest.update(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            digest.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return digest.digest();
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            return MessageDigest.isEqual(digest.digest(), signature);
        }

        @Override
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
