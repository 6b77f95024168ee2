// Runs before the page is drawn, so that a dark page never flashes white.
(() => {
  const stored = localStorage.getItem('ls-theme');
  const dark = stored ? stored === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.bsTheme = dark ? 'dark' : 'light';
})();
