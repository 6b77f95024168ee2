// Enhances the buying pages; each of them works without it.
(() => {
  'use strict';

  // Remaining time next to the absolute one: <span data-countdown="2026-01-01T00:00:00Z" data-over="…">
  for (const element of document.querySelectorAll('[data-countdown]')) {
    // The server's clock decides, so its time is given and only the difference is counted here.
    const skew = Date.parse(element.dataset.now) - Date.now();
    const end = Date.parse(element.dataset.countdown);
    const tick = () => {
      const left = Math.max(0, Math.round((end - Date.now() - skew) / 1000));
      const minutes = Math.floor(left / 60);
      element.textContent = `${minutes}:${String(left % 60).padStart(2, '0')}`;
      element.hidden = false;
      if (left === 0) {
        clearInterval(timer);
        if (element.hasAttribute('data-reload')) setTimeout(() => location.reload(), 1500);
      }
    };
    const timer = setInterval(tick, 1000);
    tick();
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      // No clipboard (plain http, or refused): select it, so that the buyer can copy by hand.
      getSelection().selectAllChildren(source);
      return;
    }
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1600);
  });
  for (const button of document.querySelectorAll('[data-copy][hidden]')) button.hidden = false;

  // Waiting for the payment or for a person: look again, more slowly as time passes, and show the new page when something changed.
  // Empty when nothing is waited for; an answer to a form is at another address than the page.
  const waiting = document.querySelector('[data-poll]:not([data-poll=""])');
  if (waiting) {
    let wait = 1000;
    const poll = async () => {
      if (!document.hidden) {
        try {
          const response = await fetch(waiting.dataset.poll, { headers: { Accept: 'application/json' }, cache: 'no-store' });
          if (response.ok && (await response.json()).version !== waiting.dataset.version) {
            if (waiting.dataset.page) location.replace(waiting.dataset.page);
            else location.reload();
            return;
          }
        } catch {
          // Offline for a moment: the next look tells.
        }
      }
      wait = Math.min(wait * 1.3, 15000);
      setTimeout(poll, wait);
    };
    setTimeout(poll, wait);
  }

  // Quantity, coupon, picked number: priced by the server, without losing the password that was typed. Without script the button does it with a new page.
  for (const form of document.querySelectorAll('form[data-reprice]')) {
    let asked = 0;
    const reprice = async (act = 'price') => {
      const ask = ++asked;
      const data = new FormData(form);
      data.set('act', act);
      const place = document.querySelector('#checkout-pay button[type=submit]');
      place?.setAttribute('aria-busy', 'true');
      try {
        const response = await fetch(form.action, { method: 'POST', body: data, redirect: 'error' });
        if (!response.ok || ask !== asked) return;
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        const focused = document.activeElement?.id;
        for (const id of ['checkout-summary', 'checkout-pay']) {
          const fresh = page.getElementById(id);
          if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
        }
        if (focused) document.getElementById(focused)?.focus();
      } catch {
        // Offline for a moment: placing the order asks for the price again.
      } finally {
        place?.removeAttribute('aria-busy');
      }
    };
    document.addEventListener('change', (event) => {
      if (event.target.form === form && ['Quantity', 'Coupon', 'Pick', 'PickSearch'].includes(event.target.name) && event.target.reportValidity()) reprice(event.target.name === 'PickSearch' ? 'price:1' : 'price');
    });
    form.addEventListener('submit', (event) => {
      if (!event.submitter?.value.startsWith('price')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      reprice(event.submitter.value);
    });
  }

  // One press is enough; the order's idempotency key makes sure, this only says so.
  for (const form of document.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', () => {
      for (const button of form.querySelectorAll('button[type=submit]')) button.setAttribute('aria-busy', 'true');
      setTimeout(() => { for (const button of form.querySelectorAll('button')) button.disabled = true; });
    });
  }
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
})();
