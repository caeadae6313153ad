(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('scs:color-scheme') ?? 'auto';
  } catch {
    // Storage may be switched off; the system's choice is good enough.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
