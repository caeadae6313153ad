/** The product's mark: two posts and the passage between them. */
export function Logo({ size = 26 }: { size?: number }) {
  return <img src="/favicon.svg" alt="" width={size} height={size} />;
}
