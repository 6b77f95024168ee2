// The wizard: suggests an address from the name, and says while it is typed whether it can be had. The server decides again when the shop is opened.
(() => {
  'use strict';
  const form = document.querySelector('[data-open]');
  if (!form) return;
  const [title, slug, answer] = [form.querySelector('#title'), form.querySelector('#slug'), form.querySelector('#slug-answer')];
  let typed = false, timer = 0, latest = 0;

  const check = async () => {
    const asked = ++latest;
    if (slug.value.length < 3) { answer.textContent = ''; return; }
    try {
      const response = await fetch(`${form.dataset.check}?slug=${encodeURIComponent(slug.value)}`, { headers: { Accept: 'application/json' } });
      const { ok, message } = await response.json();
      if (asked !== latest) return;
      answer.textContent = message;
      answer.className = 'ls-open__answer ' + (ok ? 'is-free' : 'is-taken');
    } catch {
      answer.textContent = '';
    }
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(check, 350); };

  slug.addEventListener('input', () => { typed = true; slug.value = slug.value.toLowerCase(); later(); });
  title.addEventListener('input', () => {
    if (typed) return;
    const words = title.value.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 30);
    if (words.length >= 3) { slug.value = words; later(); }
  });
  form.addEventListener('submit', () => { for (const button of form.querySelectorAll('button[type=submit]')) button.disabled = true; });
  check();
})();
